/// Time zones: which civil day a moment falls on, and which of two events came later.
#pragma once
#include "facts/day.h"
#include <limits>
#include <string>
#include <vector>

namespace callscrub::facts {

/// An IANA time zone as a table of its offsets from 1970 to 2100; before and after, the first and last offset
/// hold. Immutable; look-ups cost a few steps and ask nothing of the system.
class Zone {
public:
    /// Failure (usage) with a suggestion if there is no such zone.
    static Zone load(const std::string& name);

    const std::string& name() const { return name_; }

    /// The civil day of a moment that is known: of a day or a wall time its own, of an instant the local one.
    Day day_of(const Moment& moment) const;
    /// The civil day at a point in time.
    Day today(std::int64_t utc_ms) const;

    /// UTC milliseconds at the earliest and the latest: a wall time that a clock change makes ambiguous or
    /// skips has two readings, and a day without time spans the day.
    std::int64_t earliest(const Moment& moment) const;
    std::int64_t latest(const Moment& moment) const;

private:
    struct Change {
        std::int64_t utc_ms;    ///< from here on …
        std::int64_t offset_ms; ///< … local = UTC + offset
    };
    void repeat_rule();
    void make_hints();
    std::int64_t offset_at(std::int64_t utc_ms) const;
    std::int64_t from_wall(std::int64_t wall_ms, bool early) const;

    std::string name_;
    std::vector<Change> changes_; ///< the first, of 1970, holds before it too
    /// For each stretch of 2^32 ms (some 50 days) from 1970 on, the change in force at its begin.
    std::vector<std::uint16_t> hints_;
};

/// Whether a yes came later than a no. On one day with a time missing on either side it did not, and nothing
/// is later than a no without any date; an undated yes is later than nothing. Wall times are read towards the
/// no.
bool strictly_later(const Moment& yes, const Moment& no, const Zone& zone);

/// Many noes, for yeses that must be strictly later than each of them. However many facts somebody piles up for one
/// number, each is looked at once.
class Noes {
public:
    explicit Noes(const Zone& zone) : zone_(zone) {}
    void add(const Moment& no);
    bool all_before(const Moment& yes) const;

private:
    const Zone& zone_;
    bool any_ = false, undated_ = false;
    Day day_ = day_min;                                           ///< the last one's
    Day whole_day_ = day_min;                                     ///< of those without time
    std::int64_t ms_ = std::numeric_limits<std::int64_t>::min(); ///< of those with a time, read as late as can be
};

/// Many yeses, for noes that some of them must be strictly later than.
class Yeses {
public:
    explicit Yeses(const Zone& zone) : zone_(zone) {}
    void add(const Moment& yes);
    bool any_after(const Moment& no) const;

private:
    const Zone& zone_;
    Day day_ = day_min, whole_day_ = day_min;                     ///< as with noes
    std::int64_t ms_ = std::numeric_limits<std::int64_t>::min(); ///< of those with a time, read as early as can be
};

} // namespace callscrub::facts
