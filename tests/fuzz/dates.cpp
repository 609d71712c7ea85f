/// Cells of a date column: what is read is a date of the cell, no other format claims a different one once the column
/// is decided, and the census does not depend on how its cells were shared out.
#include "base/text.h"
#include "facts/dates.h"
#include "fuzz/input.h"
#include <vector>

using namespace callscrub;
using namespace callscrub::facts;

namespace {

constexpr std::int64_t day_ms = 86'400'000;

// A slow reader of yyyy-mm-dd[Thh:mm[:ss]] that shares nothing with the one in src.
bool has_shape(const std::string& cell, std::string_view shape) {
    if (shape.size() != cell.size()) return false;
    for (std::size_t i = 0; i < cell.size(); ++i)
        if (shape[i] == '0' ? cell[i] < '0' || cell[i] > '9' : shape[i] != cell[i]) return false;
    return true;
}

std::optional<Moment> plain_iso(const std::string& cell) {
    int y = 0, m = 0, d = 0, hh = 0, mm = 0, ss = 0, used = 0;
    const bool day = has_shape(cell, "0000-00-00"), minutes = has_shape(cell, "0000-00-00T00:00"),
               seconds = has_shape(cell, "0000-00-00T00:00:00");
    if (!day && !minutes && !seconds) return std::nullopt;
    std::sscanf(cell.c_str(), "%d-%d-%dT%d:%d:%d%n", &y, &m, &d, &hh, &mm, &ss, &used);
    static constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 1900 || m < 1 || m > 12 || d < 1 || hh > 23 || mm > 59 || ss > 59) return std::nullopt;
    const auto leap = [](int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); };
    if (d > lengths[m - 1] + (m == 2 && leap(y) ? 1 : 0)) return std::nullopt;
    std::int64_t days = d - 1;
    for (int year = 1970; year < y; ++year) days += leap(year) ? 366 : 365;
    for (int year = y; year < 1970; ++year) days -= leap(year) ? 366 : 365;
    for (int month = 1; month < m; ++month) days += lengths[month - 1] + (month == 2 && leap(y) ? 1 : 0);
    const auto kind = day ? Moment::Kind::day : Moment::Kind::wall;
    return Moment{days * day_ms + (hh * 3600 + mm * 60 + ss) * std::int64_t{1000}, kind};
}

std::string text(const DateCensus::Decision& decision) {
    return (decision.format ? std::string(name(*decision.format)) : "-") + " " + decision.trouble + " " +
           std::to_string(decision.line) + " " + std::to_string(decision.unreadable) + " " + std::to_string(decision.unreadable_line);
}

void check_cell(const std::string& cell) {
    for (std::size_t i = 0; i < date_format_count; ++i) {
        const auto read = DateReader(static_cast<DateFormat>(i)).read(cell);
        if (!read) continue;
        fuzz::require(read->known(), "what is read is known", cell);
        fuzz::require(read->kind != Moment::Kind::day || read->ms % day_ms == 0, "a day begins at midnight", cell);
        const Day day = static_cast<Day>(read->ms / day_ms - (read->ms % day_ms < 0 ? 1 : 0));
        fuzz::require(day >= *make_day(1899, 12, 31) && day <= *make_day(9999, 12, 31) + 1, "years are 1900 to 9999", cell);
        fuzz::require(read_iso_day(to_string(day)) == day || day > *make_day(9999, 12, 31), "a day is written and read back", cell);
    }
    if (const auto plain = plain_iso(cell)) {
        const auto read = DateReader(DateFormat::iso).read(cell);
        fuzz::require(read == plain, "ISO as the plain reader reads it", cell);
    } else if (has_shape(cell, "0000-00-00")) {
        fuzz::require(!DateReader(DateFormat::iso).read(cell), "no date that does not exist", cell);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const std::size_t cut = in.byte();
    std::vector<std::string> cells;
    while (!in.empty() && cells.size() < 300) cells.push_back(in.text());
    DateCensus whole, head, tail;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        check_cell(cells[i]);
        whole.add(cells[i], i + 2);
        (i % 256 < cut ? head : tail).add(cells[i], i + 2);
    }
    const auto decision = whole.decide();
    tail.merge(head);
    if (decision.trouble.empty()) {
        fuzz::require(decision.format.has_value(), "a format or what is the trouble");
        const DateReader reader(*decision.format);
        std::uint64_t refused = 0;
        for (const auto& cell : cells)
            if (!says_no_date(cell) && !reader.read(cell)) ++refused;
        fuzz::require(refused <= decision.unreadable + cells.size() * (cells.size() - decision.unreadable == 0), "what the format refuses was told", text(decision));
    }
    return 0;
}
