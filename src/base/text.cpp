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

// Lower case of U+00C0…U+00DE and the pairs of U+0100…U+017E, as two bytes each.
bool lower_pair(unsigned char first, unsigned char& second) {
    if (first == 0xC3 && second >= 0x80 && second <= 0x9E && second != 0x97) {
        second = static_cast<unsigned char>(second + 0x20);
        return true;
    }
    const bool odd_upper = first == 0xC4 ? second >= 0xB9 && second <= 0xBD : first == 0xC5 && second >= 0x81 && second <= 0x87;
    const bool late = first == 0xC5 && second >= 0xB9 && second <= 0xBD;
    const bool even_upper = (first == 0xC4 && second >= 0x80 && second <= 0xB7 && second != 0xB0) ||
                            (first == 0xC5 && second >= 0x8A && second <= 0xB7);
    if ((odd_upper || late) && (second & 1U) == 1) ++second;
    else if (even_upper && (second & 1U) == 0) ++second;
    return false;
}

} // namespace

std::string_view trim(std::string_view text) {
    for (;;) {
        if (!text.empty() && blank(text.front())) text.remove_prefix(1);
        else if (text.starts_with(no_break_space)) text.remove_prefix(2);
        else break;
    }
    for (;;) {
        if (!text.empty() && blank(text.back())) text.remove_suffix(1);
        else if (text.ends_with(no_break_space)) text.remove_suffix(2);
        else break;
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
        } else if (const auto byte = static_cast<unsigned char>(c); byte >= 0xC3 && byte <= 0xC5 && i + 1 < text.size()) {
            auto second = static_cast<unsigned char>(text[++i]);
            lower_pair(byte, second);
            out += c;
            out += static_cast<char>(second);
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

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    const std::string wanted = fold(word);
    std::string_view best;
    std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    for (const auto candidate : candidates) {
        const std::string other = fold(candidate);
        std::vector<std::size_t> row(other.size() + 1);
        for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= wanted.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j < row.size(); ++j) {
                const std::size_t swap = diagonal + (wanted[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = std::min({row[j] + 1, row[j - 1] + 1, swap});
            }
        }
        if (row.back() < least) {
            least = row.back();
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
    std::string out;
    std::size_t shown = 0;
    while (!text.empty()) {
        if (shown++ == most) {
            out += "…";
            break;
        }
        const auto byte = static_cast<unsigned char>(text[0]);
        const auto length = sequence(text);
        const bool control = byte < 0x20 || byte == 0x7F || (byte == 0xC2 && length == 2 && static_cast<unsigned char>(text[1]) < 0xA0);
        if (length == 0 || control) {
            out += {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
            text.remove_prefix(1);
        } else {
            out += text.substr(0, length);
            text.remove_prefix(length);
        }
    }
    return mask_numbers(out);
}

std::string mask_numbers(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        // A run: digits with at most two other marks between two of them.
        if (!digit(text[at])) {
            out += text[at++];
            continue;
        }
        std::size_t end = at, digits = 0;
        for (std::size_t i = at, gap = 0; i < text.size() && gap <= 2; ++i) {
            if (digit(text[i])) {
                ++digits;
                end = i + 1;
                gap = 0;
            } else if (text[i] == ' ' || text[i] == '-' || text[i] == '.' || text[i] == '/' || text[i] == '(' || text[i] == ')') {
                ++gap;
            } else {
                break;
            }
        }
        const auto run = text.substr(at, end - at);
        const bool date = run.size() == 10 && digits == 8 && !digit(run[4]) && run[4] == run[7];
        const bool turned_date = run.size() == 10 && digits == 8 && !digit(run[2]) && run[2] == run[5];
        std::size_t seen = 0;
        for (const char c : run) {
            const bool middle = digits >= 6 && !date && !turned_date && digit(c) && seen >= 3 && seen + 3 < digits;
            out += middle ? std::string("•") : std::string(1, c);
            if (digit(c)) ++seen;
        }
        at = end;
    }
    return out;
}

std::uint64_t hash(std::string_view text, std::uint64_t seed) {
    std::uint64_t h = 0xCBF29CE484222325ULL ^ (seed * 0x9E3779B97F4A7C15ULL);
    for (; text.size() >= 8; text.remove_prefix(8)) {
        std::uint64_t word = 0;
        for (unsigned i = 0; i < 8; ++i) word |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
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
