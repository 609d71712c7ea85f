// What the law only warns of: the consent that carries a call is told to fail it, and no answer changes.
#include "plain_law.h"
#include <doctest/doctest.h>

using namespace callscrub::verdict;
using callscrub::facts::ConsentStatus;
using callscrub::facts::day_max;
using callscrub::facts::day_min;
using callscrub::facts::Dialing;
using callscrub::facts::Moment;
using callscrub::law::Doubt;
using callscrub::law::Regime;

namespace {

constexpr std::uint64_t unverified = 1U << 3, too_old = 1U << 5;

Doubt asks_verification(Day from = day_min) { return {Reason::not_verified, from, {}, {}, 3}; }
Doubt asks_age(int months) { return {Reason::consent_stale, day_min, months, {}, 5}; }

Regime warning(std::vector<callscrub::law::BasisRule> bases, std::vector<Doubt> doubts) {
    Regime out = regime_of(std::move(bases));
    out.doubts = std::move(doubts);
    return out;
}

} // namespace

TEST_CASE("a consent that was not verified is doubted from the day on which verification is asked") {
    Matters m({warning({consent_rule()}, {asks_verification(100)})});
    auto& consent = m.consent(10);
    CHECK(m.on(99).doubts == 0);
    CHECK(m.on(100).doubts == unverified);
    CHECK(m.on(100).callable);
    CHECK(m.on(100).until == day_max);
    consent.verified_day = 150;
    CHECK(m.on(149).doubts == unverified);
    CHECK(m.on(150).doubts == 0);
    CHECK(m.on(149).until == day_max); // no answer changes on that day
}

TEST_CASE("a consent without a period is doubted once nothing has renewed it for so long") {
    Matters m({warning({consent_rule()}, {asks_age(1)})});
    auto& consent = m.consent(0); // 1970-01-01: until 1970-02-01
    CHECK(m.on(31).doubts == 0);
    CHECK(m.on(32).doubts == too_old);
    CHECK(m.on(32).callable);
    CHECK(m.on(32).until == day_max);
    consent.verified_day = 31; // until 1970-03-01
    CHECK(m.on(59).doubts == 0);
    CHECK(m.on(60).doubts == too_old);
    m.call(59).to_number = true;
    CHECK(m.on(60).doubts == 0);
    consent.verified_day = day_max;
    m.facts.calls.clear();
    consent.period_stated = true;
    CHECK(m.on(500).doubts == 0);
}

TEST_CASE("only the consent that speaks is doubted") {
    Matters m({warning({consent_rule()}, {asks_verification(), asks_age(1)})});
    m.consent(0);
    CHECK(m.on(300).doubts == (unverified | too_old));
    SUBCASE("a newer one that was verified speaks") {
        m.consent(290).verified_day = 291;
        CHECK(m.on(300).doubts == 0);
        CHECK(m.on(290).doubts == unverified);
    }
    SUBCASE("a newer one that fails is doubted in its place") {
        m.facts.consents[0].verified_day = 280;
        m.consent(290);
        CHECK(m.on(300).doubts == unverified);
    }
    SUBCASE("whatever the order of the records") {
        m.consent(290).verified_day = 291;
        std::swap(m.facts.consents[0], m.facts.consents[1]);
        CHECK(m.on(300).doubts == 0);
    }
    SUBCASE("where nothing may carry the call nothing is doubted") {
        m.suppression(0, day_max);
        CHECK_FALSE(m.on(300).callable);
        CHECK(m.on(300).doubts == 0);
    }
    SUBCASE("a consent after a no is doubted, the one before it has no say") {
        m.no(200);
        CHECK_FALSE(m.on(300).callable);
        CHECK(m.on(300).doubts == 0);
        m.consent(250).verified_day = 250;
        CHECK(m.on(260).callable);
        CHECK(m.on(260).doubts == 0);
    }
    SUBCASE("a machine's consent is doubted like any other") {
        m.campaign.dialing = Dialing::automatic;
        CHECK(m.on(300).doubts == (unverified | too_old));
    }
    SUBCASE("a call without advertising rests on no consent") {
        m.campaign.purpose = callscrub::facts::Purpose::service;
        CHECK(m.on(300).callable);
        CHECK(m.on(300).doubts == 0);
    }
}

TEST_CASE("requests, publications, relations and free calls are not doubted") {
    auto all = {asks_verification(), asks_age(1)};
    Matters m({warning({request_rule(), published_rule(), relation_rule(), open_rule()}, all)});
    CHECK(m.on(300).doubts == 0);
    m.relation(0);
    CHECK(m.on(300).doubts == 0);
    m.consent(0).status = ConsentStatus::published;
    CHECK(m.on(300).rule == &m.law.regimes[0].bases[1]);
    CHECK(m.on(300).doubts == 0);
    m.consent(299).status = ConsentStatus::requested;
    CHECK(m.on(300).rule == m.law.regimes[0].bases.data());
    CHECK(m.on(300).doubts == 0);
}

TEST_CASE("an earlier basis takes the doubts with the call, a later one leaves them") {
    Matters first({warning({open_rule(), consent_rule()}, {asks_verification()})});
    first.consent(0);
    CHECK(first.on(10).doubts == 0);
    Matters second({warning({consent_rule(), open_rule()}, {asks_verification()})});
    second.consent(0);
    CHECK(second.on(10).doubts == unverified);
    second.consent(0, 20);
    second.facts.consents.erase(second.facts.consents.begin());
    CHECK(second.on(20).doubts == unverified);
    CHECK(second.on(21).doubts == 0);
}

TEST_CASE("the first day of the window speaks, and a law without doubts has none") {
    Matters m({warning({consent_rule()}, {asks_verification(100)})});
    m.consent(10, 120);
    CHECK(m.decided(90, 110).clean);
    CHECK(m.decided(90, 110).judgement.doubts == 0);
    CHECK(m.decided(100, 110).judgement.doubts == unverified);
    CHECK(m.decided(100, 110).callable_until == 120);
    CHECK(m.decided(100, 121).judgement.reasons.first() == Reason::lapses_in_window);
    m.law.regimes[0].doubts.clear();
    CHECK(m.decided(100, 110).judgement.doubts == 0);
}
