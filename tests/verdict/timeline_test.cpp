// The window and the timeline over a law made for the test: what is said of a verdict beside yes and no.
#include "plain_law.h"
#include <doctest/doctest.h>

using namespace callscrub::verdict;
using callscrub::facts::day_max;
using callscrub::facts::day_min;
using callscrub::facts::Source;
using callscrub::law::Basis;

TEST_CASE("a window within a consent's period is clean, and the answer is the consent's") {
    Matters m({regime_of({consent_rule()})});
    const auto consent = m.consent(100, 200);
    const auto v = m.decided(150, 200);
    CHECK(v.clean);
    CHECK(v.callable_until == 200);
    CHECK(v.judgement.callable);
    CHECK(v.judgement.rule == &m.law.regimes[0].bases[0]);
    CHECK(v.judgement.regime == &m.law.regimes[0]);
    CHECK(v.judgement.source == consent.source);
    CHECK(v.judgement.given_day == 100);
}

TEST_CASE("a window that ends a day later lapses, and what carried the call until then is told") {
    Matters m({regime_of({consent_rule()})});
    const auto consent = m.consent(100, 200);
    const auto v = m.decided(150, 201);
    CHECK_FALSE(v.clean);
    CHECK(v.callable_until == 200);
    CHECK(v.judgement.rule == &m.law.regimes[0].bases[0]);
    CHECK(v.judgement.source == consent.source);
    CHECK(v.judgement.given_day == 100);
    CHECK(v.judgement.reasons.first() == Reason::lapses_in_window);
    CHECK(v.judgement.reasons.has(Reason::consent_expired));
    CHECK(v.judgement.reasons.source(Reason::lapses_in_window) == consent.source);
}

TEST_CASE("the record that ends it is the one told of a lapse") {
    Matters m({regime_of({consent_rule()})});
    const auto consent = m.consent(100);
    m.suppression(160, 170);
    const auto ended_by = m.facts.suppressions[0].source;
    const auto v = m.decided(150, 300);
    CHECK(v.callable_until == 159);
    CHECK(v.judgement.source == consent.source);
    CHECK(v.judgement.reasons.source(Reason::lapses_in_window) == ended_by);
    CHECK(v.judgement.reasons.citation(Reason::lapses_in_window) == v.judgement.reasons.citation(Reason::suppressed));
}

TEST_CASE("a lapse without a record of its own is told of the record that carried the call") {
    Matters m({regime_of({consent_rule()}, day_min, 180)});
    const auto consent = m.consent(100);
    const auto v = m.decided(150, 181);
    CHECK_FALSE(v.clean);
    CHECK(v.callable_until == 180);
    CHECK(v.judgement.reasons.has(Reason::no_rule_in_force));
    CHECK(v.judgement.reasons.source(Reason::lapses_in_window) == consent.source);
    CHECK(v.judgement.reasons.citation(Reason::lapses_in_window) == nullptr);
}

TEST_CASE("where the policy trims, the first day decides and callable_until stands") {
    Matters m({regime_of({consent_rule()})});
    const auto consent = m.consent(100, 200);
    m.campaign.switches.trim = true;
    const auto v = m.decided(150, 250);
    CHECK(v.clean);
    CHECK(v.callable_until == 200);
    CHECK(v.judgement.callable);
    CHECK(v.judgement.rule == &m.law.regimes[0].bases[0]);
    CHECK(v.judgement.source == consent.source);
    CHECK(v.judgement.given_day == 100);
    CHECK(v.judgement.regime == &m.law.regimes[0]);
}

TEST_CASE("a window whose first day is not callable has no last callable day") {
    Matters m({regime_of({consent_rule()})});
    m.consent(100, 200);
    const auto v = m.decided(99, 150);
    CHECK_FALSE(v.clean);
    CHECK(v.callable_until == day_min);
    CHECK(v.judgement.reasons.first() == Reason::not_yet_granted);
}

TEST_CASE("nothing is left in a verdict of the row before") {
    Matters m({regime_of({consent_rule()})});
    m.consent(100, 200);
    Verdict v;
    const auto again = [&](Day from, Day until) {
        decide(m.matter(), {from, until}, v);
        return v.callable_until;
    };
    CHECK(again(150, 200) == 200);
    CHECK(again(99, 150) == day_min);
    CHECK_FALSE(v.clean);
    CHECK_FALSE(v.judgement.callable);
    CHECK(v.judgement.rule == nullptr);
    CHECK_FALSE(v.judgement.source.known());
    CHECK(v.judgement.given_day == day_min);
    CHECK(again(150, 201) == 200);
    CHECK(v.judgement.reasons.has(Reason::lapses_in_window));
    CHECK(again(150, 160) == 200);
    CHECK(v.clean);
    m.facts.consents.clear();
    CHECK(again(150, 160) == day_min);
    CHECK(v.judgement.reasons.first() == Reason::no_basis);
    CHECK_FALSE(v.judgement.reasons.has(Reason::lapses_in_window));
}

TEST_CASE("one basis after another carries without end; the first day's is the one told") {
    Matters m({regime_of({consent_rule(), relation_rule()}, day_min, 300), regime_of({consent_rule(), relation_rule()}, 301)});
    const auto consent = m.consent(100, 200);
    m.relation(150);
    const auto v = m.decided(160, 170);
    CHECK(v.clean);
    CHECK(v.callable_until == day_max);
    CHECK(v.judgement.rule == &m.law.regimes[0].bases[0]);
    CHECK(v.judgement.source == consent.source);
    CHECK(v.judgement.given_day == 100);
    CHECK(v.judgement.regime == &m.law.regimes[0]);
    CHECK(m.on(250).source == m.facts.relations[0].source);
}

namespace {

// "<from>-<until> basis" or "… reason", parted by blanks.
std::string drawn(const std::vector<Stretch>& stretches) {
    std::string out;
    const auto text = [](Day day) { return day == day_max ? std::string("end") : std::to_string(day); };
    for (const auto& one : stretches) {
        const auto& j = one.judgement;
        out += (out.empty() ? "" : " ") + text(one.from) + "-" + text(one.until) + " ";
        out += j.callable ? std::string(callscrub::law::name(j.rule->basis)) : std::string(callscrub::law::code(j.reasons.first()));
        if (j.callable ? j.source.known() : j.reasons.source(j.reasons.first()).known())
            out += ":" + std::to_string(j.callable ? j.source.line : j.reasons.source(j.reasons.first()).line);
    }
    return out;
}

} // namespace

TEST_CASE("the timeline tells each stretch once") {
    Matters m({regime_of({consent_rule()})});
    m.consent(100, 200);
    CHECK(drawn(timeline(m.matter(), 50)) == "50-99 NOT_YET_GRANTED:1 100-200 explicit_consent:1 201-end CONSENT_EXPIRED:1");
    CHECK(drawn(timeline(m.matter(), 100, 100)) == "100-100 explicit_consent:1");
    CHECK(drawn(timeline(m.matter(), 150, 200)) == "150-200 explicit_consent:1");
    CHECK(drawn(timeline(m.matter(), 150, 201)) == "150-200 explicit_consent:1 201-201 CONSENT_EXPIRED:1");
    CHECK(drawn(timeline(m.matter(), 150, 149)) == "");
}

TEST_CASE("neighbours with one answer are joined, whatever day is looked at between them") {
    Matters m({regime_of({consent_rule()})});
    m.consent(100, 200);
    for (const Day day : {60, 120, 140, 250}) m.call(day);
    CHECK(m.on(110).until == 119);
    CHECK(drawn(timeline(m.matter(), 50)) == "50-99 NOT_YET_GRANTED:1 100-200 explicit_consent:1 201-end CONSENT_EXPIRED:1");
    CHECK(drawn(timeline(m.matter(), 50, 130)) == "50-99 NOT_YET_GRANTED:1 100-130 explicit_consent:1");
}

TEST_CASE("another record, another rule, another regime and another reason are stretches of their own") {
    SUBCASE("a newer consent") {
        Matters m({regime_of({consent_rule()})});
        m.consent(100);
        m.consent(150);
        CHECK(drawn(timeline(m.matter(), 100)) == "100-149 explicit_consent:1 150-end explicit_consent:2");
    }
    SUBCASE("a newer consent, beside a third that fails alike before and after") {
        Matters m({regime_of({consent_rule()})});
        m.campaign.switches.period_months = 12;
        m.consent(100);
        m.consent(150);
        m.consent(-1000);
        CHECK(drawn(timeline(m.matter(), 100, 200)) == "100-149 explicit_consent:1 150-200 explicit_consent:2");
    }
    SUBCASE("the next rule for the same record") {
        auto first = consent_rule();
        first.registers.push_back({});
        Matters m({regime_of({first, consent_rule()})});
        m.law.regimes[0].registers.emplace_back();
        m.consent(100);
        m.listing(150);
        const auto stretches = timeline(m.matter(), 100);
        CHECK(drawn(stretches) == "100-149 explicit_consent:1 150-end explicit_consent:1");
        CHECK(stretches[0].judgement.rule == &m.law.regimes[0].bases[0]);
        CHECK(stretches[1].judgement.rule == &m.law.regimes[0].bases[1]);
    }
    SUBCASE("a new law that says the same") {
        Matters m({regime_of({}, day_min, 149), regime_of({}, 150)});
        CHECK(drawn(timeline(m.matter(), 100)) == "100-149 NO_BASIS 150-end NO_BASIS");
    }
    SUBCASE("a reason of another record") {
        Matters m({regime_of({})});
        m.suppression(100, 149);
        m.suppression(150, 200);
        CHECK(drawn(timeline(m.matter(), 100)) == "100-149 SUPPRESSED:1 150-200 SUPPRESSED:2 201-end NO_BASIS");
    }
    SUBCASE("another reason of the same record") {
        Matters m({regime_of({consent_rule()})});
        m.consent(150, 120);
        CHECK(drawn(timeline(m.matter(), 100)) == "100-149 NOT_YET_GRANTED:1 150-end CONSENT_EXPIRED:1");
    }
}
