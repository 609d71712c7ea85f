/// Reads the program's own tables: small CSV texts that are part of the program (base/embedded.h).
#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::base {

/// The rows of an embedded CSV table (comma, RFC 4180 quotes, no line breaks in cells), cells in the order
/// of `columns`, trimmed of blanks. The header must name exactly these columns, in any order. N is 1 to 8.
/// Not for users' files: a mistake in `text` is our own and ends the program with Exit::internal and the
/// place in the table `name`.
template <std::size_t N>
std::vector<std::array<std::string, N>> read_table(std::string_view name, std::string_view text,
                                                   const std::array<std::string_view, N>& columns);

} // namespace callscrub::base
