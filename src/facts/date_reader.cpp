#include "base/text.h"
#include "facts/date_scan.h"
#include "facts/dates.h"
#include <algorithm>

namespace callscrub::facts {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t last_ms = 253'402'300'800'000 - 1; // of the year 9999

/// A number without sign and exponent: its whole part, and the fraction in billionths.
struct Decimal {
    std::int64_t whole = 0;
    std::int64_t billionths = 0;
};

// At most 15 digits before the point (none is 0, which nothing takes for a date); a comma does for the point.
std::optional<Decimal> read_decimal(std::string_view cell) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    Decimal out;
    std::size_t at = 0;
    for (; at < cell.size() && digit(cell[at]); ++at) {
        if (at == 15) return std::nullopt;
        out.whole = out.whole * 10 + (cell[at] - '0');
    }
    if (at == cell.size()) return out;
    if (cell[at] != '.' && cell[at] != ',') return std::nullopt;
    if (++at == cell.size()) return std::nullopt;
    for (std::int64_t unit = 100'000'000; at < cell.size(); ++at, unit /= 10) {
        if (!digit(cell[at])) return std::nullopt;
        out.billionths += unit * (cell[at] - '0');
    }
    return out;
}

// Digits without a mark are rather a date without dots (01032025, 311225, 122025) than a serial of a day long before or
// after our own; but 9999-12-31 stands for no end.
bool may_be_serial(std::string_view cell, std::int64_t day) {
    constexpr std::int64_t first = -7305, last = 47'481, never = 2'932'896; // 1950-01-01, 2099-12-31, 9999-12-31
    return !cell.starts_with('0') && ((day >= first && day <= last) || day == never);
}

// Serials from 61 on are one too high, because the 1900 system counts a 29 February 1900.
std::optional<Written> read_serial(std::string_view cell, std::int64_t serial_of_1970) {
    const auto serial = read_decimal(cell);
    if (!serial || !may_be_serial(cell, serial->whole - serial_of_1970)) return std::nullopt;
    Written out;
    out.day = static_cast<Day>(serial->whole - serial_of_1970);
    if (serial->billionths == 0) return out;
    out.time = (serial->billionths * (day_ms / 1000) + 500'000) / 1'000'000;
    if (*out.time == day_ms) out.time = day_ms - 1;
    return out;
}

std::optional<Moment> read_epoch(std::string_view cell, std::int64_t per_second) {
    const auto count = read_decimal(cell);
    // Milliseconds before March 1973 would be seconds of today read in the wrong unit.
    if (!count || count->whole < 100'000'000 * per_second) return std::nullopt;
    const std::int64_t ms_per_count = 1000 / per_second;
    if (count->whole > last_ms / ms_per_count) return std::nullopt;
    return Moment{count->whole * ms_per_count + count->billionths * ms_per_count / 1'000'000'000,
                  Moment::Kind::instant};
}

} // namespace

bool says_no_date(std::string_view cell) {
    constexpr std::size_t longest = 19; // 0000-00-00 00:00:00
    constexpr std::string_view words[] = {"null", "\\n", "nil", "nan", "nat", "none", "na", "n/a", "n.a.", "nvt", "n.v.t.", "–", "—"};
    cell = base::trim(cell);
    if (cell.size() > longest) return false;
    if (cell.find_first_not_of("0-./:T ") == std::string_view::npos) return true;
    return std::find(std::begin(words), std::end(words), base::fold(cell)) != std::end(words);
}

Moment DateReader::moment(const Written& written) const {
    if (!written.time) return Moment::of_day(written.day);
    Moment moment{written.day * day_ms + *written.time, Moment::Kind::wall};
    if (written.offset) return Moment{moment.ms - *written.offset, Moment::Kind::instant};
    if (zone_ == nullptr) return moment;
    const std::int64_t utc_ms = zone_->earliest(moment);
    return utc_ms == zone_->latest(moment) ? Moment{utc_ms, Moment::Kind::instant} : moment;
}

std::optional<Moment> DateReader::read(std::string_view cell) const {
    cell = base::trim(cell);
    if (Written plain; format_ == DateFormat::iso && read_plain_iso(cell, plain)) return moment(plain);
    std::optional<Written> written;
    switch (format_) {
    case DateFormat::excel:
        written = read_serial(cell, 25'569);
        break;
    case DateFormat::excel_1904:
        written = read_serial(cell, 24'107);
        break;
    case DateFormat::epoch_s:
        return read_epoch(cell, 1);
    case DateFormat::epoch_ms:
        return read_epoch(cell, 1000);
    default:
        written = read_written(format_, cell);
    }
    return written ? std::optional(moment(*written)) : std::nullopt;
}

} // namespace callscrub::facts
