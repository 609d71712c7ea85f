/// Finds where a piece of text can be cut between records. The reasoning stands in reader.h. Inside this
/// room only.
#pragma once
#include "csv/records.h"
#include <cstdint>
#include <string>
#include <string_view>

namespace callscrub::csv {

/// One pass over a piece of text, 64 bytes at a time, up to the first quote that stands where it may not.
struct Scan {
    std::size_t cut = 0; ///< behind the last line end seen with an even number of quotes before it; 0 = none
    bool quotes = false; ///< there are quotes
    bool well_quoted = true; ///< all of them stand where RFC 4180 allows it
    bool open = false;       ///< their number is odd
    bool high = false;       ///< there may be bytes >= 0x80
    bool nul = false;        ///< there may be NULs
};
/// `text` begins at a record boundary; Buffer::slack bytes behind it are readable.
Scan scan(std::string_view text, const Dialect& dialect);

/// A cut behind complete records.
struct Cut {
    enum class Kind : std::uint8_t {
        found,
        none,     ///< no record is decided: look at more bytes
        unclosed, ///< Unclosed::fail and a quote that is never closed: opened at `at`
        too_long, ///< the record that begins at `at` is longer than allowed
    };
    Kind kind = Kind::none;
    std::size_t at = 0;
    bool well_quoted = false;
    bool quotes = false;
    bool high = false; ///< there may be bytes >= 0x80 before the cut
    bool nul = false;  ///< and NULs
};
/// `last`: nothing follows the text. `set_aside`: unclosed quotes make damaged records instead of
/// Kind::unclosed.
Cut find_cut(std::string_view text, bool last, const Format& format, bool set_aside);

/// LFs in `text`.
std::uint64_t line_ends(std::string_view text);

} // namespace callscrub::csv
