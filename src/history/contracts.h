/// When contracts end: for consents whose period hangs on one.
#pragma once
#include "facts/facts.h"
#include "facts/zone.h"
#include <span>
#include <vector>

namespace callscrub::history {

class Contracts {
public:
    /// 16 bytes: there may be one for each relation of a run.
    struct End {
        facts::TextKey contract;
        std::int64_t last; ///< the last day as a moment, packed with its kind

        /// `at` missing: running. `known`: false if it has ended, but nobody says when.
        End(facts::TextKey of, const facts::Moment& at, bool known)
            : contract(of), last(known ? at.ms * 4 + static_cast<std::int64_t>(at.kind) : unknown) {}
    };
    /// Takes over what one worker saw. Not thread-safe.
    void add(std::vector<End> ends);
    /// Sorts; once, when all was added.
    void finish();
    /// The last day of the contract as the zone's; day_max: it is running; day_min: there is no such contract, or its
    /// end is unknown. Of several rows of one contract the earliest end counts: they contradict each other, and a
    /// doubt is a no.
    facts::Day end(facts::TextKey contract, const facts::Zone& zone) const;
    std::span<const End> ends() const { return ends_; }

private:
    static constexpr std::int64_t unknown = INT64_MIN;
    static facts::Day last_day(const End& end, const facts::Zone& zone);

    std::vector<End> ends_;
};

} // namespace callscrub::history
