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

} // namespace

Markup& Markup::text(std::string_view data) {
    for (const char c : path_text(data)) {
        if (const auto known = entity(c); !known.empty())
            bytes_ += known;
        else if (control(c))
            bytes_ += "\uFFFD";
        else
            bytes_ += c;
    }
    return *this;
}

Markup escaped(std::string_view data) { return Markup().text(data); }

Markup name(std::string_view data) { return Markup().tags("<bdi>").text(data).tags("</bdi>"); }

} // namespace callscrub::report
