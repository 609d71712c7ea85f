#include "facts/day.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <date/date.h>

namespace callscrub::facts {

namespace {

date::year_month_day civil(Day day) { return date::year_month_day(date::sys_days(date::days(day))); }
Day number(const date::year_month_day& ymd) {
    return static_cast<Day>(date::sys_days(ymd).time_since_epoch().count());
}
constexpr Day first_day = -719162, last_day = 2932896; // 0001-01-01, 9999-12-31
bool endless(Day day) { return day == day_min || day == day_max; }

} // namespace

Day day_or_min(int year, unsigned month, unsigned day) {
    if (year < 1 || year > 9999) return day_min;
    const date::year_month_day ymd{date::year(year), date::month(month), date::day(day)};
    // The library keeps a month and a day in one byte each: what it holds need not be what was asked for.
    const bool kept = static_cast<unsigned>(ymd.month()) == month && static_cast<unsigned>(ymd.day()) == day;
    return kept && ymd.ok() ? number(ymd) : day_min;
}

std::optional<Day> make_day(int year, unsigned month, unsigned day) {
    const Day found = day_or_min(year, month, day);
    return found == day_min ? std::nullopt : std::optional(found);
}

std::optional<Day> read_iso_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto part = [&](std::size_t at, std::size_t length) {
        unsigned value = 0;
        const char *const begin = text.data() + at, *const end = begin + length;
        return std::from_chars(begin, end, value).ptr == end ? value : 0; // nothing of a date is 0
    };
    return make_day(static_cast<int>(part(0, 4)), part(5, 2), part(8, 2));
}

void append_day(std::string& out, Day day) {
    if (endless(day)) return;
    const auto ymd = civil(day);
    const int year = static_cast<int>(ymd.year());
    if (year < 0 || year > 9999) { // of no date that was read
        out += std::to_string(year);
    } else {
        const std::array digits = {static_cast<char>('0' + year / 1000), static_cast<char>('0' + year / 100 % 10),
                                static_cast<char>('0' + year / 10 % 10), static_cast<char>('0' + year % 10)};
        out.append(digits.data(), digits.size());
    }
    const auto two = [](unsigned n) { return std::array{'-', static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; };
    out.append(two(static_cast<unsigned>(ymd.month())).data(), 3);
    out.append(two(static_cast<unsigned>(ymd.day())).data(), 3);
}

std::string to_string(Day day) {
    std::string out;
    append_day(out, day);
    return out;
}

// The library keeps years in two bytes; what lies beyond the calendar of this file is its last day (or first).
Day add_months(Day day, int months) {
    if (endless(day)) return day;
    const auto ymd = civil(day);
    const auto count = static_cast<int>(ymd.year()) * std::int64_t{12} + static_cast<unsigned>(ymd.month()) - 1 + months;
    if (count < 12) return first_day;
    if (count / 12 > 9999) return last_day;
    const auto month = date::year(static_cast<int>(count / 12)) / static_cast<int>(count % 12 + 1);
    const auto last = date::year_month_day(month / date::last).day();
    return number(month / std::min(ymd.day(), last));
}

Day end_of_year(Day day, int years) {
    if (endless(day)) return day;
    const auto year = std::int64_t{static_cast<int>(civil(day).year())} + years;
    if (year < 1) return first_day;
    return number(date::year(static_cast<int>(std::min<std::int64_t>(year, 9999))) / date::December / 31);
}

} // namespace callscrub::facts
