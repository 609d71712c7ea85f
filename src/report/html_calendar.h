/// The calendar of permissions that lapse: a row for each month, a field for each day, darker where more
/// lapse.
#pragma once
#include "report/html_words.h"
#include <cstdint>
#include <map>

namespace callscrub::report {

/// The days from `from` on, twelve months, inclusive at both ends.
struct Year {
    facts::Day from = 0, until = 0;
};
Year year_after(facts::Day from);

/// `lapses`: last callable day → numbers. Days outside of `year` are left out. `window_until`: last day of
/// the calling window, which is framed.
Markup calendar(const Words& words, const std::map<facts::Day, std::uint64_t>& lapses, const Year& year,
                facts::Day window_until);

/// Sum of the counts on days in `year`.
std::uint64_t sum_in(const std::map<facts::Day, std::uint64_t>& lapses, const Year& year);

} // namespace callscrub::report
