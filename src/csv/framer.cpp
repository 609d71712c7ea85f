#include "csv/framer.h"
#include "base/wide.h"
#include "csv/scan.h"
#include "csv/strict.h"
#include <algorithm>
#include <bit>

namespace callscrub::csv {

namespace {

/// Checks the quotes of 64 bytes after the other. Bits stand for bytes; the carries hold what the last byte
/// of the chunk before was.
struct QuoteCheck {
    std::uint64_t inside = 0;       // all ones: the byte before is inside quotes
    std::uint64_t after_close = 0;  // 1: the byte before is a closing quote
    std::uint64_t after_cr = 0;     // 1: the byte before is a CR behind a closing quote
    std::uint64_t after_border = 1; // 1: the byte before is a delimiter or LF (or the begin)

    bool idle() const { return (inside | after_close | after_cr) == 0; }

    /// Returns the bytes inside quotes; sets `good` to false if a quote stands where it may not.
    std::uint64_t step(std::uint64_t quotes, std::uint64_t delimiters, std::uint64_t lf, std::uint64_t cr,
                       std::uint64_t valid, bool& good) {
        const std::uint64_t in = prefix_parity(quotes) ^ inside;
        const std::uint64_t opening = quotes & in;
        const std::uint64_t closing = quotes & ~in;
        const std::uint64_t border = delimiters | lf;
        const std::uint64_t behind_close = closing << 1 | after_close;
        const std::uint64_t behind_border = border << 1 | after_border;
        const std::uint64_t closed_cr = behind_close & cr;
        const std::uint64_t behind_cr = closed_cr << 1 | after_cr;
        const std::uint64_t wrong = (behind_close & ~(border | cr | quotes)) | (behind_cr & ~lf) |
                                    (opening & ~(behind_border | behind_close));
        good = good && (wrong & valid) == 0;
        inside = static_cast<std::uint64_t>(static_cast<std::int64_t>(in) >> 63);
        after_close = closing >> 63;
        after_cr = closed_cr >> 63;
        after_border = border >> 63;
        return in;
    }
};

} // namespace

CALLSCRUB_WIDE Scan scan(std::string_view text, const Dialect& dialect) {
    Scan out;
    QuoteCheck check;
    const char* const data = text.data();
    const bool quoting = dialect.quote != 0;
    for (std::size_t at = 0; at < text.size(); at += 64) {
        const Chunk bytes(data + at);
        const std::uint64_t valid = low_bits(text.size() - at);
        if (bytes.any_high()) out.high = true;
        if (bytes.any_zero() && (bytes.equal('\0') & valid) != 0) out.nul = true;
        std::uint64_t lf = bytes.equal('\n') & valid;
        const std::uint64_t quotes = quoting ? bytes.equal(dialect.quote) & valid : 0;
        if (quotes != 0 || !check.idle()) {
            out.quotes = true;
            const std::uint64_t cr = bytes.equal('\r');
            lf &= ~check.step(quotes, bytes.equal(dialect.delimiter), lf, cr, valid, out.well_quoted);
            if (!out.well_quoted) break;
        } else {
            const char before = data[at + 63];
            check.after_border = before == dialect.delimiter || before == '\n' ? 1 : 0;
        }
        if (lf != 0) out.cut = at + 64 - static_cast<std::size_t>(std::countl_zero(lf));
    }
    out.open = check.inside != 0;
    return out;
}

std::uint64_t line_ends(std::string_view text) {
    std::uint64_t count = 0;
    std::size_t at = 0;
    for (; at + 64 <= text.size(); at += 64) count += Chunk(text.data() + at).count('\n');
    for (; at < text.size(); ++at) count += text[at] == '\n' ? 1 : 0;
    return count;
}

namespace {

/// The same by the strict rules, record by record.
Cut strict_cut(std::string_view text, bool last, const Format& format, bool set_aside) {
    Cut cut;
    Marks marks(text.data(), text.size(), format.dialect);
    std::size_t seen = 0; // bytes before this place decided the records so far
    for (std::size_t at = 0; at < text.size();) {
        const Verdict verdict = decide(marks, text.data(), at, text.size(), last, format, nullptr);
        if (verdict.kind == Verdict::Kind::open) break;
        const bool unclosed = verdict.damage == Damage::unclosed_quote;
        if (verdict.kind == Verdict::Kind::too_long || (unclosed && !set_aside)) {
            if (cut.kind == Cut::Kind::found) break; // the records before it come first
            cut.kind = unclosed ? Cut::Kind::unclosed : Cut::Kind::too_long;
            cut.at = unclosed ? verdict.damage_at : at;
            return cut;
        }
        at = verdict.end;
        // Wherever the block ends, the splitter finds an unclosed quote open too.
        if (!unclosed) seen = std::max(seen, verdict.seen);
        if (at < seen) continue;
        cut.kind = Cut::Kind::found;
        cut.at = at;
    }
    return cut;
}

} // namespace

Cut find_cut(std::string_view text, bool last, const Format& format, bool set_aside) {
    const Scan seen = scan(text, format.dialect);
    Cut cut;
    cut.quotes = seen.quotes;
    cut.high = seen.high;
    cut.nul = seen.nul;
    const bool sound = seen.well_quoted && !(last && seen.open);
    cut.at = sound && last ? text.size() : seen.cut;
    if (format.dialect.escape == 0 && text.size() <= format.record_limit && (sound || cut.at != 0)) {
        // Either all is well quoted, or what lies before the trouble is: that makes a block of its own.
        cut.kind = cut.at != 0 ? Cut::Kind::found : Cut::Kind::none;
        cut.well_quoted = true;
        return cut;
    }
    // One bad quote should not slow down all its neighbours.
    constexpr std::size_t neighbourhood = std::size_t{32} << 10;
    if (text.size() > neighbourhood)
        cut = strict_cut(text.substr(0, neighbourhood), false, format, set_aside);
    if (cut.kind != Cut::Kind::found) cut = strict_cut(text, last, format, set_aside);
    cut.quotes = cut.high = cut.nul = true;
    return cut;
}

} // namespace callscrub::csv
