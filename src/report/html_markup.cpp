#include "report/html_markup.h"
#include "report/manifest.h"

namespace callscrub::report {

namespace {

std::string_view entity(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

bool control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// U+202A…U+202E and U+2066…U+2069 turn the direction of whatever follows, also behind the name they stand
/// in.
bool turns_direction(std::string_view text) {
    const auto last = text.size() < 3 ? 0 : static_cast<unsigned char>(text[2]);
    return (text.starts_with("\xE2\x80") && last >= 0xAA && last <= 0xAE) ||
           (text.starts_with("\xE2\x81") && last >= 0xA6 && last <= 0xA9);
}

} // namespace

Markup& Markup::text(std::string_view data) {
    const std::string sound = path_text(data);
    for (std::string_view rest = sound; !rest.empty(); rest.remove_prefix(1)) {
        if (const auto known = entity(rest[0]); !known.empty())
            bytes_ += known;
        else if (control(rest[0]))
            bytes_ += "\uFFFD";
        else if (turns_direction(rest)) {
            bytes_ += "\uFFFD";
            rest.remove_prefix(2);
        } else
            bytes_ += rest[0];
    }
    return *this;
}

Markup escaped(std::string_view data) { return Markup().text(data); }

Markup prose(std::string_view data) {
    constexpr std::size_t short_piece = 14, short_word = 4; // bytes
    Markup out;
    for (bool more = true; more;) {
        const auto blank = data.find(' ');
        const auto word = data.substr(0, blank);
        if (word.size() <= short_piece && word.find('-') != word.npos)
            out.tags("<span class=\"nb\">").text(word).tags("</span>");
        else
            out.text(word);
        more = blank != data.npos;
        if (!more) break;
        data.remove_prefix(blank + 1);
        const bool number = !data.empty() && data[0] >= '0' && data[0] <= '9';
        out.text(number && !word.empty() && word.size() <= short_word ? "\u00A0" : " ");
    }
    return out;
}

Markup name(std::string_view data) { return Markup().tags("<bdi>").text(data).tags("</bdi>"); }

} // namespace callscrub::report
