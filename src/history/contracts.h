/// When contracts end: for consents whose period hangs on one.
#pragma once
#include "facts/facts.h"
#include <vector>

namespace callscrub::history {

class Contracts {
public:
    struct End {
        facts::TextKey contract;
        facts::Day last_day; ///< day_max: running; day_min: ended on an unknown day
    };
    /// Takes over what one worker saw. Not thread-safe.
    void add(std::vector<End> ends);
    /// Sorts; once, when all was added.
    void finish();
    /// The last day of the contract; day_min if there is no such contract or its end is unknown. Of several rows of
    /// one contract the earliest end counts: they contradict each other, and a doubt is a no.
    facts::Day end(facts::TextKey contract) const;

private:
    std::vector<End> ends_;
};

} // namespace callscrub::history
