// Corners of the judgement of a day that no law of today reaches, or that the cases reach only together with others.
#include "plain_law.h"
#include "verdict/checks.h"
#include <doctest/doctest.h>

using namespace callscrub::verdict;
using callscrub::facts::ConsentStatus;
using callscrub::facts::day_max;
using callscrub::facts::day_min;
using callscrub::facts::Dialing;
using callscrub::facts::EntityFit;
using callscrub::facts::Match;
using callscrub::facts::Source;
using callscrub::law::Basis;
using callscrub::law::Citation;
using callscrub::law::Regime;

namespace {

// The reasons in the order in which they are told.
std::string told(const Reasons& reasons) {
    std::string out;
    reasons.each([&](Reason reason) { out += (out.empty() ? "" : " ") + std::string(callscrub::law::code(reason)); });
    return out;
}

std::string answer(const Judgement& j) {
    return j.callable ? std::string(callscrub::law::name(j.rule->basis)) : told(j.reasons);
}

} // namespace

TEST_CASE("reasons are told nearest miss first, and of records that fail alike the newest speaks") {
    const Citation older, newer;
    Reasons reasons;
    CHECK(reasons.empty());
    for (const auto reason : {Reason::duplicate, Reason::no_basis, Reason::customer_exception_none, Reason::term_expired,
                              Reason::consent_channel_mismatch, Reason::request_used, Reason::unreadable_row, Reason::refusal_pause,
                              Reason::lapses_in_window})
        reasons.add(reason, nullptr);
    CHECK(told(reasons) == "LAPSES_IN_WINDOW UNREADABLE_ROW REFUSAL_PAUSE REQUEST_USED CONSENT_CHANNEL_MISMATCH TERM_EXPIRED "
                           "CUSTOMER_EXCEPTION_NONE NO_BASIS DUPLICATE");
    CHECK(reasons.first() == Reason::lapses_in_window);
    reasons.remove(Reason::lapses_in_window);
    CHECK(reasons.first() == Reason::unreadable_row);
    CHECK_FALSE(reasons.has(Reason::lapses_in_window));
    CHECK(reasons.has(Reason::duplicate));
    reasons.clear();
    CHECK(reasons.empty());
    CHECK(reasons.bits() == 0);

    reasons.add(Reason::objection, &older, {7, 0}, 10);
    reasons.add(Reason::objection, &newer, {3, 0}, 11);
    CHECK(reasons.source(Reason::objection).line == 3);
    CHECK(reasons.citation(Reason::objection) == &newer);
    reasons.add(Reason::objection, &older, {9, 0}, 10);
    CHECK(reasons.source(Reason::objection).line == 3);
    reasons.add(Reason::objection, &older, {2, 0}, 11);
    CHECK(reasons.source(Reason::objection).line == 3);
    reasons.add(Reason::objection, &older, {4, 0}, 11);
    CHECK(reasons.source(Reason::objection).line == 4);
    CHECK(reasons.citation(Reason::objection) == &older);
}

TEST_CASE("outside every regime nothing is callable, until the next one begins") {
    Matters m({regime_of({open_rule()}, 100, 199), regime_of({open_rule()}, 300, 399)});
    CHECK(answer(m.on(99)) == "NO_RULE_IN_FORCE");
    CHECK(m.on(99).until == 99);
    CHECK(m.on(0).until == 99);
    CHECK(answer(m.on(100)) == "not_restricted");
    CHECK(m.on(100).until == 199);
    CHECK(m.on(100).regime == &m.law.regimes[0]);
    CHECK(answer(m.on(200)) == "NO_RULE_IN_FORCE");
    CHECK(m.on(200).until == 299);
    CHECK(m.on(200).regime == nullptr);
    CHECK(m.on(300).regime == &m.law.regimes[1]);
    CHECK(m.on(400).until == day_max);
}

TEST_CASE("a law may let a caller withhold the number, and machines speak without consent") {
    Matters m({regime_of({relation_rule()})});
    m.relation(100);
    m.campaign.caller_id_shown = false;
    CHECK(answer(m.on(150)) == "CALLER_ID_WITHHELD");
    m.law.regimes[0].caller_id_required = false;
    CHECK(answer(m.on(150)) == "customer_relationship");
    m.campaign.dialing = Dialing::automatic;
    CHECK(answer(m.on(150)) == "MACHINE_NEEDS_CONSENT");
    m.law.regimes[0].machine_needs_consent = false;
    CHECK(answer(m.on(150)) == "customer_relationship");
}

TEST_CASE("a machine is carried by the consent rule, also where another stands first") {
    Matters m({regime_of({relation_rule(), consent_rule()})});
    m.relation(100);
    m.consent(120);
    m.campaign.dialing = Dialing::automatic;
    CHECK(answer(m.on(110)) == "MACHINE_NEEDS_CONSENT NOT_YET_GRANTED");
    CHECK(answer(m.on(120)) == "explicit_consent");
    m.campaign.dialing = Dialing::human;
    CHECK(answer(m.on(120)) == "customer_relationship");
}

TEST_CASE("a consent that a no took away carries no machine, though a later request lifts the no") {
    Matters m({regime_of({consent_rule(), request_rule()})});
    m.consent(100);
    m.no(110);
    m.consent(120).status = ConsentStatus::requested;
    m.campaign.dialing = Dialing::automatic;
    CHECK(answer(m.on(100)) == "explicit_consent");
    CHECK(answer(m.on(110)) == "MACHINE_NEEDS_CONSENT OBJECTION NOT_YET_GRANTED");
    CHECK(answer(m.on(120)) == "MACHINE_NEEDS_CONSENT");
    m.campaign.dialing = Dialing::human;
    CHECK(answer(m.on(120)) == "requested_communication");
}

TEST_CASE("a service call needs no basis but falls by suppressions; a machine must have its consent") {
    Matters m({regime_of({consent_rule()})});
    m.campaign.purpose = callscrub::facts::Purpose::service;
    CHECK(answer(m.on(100)) == "running_contract");
    CHECK(m.on(100).given_day == day_min);
    m.suppression(100, 110);
    CHECK(answer(m.on(110)) == "SUPPRESSED");
    CHECK(m.on(110).rule == nullptr);
    CHECK(answer(m.on(111)) == "running_contract");
    m.campaign.dialing = Dialing::automatic;
    CHECK(answer(m.on(111)) == "MACHINE_NEEDS_CONSENT");
}

TEST_CASE("of several rules for one record the one it came farthest under tells why") {
    auto in_contract = consent_rule(); // fails at the period
    in_contract.given_in_contract = true;
    in_contract.citation.article = "in contract";
    auto plain = consent_rule(); // fails at freshness, a later check
    plain.citation.article = "plain";
    for (const bool contract_first : {true, false}) {
        Matters m({contract_first ? regime_of({in_contract, plain}) : regime_of({plain, in_contract})});
        m.campaign.switches.period_months = 12;
        m.consent(100);
        const auto j = m.on(1000);
        CHECK(answer(j) == "CONSENT_STALE");
        CHECK(j.reasons.citation(Reason::consent_stale)->article == "plain");
    }
    Matters twice({regime_of({plain, in_contract})});
    twice.law.regimes[0].bases[1].given_in_contract = false;
    twice.campaign.switches.period_months = 12;
    twice.consent(100);
    CHECK(twice.on(1000).reasons.citation(Reason::consent_stale)->article == "plain"); // of equals the first
}

TEST_CASE("a record that passes some rule misses none") {
    auto in_contract = consent_rule();
    in_contract.given_in_contract = true;
    Matters m({regime_of({in_contract, consent_rule()})});
    m.consent(100);
    CHECK(answer(m.on(160)) == "explicit_consent");
    m.no(150);
    CHECK(answer(m.on(160)) == "OBJECTION");
}

TEST_CASE("of several rules for one relation the one it came farthest under tells why") {
    auto term = relation_rule();
    term.term.unlimited = false;
    term.term.months = 12;
    term.term.citation.article = "term";
    auto kind = relation_rule();
    kind.kinds = {};
    for (const bool term_first : {true, false}) {
        Matters m({term_first ? regime_of({term, kind}) : regime_of({kind, term})});
        m.relation(100, 200);
        const auto j = m.on(1000);
        CHECK(answer(j) == "TERM_EXPIRED");
        CHECK(j.reasons.citation(Reason::term_expired)->article == "term");
    }
    auto other = term;
    other.term.citation.article = "other";
    Matters twice({regime_of({term, other})});
    twice.relation(100, 200);
    CHECK(twice.on(1000).reasons.citation(Reason::term_expired)->article == "term");
}

TEST_CASE("a published number does not lift a no, however late it was published") {
    Matters m({regime_of({published_rule()})});
    m.consent(200).status = ConsentStatus::published;
    CHECK(answer(m.on(250)) == "published_number");
    m.no(150);
    CHECK(answer(m.on(250)) == "OBJECTION");
    CHECK(m.on(250).rule == nullptr);
    CHECK(m.on(149).until == 149);
}

TEST_CASE("a consent lifts a no before it, not one of its own day") {
    Matters m({regime_of({consent_rule(), relation_rule(), open_rule()})});
    m.consent(200);
    m.relation(50);
    m.no(200);
    CHECK(answer(m.on(199)) == "customer_relationship");
    CHECK(answer(m.on(250)) == "OBJECTION");
    m.facts.noes[0].at = callscrub::facts::Moment::of_day(199);
    m.facts.noes[0].day = 199;
    CHECK(answer(m.on(199)) == "OBJECTION NOT_YET_GRANTED");
    CHECK(answer(m.on(200)) == "explicit_consent");
    m.facts.noes[0].withdrawal = true;
    CHECK(answer(m.on(199)) == "CONSENT_WITHDRAWN NOT_YET_GRANTED");
}

TEST_CASE("only the noes that still stand are told, and none that is yet to come") {
    Matters m({regime_of({consent_rule()})});
    m.consent(150, 300);
    m.no(100);
    m.no(160);
    m.no(400);
    const auto j = m.on(200);
    CHECK(answer(j) == "OBJECTION");
    CHECK(j.reasons.source(Reason::objection) == m.facts.noes[1].source);
    CHECK(j.until == 300);
    CHECK(m.on(310).until == 399);
}

TEST_CASE("a listing takes a rule away; the next rule may withstand it, and its reason is then not told") {
    auto falls = consent_rule();
    falls.registers.push_back({0, callscrub::law::ListingBeats::always});
    auto withstands = relation_rule();
    withstands.registers.push_back({0, callscrub::law::ListingBeats::earlier_or_same});
    Matters m({regime_of({falls, withstands})});
    m.law.regimes[0].registers.emplace_back();
    m.consent(100);
    m.listing(150);
    CHECK(answer(m.on(149)) == "explicit_consent");
    CHECK(m.on(149).until == 149);
    CHECK(answer(m.on(150)) == "REGISTER_LISTED");
    auto& relation = m.relation(120);
    CHECK(answer(m.on(160)) == "REGISTER_LISTED");
    relation.start = 151;
    CHECK(answer(m.on(160)) == "customer_relationship");
    m.suppression(160, 160);
    CHECK(answer(m.on(160)) == "SUPPRESSED"); // what forbids it is not the register
}

TEST_CASE("a listing takes one rule for relations away; the next may withstand it") {
    auto falls = relation_rule(), withstands = relation_rule();
    falls.registers.push_back({0, callscrub::law::ListingBeats::always});
    Matters m({regime_of({falls, withstands})});
    m.law.regimes[0].registers.emplace_back();
    m.listing(50);
    m.relation(100);
    CHECK(answer(m.on(160)) == "customer_relationship");
    CHECK(m.on(160).rule == &m.law.regimes[0].bases[1]);
}

TEST_CASE("a yes lifts noes of the same person only, all of them or none") {
    Matters m({regime_of({consent_rule()})});
    auto& consent = m.consent(200);
    m.no(100);
    CHECK(answer(m.on(250)) == "explicit_consent");
    auto& no = m.facts.noes[0];
    const auto with = [&](callscrub::facts::PersonKey yes, callscrub::facts::PersonKey says_no, bool person_only = false) {
        consent.person = yes;
        no.person = says_no;
        no.person_only = person_only;
        CHECK(lifts(m.matter(), m.law.regimes[0], 250, consent, no) == (answer(m.on(250)) == "explicit_consent"));
        return answer(m.on(250));
    };
    CHECK(with(1, 1) == "explicit_consent");
    CHECK(with(0, 1) == "explicit_consent");
    CHECK(with(1, 0) == "explicit_consent");
    CHECK(with(2, 1) == "OBJECTION");
    CHECK(with(1, 1, true) == "explicit_consent");
    CHECK(with(0, 1, true) == "OBJECTION");
    CHECK(with(2, 1, true) == "OBJECTION");
    with(1, 1);
    m.no(110).person = 1;
    CHECK(answer(m.on(250)) == "explicit_consent");
    m.facts.noes[1].person = 2;
    CHECK(answer(m.on(250)) == "OBJECTION");
    std::swap(m.facts.noes[0].person, m.facts.noes[1].person);
    CHECK(answer(m.on(250)) == "OBJECTION");
    std::swap(m.facts.noes[0].person, m.facts.noes[1].person);
    consent.person = 0;
    CHECK(answer(m.on(250)) == "explicit_consent");
    m.facts.noes[0].person_only = true;
    CHECK(answer(m.on(250)) == "OBJECTION");
}

TEST_CASE("the law's first basis speaks, and of its records the newest, then the one further down") {
    Matters m({regime_of({relation_rule(), consent_rule()})});
    m.consent(110);
    m.consent(120);
    m.consent(115);
    CHECK(m.on(200).source == m.facts.consents[1].source);
    CHECK(m.on(200).given_day == 120);
    m.consent(120);
    CHECK(m.on(200).source == m.facts.consents[3].source);
    std::swap(m.facts.consents[1], m.facts.consents[3]);
    CHECK(m.on(200).source.line == 4);
    m.relation(50);
    CHECK(answer(m.on(200)) == "customer_relationship");
    CHECK(m.on(200).given_day == 50);
}

TEST_CASE("a cap counts the calls of the last days to the number; the newest of them is told") {
    Matters m({regime_of({open_rule()})});
    auto& limits = m.law.regimes[0].calls;
    limits.max_calls = 2;
    limits.within_days = 10;
    limits.citation.article = "cap";
    const auto first = m.call(100), second = m.call(105);
    CHECK(answer(m.on(104)) == "not_restricted");
    CHECK(m.on(104).until == 104);
    CHECK(answer(m.on(105)) == "CALL_CAP");
    CHECK(answer(m.on(109)) == "CALL_CAP");
    CHECK(m.on(109).until == 109);
    CHECK(m.on(109).reasons.source(Reason::call_cap) == second.source);
    CHECK(m.on(109).reasons.citation(Reason::call_cap)->article == "cap");
    CHECK(answer(m.on(110)) == "not_restricted");
    CHECK(m.on(110).until == 114);
    m.facts.calls[1].to_number = false;
    CHECK(answer(m.on(105)) == "not_restricted");
    m.facts.calls[1].to_number = true;
    m.facts.calls[0].to_number = false; // a call that only names a request hides none behind it
    CHECK(m.on(109).until == 109 + 5);
    m.facts.calls[0].to_number = true;
    std::swap(m.facts.calls[0], m.facts.calls[1]);
    CHECK(m.on(109).reasons.source(Reason::call_cap) == second.source);
    CHECK(first.source.known());
    limits.max_calls = 1;
    CHECK(answer(m.on(104)) == "CALL_CAP"); // one that is yet to come, before it in the file, does not hide it
    limits.max_calls = 0;
    CHECK(answer(m.on(109)) == "not_restricted");
    CHECK(m.on(110).until == day_max);
}

TEST_CASE("a refusal is followed by a pause") {
    Matters m({regime_of({open_rule()})});
    m.law.regimes[0].calls.pause_days_after_refusal = 30;
    auto& call = m.call(100);
    CHECK(answer(m.on(101)) == "not_restricted");
    call.outcome = callscrub::facts::CallOutcome::refused;
    CHECK(answer(m.on(99)) == "not_restricted");
    CHECK(answer(m.on(100)) == "REFUSAL_PAUSE");
    CHECK(answer(m.on(130)) == "REFUSAL_PAUSE");
    CHECK(m.on(130).until == 130);
    CHECK(answer(m.on(131)) == "not_restricted");
    CHECK(m.on(131).until == day_max);
}

TEST_CASE("why no relation carries: another caller's rule, a rule of an earlier law, or none at all") {
    auto for_charities = relation_rule();
    for_charities.callers = {};
    for_charities.callers.add(callscrub::facts::CallerType::charity);
    Matters m({regime_of({relation_rule()}, day_min, 99), regime_of({consent_rule()}, 100, 199), regime_of({for_charities}, 200)});
    m.relation(50);
    CHECK(answer(m.on(99)) == "customer_relationship");
    CHECK(answer(m.on(150)) == "CUSTOMER_EXCEPTION_ENDED");
    CHECK(answer(m.on(250)) == "CUSTOMER_EXCEPTION_ENDED");
    m.law.regimes[0].bases = {for_charities};
    CHECK(answer(m.on(150)) == "CUSTOMER_EXCEPTION_NONE");
    CHECK(answer(m.on(250)) == "CALLER_TYPE_NOT_EXEMPT");
    m.law.regimes[2].bases[0].purposes = {};
    m.law.regimes[2].bases[0].callers.add(callscrub::facts::CallerType::commercial);
    m.law.regimes[2].bases[0].names_callers = true;
    m.law.regimes[0].bases = {relation_rule()};
    CHECK(answer(m.on(250)) == "CALLER_TYPE_NOT_EXEMPT"); // named, but not for this purpose
    m.law.regimes[2].bases[0].names_callers = false;
    CHECK(answer(m.on(250)) == "CUSTOMER_EXCEPTION_ENDED");
    m.law.regimes[2].bases[0].parties = {};
    CHECK(answer(m.on(250)) == "CUSTOMER_EXCEPTION_ENDED");
}

TEST_CASE("nothing at all is told by the first rule for the very product, unless the law has words of its own") {
    auto for_product = consent_rule();
    for_product.products = {"gas"};
    for_product.citation.article = "gas rule";
    Matters m({regime_of({consent_rule(), for_product})});
    CHECK(answer(m.on(100)) == "NO_BASIS");
    CHECK(m.on(100).reasons.citation(Reason::no_basis)->article == "regime");
    m.contact.product = m.products.product("Gas");
    CHECK(m.on(100).reasons.citation(Reason::no_basis)->article == "gas rule");
    m.law.regimes[0].cites[Reason::no_basis].article = "own words";
    CHECK(m.on(100).reasons.citation(Reason::no_basis)->article == "own words");
    m.contact.product = m.products.product("Water");
    CHECK(m.on(100).reasons.citation(Reason::no_basis)->article == "own words");
}
