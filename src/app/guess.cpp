#include "app/guess.h"
#include "app/setting.h"
#include "base/text.h"
#include "csv/reader.h"
#include "facts/columns.h"
#include "facts/headers.h"
#include "facts/reading.h"
#include "facts/single_cell.h"
#include "facts/word_key.h"
#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

namespace callscrub::app {

using facts::Column;
using facts::FileKind;

namespace {

using Headers = std::span<const std::string>;

struct Candidate {
    Role role = Role::any;
    std::size_t points = 0; ///< 0: it is no such file
    std::string why;
};

// What the headers would be in a file of that role.
std::set<Column> meanings(Role role, Headers headers) {
    const auto kind = static_cast<FileKind>(static_cast<unsigned>(role) - 1);
    std::set<Column> out;
    for (const auto& header : headers) {
        const auto key = facts::header_key(header);
        if (key.empty() || key == "id" || key == "date" || key == "datum") continue; // may be anything
        for (const auto column : facts::columns_of(kind))
            if (facts::header_key(facts::name(column)) == key) out.insert(column);
        if (const auto column = facts::Headers::of(kind).find(key)) out.insert(*column);
    }
    return out;
}

// One point for each of the columns.
Candidate weighed(Role role, const std::set<Column>& found, std::initializer_list<Column> columns) {
    Candidate out{role, 0, ""};
    for (const auto column : columns)
        if (found.contains(column)) {
            ++out.points;
            out.why += (out.why.empty() ? "" : ", ") + std::string(facts::name(column));
        }
    if (!out.why.empty()) out.why = "its header has " + out.why;
    return out;
}

// The columns that only such a file has speak for it.
Candidate judged(Role role, Headers headers) {
    using enum Column;
    const auto found = meanings(role, headers);
    const bool subject = found.contains(phone) || found.contains(person_id);
    Candidate out;
    switch (role) {
    case Role::consents:
        out = weighed(role, found,
                      {status, channel, timestamp, valid_until, evidence, verified_at, consent_id, source});
        if (!subject || !found.contains(status)) out.points = 0;
        break;
    case Role::relations:
        out = weighed(
            role, found,
            {kind, start, end, paid, number_source, informed, objection_offered, objected_at, contract_id});
        // A list of contracts that are all of one kind has no column for it; nothing else begins, ends and is a contract.
        if (!subject || out.points < 2 || (!found.contains(kind) && (!found.contains(start) || !found.contains(end)))) out.points = 0;
        break;
    case Role::calls:
        out = weighed(role, found, {called_at, outcome, request_id});
        if (!found.contains(called_at) || out.points < 2) out.points = 0;
        break;
    case Role::suppress:
        out = weighed(role, found, {since, until, reason});
        if (!subject) out.points = 0;
        break;
    case Role::registers:
        out = weighed(role, found, {listed_at});
        if (!found.contains(phone) || headers.size() > 3) out.points = 0;
        break;
    default:
        out = weighed(role, found, {phone});
        break;
    }
    return out;
}

// What a file's name says, in three languages.
bool name_says(const std::string& path, Role role) {
    const auto name = base::fold(path.substr(path.find_last_of('/') + 1));
    const auto any = [&](std::initializer_list<std::string_view> words) {
        return std::any_of(words.begin(), words.end(),
                           [&](auto word) { return name.find(word) != std::string::npos; });
    };
    switch (role) {
    case Role::consents:
        return any({"consent", "optin", "opt-in", "opt_in", "einwillig", "toestemming", "permission"});
    case Role::relations:
        return any({"relation", "relatie", "contract", "vertrag", "vertraeg", "purchase", "kauf", "donati",
                    "spende"});
    case Role::suppress:
        return any({"suppress", "dnc", "donotcall", "do-not-call", "blacklist", "blocklist", "sperr",
                    "robinson", "blokk"});
    case Role::registers:
        return any({"register", "tps", "dncl", "dncm"});
    case Role::calls:
        return any({"calls_made", "calls-made", "call_log", "call-log", "calllog", "cdr", "anrufe", "gesprek",
                    "called"});
    case Role::list: // "sperrliste", "dnc-list": only if it is no other
        for (const auto other :
             {Role::consents, Role::relations, Role::suppress, Role::registers, Role::calls})
            if (name_says(path, other)) return false;
        return any({"list", "lead", "campaign", "kampagne", "calls"});
    default:
        return false;
    }
}

// Records whose headers nobody knows are no call list for that: what their name says, if it does not speak of calls to come.
std::optional<Role> named_otherwise(const std::string& path) {
    const auto name = base::fold(path.substr(path.find_last_of('/') + 1));
    for (const auto* word : {"lead", "campaign", "kampagne", "calls", "anruf", "bellijst"})
        if (name.find(word) != std::string::npos) return std::nullopt;
    for (const auto role : {Role::suppress, Role::consents, Role::relations})
        if (name_says(path, role)) return role;
    return std::nullopt;
}

// A line of text before the table, padded to its width by a spreadsheet.
bool mostly_empty(Headers headers) {
    const auto empty = std::count_if(headers.begin(), headers.end(), [](const auto& one) { return base::trim(one).empty(); });
    return static_cast<std::size_t>(empty) * 2 > headers.size();
}

std::vector<std::string> first_row(const InputSpec& input) {
    csv::Stated dialect = input.dialect;
    if (const auto preset = preset_of(input); preset && preset->uses.size() == 1) {
        InputSpec with = input;
        with.role = preset->uses[0].spec.role;
        dialect = merge(with, *preset).dialect;
    }
    dialect.no_header = false; // the first row is looked at, whatever it is
    csv::ReaderOptions options;
    options.digest = false;
    options.allow_empty = true;
    const auto reader = csv::Reader::open(input.path, dialect, options);
    return reader->empty() ? std::vector<std::string>() : reader->header().names;
}

std::string spelled(Role role) {
    return role == Role::list
               ? "a call list"
               : "a file of " + std::string(role == Role::registers ? "a register" : name(role));
}

void guess_role(const InputSpec& input, Guess& out) {
    if (out.headers.empty()) {
        out.why = "the file is empty";
        return;
    }
    if (out.presets.size() == 1 && out.presets[0]->uses.size() == 1) {
        out.role = out.presets[0]->uses[0].spec.role;
        out.why = "it looks like " + out.presets[0]->says;
        return;
    }
    std::vector<Candidate> all;
    for (const auto& role : roles()) {
        auto one = judged(role.role, out.headers);
        const bool served =
            std::any_of(out.presets.begin(), out.presets.end(), [&](auto* p) { return p->use(role.role); });
        if (one.points == 0 && served) one = {role.role, 1, "it looks like " + names_of(out.presets)};
        if (one.points == 0 && out.headers.size() == 1 && role.role == Role::suppress)
            one = {role.role, 1, "it is a single column"};
        if (one.points != 0 && name_says(input.path, role.role)) {
            one.points += 2;
            one.why += " and its name says so";
        }
        if (one.points != 0) all.push_back(one);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.points > b.points; });
    if (all.size() == 1 && all[0].role == Role::list)
        if (const auto role = named_otherwise(input.path)) all[0] = {*role, 1, "its name says so"};
    if (all.empty()) {
        out.why = "its header has neither phone numbers nor persons";
        return;
    }
    if (all.size() > 1 && all[0].points == all[1].points) {
        for (const auto& one : all)
            if (one.points == all[0].points) out.close.push_back(one.role);
        out.why = "it could be " + spelled(all[0].role) + " (" + all[0].why + ") or " + spelled(all[1].role) +
                  " (" + all[1].why + ")";
        return;
    }
    out.role = all[0].role;
    out.why = all[0].why;
}

} // namespace

namespace {

constexpr Role tables[] = {Role::list, Role::consents, Role::relations, Role::suppress, Role::calls};

bool is_heading(std::string_view cell) {
    return std::any_of(std::begin(tables), std::end(tables),
                       [&](Role role) { return !meanings(role, std::vector<std::string>{std::string(cell)}).empty(); });
}

// A number, a date, an address, or an answer to a question ("no"). "phone" is the name of a column, too.
bool is_value(const std::string& cell) {
    static const facts::Vocabulary words;
    if (facts::holds_number(cell) || cell.find('@') != std::string::npos) return true;
    if (is_heading(cell) || base::trim(cell).empty()) return false;
    return cell.find_first_not_of("0123456789 ") == std::string::npos || words.paid.find(cell) >= 0;
}

// A line that names a number or a person, and no cell of which is a value.
bool is_header(Headers cells) {
    if (cells.size() < 2 || std::any_of(cells.begin(), cells.end(), is_value)) return false;
    for (const auto role : tables) {
        const auto found = meanings(role, cells);
        if (found.contains(Column::phone) || found.contains(Column::person_id)) return true;
    }
    return !recognise(cells).empty();
}

} // namespace

std::uint64_t later_header(const InputSpec& input) {
    constexpr unsigned farthest = 20;
    std::error_code error;
    if (input.dialect.skip != 0 || input.dialect.no_header || !std::filesystem::is_regular_file(input.path, error)) return 0;
    csv::ReaderOptions options;
    options.digest = false;
    options.allow_empty = true;
    auto dialect = input.dialect;
    for (dialect.skip = 0; dialect.skip <= farthest; ++dialect.skip) {
        try {
            const auto reader = csv::Reader::open(input.path, dialect, options);
            if (reader->empty()) return 0;
            dialect.encoding = reader->encoding(); // found once: it may take the whole file
            const auto& header = reader->header();
            const bool found = is_header(header.names);
            if (dialect.skip == 0 && found) return 0; // what is wrong with it is another matter
            if (found) return header.line;
        } catch (const base::Failure& failure) {
            if (failure.code() != base::Exit::input) throw; // a line that is no header
        }
    }
    return 0;
}

std::string names_of(const std::vector<const Preset*>& presets) {
    std::string out;
    for (std::size_t i = 0; i < presets.size(); ++i)
        out += (i == 0 ? "'" : i + 1 == presets.size() ? " or '" : ", '") + presets[i]->name + "'";
    return out;
}

Guess guess(const InputSpec& input) {
    Guess out;
    out.role = input.role;
    out.headers = first_row(input);
    out.presets = recognise(out.headers);
    out.headless = input.dialect.no_header;
    if (out.presets.empty()) {
        out.presets = recognise_row(out.headers);
        out.headless = !out.presets.empty() || out.headless ||
                       std::any_of(out.headers.begin(), out.headers.end(), facts::is_number);
    }
    const bool single = !out.headless && out.headers.size() == 1;
    if (single) out.headless = facts::holds_number(out.headers[0]);
    const bool text_before = mostly_empty(out.headers) || single;
    if (input.role == Role::any && out.presets.empty() && text_before) out.header_line = later_header(input);
    if (out.header_line != 0) out.headless = false;
    if (out.header_line != 0)
        out.why = "its first line is no header, but line " + std::to_string(out.header_line) +
                  " looks like one: state skip = " + std::to_string(out.header_line - 1);
    else if (input.role == Role::any)
        guess_role(input, out);
    else
        out.why = "stated";
    return out;
}

} // namespace callscrub::app
