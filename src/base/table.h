/// Reads small CSV tables: those that are part of the program (base/embedded.h), and those of the same kind that users
/// write beside their rule packs.
#pragma once
#include "base/failure.h"
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::base {

/// The rows of an embedded CSV table (comma, RFC 4180 quotes, no line breaks in cells), cells in the order
/// of `columns`, trimmed of blanks. The header must name exactly these columns, in any order. N is 1 to 8.
/// A mistake in `text` ends the program with the place in the table `name` and `code`: our own is Exit::internal.
template <std::size_t N>
std::vector<std::array<std::string, N>> read_table(std::string_view name, std::string_view text,
                                                   const std::array<std::string_view, N>& columns,
                                                   Exit code = Exit::internal);

} // namespace callscrub::base
