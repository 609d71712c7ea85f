/// What separates cells in a file, and what a user may state about it.
#pragma once
#include "csv/encoding.h"
#include <optional>
#include <string>
#include <string_view>

namespace callscrub::csv {

/// How one file writes its records. Line ends are LF or CRLF, also mixed; a lone CR is data.
struct Dialect {
    char delimiter = ',';
    char quote = '"';   ///< 0 = quotes have no meaning
    char escape = 0;    ///< if not 0: takes the meaning away from the byte after it (never from a line end)
    bool header = true; ///< the first record names the columns
    unsigned skip_lines = 0; ///< physical lines before the header that are no data
    friend bool operator==(const Dialect&, const Dialect&) = default;
};

/// What the user stated about an input. It wins over everything that is found out.
struct Stated {
    std::optional<char> delimiter;
    std::optional<char> quote; ///< '"', '\'' or 0
    std::optional<char> escape;
    std::optional<Encoding> encoding;
    bool no_header = false;
    unsigned skip = 0; ///< physical lines at the top to pass over, a `sep=` line among them
    friend bool operator==(const Stated&, const Stated&) = default;
};

/// A delimiter as a word of the profile: one ASCII character, or "tab", "comma", "semicolon", "pipe", "\t".
std::optional<char> read_delimiter(std::string_view word);
/// For messages: ",", ";", "|", "tab", …
std::string delimiter_name(char delimiter);

/// The delimiter of a leading `sep=;` line (with or without quotes around it; its line end excluded), or
/// nothing.
std::optional<char> separator_line(std::string_view line);

/// Chooses among , ; tab and | : of those that cut the header into several cells, the one that cuts most of
/// the following records into as many; then the one that makes more cells. A file whose header none of them
/// cuts has a single column. `sample`: the file from its header on, as bytes in which ASCII means itself;
/// `whole`: it is the complete rest of the file, else its last record is not looked at.
char detect_delimiter(std::string_view sample, const Dialect& rest, bool whole);

} // namespace callscrub::csv
