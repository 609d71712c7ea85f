#include "csv/encoding.h"
#include "csv/scan.h"
#include <array>
#include <cctype>

namespace callscrub::csv {

namespace {

struct Name {
    std::string_view spelled; // letters and digits only, lower case
    Encoding encoding;
};
constexpr Name names[] = {
    {"utf8", Encoding::utf8},          {"utf8bom", Encoding::utf8},
    {"utf8sig", Encoding::utf8},       {"ascii", Encoding::utf8},
    {"usascii", Encoding::utf8},       {"utf16le", Encoding::utf16le},
    {"utf16be", Encoding::utf16be},    {"windows1252", Encoding::windows1252},
    {"cp1252", Encoding::windows1252}, {"win1252", Encoding::windows1252},
    {"ansi", Encoding::windows1252},   {"latin1", Encoding::latin1},
    {"iso88591", Encoding::latin1},    {"latin9", Encoding::latin9},
    {"iso885915", Encoding::latin9},
};

/// 0x80-0x9F in Windows-1252 (the WHATWG table; 0 = the control character of that number).
constexpr std::array<char16_t, 32> cp1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                             0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                             0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t latin9(unsigned char c) {
    switch (c) {
    case 0xA4:
        return 0x20AC;
    case 0xA6:
        return 0x0160;
    case 0xA8:
        return 0x0161;
    case 0xB4:
        return 0x017D;
    case 0xB8:
        return 0x017E;
    case 0xBC:
        return 0x0152;
    case 0xBD:
        return 0x0153;
    case 0xBE:
        return 0x0178;
    default:
        return c;
    }
}

void append_code_point(std::string& out, char32_t c) {
    const auto byte = [&out](char32_t b) { out += static_cast<char>(static_cast<unsigned char>(b)); };
    if (c < 0x80) return byte(c);
    if (c < 0x800) {
        byte(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            byte(0xE0 | c >> 12);
        } else {
            byte(0xF0 | c >> 18);
            byte(0x80 | (c >> 12 & 0x3F));
        }
        byte(0x80 | (c >> 6 & 0x3F));
    }
    byte(0x80 | (c & 0x3F));
}

/// Length of the well-formed UTF-8 sequence of two to four bytes at `at`, or 0 (Unicode 15, table 3-7).
std::size_t sequence(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0);
    const unsigned second = byte(1);
    if (first < 0xC2 || first > 0xF4 || !tail(1)) return 0;
    if (first < 0xE0) return 2;
    if (first < 0xF0) {
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
        return tail(2) ? 3 : 0;
    }
    if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
    return tail(2) && tail(3) ? 4 : 0;
}

bool high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// The first byte >= 0x80 at or behind `at`.
std::size_t next_high(std::string_view text, std::size_t at) {
    for (; at + 64 <= text.size(); at += 64)
        if (Chunk(text.data() + at).any_high()) break;
    while (at < text.size() && !high(text[at])) ++at;
    return at;
}

} // namespace

std::optional<Encoding> read_encoding(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (std::isalnum(u) != 0) plain += static_cast<char>(std::tolower(u));
    }
    for (const Name& known : names)
        if (plain == known.spelled) return known.encoding;
    return std::nullopt;
}

std::string_view name(Encoding encoding) {
    switch (encoding) {
    case Encoding::utf8:
        return "utf-8";
    case Encoding::utf16le:
        return "utf-16le";
    case Encoding::utf16be:
        return "utf-16be";
    case Encoding::windows1252:
        return "windows-1252";
    case Encoding::latin1:
        return "latin-1";
    case Encoding::latin9:
        return "latin-9";
    }
    return "";
}

void Census::add(std::string_view text) {
    for (std::size_t at = next_high(text, 0); at < text.size(); at = next_high(text, at)) {
        const std::size_t length = sequence(text, at);
        if (sound + broken == 0) first_sound = length != 0;
        if (length != 0) {
            ++sound;
            at += length;
            continue;
        }
        ++broken;
        if (static_cast<unsigned char>(text[at]) < 0xA0) ++c1;
        if (static_cast<unsigned char>(text[at]) == 0xA4) ++euro;
        ++at;
    }
}

Encoding judge(const Census& census) {
    constexpr std::uint64_t outnumbered = 100;
    if (census.broken <= census.sound * outnumbered) return Encoding::utf8;
    if (census.c1 != 0) return Encoding::windows1252;
    return census.euro != 0 ? Encoding::latin9 : Encoding::latin1;
}

bool ascii(std::string_view text) { return next_high(text, 0) == text.size(); }

void append_utf8(std::string& out, std::string_view text, Encoding from) {
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (u < 0x80) {
            out += c;
        } else if (from == Encoding::windows1252 && u < 0xA0) {
            const char16_t mapped = cp1252[u - 0x80U];
            append_code_point(out, mapped != 0 ? mapped : u);
        } else {
            append_code_point(out, from == Encoding::latin9 ? latin9(u) : u);
        }
    }
}

std::size_t append_utf16(std::string& out, std::string_view text, bool big_endian, bool last) {
    const auto unit = [&](std::size_t at) {
        const auto a = static_cast<unsigned char>(text[at]);
        const auto b = static_cast<unsigned char>(text[at + 1]);
        return static_cast<char32_t>(big_endian ? a << 8 | b : b << 8 | a);
    };
    std::size_t at = 0;
    for (; at + 2 <= text.size(); at += 2) {
        char32_t c = unit(at);
        if (c >= 0xD800 && c < 0xDC00) {
            if (at + 4 > text.size() && !last) break;
            const char32_t low = at + 4 <= text.size() ? unit(at + 2) : 0;
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        append_code_point(out, c);
    }
    return at;
}

} // namespace callscrub::csv
