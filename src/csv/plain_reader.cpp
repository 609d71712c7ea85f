#include "csv/plain_reader.h"
#include "csv/quote_policy.h"
#include <algorithm>
#include <optional>

namespace callscrub::csv {

namespace {

/// What one reading of the lines joined so far says.
struct Attempt {
    bool open = false; ///< a quote is not closed yet
    Damage damage = Damage::none;
    std::size_t bad_cell = 0; ///< where the damaged or open cell begins
    std::vector<std::string> cells;
};

/// The damage of the cell text[begin, end), or nothing if its quote is still open.
std::optional<Damage> cell_damage(std::string_view cell) {
    if (!cell.starts_with('"')) return cell.find('"') == cell.npos ? Damage::none : Damage::stray_quote;
    std::size_t at = 1;
    while (at < cell.size() && (cell[at] != '"' || (at + 1 < cell.size() && cell[at + 1] == '"')))
        at += cell[at] == '"' ? 2 : 1;
    if (at >= cell.size()) return std::nullopt;
    return at + 1 == cell.size() ? Damage::none : Damage::text_after_quote;
}

/// Reads `lines`, whose last line end has been taken off.
Attempt attempt(std::string_view lines, char delimiter) {
    Attempt out;
    std::string text(
        lines); // a NUL would end the text for the library: any other plain byte will do for finding cells
    std::replace(text.begin(), text.end(), '\0', '\1');
    std::string scratch;
    for (std::size_t begin = 0;;) {
        const char* end = find_cell_end(text.c_str() + begin, delimiter);
        const std::size_t length =
            end != nullptr ? static_cast<std::size_t>(end - text.c_str()) - begin : text.size() - begin;
        const std::string_view cell = lines.substr(begin, length);
        const auto damage = cell_damage(cell);
        if (!damage || *damage != Damage::none) {
            out.bad_cell = begin;
            out.open = !damage;
            out.damage = damage.value_or(Damage::unclosed_quote);
            return out;
        }
        out.cells.emplace_back(unescape(cell, '"', scratch));
        if (begin + length == lines.size()) return out;
        begin += length + 1;
    }
}

std::size_t behind_line(std::string_view text, std::size_t from) {
    const std::size_t lf = text.find('\n', from);
    return lf == text.npos ? text.size() : lf + 1;
}

std::string_view without_line_end(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

} // namespace

std::vector<PlainRecord> plain_read(std::string_view text, char delimiter, std::size_t columns) {
    std::vector<PlainRecord> records;
    std::uint64_t line = 1;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = behind_line(text, begin);
        Attempt found = attempt(without_line_end(text.substr(begin, end - begin)), delimiter);
        while (found.open && end < text.size()) {
            end = behind_line(text, end);
            found = attempt(without_line_end(text.substr(begin, end - begin)), delimiter);
        }
        if (found.damage != Damage::none) end = behind_line(text, begin + found.bad_cell);
        PlainRecord record;
        record.raw = text.substr(begin, end - begin);
        record.line = line;
        record.offset = begin;
        record.damage = found.damage;
        record.cells = std::move(found.cells);
        if (record.damage != Damage::none)
            record.cells.clear();
        else if (columns != 0 && record.cells.size() != columns)
            record.damage = record.cells.size() < columns ? Damage::too_few : Damage::too_many;
        line += static_cast<std::uint64_t>(std::count(record.raw.begin(), record.raw.end(), '\n'));
        begin = end;
        if (!without_line_end(record.raw).empty()) records.push_back(std::move(record));
    }
    return records;
}

} // namespace callscrub::csv
