#include "pack_mutants.h"
#include "facts/day.h"
#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <span>
#include <sstream>

namespace callscrub {

namespace {

using Words = std::vector<std::string>;

const std::map<std::string, Words, std::less<>> vocabularies = {
    {"parties", {"consumer", "sole_trader", "partnership", "legal_person"}},
    {"callers", {"commercial", "charity", "publisher", "lottery"}},
    {"purposes", {"sales", "winback", "fundraising", "other"}},
    {"lines", {"unknown", "fixed", "mobile"}},
    {"kinds", {"sale", "subscription", "quotation", "inquiry", "donation", "volunteer", "event"}},
    {"renewed_by", {"sale", "subscription", "quotation", "inquiry", "donation", "volunteer", "event"}},
    {"conditions", {"paid", "number_from_customer", "informed", "objection_offered", "similar"}}};

const std::map<std::string, std::array<const char*, 2>, std::less<>> zones_one_hour_off = {
    {"Europe/London", {"Atlantic/Azores", "Europe/Paris"}},
    {"Europe/Dublin", {"Atlantic/Azores", "Europe/Paris"}},
    {"Europe/Lisbon", {"Atlantic/Azores", "Europe/Paris"}},
    {"America/New_York", {"America/Chicago", "America/Halifax"}},
    {"America/Toronto", {"America/Chicago", "America/Halifax"}}};

// Held by tests/law/packs_test.cpp: no case can show them.
const Words not_for_cases = {"certainty", "checked", "years", "max_age_days", "least", "most", "version"};

/// A line of the pack, or several that hold one list.
struct Entry {
    std::size_t line = 0;
    std::string header; ///< of the table it stands in: "[[regime.basis]]"
    std::string key, value;
    std::string raw; ///< as it stood, without the last line break
    bool is_header() const { return key.empty() && raw.starts_with('['); }
};

std::vector<Entry> entries_of(std::string_view pack) {
    std::istringstream in{std::string(pack)};
    std::vector<Entry> out;
    std::string header;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        Entry entry{++number, {}, {}, {}, line};
        const auto equals = line.find(" = ");
        if (line.starts_with('[')) {
            header = line;
        } else if (!line.starts_with('#') && equals != std::string::npos) {
            entry.key = line.substr(0, equals);
            entry.value = line.substr(equals + 3);
            if (entry.value == "[")
                while (std::getline(in, line)) {
                    ++number;
                    entry.raw += "\n" + line;
                    entry.value += line;
                    if (line == "]") break;
                }
        }
        entry.header = header;
        out.push_back(std::move(entry));
    }
    return out;
}

Words members(const std::string& list) {
    static const std::regex word(R"re("([^"]*)")re");
    Words out;
    for (auto it = std::sregex_iterator(list.begin(), list.end(), word); it != std::sregex_iterator(); ++it)
        out.push_back((*it)[1]);
    return out;
}

// "" for an empty list: the whole line goes.
std::string list_text(const std::string& key, const Words& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + ("\"" + word + "\"");
    return out.empty() ? "" : key + " = [" + out + "]";
}

bool contains(std::span<const std::string> words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class Maker {
public:
    explicit Maker(std::string_view pack) : entries_(entries_of(pack)) {}
    std::vector<Mutant> make();

private:
    void add(std::size_t at, const std::string& change, std::string text, bool stated = true);
    void replace(std::size_t at, const std::string& with, const std::string& change, bool stated = true);
    void leave_out(std::size_t from, std::size_t end, const std::string& change);
    void table(std::size_t at);
    void entry(std::size_t at);
    void number(std::size_t at);
    void day(std::size_t at);
    void list(std::size_t at);
    void word(std::size_t at);
    void basis(std::size_t at);
    void defaults_of_basis(std::size_t at);
    void regime(std::size_t at);
    std::size_t end_of_basis(std::size_t at) const;
    std::size_t end_of_table(std::size_t at) const;
    bool acts(std::size_t at) const;
    const std::string* value(std::size_t header, std::string_view key) const;
    std::string lines(std::size_t from, std::size_t end) const;

    std::vector<Entry> entries_;
    std::vector<Mutant> out_;
    std::string place_; ///< the table we are in, as it is told: "NL-2.customer after_end"
    std::string regime_from_, switch_name_;
    Words switch_words_;
};

std::string Maker::lines(std::size_t from, std::size_t end) const {
    std::string out;
    for (std::size_t i = from; i < end; ++i) out += entries_[i].raw + "\n";
    return out;
}

void Maker::add(std::size_t at, const std::string& change, std::string text, bool stated) {
    out_.push_back({entries_[at].line, place_ + ": " + change, std::move(text), stated});
}

void Maker::replace(std::size_t at, const std::string& with, const std::string& change, bool stated) {
    add(at, change, lines(0, at) + with + "\n" + lines(at + 1, entries_.size()), stated);
}

void Maker::leave_out(std::size_t from, std::size_t end, const std::string& change) {
    add(from, change, lines(0, from) + lines(end, entries_.size()));
}

void Maker::number(std::size_t at) {
    const auto& one = entries_[at];
    const int value = std::stoi(one.value);
    for (const int other : {value + 1, value - 1})
        if (other >= 0)
            replace(at, one.key + " = " + std::to_string(other),
                    one.key + " " + std::to_string(other) + " instead of " + one.value);
}

// A day on which something begins within a regime can't act if the regime begins later.
bool Maker::acts(std::size_t at) const {
    return entries_[at].key != "from" || entries_[at].value >= regime_from_;
}

void Maker::day(std::size_t at) {
    const auto& one = entries_[at];
    const auto day = *facts::read_iso_day(one.value);
    for (const int step : {-1, 1}) {
        const auto other = facts::to_string(day + step);
        replace(at, one.key + " = " + other, one.key + " " + other + " instead of " + one.value);
    }
}

void Maker::list(std::size_t at) {
    const auto& one = entries_[at];
    const auto words = members(one.value);
    for (const auto& word : words) {
        auto rest = words;
        std::erase(rest, word);
        replace(at, list_text(one.key, rest), one.key + " without " + word);
    }
    const auto vocabulary = vocabularies.find(one.key);
    if (vocabulary == vocabularies.end()) return;
    for (const auto& other : vocabulary->second) {
        if (contains(words, other)) continue;
        auto more = words;
        more.push_back(other);
        replace(at, list_text(one.key, more), one.key + " with " + other);
    }
}

void Maker::word(std::size_t at) {
    const auto& entry = entries_[at];
    const auto one = members(entry.value).at(0);
    Words others;
    if (entry.key == "standard" || entry.key == "strict") others = switch_words_;
    if (entry.key == "basis") others = {"explicit_consent", "not_restricted"};
    if (entry.key == "needs" && one != "relation" && one != "nothing")
        others = {"consent", "request", "publication"};
    if (entry.key == "time_zone") {
        const auto found = zones_one_hour_off.find(one);
        const auto& zones =
            found != zones_one_hour_off.end() ? found->second : std::array{"Europe/London", "Europe/Athens"};
        others.assign(zones.begin(), zones.end());
    }
    for (const auto& other : others)
        if (other != one)
            replace(at, entry.key + " = \"" + other + "\"", entry.key + " " + other + " instead of " + one);
}

std::size_t Maker::end_of_table(std::size_t at) const {
    auto end = at + 1;
    while (end < entries_.size() && !entries_[end].is_header() && !entries_[end].raw.starts_with('#')) ++end;
    return end;
}

// With its sub-tables.
std::size_t Maker::end_of_basis(std::size_t at) const {
    auto end = end_of_table(at);
    while (end < entries_.size() && entries_[end].raw.starts_with("[regime.basis.")) end = end_of_table(end);
    return end;
}

const std::string* Maker::value(std::size_t header, std::string_view key) const {
    for (auto i = header + 1; i < end_of_table(header); ++i)
        if (entries_[i].key == key) return &entries_[i].value;
    return nullptr;
}

void Maker::basis(std::size_t at) {
    const auto end = end_of_basis(at);
    leave_out(at, end, "left out");
    if (end < entries_.size() && entries_[end].raw == "[[regime.basis]]") {
        const auto after = end_of_basis(end);
        add(at, "behind the next one",
            lines(0, at) + lines(end, after) + lines(at, end) + lines(after, entries_.size()));
    }
    defaults_of_basis(at);
}

// What a basis does not state means all, or none.
void Maker::defaults_of_basis(std::size_t at) {
    const auto stated = [&](const std::string& line, const std::string& change) {
        replace(at, entries_[at].raw + "\n" + line, change, false);
    };
    for (const auto* key : {"parties", "callers", "purposes", "lines"}) {
        if (value(at, key) != nullptr) continue;
        const auto& vocabulary = vocabularies.find(key)->second;
        for (const auto& one : vocabulary) {
            auto rest = vocabulary;
            std::erase(rest, one);
            stated(list_text(key, rest), std::string(key) + " without " + one);
        }
    }
    if (*value(at, "needs") == "\"relation\"" && value(at, "conditions") == nullptr)
        for (const auto& one : vocabularies.find("conditions")->second)
            stated(list_text("conditions", {one}), "conditions with " + one);
}

void Maker::regime(std::size_t at) {
    for (const auto& [key, other] : {std::pair{"caller_id_required", "false"},
                                     {"machine_needs_consent", "false"},
                                     {"one_declaration_many_channels", "true"},
                                     {"calls_per_request", "2"}})
        if (value(at, key) == nullptr)
            replace(at, entries_[at].raw + "\n" + key + " = " + other, std::string(key) + " " + other, false);
}

// Where we are, and what can be done to a whole table.
void Maker::table(std::size_t at) {
    const auto& header = entries_[at].raw;
    const auto unquoted = [&](const char* key) { return members(*value(at, key)).at(0); };
    if (header.starts_with("[[")) {
        place_ = value(at, "id") != nullptr     ? unquoted("id")
                 : value(at, "name") != nullptr ? unquoted("name")
                                                : header;
        if (header == "[[regime.register]]") place_ += " (register)";
    } else {
        place_ = place_.substr(0, place_.find(' ')) + " " + header.substr(1, header.size() - 2);
    }
    if (header == "[[regime]]") {
        regime_from_ = *value(at, "from");
        regime(at);
    }
    if (header == "[[switch]]") {
        switch_name_ = unquoted("name");
        const auto* words = value(at, "words");
        switch_words_ = words == nullptr ? Words() : members(*words);
    }
    if (header == "[[regime.basis]]") basis(at);
    if (contains(Words{"[regime.stale]", "[regime.verification]", "[regime.calls]",
                       "[regime.basis.objection_waiver]"},
                 header))
        leave_out(at, end_of_table(at), "left out");
}

void Maker::entry(std::size_t at) {
    const auto& one = entries_[at];
    if (contains(not_for_cases, one.key)) return;
    const bool ages_a_file = one.header == "[[switch]]" && switch_name_.ends_with("_list_age_days");
    const bool number_or_day = one.value.find_first_not_of("0123456789-") == std::string::npos;
    if (number_or_day && one.value.find('-') != std::string::npos) {
        if (acts(at)) day(at);
    } else if (number_or_day) {
        if (!ages_a_file) number(at);
    } else if (one.value == "true") {
        if (one.key != "from_each_use") replace(at, one.key + " = false", one.key + " false");
    } else if (one.value.starts_with('[')) {
        if (one.header == "[[products]]" || one.header.starts_with("[[regime")) list(at);
    } else if (one.key == "when") {
        replace(at, "", "taken for granted, whatever " + members(one.value).at(0));
    } else if (contains(Words{"standard", "strict", "basis", "needs", "time_zone"}, one.key)) {
        word(at);
    }
}

std::vector<Mutant> Maker::make() {
    for (std::size_t at = 0; at < entries_.size(); ++at) {
        if (entries_[at].is_header()) table(at);
        if (!entries_[at].key.empty()) entry(at);
    }
    return std::move(out_);
}

} // namespace

std::vector<Mutant> mutants_of(std::string_view pack) { return Maker(pack).make(); }

} // namespace callscrub
