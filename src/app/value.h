/// Reading what was stated by a flag or in the profile into plain values. Every reader throws Failure(usage)
/// with the name and the place of the statement, what was found and what was expected.
#pragma once
#include "app/job.h"
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::app {

/// One value as it was stated.
struct Given {
    std::string name;              ///< for messages: "--entity" or "campaign.entity"
    std::string text;              ///< scalars as text (true, 12, 2026-07-01)
    std::vector<std::string> list; ///< if it was stated as a list
    base::Place place;             ///< none for a flag
};

/// "<name> is '<text>'; expected <expected>" and, if one of `known` is near, "did you mean".
[[noreturn]] void refuse(const Given& given, const std::string& expected,
                         std::span<const std::string_view> known = {});

/// The index of the text in `words` ('|'-separated).
std::size_t read_word(const Given& given, std::string_view words);
bool read_switch(const Given& given); ///< true, false
std::uint64_t read_count(const Given& given, std::uint64_t least, std::uint64_t most);
double read_share(const Given& given);            ///< 0.25 or 25% → 0.25
std::int64_t read_duration(const Given& given);   ///< 30s 10min 36h 60d 2w → seconds
std::int32_t read_whole_days(const Given& given); ///< 60d 8w → days
std::uint64_t read_size(const Given& given);      ///< 512MiB 2GiB 2GB → bytes
DaySpec read_day(const Given& given, bool until); ///< 2026-07-01 today +14d
facts::Region read_region(const Given& given);    ///< two letters
char read_delimiter(const Given& given);          ///< , ; | tab
char read_quote(const Given& given);              ///< one character; none = '\\0'
csv::Encoding read_encoding(const Given& given);
std::string read_date_format(const Given& given); ///< a name that facts::date_format_of knows
std::string read_zone(const Given& given);        ///< a time zone that exists
/// The list, or the text cut at commas; no empty parts, at least one.
std::vector<std::string> read_list(const Given& given);
/// Not empty, no control characters.
std::string read_text(const Given& given);

} // namespace callscrub::app
