/// Numbers that are spread over several cells.
#pragma once
#include "facts/columns.h"
#include <string>
#include <string_view>

namespace callscrub::facts {

/// Joins a code and a number as PhoneJoin tells it. An empty number, "0" and a number with its own +
/// stand by themselves; so does one whose code is missing, for then its region decides. The exit codes 00 and
/// 011 in front of a country code are dropped: no country code begins with 0.
std::string_view join_phone(std::string_view code, std::string_view number, const PhoneJoin& join,
                            std::string& joined);

} // namespace callscrub::facts
