#include "base/text.h"
#include "facts/columns.h"
#include "facts/date_scan.h"
#include "facts/headers.h"
#include "facts/phone_text.h"
#include "facts/single_cell.h"
#include "facts/word_key.h"
#include <algorithm>

namespace callscrub::facts {

namespace {

using base::Exit;
using base::Failure;
using Indexes = std::vector<std::size_t>;

std::string shown(std::string_view header) { return "'" + base::quoted(header) + "'"; }

// A name such as "2024/2025" or "01.01.2024-31.03.2024" is a period of time.
bool is_value(std::string_view header) {
    constexpr std::ptrdiff_t most_digits = 15, least_digits = 9; // the least of a number that begins with neither + nor 0
    const auto plain = plain_text(header);
    if (is_scientific(plain)) return true;
    const auto digits = std::count_if(header.begin(), header.end(), is_digit);
    const bool begins = plain.starts_with('+') || plain.starts_with('0');
    if (!is_number(header) || digits > most_digits || (!begins && digits < least_digits)) return false;
    return !is_day(header);
}

class Finder {
public:
    Finder(FileKind kind, std::span<const std::string> headers, const StatedColumns& stated,
           const StatedConstants& constants, const base::Place& place)
        : kind_(kind), words_(Headers::of(kind)), headers_(headers), stated_(stated), constants_(constants),
          place_(place), taken_(headers.size(), false) {
        for (const auto& header : headers) keys_.push_back(header_key(header));
    }

    ColumnMap find() {
        check_statements();
        for (const auto& [column, names] : stated_)
            if (const auto known = column_of(column)) take_stated(*known, names);
        for (const auto column : columns_of(kind_)) {
            if (!is_open(column)) continue;
            if (column == Column::phone)
                take_phones();
            else if (!take_only(column, by_name(column), "its name"))
                take_only(column, by_synonym(column), "a synonym");
            else
                refuse_rivals(column);
        }
        take_single();
        check_needed();
        check_header();
        for (std::size_t i = 0; i < headers_.size(); ++i)
            if (!taken_[i]) map_.unused.push_back(i);
        remark_evidence();
        remark_channel();
        remark_entity();
        return std::move(map_);
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throw Failure(Exit::input, place_, what); }

    bool is_open(Column column) const {
        const std::string key(name(column));
        return !stated_.contains(key) && !constants_.contains(key);
    }

    std::string all_headers() const {
        constexpr std::size_t most = 30;
        // A line of values is somebody's, and none of them helps to find the header.
        const auto value = [](const std::string& header) { return header.find('@') != std::string::npos || is_value(header); };
        if (std::any_of(headers_.begin(), headers_.end(), value)) return std::to_string(headers_.size()) + " cells that look like values, not like names";
        std::string out;
        for (std::size_t i = 0; i < headers_.size() && i < most; ++i)
            out += (i == 0 ? "" : ", ") + shown(headers_[i]);
        if (headers_.size() > most) out += ", … (" + std::to_string(headers_.size()) + " in all)";
        return out.empty() ? "none" : out;
    }

    void check_name(const std::string& column, const char* table) const {
        std::vector<std::string_view> known;
        std::string all;
        for (const auto one : columns_of(kind_)) {
            if (name(one) == column) return;
            known.push_back(name(one));
            all += (all.empty() ? "" : ", ") + std::string(name(one));
        }
        throw Failure(Exit::usage, place_,
                      std::string(table) + "." + base::quoted(column) +
                          ": this kind of file has no such column; expected one of " + all +
                          base::did_you_mean(column, known));
    }

    void check_statements() const {
        for (const auto& [column, names] : stated_) check_name(column, "columns");
        for (const auto& [column, value] : constants_) {
            check_name(column, "set");
            if (column == name(Column::phone))
                throw Failure(Exit::usage, place_,
                              "set.phone: not every row has the same number; state columns.phone instead");
            if (stated_.contains(column))
                throw Failure(Exit::usage, place_,
                              "columns." + column + " and set." + column +
                                  " are both stated; leave one of them out");
        }
    }

    // The headers that a stated name means: letter by letter, or else by key.
    Indexes called(const std::string& wanted) const {
        Indexes exact, alike;
        const auto key = header_key(wanted);
        for (std::size_t i = 0; i < headers_.size(); ++i) {
            if (base::trim(headers_[i]) == base::trim(wanted)) exact.push_back(i);
            if (!key.empty() && keys_[i] == key) alike.push_back(i);
        }
        return exact.empty() ? alike : exact;
    }

    Indexes by_name(Column column) const {
        Indexes out;
        const auto key = header_key(name(column));
        for (std::size_t i = 0; i < headers_.size(); ++i)
            if (!taken_[i] && keys_[i] == key) out.push_back(i);
        return out;
    }

    Indexes by_synonym(Column column) const {
        Indexes out;
        for (std::size_t i = 0; i < headers_.size(); ++i)
            if (!taken_[i] && !keys_[i].empty() && words_.find(keys_[i]) == column) out.push_back(i);
        return out;
    }

    void take(Column column, std::size_t index, const std::string& why) {
        int& at = map_.at[static_cast<std::size_t>(column)];
        if (at < 0) at = static_cast<int>(index);
        if (column == Column::phone) map_.phones.push_back(index);
        taken_[index] = true;
        map_.remarks.push_back(std::string(name(column)) + ": column " + std::to_string(index + 1) + ", " +
                               shown(headers_[index]) + " (" + why + ")");
    }

    bool take_only(Column column, const Indexes& candidates, const char* why) {
        if (candidates.empty()) return false;
        if (candidates.size() > 1) ambiguous(column, candidates);
        take(column, candidates[0], why);
        return true;
    }

    // A column named exactly as ours does not make a second yes or no of the row nothing.
    void refuse_rivals(Column column) const {
        if (kind_ != FileKind::consents || column != Column::status) return;
        if (const auto rivals = by_synonym(column); !rivals.empty()) ambiguous(column, {static_cast<std::size_t>(map_[column]), rivals[0]});
    }

    [[noreturn]] void ambiguous(Column column, const Indexes& candidates) const {
        const auto first = candidates[0], second = candidates[1];
        const std::string both = shown(headers_[first]) + " (column " + std::to_string(first + 1) + ") and " +
                                 shown(headers_[second]) + " (column " + std::to_string(second + 1) + ")";
        const bool same = base::trim(headers_[first]) == base::trim(headers_[second]);
        fail(both + " could both be " + std::string(name(column)) + "; " +
             (same ? "they have one name: rename one of them in the file"
                   : "state which one is meant: " + mapping(column, headers_[first]) + " or " +
                         mapping(column, headers_[second])) +
             (column == Column::phone && !same
                  ? ". If both hold numbers, state both: columns.phone = [\"" +
                        base::quoted(headers_[first]) + "\", \"" + base::quoted(headers_[second]) + "\"]"
                  : ""));
    }

    void take_stated(Column column, const std::vector<std::string>& names) {
        const bool phone = column == Column::phone, all = phone && kind_ == FileKind::list;
        std::size_t found = 0;
        for (const auto& wanted : names) {
            if (phone && take_join(wanted)) {
                ++found;
                continue;
            }
            const auto candidates = called(wanted);
            if (candidates.size() == 1 && !phone && found != 0 &&
                map_[column] == static_cast<int>(candidates[0]))
                continue; // two spellings of one header
            if (candidates.empty()) {
                if (all) not_there(column, wanted);
                continue;
            }
            if (candidates.size() > 1 && !all) ambiguous(column, candidates);
            if (++found > 1 && !phone) {
                map_.remarks.push_back(std::string(name(column)) + ": " + shown(headers_[candidates[0]]) +
                                       " is stated too, but the first one found counts");
                continue;
            }
            for (const auto index : candidates)
                if (std::find(map_.phones.begin(), map_.phones.end(), index) == map_.phones.end())
                    take(column, index, "stated");
        }
        if (found == 0 && !names.empty()) not_there(column, names[0]);
        std::sort(map_.phones.begin(), map_.phones.end());
        if (!map_.phones.empty()) map_.at[0] = static_cast<int>(map_.phones[0]);
    }

    // "area+number", "+code+number", "+number": false if it is none of these or a part is not there.
    bool take_join(const std::string& wanted) {
        const auto sum = base::trim(wanted);
        if (sum.find('+') == std::string_view::npos) return false;
        for (const auto& header : headers_)
            if (base::trim(header) == sum) return false; // a header of that very name
        PhoneJoin join;
        join.plus = sum.starts_with('+');
        Indexes parts;
        for (const auto part : base::split(sum, '+')) {
            const auto candidates = called(std::string(part));
            if (candidates.empty()) return false;
            if (candidates.size() > 1) ambiguous(Column::phone, candidates);
            parts.push_back(candidates[0]);
        }
        if (parts.empty() || (parts.size() == 1 && !join.plus)) return false;
        join.at = parts.back();
        join.before.assign(parts.begin(), parts.end() - 1);
        for (const auto part : join.before) taken_[part] = true;
        if (std::find(map_.phones.begin(), map_.phones.end(), join.at) != map_.phones.end()) return true;
        take(Column::phone, join.at, "stated, joined as " + base::quoted(sum));
        map_.joins.push_back(std::move(join));
        return true;
    }

    [[noreturn]] void not_there(Column column, const std::string& wanted) const {
        const std::vector<std::string_view> known(headers_.begin(), headers_.end());
        fail("columns." + std::string(name(column)) + " names the header " + shown(wanted) +
             ", which the file does not have" + base::quoted(base::did_you_mean(wanted, known), 60) +
             "; headers found: " + all_headers());
    }

    // A number in a column that nobody looked at would pass unjudged, or a no in it be lost: all count.
    void take_phones() {
        Indexes phones = by_name(Column::phone);
        const auto named = phones.size();
        const auto others = by_synonym(Column::phone);
        phones.insert(phones.end(), others.begin(), others.end());
        if (phones.size() > 1 && kind_ != FileKind::list) ambiguous(Column::phone, phones);
        for (std::size_t i = 0; i < phones.size(); ++i)
            take(Column::phone, phones[i], i < named ? "its name" : "a synonym");
        std::sort(map_.phones.begin(), map_.phones.end());
        if (!phones.empty()) map_.at[0] = static_cast<int>(map_.phones[0]);
    }

    // One number per line: the name does not matter, if there is one.
    void take_single() {
        if (map_.has(Column::phone) || headers_.size() != 1 || taken_[0] || !is_open(Column::phone)) return;
        const bool headless = headers_[0] == "1";
        const bool numbers = kind_ == FileKind::suppress || kind_ == FileKind::registers ||
                             (headless && kind_ == FileKind::list);
        if (!numbers || holds_number(headers_[0]) || Headers::of(FileKind::list).find(keys_[0])) return;
        take(Column::phone, 0, "the only column");
    }

    // "+31612345001,Mobil" is a row, though one of its cells is a word for a column. Whoever states the columns knows.
    void check_header() const {
        if (!is_open(Column::phone)) return;
        for (std::size_t i = 0; i < headers_.size(); ++i)
            if (!taken_[i] && is_value(headers_[i])) no_header(i);
    }

    // `at`: of the cell that holds the number.
    [[noreturn]] void no_header(std::size_t at) const {
        fail("the first line holds a phone number, so it is no header; state no_header = true and columns.phone = [\"" +
             std::to_string(at + 1) + "\"] (columns count from 1)");
    }

    // Needed is one of `columns`.
    void need(std::initializer_list<Column> columns) const {
        for (const auto column : columns)
            if (map_.has(column) || constants_.contains(std::string(name(column)))) return;
        missing(*columns.begin(), columns);
    }

    [[noreturn]] void missing(Column column, std::initializer_list<Column> columns) const {
        const auto number = std::find_if(headers_.begin(), headers_.end(), is_number);
        if (number != headers_.end()) no_header(static_cast<std::size_t>(number - headers_.begin()));
        if (headers_.size() == 1 && holds_number(headers_[0])) no_header(0);
        std::string wanted, known = std::string(name(column));
        for (const auto one : columns) wanted += (wanted.empty() ? "" : " or ") + std::string(name(one));
        const auto& synonyms = words_.synonyms(column);
        for (std::size_t i = 0; i < synonyms.size() && i < 8; ++i) known += ", " + std::string(synonyms[i]);
        std::string header = "…", guess;
        std::vector<std::string_view> names(synonyms.begin(), synonyms.end());
        names.push_back(name(column));
        for (std::size_t i = 0; i < headers_.size(); ++i) {
            const auto& one = headers_[i];
            if (taken_[i] || !guess.empty() || base::nearest(one, names).empty()) continue;
            guess = "; " + shown(one) + " looks like it";
            header = one;
        }
        const bool constant = columns.size() == 1 && column != Column::phone && !is_date(column);
        fail("no column for " + wanted + "; headers found: " + all_headers() + "; expected a name like " +
             known + (synonyms.size() > 8 ? ", …" : "") + guess + "; state " + mapping(column, header) +
             (constant ? " or set." + std::string(name(column)) + " = \"…\" for all rows" : "") +
             (column == Column::kind ? " (\"subscription\", \"sale\", \"donation\", …)" : ""));
    }

    void check_needed() const {
        switch (kind_) {
        case FileKind::list:
        case FileKind::suppress:
        case FileKind::registers:
            need({Column::phone});
            break;
        case FileKind::consents:
            need({Column::phone, Column::person_id});
            need({Column::status});
            break;
        case FileKind::relations:
            need({Column::phone, Column::person_id});
            need({Column::kind});
            break;
        case FileKind::calls:
            need({Column::phone, Column::request_id, Column::consent_id});
            need({Column::called_at});
            break;
        }
    }

    // "toestemming_bellen" names the channel in its header, where a consent without channel may count for
    // nothing.
    void remark_channel() {
        if (kind_ != FileKind::consents || !map_.has(Column::status) || map_.has(Column::channel)) return;
        if (constants_.contains("channel")) return;
        const auto& key = keys_[static_cast<std::size_t>(map_[Column::status])];
        for (const char* word : {"phone", "call", "telefon", "anruf", "bellen", "telemarketing"})
            if (key.find(word) != std::string::npos) {
                map_.remarks.push_back("channel: no column; if " +
                                       shown(headers_[static_cast<std::size_t>(map_[Column::status])]) +
                                       " means calls only, state set.channel = \"phone\"");
                return;
            }
    }

    // A consent given to nobody carries no call. Whether "Firma" is who asked or who answered, no header tells.
    void remark_entity() {
        if ((kind_ != FileKind::consents && kind_ != FileKind::relations) || map_.has(Column::entity) || constants_.contains("entity")) return;
        const auto found = std::find_if(map_.unused.begin(), map_.unused.end(),
                                        [&](auto index) { return may_name_entity(keys_[index]); });
        auto& nameless = map_.nameless.emplace();
        if (found != map_.unused.end()) nameless = {shown(headers_[*found]), mapping(Column::entity, headers_[*found])};
        map_.remarks.push_back(
            (kind_ == FileKind::relations ? "entity: no column says whose customers they are, and a relation with nobody carries no call; "
                                          : "entity: no column says to whom consent was given, and consent given to nobody carries no call; ") +
            std::string(nameless.header.empty() ? "state the column with columns.entity, or set.entity if all belongs to one"
                                     : "if " + nameless.header + " says it, state " + nameless.setting));
    }

    // Nobody sees from an export that a column is missing which the caller's burden of proof asks for.
    void remark_evidence() {
        if (kind_ != FileKind::consents || map_.has(Column::evidence) || constants_.contains("evidence")) return;
        map_.remarks.push_back("evidence: no column for the proof was found, and a consent without proof carries no call; name it "
                               "with columns.evidence, or, if the proof of every row is kept elsewhere, state "
                               "set.evidence = \"consent archive\"");
    }

    static bool may_name_entity(const std::string& key) {
        const auto words = base::split(key, ' ');
        return std::any_of(words.begin(), words.end(), [](const auto word) {
            for (const char* known : {"unternehmen", "firma", "gesellschaft", "organisation", "marke", "company", "brand",
                                      "organization", "bedrijf", "organisatie", "merk", "adverteerder", "advertiser"})
                if (word == known) return true;
            return false;
        });
    }

    FileKind kind_;
    const Headers& words_;
    std::span<const std::string> headers_;
    const StatedColumns& stated_;
    const StatedConstants& constants_;
    const base::Place& place_;
    std::vector<std::string> keys_;
    std::vector<bool> taken_;
    ColumnMap map_;
};

} // namespace

bool is_day(std::string_view cell) {
    cell = base::trim(cell);
    for (const auto format : {DateFormat::iso, DateFormat::dmy_dash, DateFormat::dmy_dot, DateFormat::dmy_slash, DateFormat::mdy_slash})
        if (read_written(format, cell)) return true;
    return false;
}

// Digits and what people write between them, at least seven digits.
bool is_number(std::string_view header) {
    std::size_t digits = 0;
    for (const char c : base::trim(header)) {
        const bool digit = c >= '0' && c <= '9';
        if (digit)
            ++digits;
        else if (std::string_view("+-./() '\"\xC2\xA0").find(c) == std::string_view::npos)
            return false;
    }
    return digits >= 7;
}

bool holds_number(std::string_view cell) {
    constexpr std::ptrdiff_t enough = 5; // digits; a year has four
    const auto plain = plain_text(cell);
    if (std::count_if(plain.begin(), plain.end(), is_digit) >= enough || is_scientific(plain)) return true;
    if (plain.size() < 3 || !is_digit(plain[1])) return false;
    return plain[0] == '+' || (plain[0] == '0' && is_digit(plain[2]));
}

ColumnMap find_columns(FileKind kind, std::span<const std::string> headers, const StatedColumns& stated,
                       const StatedConstants& constants, const base::Place& place) {
    return Finder(kind, headers, stated, constants, place).find();
}

} // namespace callscrub::facts
