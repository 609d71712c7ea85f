/// The quote rules of fast-cpp-csv-parser (io::double_quote_escape), with a delimiter chosen while running.
#pragma once
#include <string>
#include <string_view>

namespace callscrub::csv {

/// What stands between the outer quotes of `cell` (quotes included), doubled quotes undone. `quote` is '"'
/// or '\''. The view points into `scratch`.
std::string_view unescape(std::string_view cell, char quote, std::string& scratch);

/// The end of the cell that begins at `begin`: its delimiter, or the NUL that ends the text. Null if a
/// quote is not closed before that NUL. Quotes are '"'; the delimiter is one of , ; tab |.
const char* find_cell_end(const char* begin, char delimiter);

} // namespace callscrub::csv
