#include "app/guards.h"
#include <algorithm>
#include <cstdio>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

std::string percent(double share) {
    char out[32];
    std::snprintf(out, sizeof out, "%.2f%%", share * 100);
    return out;
}

std::string hours(std::int64_t seconds) {
    if (seconds < 172'800) return std::to_string(seconds / 3600) + " h " + std::to_string(seconds / 60 % 60) + " min";
    return std::to_string(seconds / 86'400) + " days";
}

double share(std::uint64_t part, std::uint64_t whole) { return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole); }

[[noreturn]] void trip(const std::string& what) { throw Failure(Exit::guard, what + "; nothing is published"); }

// As the strictest of the laws in force that know the register has it; none if none limits the age of its export.
const law::Register* strictest(const Context& context, const InputSpec& spec) {
    const law::Register* out = nullptr;
    if (spec.role != Role::registers) return out;
    for (const auto& law : context.rules.jurisdictions()) {
        const auto* regime = law.on(context.window(law).from);
        if (!regime) continue;
        for (const auto& listed : regime->registers)
            if (listed.name == spec.name && listed.max_age_days != 0 && (!out || listed.max_age_days < out->max_age_days)) out = &listed;
    }
    return out;
}

} // namespace

void refuse_stale(const Context& context, const InputSpec& spec, const csv::SourceFacts& source, std::int64_t newest_ms) {
    const auto* listed = strictest(context, spec);
    if (!spec.max_age && !listed) return;
    const auto by_law = listed ? std::int64_t{listed->max_age_days} * 86'400 : INT64_MAX;
    const std::int64_t limit = std::min(spec.max_age.value_or(INT64_MAX), by_law);
    std::optional<std::int64_t> made_ms;
    if (spec.age_from == AgeFrom::newest_event && newest_ms != INT64_MIN) made_ms = newest_ms;
    if (spec.age_from != AgeFrom::newest_event && source.modified) made_ms = *source.modified / 1'000'000;
    if (!made_ms)
        throw Failure(Exit::stale, {spec.path, 0, 0}, "how old this input is can't be told, and it has a max_age; give a file, or leave max_age out");
    const auto age = (context.now_ms - *made_ms) / 1000;
    if (age <= limit) return;
    throw Failure(Exit::stale, {spec.path, 0, 0},
                  "this input is " + hours(age) + " old; at most " + hours(limit) + " are allowed " +
                      (limit == by_law ? "for the register " + spec.name + " (" + listed->freshness.article + ")" : "by max_age") +
                      "; export it again");
}

void refuse_by_guards(const GuardSpec& guard, const report::Summary& now, const report::Summary* previous) {
    const auto& total = now.total;
    if (guard.min_rows && total.rows < *guard.min_rows)
        trip("guard min_rows: " + std::to_string(total.rows) + " rows came in, at least " + std::to_string(*guard.min_rows) + " were expected");
    const double rejected = share(total.rejected, total.rows), matched = share(total.matched, total.rows);
    if (guard.max_reject_rate && rejected > *guard.max_reject_rate)
        trip("guard max_reject_rate: " + percent(rejected) + " of the rows are rejected, at most " + percent(*guard.max_reject_rate) + " are allowed");
    if (guard.min_match_rate && matched < *guard.min_match_rate)
        trip("guard min_match_rate: " + percent(matched) + " of the rows match any fact, at least " + percent(*guard.min_match_rate) +
             " were expected; are the files of the same customers, and is the region right?");
    if (!previous) return;
    const auto& before = previous->total;
    if (guard.max_rows_drop && before.rows > total.rows && share(before.rows - total.rows, before.rows) > *guard.max_rows_drop)
        trip("guard max_rows_drop: " + std::to_string(total.rows) + " rows came in, " + std::to_string(before.rows) + " in the run before: " +
             percent(share(before.rows - total.rows, before.rows)) + " fewer, at most " + percent(*guard.max_rows_drop) + " are allowed");
    if (guard.max_clean_rise && total.clean > before.clean &&
        (before.clean == 0 || share(total.clean - before.clean, before.clean) > *guard.max_clean_rise))
        trip("guard max_clean_rise: " + std::to_string(total.clean) + " rows are clean, " + std::to_string(before.clean) +
             " in the run before; at most " + percent(*guard.max_clean_rise) + " more are allowed");
}

void refuse_shrunken(const std::vector<GatheredFile>& files, const report::Summary* previous) {
    for (const auto& file : files) {
        const bool of_noes = file.spec->role == Role::consents || file.spec->role == Role::suppress;
        if (!of_noes) continue;
        if (file.tally.records == 0 && !file.spec->allow_empty)
            throw Failure(Exit::guard, {file.spec->path, 0, 0},
                          "this file holds no rows; an empty export would let everybody who said no be called. State allow_empty = true if it is right");
        if (!previous || file.spec->allow_shrink) continue;
        for (const auto& before : previous->inputs)
            if (before.path == file.spec->path && before.role == word_of(file.spec->role) && before.rows > file.tally.records)
                throw Failure(Exit::guard, {file.spec->path, 0, 0},
                              "this file holds " + std::to_string(file.tally.records) + " rows, " + std::to_string(before.rows) +
                                  " in the run before; noes do not vanish. Check the export, or state allow_shrink = true");
    }
}

} // namespace callscrub::app
