/// Writing cells: RFC 4180, quotes only where they are needed.
#pragma once
#include <string>
#include <string_view>

namespace callscrub::csv {

/// Appends `cell`, quoted if it holds the delimiter, the quote or a line end.
void append_cell(std::string& out, std::string_view cell, char delimiter = ',', char quote = '"');

/// True if `text` is "+" and 7 to 15 digits, the first one not 0.
bool e164(std::string_view text);

/// Same as append_cell, but a cell that a spreadsheet would take for a formula (first character = + - @ TAB
/// CR) gets an apostrophe before it. Exact E.164 stays as it is. For every cell that the program adds to a
/// file.
void append_neutral(std::string& out, std::string_view cell, char delimiter = ',', char quote = '"');

} // namespace callscrub::csv
