/// The checks that a record must pass, in the order of the contract: one table for consents, one for relations.
/// judge() runs them until the first failure; explain shows each.
#pragma once
#include "verdict/judge.h"
#include <span>

namespace callscrub::verdict {

/// Whether something holds on the day asked, and the last day on which that answer certainly stands.
struct Hold {
    bool ok = true;
    Day until = facts::day_max;
};

/// Holds from `first` to `last`; asked on `day`.
constexpr Hold between(Day first, Day last, Day day) {
    if (day < first) return {false, first - 1};
    if (day > last) return {false, facts::day_max};
    return {true, last};
}

/// What a check sees beside the record.
struct View {
    const Matter& matter;
    const law::Regime& regime;
    const law::BasisRule& rule;
    Day day;
};

struct ConsentCheck {
    Reason reason; ///< that the failure gives
    Hold (*holds)(const View&, const facts::Consent&);
};
std::span<const ConsentCheck> consent_checks();

struct RelationCheck {
    Reason reason;
    Hold (*holds)(const View&, const facts::Relation&);
};
std::span<const RelationCheck> relation_checks();

/// How far a record came.
struct Passage {
    bool passed = false;
    Reason failed{};            ///< the first check that failed, if not passed
    Day until = facts::day_max; ///< the last day on which this outcome certainly stands
};
Passage pass(const View& view, const facts::Consent& consent);
Passage pass(const View& view, const facts::Relation& relation);

/// Whether the rule is about records of this status.
constexpr bool concerns(law::Needs needs, facts::ConsentStatus status) {
    return (needs == law::Needs::consent && status == facts::ConsentStatus::opt_in) ||
           (needs == law::Needs::request && status == facts::ConsentStatus::requested) ||
           (needs == law::Needs::publication && status == facts::ConsentStatus::published);
}

/// The article behind a check of a rule: why it is asked, and what its failure is told with.
const law::Citation& article(const law::Regime& regime, const law::BasisRule& rule, Reason failure);
/// Whether the law and the policy of that day ask this of records under the rule; what nobody asks always passes.
bool asked(const View& view, Reason failure);
/// Whether the consent, under the rule, fails what the law of the day only warns of. Changes no answer.
bool doubtful(const View& view, const law::Doubt& doubt, const facts::Consent& consent);
/// The article behind a no or a demand on the campaign.
const law::Citation& article(const law::Regime& regime, Reason reason);

/// Whether a yes may answer the no: not if another person gave it, nor if nobody is named where the no is known by its person
/// alone. (LAW: a later consent of the same person.)
bool may_answer(const facts::Consent& consent, const facts::No& no);

/// Whether the consent or request passes every check of some rule on that day, so that it lifts noes before it.
bool may_lift(const Matter& matter, const law::Regime& regime, Day day, const facts::Consent& consent);
/// Whether the consent or request came after the no and passes every check of some rule on that day.
bool lifts(const Matter& matter, const law::Regime& regime, Day day, const facts::Consent& consent, const facts::No& no);
/// Whether the call uses up the request: it names it, or it names nothing and did not clearly come before it.
bool answers(const facts::Call& call, const facts::Consent& request, const facts::Zone& zone);
/// Whether the listing takes the rule away from a record of that moment (none: a rule without record).
Hold takes_away(const View& view, const law::RegisterEffect& effect, const facts::Listing& listing, const facts::Moment& given);

/// Whether the rule is for such people, lines and products.
bool fits_contact(const law::BasisRule& rule, const Matter& matter);
/// Whether the rule is open to this campaign and contact at all.
bool applies(const law::BasisRule& rule, const Matter& matter);

} // namespace callscrub::verdict
