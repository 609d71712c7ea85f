#include "app/doubts.h"
#include "app/opened.h"
#include "app/presets.h"
#include "base/failure.h"
#include "base/text.h"
#include "facts/headers.h"
#include "facts/word_key.h"
#include <algorithm>

namespace callscrub::app {

using facts::Column;
using facts::Unheeded;

namespace {

std::string shown(std::string_view header) { return "'" + base::quoted(header) + "'"; }

bool holds(const std::vector<std::string>& names, std::string_view header) {
    return std::any_of(names.begin(), names.end(), [&](const auto& name) { return facts::header_key(name) == facts::header_key(header); });
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
    for (const auto& one : facts::unheeded(kind_of(spec.role), headers, columns, constant))
        if (!holds(merged.unread, headers[one.at]))
            candidates_.push_back({spec.path, spec.role, one, headers[one.at], columns.has(Column::objected_at)});
}

std::vector<UnheededColumns::Found> UnheededColumns::found() const {
    std::vector<Found> out;
    auto told = read_;
    for (const auto& [path, role, what, header, objections] : candidates_) {
        if (!told.emplace(path, header).second) continue;
        report::Warning warning{"unheeded_no", {{"file", base::quoted(path, 200)}, {"header", shown(header)}}};
        if (what.why != Unheeded::Why::says_no) {
            warning.key = what.why == Unheeded::Why::ends ? "unheeded_end" : "unheeded_name";
            if (what.why == Unheeded::Why::mistyped) warning.slots.emplace_back("column", facts::name(what.column));
            warning.slots.emplace_back("setting", facts::mapping(what.column, header));
        } else {
            if (role == Role::consents) warning.key = "unheeded_withdrawal";
            if (role == Role::relations && !objections) {
                warning.key = "unheeded_objection";
                warning.slots.emplace_back("days", facts::mapping(Column::objected_at, header));
            }
            // A bare yes in a status column is a consent; here it is the opposite.
            warning.slots.emplace_back("setting", facts::mapping(Column::status, header) +
                                                      ", values.status = { \"any yes\" = \"opt_out\", \"any no\" = \"ignore\", \"\" = \"ignore\" }");
        }
        warning.slots.emplace_back("unread", "unread = [\"" + base::quoted(header) + "\"]");
        out.push_back({path, role, std::move(warning)});
    }
    return out;
}

std::optional<report::Warning> without_rows(const InputSpec& spec, std::uint64_t rows) {
    if (rows != 0 || spec.allow_empty || (spec.role != Role::calls && spec.role != Role::relations)) return std::nullopt;
    return report::Warning{spec.role == Role::calls ? "no_calls" : "no_relations", {{"file", base::quoted(spec.path, 200)}}};
}

} // namespace callscrub::app
