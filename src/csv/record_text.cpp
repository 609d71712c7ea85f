#include "base/text.h"
#include "csv/quote_policy.h"
#include "csv/records.h"
#include <bit>
#include <cstring>
#include <functional>

namespace callscrub::csv {

namespace {

/// An upper bound of what the bytes are: one look at each, without a branch per byte.
struct Kind {
    bool ascii = true;
    bool nul = false;
};
Kind kind_of(std::string_view text) {
    constexpr std::uint64_t high = 0x8080808080808080ULL;
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    std::uint64_t all = 0;
    std::uint64_t zero = 0;
    const auto look = [&](std::uint64_t word) {
        all |= word;
        zero |= (word - ones) & ~word; // its top bits: some byte is NUL
    };
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        look(word);
    }
    static_assert(std::endian::native == std::endian::little, "the mask below counts bytes from the low end");
    if (const std::size_t left = text.size() - at; left != 0) {
        // Behind a cell there is more of its block, or slack: reading 8 bytes is always allowed.
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        const std::uint64_t mask = (std::uint64_t{1} << (8 * left)) - 1;
        look((word & mask) | (ones & ~mask)); // padded with bytes that are neither
    }
    return {(all & high) == 0, (zero & high) != 0};
}

/// A cell that was unescaped into `scratch` gets slack behind it there.
std::string_view with_slack(std::string_view cell, std::string& scratch) {
    const std::less_equal<const char*> not_behind;
    if (!not_behind(scratch.data(), cell.data()) || !not_behind(cell.data(), scratch.data() + scratch.size()))
        return cell;
    const auto at = static_cast<std::size_t>(cell.data() - scratch.data());
    scratch.append(8, '\0');
    return std::string_view(scratch).substr(at, cell.size());
}

std::string_view without_escapes(std::string_view cell, bool quoted, const Dialect& dialect,
                                 std::string& scratch) {
    scratch.clear();
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const bool more = i + 1 < cell.size();
        const bool escaped = cell[i] == dialect.escape && more && (quoted || cell[i + 1] != '\r');
        const bool doubled = quoted && cell[i] == dialect.quote && more && cell[i + 1] == dialect.quote;
        if (escaped || doubled) ++i;
        scratch += cell[i];
    }
    return scratch;
}

} // namespace

std::string_view Record::body() const {
    std::string_view out = raw;
    if (out.ends_with('\n')) out.remove_suffix(1);
    if (out.ends_with('\r')) out.remove_suffix(1);
    return out;
}

std::string_view Record::text(std::size_t field, std::string& scratch) const {
    const Field& at = fields[field];
    const std::string_view cell = raw.substr(at.begin(), at.length());
    const Dialect& dialect = format->dialect;
    if (dialect.escape != 0 && cell.find(dialect.escape) != cell.npos)
        return without_escapes(cell, at.quoted(), dialect, scratch);
    if (!at.quoted() || cell.find(dialect.quote) == cell.npos) return cell;
    return unescape(raw.substr(at.begin() - 1, at.length() + 2), dialect.quote, scratch);
}

std::optional<std::string_view> Record::utf8(std::size_t field, std::string& scratch) const {
    const std::string_view cell = with_slack(text(field, scratch), scratch);
    const Kind kind = kind_of(cell);
    if (kind.nul) return std::nullopt;
    if (kind.ascii) return cell;
    if (encoding == Encoding::utf8) {
        if (!base::valid_utf8(cell)) return std::nullopt;
        return cell;
    }
    std::string decoded;
    append_utf8(decoded, cell, encoding);
    scratch = std::move(decoded);
    return scratch;
}

} // namespace callscrub::csv
