#include "facts/zone.h"
#include "base/failure.h"
#include "base/text.h"
#include <algorithm>
#include <cassert>
#include <date/tz.h>

namespace callscrub::facts {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr unsigned hint_bits = 32;
constexpr date::year end_year(2100); // no longer in the table

Day floor_day(std::int64_t ms) { return static_cast<Day>(std::chrono::floor<date::days>(std::chrono::milliseconds(ms)).count()); }

std::int64_t in_ms(std::chrono::seconds seconds) { return std::chrono::milliseconds(seconds).count(); }

[[noreturn]] void refuse(const std::string& name) {
    std::vector<std::string_view> known;
    try {
        for (const auto& one : date::get_tzdb().zones) known.push_back(one.name());
    } catch (const std::runtime_error&) {
        known.clear(); // no data at all: said below
    }
    throw base::Failure(base::Exit::usage,
                        "unknown time zone '" + base::quoted(name) +
                            "'; expected a name like Europe/Amsterdam" +
                            (known.empty() ? " (this system has no time zone data: install tzdata)"
                                           : base::did_you_mean(name, known)));
}

const date::time_zone& find(const std::string& name) {
    try {
        return *date::locate_zone(name);
    } catch (const std::runtime_error&) {
        refuse(name);
    }
}

} // namespace

Zone Zone::load(const std::string& name) {
    const date::time_zone* zone = &find(name);
    Zone out;
    out.name_ = name;
    date::sys_seconds at{}; // 1970
    while (at < date::sys_days(end_year / date::January / 1)) {
        const auto info = zone->get_info(at);
        out.changes_.push_back({in_ms(at.time_since_epoch()), in_ms(info.offset)});
        assert(info.end > at);
        at = info.end;
    }
    out.repeat_rule();
    out.make_hints();
    return out;
}

void Zone::repeat_rule() {
    using namespace date;
    const auto year_of = [](const Change& change) {
        const sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(change.utc_ms)};
        return year_month_day(floor<days>(at)).year();
    };
    if (year_of(changes_.back()) < year(2037)) return;
    const auto listed = changes_;
    const year last = year_of(listed.back());
    const auto march = [](year y) { return sys_days(y / March / date::last); };
    for (year y = last + years(1); y < end_year; ++y) {
        year twin = last; // of the same weekdays: any twelve years hold one
        while (weekday(march(twin)) != weekday(march(y))) --twin;
        const auto shift = std::chrono::milliseconds(march(y) - march(twin)).count();
        for (const auto& change : listed)
            if (year_of(change) == twin) changes_.push_back({change.utc_ms + shift, change.offset_ms});
    }
}

void Zone::make_hints() {
    assert(std::is_sorted(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) { return a.utc_ms < b.utc_ms; }));
    std::uint16_t at = 0;
    for (std::int64_t begin = 0; begin <= changes_.back().utc_ms; begin += std::int64_t{1} << hint_bits) {
        while (at + 1U < changes_.size() && changes_[at + 1U].utc_ms <= begin) ++at;
        hints_.push_back(at);
    }
}

// From the hint on there is hardly ever more than one change.
std::int64_t Zone::offset_at(std::int64_t utc_ms) const {
    if (utc_ms < 0) return changes_.front().offset_ms;
    std::size_t at = hints_[std::min(static_cast<std::size_t>(utc_ms >> hint_bits), hints_.size() - 1)];
    while (at + 1 < changes_.size() && changes_[at + 1].utc_ms <= utc_ms) ++at;
    return changes_[at].offset_ms;
}

Day Zone::today(std::int64_t utc_ms) const { return floor_day(utc_ms + offset_at(utc_ms)); }

Day Zone::day_of(const Moment& moment) const {
    assert(moment.known());
    return moment.kind == Moment::Kind::instant ? today(moment.ms) : floor_day(moment.ms);
}

// Candidates are the readings under the offsets a day before and a day after; no zone changes twice within
// two days.
std::int64_t Zone::from_wall(std::int64_t wall_ms, bool early) const {
    const std::int64_t a = wall_ms - offset_at(wall_ms - day_ms);
    const std::int64_t b = wall_ms - offset_at(wall_ms + day_ms);
    const bool a_fits = offset_at(a) == wall_ms - a, b_fits = offset_at(b) == wall_ms - b;
    if (a_fits != b_fits) return a_fits ? a : b;
    return early ? std::min(a, b) : std::max(a, b);
}

std::int64_t Zone::earliest(const Moment& moment) const {
    return moment.kind == Moment::Kind::instant ? moment.ms : from_wall(moment.ms, true);
}

std::int64_t Zone::latest(const Moment& moment) const {
    if (moment.kind == Moment::Kind::instant) return moment.ms;
    return moment.kind == Moment::Kind::day ? from_wall(moment.ms + day_ms, false) - 1
                                            : from_wall(moment.ms, false);
}

bool strictly_later(const Moment& yes, const Moment& no, const Zone& zone) {
    if (!yes.known() || !no.known()) return false;
    if (yes.kind == Moment::Kind::day || no.kind == Moment::Kind::day)
        return zone.day_of(yes) > zone.day_of(no);
    return zone.earliest(yes) > zone.latest(no);
}

void Noes::add(const Moment& no) {
    any_ = true;
    if (!no.known()) {
        undated_ = true;
        return;
    }
    const Day day = zone_.day_of(no);
    day_ = std::max(day_, day);
    if (no.kind == Moment::Kind::day) whole_day_ = std::max(whole_day_, day);
    else ms_ = std::max(ms_, zone_.latest(no));
}

bool Noes::all_before(const Moment& yes) const {
    if (!any_) return true;
    if (undated_ || !yes.known()) return false;
    const Day day = zone_.day_of(yes);
    if (yes.kind == Moment::Kind::day) return day > day_;
    return day > whole_day_ && zone_.earliest(yes) > ms_;
}

void Yeses::add(const Moment& yes) {
    if (!yes.known()) return;
    const Day day = zone_.day_of(yes);
    day_ = std::max(day_, day);
    if (yes.kind == Moment::Kind::day) whole_day_ = std::max(whole_day_, day);
    else ms_ = std::max(ms_, zone_.earliest(yes));
}

bool Yeses::any_after(const Moment& no) const {
    if (!no.known()) return false;
    const Day day = zone_.day_of(no);
    if (no.kind == Moment::Kind::day) return day_ > day;
    return whole_day_ > day || ms_ > zone_.latest(no);
}

} // namespace callscrub::facts
