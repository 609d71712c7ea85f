#include "facts/word_key.h"
#include "base/text.h"

namespace callscrub::facts {

namespace {

// U+00C0…U+00FF without their accents; "" = no letter.
constexpr std::array<std::string_view, 64> latin = {
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o", "oe", "",  "o", "u", "u", "u", "ue", "y", "th", "ss",
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o", "oe", "",  "o", "u", "u", "u", "ue", "y", "th", "y"};

unsigned char byte_at(std::string_view text, std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

// Bytes of a typographic blank, dash or apostrophe (U+00A0, U+2000…U+2015, U+2018, U+2019, U+202F); 0 = none.
std::size_t typographic_mark(std::string_view text, std::size_t i) {
    const auto first = byte_at(text, i), second = byte_at(text, i + 1), third = byte_at(text, i + 2);
    if (first == 0xC2 && second == 0xA0) return 2;
    if (first != 0xE2 || second != 0x80) return 0;
    const bool mark = (third >= 0x80 && third <= 0x95) || third == 0x98 || third == 0x99 || third == 0xAF;
    return mark ? 3 : 0;
}

// Plain letters go to `letter`, everything else byte by byte to `mark`. Never more bytes than there were.
template <typename Letter, typename Mark> void plain(std::string_view text, Letter letter, Mark mark) {
    char before = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (c >= 'a' && c <= 'z') {
            letter(before = c);
        } else if (c >= 'A' && c <= 'Z') {
            letter(before = static_cast<char>(c + ('a' - 'A')));
        } else if (byte < 0x80) {
            before = 0;
            mark(c);
        } else if (const auto next = byte_at(text, i + 1);
                   byte == 0xC3 && next >= 0x80 && next <= 0xBF && !latin[next - 0x80].empty()) {
            for (const char one : latin[next - 0x80]) letter(one);
            before = 0;
            ++i;
        } else if (byte == 0xCC && next >= 0x80 && next <= 0xBF && before != 0) { // an accent by itself
            if (next == 0x88 && (before == 'a' || before == 'o' || before == 'u')) letter('e');
            before = 0;
            ++i;
        } else {
            before = 0;
            const auto bytes = typographic_mark(text, i);
            mark(bytes == 0 ? c : ' ');
            if (bytes != 0) i += bytes - 1;
        }
    }
}

bool separator(char c) {
    return c == ' ' || c == '-' || c == '_' || c == '.' || c == '/' || c == '\'' || c == '\t';
}

} // namespace

WordKey::WordKey(std::string_view word) {
    word = base::trim(word);
    fits_ = word.size() <= longest;
    if (!fits_) return;
    bool after_letter = false; // a letter stands before the last `gap` separators
    std::size_t gap = 0;
    char* const out = buffer_.data();
    const auto letter = [&](char c) {
        if (after_letter) size_ -= gap;
        out[size_++] = c;
        after_letter = true;
        gap = 0;
    };
    const auto mark = [&](char c) {
        out[size_++] = c;
        gap = separator(c) ? gap + 1 : 0;
        if (gap == 0) after_letter = false;
    };
    plain(word, letter, mark);
}

std::string header_key(std::string_view header) {
    std::string out;
    const auto keep = [&](char c) { out += c; };
    plain(header, keep, [&](char c) {
        if ((c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) out += c;
    });
    return out;
}

} // namespace callscrub::facts
