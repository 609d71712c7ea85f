#include "app/doubts.h"
#include "app/opened.h"
#include "app/presets.h"
#include "app/terminal.h"
#include "app/unread_numbers.h"
#include "base/failure.h"
#include "base/text.h"
#include "facts/headers.h"
#include <algorithm>

namespace callscrub::app {

using facts::Column;
using facts::Unheeded;

namespace {

std::string shown(std::string_view header) { return "'" + base::quoted(header) + "'"; }

// What makes the column read. A bare yes in a status column is a consent; where the column says no it is the opposite.
std::string setting_of(const Unheeded& what, const std::string& header) {
    if (what.why == Unheeded::Why::permits) return facts::mapping(Column::status, header);
    if (what.why != Unheeded::Why::says_no) return facts::mapping(what.column, header);
    return facts::mapping(Column::status, header) + ", values.status = { \"any yes\" = \"opt_out\", \"any no\" = \"ignore\", \"\" = \"ignore\" }";
}

// What is stated as saying nothing must not be what the answers hang on.
void refuse_unread(const InputSpec& spec, std::span<const std::string> headers, const std::vector<bool>& unused) {
    for (std::size_t i = 0; i < headers.size(); ++i)
        if (!unused[i] && holds(spec.unread, headers[i]))
            throw base::Failure(base::Exit::usage, spec.place,
                                "unread: the column " + shown(headers[i]) + " of " + base::quoted(spec.path, 200) +
                                    " is read; expected columns that say nothing of the calls. Take it out of unread");
}

} // namespace

void UnheededColumns::add(const InputSpec& spec, std::span<const std::string> headers, const facts::ColumnMap& columns) {
    std::vector<bool> unused(headers.size(), false);
    for (const auto at : columns.unused) unused[at] = true;
    for (std::size_t i = 0; i < headers.size(); ++i)
        if (!unused[i]) read_.emplace(spec.path, headers[i]);
    const auto preset = preset_of(spec);
    const auto merged = preset ? merge(spec, *preset) : spec;
    refuse_unread(merged, headers, unused);
    const auto constant = [&](Column column) { return merged.constants.contains(std::string(facts::name(column))); };
    for (const auto at : columns.numbers) candidates_.push_back({spec.path, spec.role, {}, headers[at], all_phones(columns, headers)});
    for (const auto& one : facts::unheeded(kind_of(spec.role), headers, columns, constant))
        if (!holds(merged.unread, headers[one.at]))
            candidates_.push_back({spec.path, spec.role, one, headers[one.at], setting_of(one, headers[one.at]), columns.has(Column::objected_at)});
}

std::vector<UnheededColumns::Found> UnheededColumns::found() const {
    std::vector<Found> out;
    auto told = read_;
    for (const auto& one : candidates_) {
        if (!told.emplace(one.path, one.header).second) continue;
        report::Warning warning{key_of(one), {{"file", base::quoted(one.path, 200)}, {"header", shown(one.header)}, {"setting", one.setting}}};
        if (one.what && one.what->why == Unheeded::Why::mistyped) warning.slots.emplace_back("column", facts::name(one.what->column));
        if (warning.key == "unheeded_objection") warning.slots.emplace_back("days", facts::mapping(Column::objected_at, one.header));
        warning.slots.emplace_back("unread", "unread = [\"" + base::quoted(one.header) + "\"]");
        out.push_back({one.path, one.role, std::move(warning)});
    }
    return out;
}

std::string UnheededColumns::key_of(const Candidate& one) {
    if (!one.what) return "unheeded_numbers";
    switch (one.what->why) {
    case Unheeded::Why::says_no:
        if (one.role == Role::consents) return "unheeded_withdrawal";
        return one.role == Role::relations && !one.objections ? "unheeded_objection" : "unheeded_no";
    case Unheeded::Why::permits: return "unheeded_consent";
    case Unheeded::Why::ends: return "unheeded_end";
    case Unheeded::Why::voids: return "unheeded_void";
    case Unheeded::Why::mistyped: break;
    }
    return "unheeded_name";
}

std::optional<report::Warning> without_rows(const InputSpec& spec, std::uint64_t rows) {
    if (rows != 0 || spec.allow_empty || (spec.role != Role::calls && spec.role != Role::relations)) return std::nullopt;
    return report::Warning{spec.role == Role::calls ? "no_calls" : "no_relations", {{"file", base::quoted(spec.path, 200)}}};
}

std::optional<report::Warning> left_out(const GatheredFile& file) {
    if (file.bad == 0 || file.troubles.empty()) return std::nullopt;
    const auto& first = file.troubles.front();
    return report::Warning{"left_out", {{"file", base::quoted(file.spec->path, 200)}, {"count", with_commas(file.bad)}, {"row", base::quoted(first.place.text(), 300) + ": " + first.text}}};
}

bool names_persons_only(const facts::ColumnMap& columns) { return columns.phones.empty() && columns.has(Column::person_id); }

std::vector<report::Warning> strange_rows(const GatheredFile& file) {
    std::vector<report::Warning> out;
    const auto tell = [&](const char* key, const StrangeRows& rows) {
        if (rows.rows == 0) return;
        out.push_back({key, {{"file", base::quoted(file.spec->path, 200)}, {"count", with_commas(rows.rows)}, {"line", std::to_string(rows.line)}}});
    };
    tell("later_events", file.later);
    tell("outcomes", file.outcomes);
    return out;
}

} // namespace callscrub::app
