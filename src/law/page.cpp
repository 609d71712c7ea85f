#include "law/page.h"
#include <algorithm>

namespace callscrub::law {

namespace {

constexpr std::size_t line_width = 100;

// Letters, not bytes.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

std::string Page::code(std::string_view name) const {
    return format_ == Format::markdown ? "`" + std::string(name) + "`" : std::string(name);
}

// Names in back quotes are left alone; elsewhere what Markdown would read as emphasis or a tag is escaped.
std::string Page::escaped(std::string_view text) const {
    if (format_ == Format::text) return std::string(text);
    std::string out;
    bool in_code = false;
    for (const char c : text) {
        if (c == '`') in_code = !in_code;
        if (!in_code && (c == '*' || c == '_' || c == '<')) out += '\\';
        out += c;
    }
    return out;
}

void Page::end_list() {
    if (in_list_) out_ += '\n';
    in_list_ = false;
}

void Page::heading(int depth, std::string_view text) {
    end_list();
    if (format_ == Format::markdown) {
        out_ += std::string(static_cast<std::size_t>(depth + 1), '#') + " " + escaped(text) + "\n\n";
        return;
    }
    out_ += std::string(text) + "\n" +
            std::string(width(text), depth == 0   ? '='
                                     : depth == 1 ? '-'
                                                  : '.') +
            "\n";
}

void Page::wrapped(std::string_view text, std::size_t indent, std::size_t hanging) {
    std::size_t column = indent;
    bool first = true;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!first && column + 1 + width(word) > line_width) {
            out_ += "\n" + std::string(hanging, ' ');
            column = hanging;
        } else if (!first) {
            out_ += ' ';
            ++column;
        }
        out_ += word;
        column += width(word);
        first = false;
    }
    out_ += '\n';
}

void Page::paragraph(std::string_view text) {
    end_list();
    wrapped(escaped(text), 0, 0);
    out_ += '\n';
}

void Page::item(int depth, std::string_view label, std::string_view text) {
    const auto indent = static_cast<std::size_t>(depth) * 2;
    const bool markdown = format_ == Format::markdown;
    std::string line = "- ";
    if (!label.empty()) {
        line += markdown ? "**" + escaped(label) + "**" : std::string(label);
        if (!text.empty()) line += ": ";
    }
    line += escaped(text);
    out_ += std::string(indent, ' ');
    wrapped(line, indent, indent + 2);
    in_list_ = true;
}

} // namespace callscrub::law
