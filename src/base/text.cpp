#include "base/text.h"
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace callscrub::base {

namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

// Lower case of U+00C0…U+00DE and of the pairs of U+0100…U+017E, all two bytes long.
unsigned lower(unsigned letter) {
    if (letter >= 0xC0 && letter <= 0xDE) return letter == 0xD7 ? letter : letter + 0x20;
    if (letter == 0x130) return 'i';
    if (letter == 0x178) return 0xFF;
    const bool odd_is_upper = (letter >= 0x139 && letter <= 0x148) || (letter >= 0x179 && letter <= 0x17E);
    const bool in_pair =
        odd_is_upper || (letter >= 0x100 && letter <= 0x137) || (letter >= 0x14A && letter <= 0x177);
    return in_pair && ((letter & 1U) == 1) == odd_is_upper ? letter + 1 : letter;
}

void append_lower(std::string& out, unsigned letter) {
    letter = lower(letter);
    if (letter < 0x80) {
        out += static_cast<char>(letter);
    } else {
        out += static_cast<char>(0xC0U | (letter >> 6));
        out += static_cast<char>(0x80U | (letter & 0x3FU));
    }
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

} // namespace

std::string_view trim_ends(std::string_view text) {
    for (;;) {
        if (!text.empty() && blank(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(no_break_space))
            text.remove_prefix(2);
        else
            break;
    }
    for (;;) {
        if (!text.empty() && blank(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(no_break_space))
            text.remove_suffix(2);
        else
            break;
    }
    return text;
}

std::string fold(std::string_view text) {
    std::string out;
    text = trim(text);
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (blank(c) || text.substr(i).starts_with(no_break_space)) {
            if (!blank(c)) ++i;
            if (out.back() != ' ') out += ' ';
        } else if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c + ('a' - 'A'));
        } else if (const auto byte = static_cast<unsigned char>(c);
                   byte >= 0xC3 && byte <= 0xC5 && i + 1 < text.size() && continues(text[i + 1])) {
            append_lower(out, ((byte & 0x1FU) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3FU));
        } else {
            out += c;
        }
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto cut = std::min(text.find(separator), text.size());
        if (const auto part = trim(text.substr(0, cut)); !part.empty()) out.push_back(part);
        text.remove_prefix(std::min(cut + 1, text.size()));
    }
    return out;
}

namespace {

// Letters added, left out, changed or swapped with their neighbour (optimal string alignment).
std::size_t typing_errors(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row.back();
}

} // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    const std::string wanted = fold(word);
    std::string_view best;
    // A word of one letter has nothing in common with another one.
    std::size_t least = std::min(std::max<std::size_t>(1, wanted.size() / 3) + 1, wanted.size());
    for (const auto candidate : candidates) {
        const std::size_t errors = typing_errors(wanted, fold(candidate));
        if (errors < least) {
            least = errors;
            best = candidate;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
    const auto near = nearest(word, candidates);
    return near.empty() ? std::string() : " (did you mean '" + std::string(near) + "'?)";
}

namespace {

// Length of the well-formed UTF-8 sequence at the begin of `text`; 0 if there is none.
std::size_t sequence(std::string_view text) {
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = at(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((at(i) & 0xC0U) != 0x80) return 0;
    const bool overlong = (first == 0xE0 && at(1) < 0xA0) || (first == 0xF0 && at(1) < 0x90);
    const bool beyond = (first == 0xED && at(1) >= 0xA0) || (first == 0xF4 && at(1) >= 0x90);
    return overlong || beyond ? 0 : length;
}

} // namespace

bool valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = sequence(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string quoted(std::string_view text, std::size_t most) {
    static constexpr char hex[] = "0123456789ABCDEF";
    const std::string masked = mask_numbers(text); // first: an escape would cut a number into harmless pieces
    text = masked;
    std::string out;
    std::size_t shown = 0;
    while (!text.empty()) {
        if (shown++ == most) {
            out += "…";
            break;
        }
        const auto byte = static_cast<unsigned char>(text[0]);
        const auto length = sequence(text);
        const bool control = byte < 0x20 || byte == 0x7F ||
                             (byte == 0xC2 && length == 2 && static_cast<unsigned char>(text[1]) < 0xA0);
        if (length == 0 || control) {
            out += {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
            text.remove_prefix(1);
        } else {
            out += text.substr(0, length);
            text.remove_prefix(length);
        }
    }
    return out;
}

namespace {

// Length of what may stand between two digits of one number: blanks, control characters, punctuation that
// people put there, bytes that are no text, soft hyphens, typographic blanks and dashes, signs without width.
// Not , ; : | and quotes: they part numbers.
std::size_t gap_mark(std::string_view text) {
    if (text.empty()) return 0;
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x20 || first == 0x7F || std::string_view(" -./()[]_*~").find(text[0]) != text.npos) return 1;
    if (first < 0x80) return 0;
    const std::size_t length = sequence(text);
    if (length == 0) return 1;
    if (first == 0xC2) return text[1] <= '\xA0' || text[1] == '\xAD' ? 2 : 0;
    if (text.starts_with("\xE2\x80")) return text[2] <= '\x95' || text[2] == '\xAF' ? 3 : 0;
    const bool other = text.starts_with("\xE2\x81\xA0") || text.starts_with("\xE2\x88\x92") ||
                       text.starts_with("\xEF\xBB\xBF");
    return other ? 3 : 0;
}

struct Run {
    std::size_t length = 0; ///< bytes up to its last digit
    std::size_t digits = 0;
};

// The digits from the begin of `text` on with at most three marks between two of them.
Run number_run(std::string_view text) {
    Run run;
    for (std::size_t at = 0, marks = 0; at < text.size() && marks <= 3;) {
        if (digit(text[at])) {
            run = {++at, run.digits + 1};
            marks = 0;
        } else {
            const std::size_t mark = gap_mark(text.substr(at));
            if (mark == 0) break;
            at += mark;
            ++marks;
        }
    }
    return run;
}

// Length of a date (yyyy-mm-dd, dd.mm.yyyy, d/m/yyyy, dd.mm.yy) and of the hour behind
// it, if that is all of the run: messages have to show dates.
std::size_t date_run(std::string_view run, std::string_view behind) {
    std::array<std::size_t, 3> width{};
    std::size_t at = 0;
    char mark = 0;
    for (std::size_t part = 0; part < 3; ++part) {
        for (; at < run.size() && digit(run[at]); ++at) ++width[part];
        if (part == 2) break;
        if (part == 1 && at == run.size() && width[0] == 4 && width[1] == 2) return run.size(); // 2026-03
        if (at == run.size() || std::string_view("-./").find(run[at]) == std::string_view::npos) return 0;
        if (part == 1 && run[at] != mark) return 0;
        mark = run[at++];
    }
    const bool year_first = width[0] == 4 && width[2] >= 1 && width[2] <= 2;
    const bool year_last = (width[2] == 4 || width[2] == 2) && width[0] >= 1 && width[0] <= 2;
    if (!(year_first || year_last) || width[1] < 1 || width[1] > 2) return 0;
    const bool hour = at < run.size() && run[at] == ' ' && run.size() - at <= 3 && behind.starts_with(':');
    return at == run.size() || hour ? run.size() : 0;
}

} // namespace

std::string mask_numbers(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (!digit(text[0])) {
            out += text[0];
            text.remove_prefix(1);
            continue;
        }
        const Run run = number_run(text);
        const bool plain =
            run.digits < 6 || date_run(text.substr(0, run.length), text.substr(run.length)) != 0;
        // Half of a number is hidden, and never less than five digits; more of its end is shown than of its
        // begin.
        const std::size_t hidden = plain ? 0 : std::max<std::size_t>(5, run.digits - 6);
        const std::size_t first = (run.digits - hidden) / 2;
        std::size_t seen = 0;
        for (const char c : text.substr(0, run.length)) {
            if (digit(c)) ++seen;
            if (digit(c) && seen > first && seen <= first + hidden)
                out += "•";
            else
                out += c;
        }
        text.remove_prefix(run.length);
    }
    return out;
}

std::uint64_t hash(std::string_view text, std::uint64_t seed) {
    std::uint64_t h = 0xCBF29CE484222325ULL ^ (seed * 0x9E3779B97F4A7C15ULL);
    for (; text.size() >= 8; text.remove_prefix(8)) {
        std::uint64_t word = 0;
        for (unsigned i = 0; i < 8; ++i)
            word |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
        h = (h ^ word) * 0x100000001B3ULL;
        h ^= h >> 29;
    }
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    h ^= h >> 33;
    h *= 0xFF51AFD7ED558CCDULL;
    h ^= h >> 33;
    h *= 0xC4CEB9FE1A85EC53ULL;
    return h ^ (h >> 33);
}

} // namespace callscrub::base
