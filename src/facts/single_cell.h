/// The only cell of a line, where a name of a column could stand as well as a number.
#pragma once
#include <string_view>

namespace callscrub::facts {

/// Whether it is a value, so that the line is no header: a lost number may be a no. It is if it holds five digits or more,
/// the remains of a number (4.9E+10), or begins as numbers do ("+31 6 FLOWERS", "0800 TAXI"); "Telefonnummer 2" and
/// "phone_2024" are names.
bool holds_number(std::string_view cell);

} // namespace callscrub::facts
