/// A law made for a test: one regime or a few, bases as the test needs them, and a subject with facts. Days are counted
/// from 1970-01-01; every record passes all checks until the test changes it.
#pragma once
#include "verdict/checks.h"
#include "verdict/timeline.h"

namespace callscrub::verdict {

/// Sets that hold everything.
template <class Enum> law::Set<Enum> all_up_to(Enum last) {
    law::Set<Enum> out;
    for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) out.add(static_cast<Enum>(i));
    return out;
}

inline law::BasisRule rule_for(law::Needs needs, law::Basis basis) {
    law::BasisRule out;
    out.needs = needs;
    out.basis = basis;
    out.parties = all_up_to(facts::Party::legal_person);
    out.callers = all_up_to(facts::CallerType::lottery);
    out.purposes = all_up_to(facts::Purpose::other);
    out.lines = all_up_to(facts::LineType::mobile);
    out.kinds = all_up_to(facts::RelationKind::inquiry);
    out.citation.article = "rule";
    return out;
}
inline law::BasisRule consent_rule() { return rule_for(law::Needs::consent, law::Basis::explicit_consent); }
inline law::BasisRule request_rule() { return rule_for(law::Needs::request, law::Basis::requested_communication); }
inline law::BasisRule published_rule() { return rule_for(law::Needs::publication, law::Basis::published_number); }
inline law::BasisRule relation_rule() { return rule_for(law::Needs::relation, law::Basis::customer_relationship); }
inline law::BasisRule open_rule() { return rule_for(law::Needs::nothing, law::Basis::not_restricted); }

inline law::Regime regime_of(std::vector<law::BasisRule> bases, Day from = facts::day_min, Day until = facts::day_max) {
    law::Regime out;
    out.from = from;
    out.until = until;
    out.bases = std::move(bases);
    out.service = rule_for(law::Needs::nothing, law::Basis::running_contract);
    out.citation.article = "regime";
    return out;
}

/// The law, the campaign and the subject that one test asks about.
class Matters {
public:
    explicit Matters(std::vector<law::Regime> regimes) {
        law.zone = std::make_shared<const facts::Zone>(facts::Zone::load("Europe/Amsterdam"));
        law.regimes = std::move(regimes);
        campaign.products = &products;
    }
    Matters(const Matters&) = delete;

    facts::Source next_source() { return {++line_, 0}; }
    facts::Consent& consent(Day given, Day last = facts::day_max) {
        facts::Consent out;
        out.given = facts::Moment::of_day(given);
        out.given_day = given;
        out.last_day = last;
        out.period_stated = last != facts::day_max;
        out.status = facts::ConsentStatus::opt_in;
        out.channel = facts::Channel::phone;
        out.entity = facts::EntityFit::own;
        out.evidence = true;
        out.source = next_source();
        return facts.consents.emplace_back(out);
    }
    facts::Relation& relation(Day start, Day end = facts::day_max) {
        facts::Relation out;
        out.start = start;
        out.end = end;
        out.kind = facts::RelationKind::sale;
        out.paid = out.informed = out.objection_offered = facts::YesNo::yes;
        out.number_from_customer = true;
        out.entity = facts::EntityFit::own;
        out.source = next_source();
        return facts.relations.emplace_back(out);
    }
    facts::No& no(Day day) {
        facts.noes.push_back({facts::Moment::of_day(day), day, false, next_source()});
        return facts.noes.back();
    }
    void suppression(Day since, Day until) { facts.suppressions.push_back({since, until, next_source()}); }
    void listing(Day day) { facts.listings.push_back({0, facts::Moment::of_day(day), day, next_source()}); }
    facts::Call& call(Day day) {
        facts::Call out;
        out.at = facts::Moment::of_day(day);
        out.day = day;
        out.source = next_source();
        return facts.calls.emplace_back(out);
    }

    Matter matter() const { return {law, campaign, contact, facts}; }
    Judgement on(Day day) const {
        Judgement out;
        judge(matter(), day, out);
        return out;
    }
    Verdict decided(Day from, Day until) const {
        Verdict out;
        decide(matter(), {from, until}, out);
        return out;
    }

    facts::Products products;
    law::Jurisdiction law;
    Campaign campaign;
    Contact contact;
    facts::SubjectFacts facts;

private:
    std::uint32_t line_ = 0;
};

} // namespace callscrub::verdict
