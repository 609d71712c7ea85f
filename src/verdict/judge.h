/// The heart: what is true of one subject on one day, and how long it stays so. Pure: no clock, no file, no log, no
/// country. The timeline (timeline.h) is this judgement repeated from each day on which it may change.
#pragma once
#include "law/rules.h"
#include "verdict/campaign.h"
#include <array>
#include <bit>

namespace callscrub::verdict {

using facts::Day;
using law::Reason;

/// Why a day is not callable: a set of reasons, each with the record and the article that decide it.
class Reasons {
public:
    void clear() { bits_ = 0; }
    bool empty() const { return bits_ == 0; }
    /// The set itself: equal sets have equal bits.
    std::uint64_t bits() const { return bits_; }
    bool has(Reason reason) const { return (bits_ >> static_cast<unsigned>(reason)) & 1U; }
    /// `newness` orders records that fail alike: the newest speaks, then the one further down in the inputs.
    void add(Reason reason, const law::Citation* citation, facts::Source source = {}, std::int64_t newness = 0);
    void remove(Reason reason) { bits_ &= ~(std::uint64_t{1} << static_cast<unsigned>(reason)); }
    const law::Citation* citation(Reason reason) const { return details_[static_cast<std::size_t>(reason)].citation; }
    facts::Source source(Reason reason) const { return details_[static_cast<std::size_t>(reason)].source; }

    /// Calls `visit(Reason)` in the order of the contract, nearest miss first.
    template <class Visit> void each(Visit&& visit) const;
    /// The first of that order. There must be one.
    Reason first() const;

private:
    struct Detail {
        const law::Citation* citation;
        facts::Source source;
        std::int64_t newness;
    };
    template <class Visit> void visit_range(Reason from, Reason to, bool backwards, Visit& visit) const;

    std::uint64_t bits_ = 0;
    std::array<Detail, law::reason_count> details_; // only those with their bit set mean something
};
static_assert(law::reason_count <= 64);

/// The judgement of a day.
struct Judgement {
    bool callable = false;
    Day until = facts::day_max;               ///< the last day on which the same judgement stands, at least
    const law::Regime* regime = nullptr;      ///< in force; nullptr if none
    const law::BasisRule* rule = nullptr;     ///< that carries the call, if callable
    facts::Source source;                     ///< the record behind it; none for not_restricted
    Day given_day = facts::day_min;           ///< day of that record
    Reasons reasons;                          ///< if not callable
    std::uint64_t doubts = 0;                 ///< what the law only warns of and the record fails: bits by Doubt::id
};

/// All that a judgement reads. References, not owned.
struct Matter {
    const law::Jurisdiction& law;
    const Campaign& campaign;
    const Contact& contact;
    const facts::SubjectFacts& facts;
};

/// Judges `day`. `out` is reused; no memory is allocated.
void judge(const Matter& matter, Day day, Judgement& out);

template <class Visit>
void Reasons::visit_range(Reason from, Reason to, bool backwards, Visit& visit) const {
    const auto low = static_cast<unsigned>(from), high = static_cast<unsigned>(to);
    const std::uint64_t mask = (~std::uint64_t{0} >> (63 - (high - low))) << low;
    for (std::uint64_t rest = bits_ & mask; rest != 0;) {
        const unsigned at = backwards ? 63U - static_cast<unsigned>(std::countl_zero(rest))
                                      : static_cast<unsigned>(std::countr_zero(rest));
        rest &= ~(std::uint64_t{1} << at);
        visit(static_cast<Reason>(at));
    }
}

template <class Visit> void Reasons::each(Visit&& visit) const {
    visit_range(Reason::lapses_in_window, Reason::lapses_in_window, false, visit);
    visit_range(Reason::unreadable_row, Reason::refusal_pause, false, visit);
    visit_range(Reason::consent_channel_mismatch, Reason::request_used, true, visit);
    visit_range(Reason::customer_exception_none, Reason::term_expired, true, visit);
    visit_range(Reason::no_basis, Reason::no_basis, false, visit);
    visit_range(Reason::duplicate, Reason::duplicate, false, visit);
}

} // namespace callscrub::verdict
