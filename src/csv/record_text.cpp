#include "base/text.h"
#include "csv/quote_policy.h"
#include "csv/records.h"
#include <cstring>

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
    std::uint64_t word = ones; // bytes that are neither
    if (text.size() < sizeof word) {
        for (const char c : text) word = word << 8 | static_cast<unsigned char>(c);
        look(word);
    } else {
        const char* const last = text.data() + text.size() - sizeof word;
        for (const char* at = text.data(); at < last; at += sizeof word) {
            std::memcpy(&word, at, sizeof word);
            look(word);
        }
        std::memcpy(&word, last, sizeof word); // some bytes of it for the second time
        look(word);
    }
    return {(all & high) == 0, (zero & high) != 0};
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
    const Field at = fields[field];
    const std::string_view cell = raw.substr(at.begin(), at.length());
    const Dialect& dialect = format->dialect;
    if (dialect.escape != 0 && cell.find(dialect.escape) != cell.npos)
        return without_escapes(cell, at.quoted(), dialect, scratch);
    if (!at.quoted() || cell.find(dialect.quote) == cell.npos) return cell;
    return unescape(raw.substr(at.begin() - 1, at.length() + 2), dialect.quote, scratch);
}

std::optional<std::string_view> Record::checked(std::size_t field, std::string& scratch) const {
    const std::string_view cell = text(field, scratch);
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

bool looks_escaped(const Record& record) {
    const Dialect& dialect = record.format->dialect;
    if (record.damage == Damage::none || dialect.escape != 0 || dialect.quote == 0) return false;
    const char escaped[] = {'\\', dialect.quote};
    return record.raw.find(std::string_view(escaped, sizeof escaped)) != std::string_view::npos;
}

} // namespace callscrub::csv
