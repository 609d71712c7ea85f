/// Civil days and moments: the only notion of time behind the reading of dates.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace callscrub::facts {

/// A civil day: days since 1970-01-01 (proleptic Gregorian). No time zone is in it.
using Day = std::int32_t;

/// Before every day and after every day. They print as "" and are never read from input.
inline constexpr Day day_min = std::numeric_limits<Day>::min();
inline constexpr Day day_max = std::numeric_limits<Day>::max();

/// The day of a calendar date; day_min if there is no such date (2023-02-29). It comes in a register, which counts where each row
/// has several dates.
Day day_or_min(int year, unsigned month, unsigned day);
/// The same, or nothing.
std::optional<Day> make_day(int year, unsigned month, unsigned day);

/// Reads exactly "yyyy-mm-dd", nothing before or after it.
std::optional<Day> read_iso_day(std::string_view text);

/// "yyyy-mm-dd"; "" for day_min and day_max.
std::string to_string(Day day);
/// The same, appended.
void append_day(std::string& out, Day day);

/// The same day `months` later (or earlier), clamped to the end of a shorter month: 2024-01-31 + 1 = 2024-02-29.
/// day_min and day_max stay as they are.
Day add_months(Day day, int months);

/// December 31 of the calendar year `years` after the day's own.
Day end_of_year(Day day, int years);

/// When something happened, as exactly as the source tells.
struct Moment {
    enum class Kind : std::uint8_t {
        missing, ///< no date at all
        day,     ///< a civil day without time
        wall,    ///< day and time without zone: the clock on the wall of the jurisdiction judged
        instant, ///< a point in time (zone or offset was given): milliseconds since 1970-01-01T00:00Z
    };
    /// Milliseconds since 1970-01-01T00:00 on that clock (UTC for instant). For `day`, midnight.
    std::int64_t ms = 0;
    Kind kind = Kind::missing;

    static Moment of_day(Day day) { return {std::int64_t{day} * 86'400'000, Kind::day}; }
    bool known() const { return kind != Kind::missing; }
    friend bool operator==(const Moment&, const Moment&) = default;
};

} // namespace callscrub::facts
