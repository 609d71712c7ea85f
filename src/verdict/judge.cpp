#include "verdict/judge.h"
#include "verdict/checks.h"
#include <algorithm>

namespace callscrub::verdict {

using facts::Consent;
using facts::ConsentStatus;
using facts::day_max;
using facts::Listing;
using facts::Relation;
using facts::Source;
using law::BasisRule;
using law::Citation;
using law::Needs;
using law::Regime;

void Reasons::add(Reason reason, const Citation* citation, Source source, std::int64_t newness) {
    auto& detail = details_[static_cast<std::size_t>(reason)];
    if (has(reason) && (newness < detail.newness || (newness == detail.newness && source < detail.source))) return;
    bits_ |= std::uint64_t{1} << static_cast<unsigned>(reason);
    detail = {citation, source, newness};
}

Reason Reasons::first() const {
    Reason out = Reason::no_basis;
    bool found = false;
    each([&](Reason reason) {
        if (!found) out = reason;
        found = true;
    });
    return out;
}

Switches switches_of(const law::Policy& policy) {
    Switches out;
    out.exclusive_boundary = policy.word("term_boundary") == "exclusive";
    out.evidence_required = policy.word("evidence") == "required";
    out.unscoped_accepted = policy.word("unscoped_consent") == "accept";
    out.trim = policy.word("on_lapse") == "trim";
    out.period_months = static_cast<int>(policy.number("consent_without_period_months"));
    out.request_days = static_cast<int>(policy.number("request_max_age_days"));
    return out;
}

namespace {

/// Whom the noes on record name: a yes answers all of them or lifts none (may_answer, for many noes at once).
class Objectors {
public:
    void add(const facts::No& no) {
        if (no.person == 0) return;
        several_ |= one_ != 0 && one_ != no.person;
        one_ = no.person;
        by_person_only_ |= no.person_only;
    }
    bool may_be(facts::PersonKey person) const { return person == 0 ? !by_person_only_ : one_ == 0 || (!several_ && one_ == person); }

private:
    facts::PersonKey one_ = 0;
    bool several_ = false, by_person_only_ = false;
};

/// One day's work on one subject. Short-lived, on the stack.
class DayJudge {
public:
    DayJudge(const Matter& matter, Day day, Judgement& out)
        : m_(matter), day_(day), out_(out), noes_(*matter.law.zone) {}
    void run();

private:
    void stands_until(Day until) { out_.until = std::min(out_.until, until); }
    void reject(Reason reason, Source source = {}, std::int64_t newness = 0);
    const Citation& cited(Reason reason, const Citation* otherwise = nullptr) const;
    const Citation& nothing_found(Reason reason) const;

    void find_regime();
    bool suppressed();
    bool limited_by_calls();
    bool no_on_record();
    void weigh_noes();
    void weigh_consents();
    void weigh_consent(const Consent& consent);
    void weigh_relations();
    void weigh_relation(const Relation& relation);
    Reason why_no_relation_rule() const;
    void weigh_nothing();
    bool falls_by_listing(const BasisRule& rule, const facts::Moment& given);
    bool offer(const BasisRule& rule, Source source, Day given, std::int64_t newness);
    void doubt(const BasisRule& rule, const Consent& consent);
    bool for_machine() const { return m_.campaign.dialing == facts::Dialing::automatic && regime_->machine_needs_consent; }
    void block();

    const Matter& m_;
    const Day day_;
    Judgement& out_;
    const Regime* regime_ = nullptr;
    bool blocked_ = false;         ///< nothing may carry a call today
    bool wiped_ = false;           ///< a no is on record: only a later consent or request counts
    facts::Noes noes_;             ///< on record
    Objectors objectors_;
    std::int64_t best_newness_ = 0;
};

const Citation& DayJudge::cited(Reason reason, const Citation* otherwise) const {
    if (otherwise && !regime_->cites.contains(reason)) return *otherwise;
    return article(*regime_, reason);
}

// If there are rules for the very product, the first of them says best why nothing carries the call.
const Citation& DayJudge::nothing_found(Reason reason) const {
    for (const auto& rule : regime_->bases)
        if (!rule.products.empty() && fits_contact(rule, m_)) return cited(reason, &rule.citation);
    return cited(reason);
}

void DayJudge::reject(Reason reason, Source source, std::int64_t newness) {
    out_.reasons.add(reason, &cited(reason), source, newness);
}

void DayJudge::find_regime() {
    for (const auto& regime : m_.law.regimes) {
        if (day_ < regime.from) stands_until(regime.from - 1);
        if (regime.from <= day_ && day_ <= regime.until) regime_ = &regime;
    }
    if (regime_) stands_until(regime_->until);
    out_.regime = regime_;
}

bool DayJudge::suppressed() {
    bool found = false;
    for (const auto& one : m_.facts.suppressions) {
        const Hold hold = between(one.since, one.until, day_);
        stands_until(hold.until);
        if (!hold.ok) continue;
        reject(Reason::suppressed, one.source, one.since);
        found = true;
    }
    return found;
}

// A cap counts the calls of the last days up to and including this one; a pause follows each refusal.
bool DayJudge::limited_by_calls() {
    const auto& limits = regime_->calls;
    int recent = 0;
    bool found = false;
    const facts::Call* latest = nullptr;
    for (const auto& call : m_.facts.calls) {
        if (!call.to_number) continue;
        if (call.day > day_) {
            stands_until(call.day - 1);
            continue;
        }
        const auto counts_until = call.day + limits.within_days - 1;
        if (limits.max_calls != 0 && day_ <= counts_until) {
            ++recent;
            stands_until(counts_until);
            if (!latest || latest->day < call.day) latest = &call;
        }
        if (limits.pause_days_after_refusal == 0 || call.outcome == facts::CallOutcome::other) continue;
        const Hold pause = between(call.day, call.day + limits.pause_days_after_refusal, day_);
        stands_until(pause.until);
        if (!pause.ok) continue;
        out_.reasons.add(Reason::refusal_pause, &limits.citation, call.source, call.day);
        found = true;
    }
    if (limits.max_calls != 0 && recent >= limits.max_calls) {
        out_.reasons.add(Reason::call_cap, &limits.citation, latest->source, latest->day);
        found = true;
    }
    return found;
}

bool DayJudge::no_on_record() {
    bool found = false;
    for (const auto& no : m_.facts.noes) {
        if (no.day > day_) {
            stands_until(no.day - 1);
            continue;
        }
        noes_.add(no.at);
        objectors_.add(no);
        found = true;
    }
    return found;
}

// Which noes stand: those that no later consent or request lifts, given that all of its own checks pass today.
void DayJudge::weigh_noes() {
    facts::Yeses yeses(*m_.law.zone);
    for (const auto& consent : m_.facts.consents)
        if (objectors_.may_be(consent.person) && may_lift(m_, *regime_, day_, consent)) yeses.add(consent.given);
    for (const auto& no : m_.facts.noes) {
        if (no.day > day_) continue;
        if (!yeses.any_after(no.at)) reject(no.withdrawal ? Reason::consent_withdrawn : Reason::objection, no.source, no.at.ms);
    }
}

bool DayJudge::falls_by_listing(const BasisRule& rule, const facts::Moment& given) {
    bool falls = false;
    for (const auto& effect : rule.registers) {
        const auto& listed_in = regime_->registers[effect.register_index];
        for (const Listing& listing : m_.facts.listings) {
            const Hold hold = takes_away({m_, *regime_, rule, day_}, effect, listing, given);
            stands_until(hold.until);
            if (!hold.ok) continue;
            out_.reasons.add(Reason::register_listed, &cited(Reason::register_listed, &listed_in.citation), listing.source,
                             listing.at.ms);
            falls = true;
        }
    }
    return falls;
}

// The first basis in the law's order speaks; of several records for it, the newest. Whether this one was taken.
bool DayJudge::offer(const BasisRule& rule, Source source, Day given, std::int64_t newness) {
    if (for_machine() && rule.basis != law::Basis::explicit_consent) return false;
    if (out_.rule) {
        if (out_.rule < &rule) return false;
        const bool older = newness < best_newness_ || (newness == best_newness_ && source < out_.source);
        if (out_.rule == &rule && older) return false;
    }
    out_.rule = &rule;
    out_.source = source;
    out_.given_day = given;
    out_.doubts = 0;
    best_newness_ = newness;
    return true;
}

void DayJudge::doubt(const BasisRule& rule, const Consent& consent) {
    for (const auto& one : regime_->doubts)
        if (doubtful({m_, *regime_, rule, day_}, one, consent)) out_.doubts |= std::uint64_t{1} << one.id;
}

void DayJudge::weigh_consent(const Consent& consent) {
    bool passes = false;
    Reason farthest{};
    const BasisRule* by = nullptr;
    for (const auto& rule : regime_->bases) {
        if (!concerns(rule.needs, consent.status) || !applies(rule, m_)) continue;
        const Passage passage = pass({m_, *regime_, rule, day_}, consent);
        stands_until(passage.until);
        if (!passage.passed) {
            if (!by || passage.failed > farthest) {
                farthest = passage.failed;
                by = &rule;
            }
            continue;
        }
        passes = true;
        const bool counts = !wiped_ || (consent.status != ConsentStatus::published && objectors_.may_be(consent.person) && noes_.all_before(consent.given));
        if (counts && falls_by_listing(rule, consent.given)) continue; // the next rule may withstand the listing
        if (counts && offer(rule, consent.source, consent.given_day, consent.given.ms)) doubt(rule, consent);
        break;
    }
    if (passes || !by) return;
    const Citation* citation = &article(*regime_, *by, farthest);
    out_.reasons.add(farthest, citation, consent.source, consent.given.ms);
}

void DayJudge::weigh_consents() {
    for (const auto& consent : m_.facts.consents) weigh_consent(consent);
}

// No rule of today takes relations from this caller for this purpose: why?
Reason DayJudge::why_no_relation_rule() const {
    const auto for_contact = [&](const BasisRule& rule) { return rule.needs == Needs::relation && fits_contact(rule, m_); };
    bool others = false;
    for (const auto& rule : regime_->bases) {
        if (!for_contact(rule)) continue;
        others = true;
        if (rule.names_callers && rule.callers.has(m_.campaign.caller)) return Reason::caller_type_not_exempt;
    }
    for (const Regime* earlier = m_.law.regimes.data(); earlier != regime_; ++earlier)
        for (const auto& rule : earlier->bases)
            if (for_contact(rule) && applies(rule, m_)) return Reason::customer_exception_ended;
    return others ? Reason::caller_type_not_exempt : Reason::customer_exception_none;
}

void DayJudge::weigh_relation(const Relation& relation) {
    bool passes = false;
    Reason farthest = Reason::customer_exception_none;
    const BasisRule* by = nullptr;
    for (const auto& rule : regime_->bases) {
        if (rule.needs != Needs::relation || !applies(rule, m_)) continue;
        const Passage passage = pass({m_, *regime_, rule, day_}, relation);
        stands_until(passage.until);
        if (passage.passed) {
            passes = true;
            if (wiped_) return;
            if (falls_by_listing(rule, facts::Moment::of_day(relation.start))) continue; // the next rule may withstand it
            offer(rule, relation.source, relation.start, relation.end);
            return;
        }
        if (!by || passage.failed > farthest) {
            farthest = passage.failed;
            by = &rule;
        }
    }
    if (passes) return;
    if (!by) farthest = why_no_relation_rule();
    const Citation* citation = by ? &article(*regime_, *by, farthest) : &nothing_found(farthest);
    out_.reasons.add(farthest, citation, relation.source, relation.end);
}

void DayJudge::weigh_relations() {
    for (const auto& relation : m_.facts.relations) weigh_relation(relation);
}

void DayJudge::weigh_nothing() {
    if (wiped_) return;
    for (const auto& rule : regime_->bases)
        if (rule.needs == Needs::nothing && applies(rule, m_) && !falls_by_listing(rule, {})) offer(rule, {}, facts::day_min, 0);
}

// What would have carried the call withstands the register; it is the rest that forbids it.
void DayJudge::block() {
    if (!out_.rule) return;
    out_.reasons.remove(Reason::register_listed);
    out_.rule = nullptr;
    out_.source = {};
    out_.given_day = facts::day_min;
    out_.doubts = 0;
}

void DayJudge::run() {
    find_regime();
    if (!regime_) {
        out_.reasons.add(Reason::no_rule_in_force, nullptr);
        return;
    }
    if (!m_.campaign.caller_id_shown && regime_->caller_id_required) {
        reject(Reason::caller_id_withheld);
        blocked_ = true;
    }
    blocked_ |= suppressed();
    if (m_.campaign.purpose == facts::Purpose::service && !for_machine()) {
        offer(regime_->service, {}, facts::day_min, 0);
    } else {
        blocked_ |= limited_by_calls();
        wiped_ = no_on_record();
        weigh_consents();
        weigh_relations();
        weigh_nothing();
        if (wiped_ && !out_.rule) weigh_noes();
        // A machine may speak only to those whose explicit consent carries the call; no other rule was taken.
        if (for_machine() && !out_.rule) reject(Reason::machine_needs_consent);
    }
    if (blocked_) block();
    out_.callable = out_.rule != nullptr;
    if (!out_.callable && out_.reasons.empty()) out_.reasons.add(Reason::no_basis, &nothing_found(Reason::no_basis));
}

} // namespace

void judge(const Matter& matter, Day day, Judgement& out) {
    out.callable = false;
    out.until = day_max;
    out.regime = nullptr;
    out.rule = nullptr;
    out.source = {};
    out.given_day = facts::day_min;
    out.doubts = 0;
    out.reasons.clear();
    DayJudge(matter, day, out).run();
}

} // namespace callscrub::verdict
