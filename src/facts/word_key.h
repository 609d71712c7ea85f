/// The keys under which the words and headers of a file compare with ours. Independent of the locale.
#pragma once
#include <array>
#include <string>
#include <string_view>

namespace callscrub::facts {

/// Lower case; ä ö ü ß as ae oe ue ss (composed or not), other accents of Latin-1 dropped. Blanks, `-`, `_`,
/// `.`, `/` and apostrophes between two letters are left out, so "opt-in", "Opt In" and "OptIn" are one word;
/// beside a digit or at an end they stay: "-1" is not "1". Trimmed. Not for the heap: the key lives in this
/// object.
class WordKey {
public:
    explicit WordKey(std::string_view word);
    static constexpr std::size_t longest = 96;
    /// False for a word too long to be one of ours.
    bool fits() const { return fits_; }
    std::string_view text() const { return {buffer_.data(), size_}; }

private:
    std::array<char, longest> buffer_;
    std::size_t size_ = 0;
    bool fits_;
};

/// Of a header: as above, and everything but letters and digits is left out: "Phone-Number", "phone_number"
/// and "PhoneNumber" are one header.
std::string header_key(std::string_view header);

} // namespace callscrub::facts
