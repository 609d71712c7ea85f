/// The pieces of a date as people and programs write them. Behind dates.h only.
#pragma once
#include "facts/dates.h"
#include "facts/day.h"
#include <optional>
#include <string_view>

namespace callscrub::facts {

/// A date as written, before any time zone is asked.
struct Written {
    Day day = 0;
    std::optional<std::int64_t> time;   ///< milliseconds since midnight
    std::optional<std::int64_t> offset; ///< local = UTC + offset, milliseconds; only with a time
};

/// The whole of a trimmed cell as a date in one of the formats that spell out year, month and day (iso to
/// d_month_y). Years are 1900 to 9999 and have four digits: dates before are how systems write "none".
std::optional<Written> read_written(DateFormat format, std::string_view cell);

/// The usual forms of ISO without a loop: yyyy-mm-dd, and behind it Thh:mm, Thh:mm:ss, Thh:mm:ssZ (or a blank for T).
/// False = it is none of them, or no date: `out` is as it was, and the patient way decides.
bool read_plain_iso(std::string_view cell, Written& out);

/// What is wrong with a cell that is no date in any format, as far as it can be told.
enum class Oddity : std::uint8_t {
    none,
    month_first, ///< 03-25-2021, 03.25.2021, 2021-25-03: month and day the other way round than these marks
                 ///< mean
    two_digit_year, ///< 12.03.24, 18-Jun-24
};
Oddity oddity_of(std::string_view cell);

} // namespace callscrub::facts
