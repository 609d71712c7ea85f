#include "base/text.h"
#include "csv/writer.h"
#include "report/diff.h"
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <tuple>

namespace callscrub::report {
namespace {
using Json = nlohmann::ordered_json;

std::string_view word(State state) {
    switch (state) {
    case State::clean:
        return "clean";
    case State::rejected:
        return "rejected";
    default:
        return "absent";
    }
}

std::string_view word(Move move) {
    switch (move) {
    case Move::left:
        return "left";
    case Move::joined:
        return "joined";
    default:
        return "changed";
    }
}

/// "3 numbers", "1 number"
std::string numbers(std::uint64_t count) {
    return std::to_string(count) + (count == 1 ? " number" : " numbers");
}

std::string described(const Fate& fate) {
    if (fate.state == State::absent) return "not there";
    return std::string(word(fate.state)) + (fate.code.empty() ? "" : " " + fate.code);
}

std::string where(const Fate& fate) {
    std::string out = fate.line == 0 ? "" : "line " + std::to_string(fate.line);
    if (!fate.decided_by.empty())
        out += (out.empty() ? "" : ", ") + std::string("decided by ") + fate.decided_by;
    return out;
}

/// Changes of one kind with one and the same before and after.
using Kind = std::tuple<Move, std::string, std::string>;

void write_group(std::ostream& out, const std::vector<const Change*>& changes, std::size_t examples) {
    const Change& first = *changes.front();
    out << "  " << described(first.before) << " → " << described(first.after) << ": "
        << numbers(changes.size()) << "\n";
    for (std::size_t i = 0; i < changes.size() && i < examples; ++i) {
        const Change& change = *changes[i];
        const Fate& why = change.after.state == State::absent ? change.before : change.after;
        out << "    " << (change.phone.empty() ? "no number" : base::quoted(change.phone)) << "  "
            << path_text(change.list) << " " << where(why) << "\n";
    }
    if (changes.size() > examples) out << "    … and " << changes.size() - examples << " more\n";
}
} // namespace

void write_text(std::ostream& out, const Diff& diff, std::size_t examples) {
    out << "A  " << diff.run_a << "  run " << diff.id_a << "\nB  " << diff.run_b << "  run " << diff.id_b
        << "\n";
    if (!diff.circumstances.empty()) out << "\nNot the same in both runs:\n";
    const auto value = [](const std::string& text) { return text.empty() ? std::string("(none)") : text; };
    for (const Circumstance& each : diff.circumstances)
        out << "  " << each.what << ": " << value(each.before) << " → " << value(each.after) << "\n";
    std::map<Kind, std::vector<const Change*>> groups;
    for (const Change& change : diff.changes)
        groups[{change.move, described(change.before), described(change.after)}].push_back(&change);
    const std::tuple<Move, const char*, std::uint64_t> sections[] = {
        {Move::left, "Left the clean list", diff.left},
        {Move::joined, "Joined the clean list", diff.joined},
        {Move::changed, "Same side, for another reason", diff.changed}};
    for (const auto& [move, title, count] : sections) {
        out << "\n" << title << ": " << numbers(count) << "\n";
        for (const auto& [kind, changes] : groups)
            if (std::get<0>(kind) == move) write_group(out, changes, examples);
    }
    out << "\nUnchanged: " << numbers(diff.same) << "\n";
    if (diff.absent_before + diff.absent_after != 0)
        out << "Rejected and on the list of one run only: " << diff.absent_after << " of A, "
            << diff.absent_before << " of B\n";
}

void write_csv(std::ostream& out, const Diff& diff) {
    out << "change,list,phone,line_a,state_a,code_a,article_a,decided_by_a,callable_until_a,"
           "line_b,state_b,code_b,article_b,decided_by_b,callable_until_b\n";
    std::string row;
    const auto cell = [&row](std::string_view text) {
        if (!row.empty()) row += ',';
        csv::append_neutral(row, text);
    };
    for (const Change& change : diff.changes) {
        row.clear();
        cell(word(change.move));
        cell(change.list);
        cell(change.phone);
        for (const Fate* fate : {&change.before, &change.after}) {
            cell(fate->line == 0 ? "" : std::to_string(fate->line));
            cell(word(fate->state));
            cell(fate->code);
            cell(fate->article);
            cell(fate->decided_by);
            cell(fate->until);
        }
        out << row << '\n';
    }
}

namespace {
/// Cells of user files may hold bytes that are no text: they become U+FFFD.
std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json fate_json(const Fate& fate) {
    Json out{{"state", word(fate.state)}};
    if (fate.state == State::absent) return out;
    out["line"] = fate.line;
    out[fate.state == State::clean ? "basis" : "reason"] = fate.code;
    out["article"] = fate.article;
    out["decided_by"] = fate.decided_by;
    out["callable_until"] = fate.until;
    return out;
}
} // namespace

void write_json(std::ostream& out, const Diff& diff) {
    Json circumstances = Json::array();
    for (const Circumstance& each : diff.circumstances)
        circumstances.push_back({{"what", each.what}, {"a", each.before}, {"b", each.after}});
    const Json totals{{"left", diff.left},
                      {"joined", diff.joined},
                      {"changed", diff.changed},
                      {"same", diff.same},
                      {"rejected_only_in_a", diff.absent_after},
                      {"rejected_only_in_b", diff.absent_before}};
    out << "{\"a\":" << dumped(Json{{"directory", diff.run_a}, {"run_id", diff.id_a}})
        << ",\n\"b\":" << dumped(Json{{"directory", diff.run_b}, {"run_id", diff.id_b}})
        << ",\n\"different\":" << (diff.different() ? "true" : "false") << ",\n\"totals\":" << dumped(totals)
        << ",\n\"circumstances\":" << dumped(circumstances) << ",\n\"changes\":[";
    const char* separator = "\n";
    for (const Change& change : diff.changes) {
        out << separator
            << dumped(Json{{"change", word(change.move)},
                           {"list", change.list},
                           {"phone", change.phone},
                           {"a", fate_json(change.before)},
                           {"b", fate_json(change.after)}});
        separator = ",\n";
    }
    out << "]}\n";
}

} // namespace callscrub::report
