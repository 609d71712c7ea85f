/// Pieces of HTML that are safe to send: tags come from literals of the program only, everything else is
/// escaped on its way in. There is no third way to add bytes, so no name from the data can become markup.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace callscrub::report {

/// Markup that stands in the program's text; can't be made of anything known only at run time.
class Tags {
public:
    consteval Tags(const char* literal) : text_(literal) {}
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

class Markup {
public:
    Markup& tags(Tags literal) {
        bytes_ += literal.text();
        return *this;
    }
    /// As character data or as the value of a quoted attribute. Bytes that are no UTF-8 become \xNN; control
    /// characters, also those that turn the direction of writing, U+FFFD.
    Markup& text(std::string_view data);
    Markup& add(const Markup& part) {
        bytes_ += part.bytes_;
        return *this;
    }
    /// Digits as they are, for attributes; for people use Words.
    Markup& plain(std::uint64_t number) {
        bytes_ += std::to_string(number);
        return *this;
    }
    bool empty() const { return bytes_.empty(); }
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// `data` alone.
Markup escaped(std::string_view data);
/// A name from outside (file, entity, product): isolated, so that its direction of writing can't disturb what
/// follows.
Markup name(std::string_view data);
/// Words for people, whose short pieces stay on one line: dates and names with a hyphen ("2026-06-30", "e-mail")
/// and the number behind a short word ("§ 7", "art. 21", "lid 2"). Not for attributes: it may hold a <span>.
Markup prose(std::string_view data);

} // namespace callscrub::report
