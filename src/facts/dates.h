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

/// How a whole column is written. All but the last four may be followed by a time of day ("T", a comma or
/// blanks before it; hh:mm[:ss[.fraction]], AM/PM, "Uhr"/"uur" behind it), and that by Z, UTC, GMT or an
/// offset. Day and month may have one digit; a year always has four and is 1900 or later.
enum class DateFormat : std::uint8_t {
    iso,       ///< 2024-03-12, 2024-03-12T09:14:05.123Z, 2024-03-12 09:14+01:00, 2024/03/12, 20240312
    dmy_dash,  ///< 12-3-2024
    dmy_dot,   ///< 12.03.2024
    dmy_slash, ///< 12/3/2024
    mdy_slash, ///< 3/12/2024 2:30 PM
    d_month_y, ///< 18-Jun-2024, 18 juni 2024, 18. März 2024, Jun 18, 2024 (English, German, Dutch names)
    excel,     ///< 45383 or 45383.5: days of the 1900 system, with its 29 February 1900; of 1950 to 2099, or 9999-12-31
    excel_1904, ///< the same of the 1904 system; only when stated
    epoch_s,    ///< seconds since 1970 UTC, nine digits or more; only when stated
    epoch_ms,   ///< milliseconds since 1970 UTC, twelve digits or more; only when stated
};
inline constexpr std::size_t date_format_count = 10;

/// "iso", "dd-mm-yyyy", "dd.mm.yyyy", "d/m/yyyy", "m/d/yyyy", "dd-mon-yyyy", "excel", "excel1904", "epoch",
/// "epoch-ms".
std::string_view name(DateFormat format);
/// By its name, or one of those that people write for it ("yyyy-mm-dd", "dd/mm/yyyy", …); Failure (usage)
/// with a suggestion for an unknown one.
DateFormat date_format_of(std::string_view name);

/// Whether the cell (trimmed or not) is how exports write that there is no date: "", NULL, \N, n/a, nan, -, 0, 0000-00-00 …
/// A word such as "unknown" is none of them: there may be a date.
bool says_no_date(std::string_view cell);

struct Written; // date_scan.h

/// Reads the cells of one column. Allocation-free and strict: the whole (trimmed) cell, a date that exists,
/// nothing behind it. A time without offset makes a wall time (or, with a zone stated, an instant), one with
/// offset an instant.
class DateReader {
public:
    /// `zone`: of times without zone or offset (not owned, may be null: such times are wall times of the
    /// jurisdiction judged). Where a clock change makes a time of that zone ambiguous it stays a wall time,
    /// so that the order of events reads it towards the no.
    explicit DateReader(DateFormat format = DateFormat::iso, const Zone* zone = nullptr)
        : format_(format), zone_(zone) {}
    DateFormat format() const { return format_; }
    /// Nothing if the cell does not hold such a date. An empty cell is not asked.
    std::optional<Moment> read(std::string_view cell) const;

private:
    Moment moment(const Written& written) const;
    DateFormat format_;
    const Zone* zone_;
};

/// What the cells of a column could be, gathered cell by cell. A cell that is no date in any format decides
/// nothing: its row will be found unreadable by itself. One thread each; merge what several gathered, in any
/// order.
class DateCensus {
public:
    /// Empty cells are passed over. `line`: of the cell, from 1, for messages.
    void add(std::string_view cell, std::uint64_t line);
    void merge(const DateCensus& other);

    struct Decision {
        std::optional<DateFormat> format;  ///< nothing: see `trouble`
        std::string trouble;               ///< what was found and which setting resolves it; "" if decided
        std::uint64_t line = 0;            ///< where the trouble shows
        std::uint64_t unreadable = 0;      ///< cells that are no date in any format …
        std::uint64_t unreadable_line = 0; ///< … and the line of the first; 0 = none
    };
    /// The one format (of those that need not be stated) that holds every date; iso for a column without any.
    /// No format if day and month can be read both ways, if there are two styles, or if no cell is a date.
    Decision decide() const;

private:
    struct Sample {
        std::uint64_t line = 0; ///< 0 = none
        std::string cell;
        void keep(std::string_view text, std::uint64_t at);
        void keep_first(const Sample& other);
    };
    std::string mixed(DateFormat best) const;

    std::array<Sample, date_format_count> refusal_; ///< per format, the first date that is not so written
    Sample first_;                                  ///< the first date
    Sample turned_;     ///< the first date that is another day when day and month change places
    Sample unreadable_; ///< the first cell that is no date
    std::uint64_t unreadable_count_ = 0;
};

} // namespace callscrub::facts
