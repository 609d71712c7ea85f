/// The days on which a subject may be called: read stretch by stretch, each judged once.
#pragma once
#include "verdict/judge.h"
#include <vector>

namespace callscrub::verdict {

/// The answer for one row.
struct Verdict {
    bool clean = false;
    /// The judgement of the window's first day; for LAPSES_IN_WINDOW that of the first day that is not callable, with
    /// that reason added. `rule` and `source` are those of the first day in both cases.
    Judgement judgement;
    /// Last day of the unbroken run of callable days from the window's first day; day_max: no end known; day_min: the
    /// first day is not callable.
    Day callable_until = facts::day_min;
};

/// Judges the window: clean only if every day of it is callable (or the first, where the policy trims).
/// `out` is reused; no memory is allocated.
void decide(const Matter& matter, Window window, Verdict& out);

/// A stretch of days with one answer, for people.
struct Stretch {
    Day from, until;
    Judgement judgement;
};

/// All stretches from `from` to `until` (day_max: open end); neighbours with the same answer are joined.
std::vector<Stretch> timeline(const Matter& matter, Day from, Day until = facts::day_max);

} // namespace callscrub::verdict
