/// The engine of `callscrub tidy`: any CSV that can be read → UTF-8, comma, LF, RFC 4180.
#pragma once
#include "csv/reader.h"
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace callscrub::csv {

/// Takes bytes; throws Failure if it can't.
using Sink = std::function<void(std::string_view)>;

struct TidyResult {
    std::uint64_t rows = 0;    ///< written, the header not counted
    std::uint64_t damaged = 0; ///< set aside
    std::uint64_t blank = 0;   ///< empty lines dropped
    std::uint64_t escaped = 0; ///< of the damaged rows those for which an escape character may be missing
};

/// Writes header and sound rows to `clean`. Damaged rows go to `rejects` (if given) as CSV with the header
/// `line,byte,reason,raw`: physical line from 1; offset of the row's first byte in the unpacked file from 0
/// (for UTF-16: in its UTF-8 form); a Damage name, "nul" or "not_text" (bytes that are no UTF-8 in a UTF-8
/// file); the row as it stood without its line end, neutralised against formulas. Both end every line with
/// LF. An unclosed quote costs its own line only. `options.unclosed`, `.allow_empty` and `.digest` are not
/// used.
TidyResult tidy(const std::string& path, const Stated& stated, const Sink& clean, const Sink& rejects,
                ReaderOptions options = {});
/// The same over any source.
TidyResult tidy(std::unique_ptr<Source> source, const Stated& stated, const Sink& clean, const Sink& rejects,
                ReaderOptions options = {});

} // namespace callscrub::csv
