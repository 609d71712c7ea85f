#include "csv/writer.h"
#include <algorithm>

namespace callscrub::csv {

namespace {

bool needs_quotes(std::string_view cell, char delimiter, char quote) {
    return std::any_of(cell.begin(), cell.end(),
                       [=](char c) { return c == delimiter || c == quote || c == '\n' || c == '\r'; });
}

void append_quoted(std::string& out, std::string_view cell, char quote) {
    out += quote;
    for (const char c : cell) {
        if (c == quote) out += quote;
        out += c;
    }
    out += quote;
}

} // namespace

void append_cell(std::string& out, std::string_view cell, char delimiter, char quote) {
    if (needs_quotes(cell, delimiter, quote))
        append_quoted(out, cell, quote);
    else
        out += cell;
}

bool e164(std::string_view text) {
    if (text.size() < 8 || text.size() > 16 || text[0] != '+' || text[1] == '0') return false;
    return std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void append_neutral(std::string& out, std::string_view cell, char delimiter, char quote) {
    const bool formula =
        !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos;
    if (!formula || e164(cell)) return append_cell(out, cell, delimiter, quote);
    std::string neutral = "'";
    neutral += cell;
    append_cell(out, neutral, delimiter, quote);
}

} // namespace callscrub::csv
