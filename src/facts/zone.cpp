#include "facts/zone.h"
#include "base/failure.h"
#include "base/text.h"
#include <algorithm>
#include <cassert>
#include <date/tz.h>

namespace callscrub::facts {

namespace {

constexpr std::int64_t day_ms = 86'400'000;

std::int64_t floor_day(std::int64_t ms) { return ms >= 0 ? ms / day_ms : -((-ms + day_ms - 1) / day_ms); }

std::int64_t in_ms(std::chrono::seconds seconds) { return std::chrono::milliseconds(seconds).count(); }

[[noreturn]] void refuse(const std::string& name) {
    std::vector<std::string_view> known;
    try {
        for (const auto& one : date::get_tzdb().zones) known.push_back(one.name());
    } catch (const std::runtime_error&) {
        // No data at all: said below.
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
    constexpr auto first = date::sys_days(date::January / 1 / 1970);
    constexpr auto last = date::sys_days(date::January / 1 / 2100);
    std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds> at = first;
    out.changes_.push_back({INT64_MIN, in_ms(zone->get_info(at).offset)});
    while (at < last) {
        const auto info = zone->get_info(at);
        if (at > first) out.changes_.push_back({in_ms(at.time_since_epoch()), in_ms(info.offset)});
        if (info.end <= at || info.end >= last) break;
        at = info.end;
    }
    out.repeat_rule();
    return out;
}

void Zone::repeat_rule() {
    using namespace date;
    const auto year_of = [](const Change& change) {
        const sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(change.utc_ms)};
        return year_month_day(floor<days>(at)).year();
    };
    if (changes_.size() < 2 || year_of(changes_.back()) < year(2037)) return;
    const auto listed = changes_;
    const year last = year_of(listed.back());
    const auto march = [](year y) { return sys_days(y / March / 1); };
    for (year y = last + years(1); y < year(2100); ++y) {
        year twin = last; // of the same weekdays: any twelve years hold one
        while (weekday(march(twin)) != weekday(march(y))) --twin;
        const auto shift = std::chrono::milliseconds(march(y) - march(twin)).count();
        for (std::size_t i = 1; i < listed.size(); ++i)
            if (year_of(listed[i]) == twin)
                changes_.push_back({listed[i].utc_ms + shift, listed[i].offset_ms});
    }
}

std::int64_t Zone::offset_at(std::int64_t utc_ms) const {
    const auto after =
        std::upper_bound(changes_.begin(), changes_.end(), utc_ms,
                         [](std::int64_t ms, const Change& change) { return ms < change.utc_ms; });
    return (after - 1)->offset_ms;
}

Day Zone::today(std::int64_t utc_ms) const { return static_cast<Day>(floor_day(utc_ms + offset_at(utc_ms))); }

Day Zone::day_of(const Moment& moment) const {
    assert(moment.known());
    return moment.kind == Moment::Kind::instant ? today(moment.ms) : static_cast<Day>(floor_day(moment.ms));
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
