/// The strict rules of records.h for one record: where it ends and whether its quotes are in order. Used by
/// the reader to cut blocks and by Records to split those that are not well quoted. Inside this room only.
#pragma once
#include "csv/records.h"
#include "csv/scan.h"
#include <cstdint>
#include <vector>

namespace callscrub::csv {

/// Finds the bytes that mean something, in order, 64 bytes at a time.
class Marks {
public:
    Marks(const char* data, std::size_t size, const Dialect& dialect)
        : data_(data), size_(size), dialect_(dialect) {
        load(0);
    }
    /// The first delimiter, quote, escape or LF at or behind `from`; `size` if there is none.
    std::size_t mark(std::size_t from) { return find(from, marks_); }
    std::size_t quote(std::size_t from) { return find(from, quotes_); }
    std::size_t line_end(std::size_t from) { return find(from, line_ends_); }

private:
    void load(std::size_t chunk);
    std::size_t find(std::size_t from, const std::uint64_t& kind);

    const char* data_;
    std::size_t size_;
    Dialect dialect_;
    std::size_t chunk_ = 0;
    std::uint64_t marks_ = 0;
    std::uint64_t quotes_ = 0; // and escapes
    std::uint64_t line_ends_ = 0;
};

/// What is known about a record that begins at a given place.
struct Verdict {
    enum class Kind : std::uint8_t {
        decided,
        open,     ///< more bytes are needed
        too_long, ///< longer than Format::record_limit and not open within quotes
    };
    Kind kind = Kind::decided;
    Damage damage = Damage::none; ///< of its quotes; the number of cells is not looked at
    std::size_t end = 0;          ///< behind its line end
    std::size_t seen = 0;         ///< bytes before this place decided it; at least `end`
    std::size_t damage_at = 0;    ///< the quote; only if damaged
};

/// Decides the record that begins at `begin` of `size` bytes (`marks` is over the same bytes, of which
/// Buffer::slack more are readable). `last`: nothing follows, so an open quote is never closed. Fills
/// `fields` unless it is null: all of them, or those before the damage; positions count from `begin`.
Verdict decide(Marks& marks, const char* data, std::size_t begin, std::size_t size, bool last,
               const Format& format, std::vector<Field>* fields);

} // namespace callscrub::csv
