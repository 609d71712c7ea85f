#include "facts/phone_text.h"
#include <cstdint>

namespace callscrub::facts {
namespace {

constexpr char32_t damaged = 0xFFFD;

/// The next code point; a byte that is not UTF-8 counts as U+FFFD.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(at++);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
    if (more == 0 || lead > 0xF4 || at + static_cast<std::size_t>(more) > text.size()) return damaged;
    char32_t code = lead & (0x3Fu >> more);
    for (int i = 0; i < more; ++i) {
        const std::uint8_t tail = byte(at + static_cast<std::size_t>(i));
        if ((tail & 0xC0) != 0x80) return damaged;
        code = code << 6 | (tail & 0x3Fu);
    }
    constexpr char32_t least[] = {0x80, 0x800, 0x10000}; // what is less has a shorter form, and only that counts
    if (code < least[more - 1]) return damaged;
    at += static_cast<std::size_t>(more);
    return code;
}

/// Unicode digits that stand in phone cells: the first code point of each row of ten.
char digit_twin(char32_t code) {
    for (const char32_t zero : {U'\u0660', U'\u06F0', U'\uFF10'})
        if (code >= zero && code < zero + 10) return static_cast<char>('0' + (code - zero));
    return 0;
}

/// Marks without width: soft hyphen, zero-width blanks and joiners, direction marks, byte order mark. Address
/// books of phones wrap numbers in them.
bool is_invisible(char32_t code) {
    return code == 0xAD || (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x2069) || code == 0xFEFF;
}

bool is_blank(char32_t code) {
    return code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F ||
           code == 0x3000;
}

char sign_twin(char32_t code) {
    switch (code) {
    case 0x2212:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
        return '-';
    case 0xFF0B:
    case 0xFE62:
        return '+';
    case 0x2044:
    case 0x2215:
    case 0xFF0F:
        return '/';
    case 0xFF08:
        return '(';
    case 0xFF09:
        return ')';
    case 0xFF3B:
        return '[';
    case 0xFF3D:
        return ']';
    case 0xB7:
    case 0x2024:
    case 0xFF0E:
        return '.';
    case 0xB4:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
        return '\'';
    case 0x201C:
    case 0x201D:
        return '"';
    case 0x2022:
    case 0x25CF:
        return '*'; // bullets that mask digits
    case 0x2028:
    case 0x2029:
        return '\n';
    default:
        return 0;
    }
}

/// The twin of a character outside ASCII; 0 = leave it out.
char twin(char32_t code) {
    if (is_invisible(code)) return 0;
    if (is_blank(code)) return ' ';
    if (code >= 0x2010 && code <= 0x2015) return '-';
    if (const char sign = sign_twin(code)) return sign;
    if (const char digit = digit_twin(code)) return digit;
    const bool sign = code < 0xC0 || code == 0xD7 || code == 0xF7 || (code >= 0x2000 && code < 0x2C00) ||
                      code >= 0x1F000 || code == damaged;
    return sign ? other_sign : other_letter;
}

char ascii_twin(char32_t code) {
    if (code == '\t' || code == '\r' || code == '\v' || code == '\f') return ' ';
    if (code == '`') return '\'';
    if (code < ' ' && code != '\n') return other_sign;
    return static_cast<char>(code);
}

std::string_view without_wrapping(std::string_view text) {
    const auto is_wrapping = [](char c) { return c == ' ' || c == '\n' || c == '\'' || c == '"'; };
    while (!text.empty() && (is_wrapping(text.front()) || text.front() == '=')) text.remove_prefix(1);
    while (!text.empty() && is_wrapping(text.back())) text.remove_suffix(1);
    return text;
}

} // namespace

std::string plain_text(std::string_view utf8) {
    std::string plain;
    plain.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t code = next_code_point(utf8, at);
        if (const char c = code < 0x80 ? ascii_twin(code) : twin(code)) plain.push_back(c);
    }
    return std::string(without_wrapping(plain));
}

} // namespace callscrub::facts
