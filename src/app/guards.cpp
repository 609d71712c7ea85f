#include "app/guards.h"
#include "app/terminal.h"
#include "base/text.h"
#include "report/fd.h"
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

constexpr std::int64_t one_day = 86'400; // seconds

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

// Of shares.
std::string points(double difference) {
    char out[48];
    std::snprintf(out, sizeof out, "%.2f percentage points", difference * 100);
    return out;
}

std::string counted(std::uint64_t rows) { return with_commas(rows) + (rows == 1 ? " row" : " rows"); }
std::string part(std::uint64_t of, std::uint64_t whole) { return with_commas(of) + " of " + with_commas(whole); }

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

namespace {

[[noreturn]] void age_unknown(const InputSpec& spec, const std::string& why) {
    throw Failure(Exit::stale, {spec.path, 0, 0}, "how old this input is can't be told, and it has a max_age: " + why);
}

// The moment that the file PATH.timestamp states. The export's own word for when it was made: whatever else stands
// there is no answer, and no answer is never a young file.
std::int64_t stated_ms(const InputSpec& spec) {
    const std::string path = spec.path + ".timestamp";
    const std::string expected = "; expected one line like 2026-03-02T04:00:00Z, date and time with Z or an offset";
    std::string text;
    if (const int error = report::read_file(AT_FDCWD, path, text); error != 0)
        age_unknown(spec, "'" + path + "' can't be read (" + (error == EINVAL ? "no regular file" : report::errno_text(error)) + ")" + expected);
    const auto moment = facts::DateReader().read(base::trim(text));
    if (!moment || moment->kind != facts::Moment::Kind::instant)
        age_unknown(spec, "'" + path + "' holds '" + base::quoted(base::trim(text)) + "'" + expected);
    return moment->ms;
}

std::int64_t made_ms(const InputSpec& spec, const csv::SourceFacts& source, std::int64_t newest_ms) {
    switch (spec.age_from) {
    case AgeFrom::newest_event:
        if (newest_ms == INT64_MIN) age_unknown(spec, "no event in it has a date; let age_from be file_time or sidecar");
        return newest_ms;
    case AgeFrom::sidecar:
        return stated_ms(spec);
    case AgeFrom::file_time:
        break;
    }
    if (!source.modified) age_unknown(spec, "it is no file with a time; give a file, or let age_from be sidecar");
    return *source.modified / 1'000'000;
}

// The law asks how old the export is when somebody is called, and that may be on the window's last day.
void refuse_stale_until(const Context& context, const InputSpec& spec, const law::Register* listed, std::int64_t made) {
    if (!listed) return;
    const auto last = context.windows.front().until;
    const auto age = (std::int64_t{last} * one_day * 1000 - made) / 1000;
    if (age <= std::int64_t{listed->max_age_days} * one_day) return;
    throw Failure(Exit::stale, {spec.path, 0, 0},
                  "this input will be " + hours(age) + " old on " + facts::to_string(last) + ", the last day of the calling window; at most " +
                      hours(std::int64_t{listed->max_age_days} * one_day) + " are allowed for the register " + spec.name + " (" + listed->freshness.article +
                      "); export it again, or end the window earlier");
}

} // namespace

void refuse_stale(const Context& context, const InputSpec& spec, const csv::SourceFacts& source, std::int64_t newest_ms) {
    const auto* listed = strictest(context, spec);
    if (!spec.max_age && !listed) return;
    const auto by_law = listed ? std::int64_t{listed->max_age_days} * one_day : INT64_MAX;
    const std::int64_t limit = std::min(spec.max_age.value_or(INT64_MAX), by_law);
    const auto made = made_ms(spec, source, newest_ms);
    const auto age = (context.now_ms - made) / 1000;
    if (age < -one_day) // clocks may disagree by hours, not by more
        age_unknown(spec, "its time lies " + hours(-age) + " in the future; is a clock wrong?");
    if (age <= limit) return refuse_stale_until(context, spec, listed, made);
    throw Failure(Exit::stale, {spec.path, 0, 0},
                  "this input is " + hours(age) + " old; at most " + hours(limit) + " are allowed " +
                      (limit == by_law ? "for the register " + spec.name + " (" + listed->freshness.article + ")" : "by max_age") +
                      "; export it again");
}

void refuse_by_guards(const GuardSpec& guard, const report::Summary& now, const report::Summary* previous) {
    const auto& total = now.total;
    if (guard.min_rows && total.rows < *guard.min_rows)
        trip("guard min_rows: " + counted(total.rows) + " came in, at least " + with_commas(*guard.min_rows) + " were expected: " +
             with_commas(*guard.min_rows - total.rows) + " too few");
    const double rejected = share(total.rejected, total.rows), matched = share(total.matched, total.rows);
    if (guard.max_reject_rate && rejected > *guard.max_reject_rate)
        trip("guard max_reject_rate: " + percent(rejected) + " of the rows are rejected (" + part(total.rejected, total.rows) + "), at most " +
             percent(*guard.max_reject_rate) + " are allowed: " + points(rejected - *guard.max_reject_rate) + " too many");
    if (guard.min_match_rate && matched < *guard.min_match_rate)
        trip("guard min_match_rate: " + percent(matched) + " of the rows match any fact (" + part(total.matched, total.rows) + "), at least " +
             percent(*guard.min_match_rate) + " were expected: " + points(*guard.min_match_rate - matched) +
             " too few; are the files of the same customers, and is the region right?");
    if (!previous) return;
    const auto& before = previous->total;
    const double fewer = before.rows > total.rows ? share(before.rows - total.rows, before.rows) : 0;
    if (guard.max_rows_drop && fewer > *guard.max_rows_drop)
        trip("guard max_rows_drop: " + counted(total.rows) + " came in, " + with_commas(before.rows) + " in the run before: " + percent(fewer) +
             " fewer, at most " + percent(*guard.max_rows_drop) + " are allowed: " + points(fewer - *guard.max_rows_drop) + " too many");
    if (guard.max_clean_rise && total.clean > before.clean && before.clean == 0)
        trip("guard max_clean_rise: " + counted(total.clean) + " may be called, none in the run before; at most " + percent(*guard.max_clean_rise) +
             " more are allowed");
    const double more = total.clean > before.clean ? share(total.clean - before.clean, before.clean) : 0;
    if (guard.max_clean_rise && more > *guard.max_clean_rise)
        trip("guard max_clean_rise: " + counted(total.clean) + " may be called, " + with_commas(before.clean) + " in the run before: " +
             percent(more) + " more, at most " + percent(*guard.max_clean_rise) + " are allowed: " + points(more - *guard.max_clean_rise) +
             " too many");
}

namespace {

std::string no_rows(Role role) {
    return std::string("an empty export would let everybody ") + (role == Role::registers ? "in the register" : "who said no") +
           " be called. State allow_empty = true if it is right";
}

// A register may shrink: numbers are given back. But none is empty.
bool must_have_rows(Role role) { return role == Role::consents || role == Role::suppress || role == Role::registers; }
bool of_noes(Role role) { return role == Role::consents || role == Role::suppress; }

// The run before that is replaced: rows of one of its files, and of all files of a role.
const report::InputSummary* earlier(const report::Summary& previous, const InputSpec& spec) {
    for (const auto& input : previous.inputs)
        if (input.path == spec.path && input.role == word_of(spec.role)) return &input;
    return nullptr;
}

std::string shrunk(std::uint64_t now, std::uint64_t before) {
    return counted(now) + ", " + with_commas(before) + " in the run before: " + with_commas(before - now) +
           " fewer, and noes do not vanish. Check the export, or state allow_shrink = true";
}

// Exports often carry their day in the name, and a file may be left out: then the role as a whole must not shrink.
void refuse_fewer(Role role, const std::vector<GatheredFile>& files, const report::Summary& previous) {
    std::uint64_t now = 0, before = 0;
    for (const auto& input : previous.inputs)
        if (input.role == word_of(role)) before += input.rows;
    for (const auto& file : files) {
        if (file.spec->role != role) continue;
        if (file.spec->allow_shrink) return;
        now += file.tally.records;
    }
    if (now >= before) return;
    throw Failure(Exit::guard, "guard: all " + std::string(word_of(role)) + " files together hold " + shrunk(now, before) +
                                   ", or write to another folder than that of the run before");
}

} // namespace

void refuse_empty(const InputSpec& spec) {
    if (spec.allow_empty || !must_have_rows(spec.role)) return;
    throw Failure(Exit::guard, {spec.path, 0, 0}, "guard: this file holds 0 rows, at least 1 was expected; " + no_rows(spec.role));
}

void refuse_shrunken(const std::vector<GatheredFile>& files, const report::Summary* previous) {
    for (const auto& file : files) {
        const auto& spec = *file.spec;
        if (file.tally.records == 0) refuse_empty(spec);
        if (!previous || spec.allow_shrink || !of_noes(spec.role)) continue;
        const auto* before = earlier(*previous, spec);
        if (before && before->rows > file.tally.records)
            throw Failure(Exit::guard, {spec.path, 0, 0}, "guard: this file holds " + shrunk(file.tally.records, before->rows));
    }
    if (!previous) return;
    for (const auto role : {Role::consents, Role::suppress}) refuse_fewer(role, files, *previous);
}

} // namespace callscrub::app
