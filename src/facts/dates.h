/// Dates decided per column, never per cell: a per-cell guess flips months.
#pragma once
#include "facts/day.h"
#include "facts/zone.h"
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace callscrub::facts {

/// How a whole column is written. Each may be followed by a time of day, and that by a zone or offset.
enum class DateFormat : std::uint8_t {
    iso,          ///< 2024-03-12, 2024-03-12T09:14:05.123Z, 2024-03-12 09:14+01:00, 2024/03/12
    dmy_dash,     ///< 12-3-2024
    dmy_dot,      ///< 12.03.2024
    dmy_slash,    ///< 12/3/2024
    mdy_slash,    ///< 3/12/2024 2:30 PM
    d_month_y,    ///< 18-Jun-2024, 18 juni 2024, 18. März 2024 (English, German, Dutch names)
    excel,        ///< 45383 or 45383.5: days of the 1900 system
    excel_1904,   ///< only when stated
    epoch_s,      ///< seconds since 1970 UTC; only when stated
    epoch_ms,     ///< milliseconds since 1970 UTC; only when stated
};
inline constexpr std::size_t date_format_count = 10;

/// "iso", "dd-mm-yyyy", "dd.mm.yyyy", "d/m/yyyy", "m/d/yyyy", "dd-mon-yyyy", "excel", "excel1904", "epoch", "epoch-ms".
std::string_view name(DateFormat format);
/// By its name; Failure (usage) with a suggestion for an unknown one.
DateFormat date_format_of(std::string_view name);

/// Reads the cells of one column. Allocation-free and strict: the whole (trimmed) cell, a date that exists, a year of
/// four digits, nothing behind it.
class DateReader {
public:
    /// `zone`: of times without zone or offset (not owned, may be null: such times are wall times of the jurisdiction
    /// judged). Where a clock change makes a time of that zone ambiguous it stays a wall time, so that the order of
    /// events reads it towards the no.
    explicit DateReader(DateFormat format = DateFormat::iso, const Zone* zone = nullptr) : format_(format), zone_(zone) {}
    DateFormat format() const { return format_; }
    /// Nothing if the cell does not hold such a date. An empty cell is not asked.
    std::optional<Moment> read(std::string_view cell) const;

private:
    DateFormat format_;
    const Zone* zone_;
};

/// What the cells of a column could be, gathered cell by cell.
class DateCensus {
public:
    /// Empty cells are passed over. `line`: of the cell, for messages.
    void add(std::string_view cell, std::uint64_t line);
    void merge(const DateCensus& other);

    struct Decision {
        std::optional<DateFormat> format; ///< nothing: see `trouble`
        std::string trouble;              ///< what was found and which setting resolves it; "" if decided
        std::uint64_t line = 0;           ///< where the trouble shows
    };
    /// The one format (of those that need not be stated) that holds every cell; iso for a column without any.
    Decision decide() const;

private:
    std::uint64_t cells_ = 0;
    std::array<std::uint64_t, date_format_count> first_refusal_{}; ///< line of the first cell that is not so; 0 = none
};

} // namespace callscrub::facts
