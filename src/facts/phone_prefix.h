/// Matching of international and national prefixes. Internal to the room.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace callscrub::facts {

/// The beginning of a number that a prefix program matches.
struct PrefixMatch {
    bool found = false;
    std::size_t length = 0;
    std::int16_t edges[6] = {-1, -1, -1, -1, -1, -1}; ///< start and end of group 0 (unused), 1, 2; -1 = not captured

    std::string_view group(std::size_t number, std::string_view digits) const {
        const int start = edges[2 * number];
        const int end = edges[2 * number + 1];
        return start < 0 || end < start
                   ? std::string_view()
                   : digits.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
    }
};

/// The first alternative of the program (tables::programs from `start`) that matches the beginning of
/// `digits`, as a backtracking engine finds it. No program reads more than 127 digits.
PrefixMatch match_prefix(unsigned start, std::string_view digits);

/// The same for digits of which only the beginning is known. Not found: certain, whatever follows. A length: certain as
/// well; 0 if it hangs on what follows.
PrefixMatch match_head(unsigned start, std::string_view head);

/// A calling code as text.
class CodeDigits {
public:
    explicit CodeDigits(unsigned code) {
        if (code >= 100) text_[size_++] = static_cast<char>('0' + code / 100 % 10);
        if (code >= 10) text_[size_++] = static_cast<char>('0' + code / 10 % 10);
        text_[size_++] = static_cast<char>('0' + code % 10);
    }
    std::size_t size() const { return size_; }
    bool begins(std::string_view digits) const {
        if (digits.size() < size_) return false;
        for (std::size_t i = 0; i < size_; ++i)
            if (digits[i] != text_[i]) return false;
        return true;
    }
    /// Whether digits that go on after `head` may begin with the code.
    bool may_begin(std::string_view head) const { return std::string_view(text_, size_).substr(0, head.size()) == head.substr(0, size_); }

private:
    char text_[3] = {};
    std::size_t size_ = 0;
};

} // namespace callscrub::facts
