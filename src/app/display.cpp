#include "app/terminal.h"
#include "base/text.h"
#include <algorithm>
#include <cstdint>

namespace callscrub::app {

namespace {

struct Range {
    char32_t first, last;
};

/// Take no column: combining marks, joiners, marks of direction, variation selectors.
constexpr Range no_width[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},
                              {0x064B, 0x065F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
                              {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
                              {0xFEFF, 0xFEFF}};
/// Take two: East Asian wide and full-width forms, emoji.
constexpr Range two_wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},  {0x3400, 0x4DBF},
                              {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},
                              {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F},
                              {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

template <std::size_t N> bool within(const Range (&ranges)[N], char32_t c) {
    return std::any_of(std::begin(ranges), std::end(ranges),
                       [c](const Range& range) { return c >= range.first && c <= range.last; });
}

/// The character at `at` and the byte behind it; a broken byte counts as one character.
char32_t character(std::string_view text, std::size_t at, std::size_t& next) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    next = at + 1;
    if (length == 1 || at + length > text.size()) return lead;
    char32_t value = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0) != 0x80) return lead;
        value = (value << 6) | (byte & 0x3Fu);
    }
    next = at + length;
    return value;
}

/// The end of a control sequence that begins at `at`, or `at` if none does.
std::size_t behind_sequence(std::string_view text, std::size_t at) {
    if (text[at] != '\x1b' || at + 1 >= text.size() || text[at + 1] != '[') return at;
    const auto end = text.find('m', at);
    return end == std::string_view::npos ? at : end + 1;
}

std::vector<std::string> wrapped_lines(std::string_view text, std::size_t width) {
    std::vector<std::string> out(1);
    std::size_t used = 0;
    for (const auto word : base::split(text, ' ')) {
        const std::size_t size = display_width(word);
        if (used != 0 && used + 1 + size > width) {
            out.emplace_back();
            used = 0;
        }
        if (used != 0) {
            out.back() += ' ';
            ++used;
        }
        out.back() += word;
        used += size;
    }
    return out;
}

} // namespace

std::string harmless(std::string_view text) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (std::size_t at = 0, next = 0; at < text.size(); at = next) {
        const char32_t c = character(text, at, next);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            out += {'\\', 'x', hex[c >> 4], hex[c & 15]};
        else if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
            out += {'\\', 'u', '2', '0', hex[(c >> 4) & 15], hex[c & 15]};
        else
            out.append(text.substr(at, next - at));
    }
    return out;
}

std::string with_commas(std::uint64_t number) {
    std::string out = std::to_string(number);
    for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
    return out;
}

std::size_t display_width(std::string_view text) {
    std::size_t out = 0;
    for (std::size_t at = 0, next = 0; at < text.size(); at = next) {
        if (const auto end = behind_sequence(text, at); end != at) {
            next = end;
            continue;
        }
        const char32_t c = character(text, at, next);
        if (c >= 0x20 && !within(no_width, c)) out += within(two_wide, c) ? 2 : 1;
    }
    return out;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    std::string out;
    for (const auto& line : wrapped_lines(text, width > indent + 20 ? width - indent : 20))
        out += (out.empty() ? "" : "\n" + std::string(indent, ' ')) + line;
    return out;
}

void Table::row(std::vector<std::string> cells, Tint tint) {
    cells.resize(columns_.size());
    for (auto& cell : cells) cell = harmless(cell);
    rows_.push_back({std::move(cells), tint});
}

std::string Table::text(std::size_t width, bool colour, std::size_t indent) const {
    std::vector<std::size_t> widths(columns_.size(), 0);
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            widths[i] = std::max(widths[i], display_width(row.cells[i]));
    std::size_t start = indent; // of the last column
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) start += widths[i] + 2;
    const bool fits = width == 0 || start + (widths.empty() ? 0 : widths.back()) <= width;
    const bool below = !fits && width <= start + 20; // no room beside the others: a line of its own
    const std::size_t column = below ? indent + 4 : start;

    std::string out;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const bool last = i + 1 == row.cells.size();
            const std::string cell = last && !fits ? wrapped(row.cells[i], width, column) : row.cells[i];
            if (last && below && i != 0) {
                line.erase(line.find_last_not_of(' ') + 1);
                if (!cell.empty()) line += "\n" + std::string(column, ' ');
            }
            const std::string gap(widths[i] - std::min(widths[i], display_width(row.cells[i])), ' ');
            const bool right = columns_[i] == Align::right;
            line += (right ? gap : "") + tinted(cell, row.tint, colour && !cell.empty());
            if (!last) line += (right ? "" : gap) + "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += std::string(indent, ' ') + line + "\n";
    }
    return out;
}

} // namespace callscrub::app
