// The checks of records one by one, with the last day on which each answer stands.
#include "plain_law.h"
#include <doctest/doctest.h>

using namespace callscrub::verdict;
using namespace callscrub;
using facts::day_max;
using facts::day_min;
using facts::EntityFit;
using facts::Match;
using law::Condition;
using law::Needs;

namespace {

std::string came(const Passage& passage) {
    const auto until = passage.until == day_max ? std::string("end") : std::to_string(passage.until);
    return (passage.passed ? std::string("passes") : std::string(law::code(passage.failed))) + " until " + until;
}

// One regime with one rule, looked at through pass().
struct OneRule : Matters {
    explicit OneRule(law::BasisRule one) : Matters({regime_of({std::move(one)})}) {}
    law::Regime& regime() { return law.regimes[0]; }
    law::BasisRule& rule() { return law.regimes[0].bases[0]; }
    std::string consents(Day day) { return came(pass({matter(), regime(), rule(), day}, facts.consents[0])); }
    std::string relations(Day day) { return came(pass({matter(), regime(), rule(), day}, facts.relations[0])); }
    bool asks(Reason reason, Day day = 100) { return asked({matter(), regime(), rule(), day}, reason); }
};

} // namespace

TEST_CASE("a range holds on its first and its last day") {
    CHECK_FALSE(between(10, 20, 9).ok);
    CHECK(between(10, 20, 9).until == 9);
    CHECK(between(10, 20, 10).ok);
    CHECK(between(10, 20, 20).until == 20);
    CHECK_FALSE(between(10, 20, 21).ok);
    CHECK(between(10, 20, 21).until == day_max);
}

TEST_CASE("a consent's channel, entity, person, products and evidence") {
    OneRule m(consent_rule());
    auto& consent = m.consent(100);
    CHECK(m.consents(100) == "passes until end");
    for (const auto channel : {facts::Channel::any, facts::Channel::empty, facts::Channel::email, facts::Channel::unknown}) {
        consent.channel = channel;
        m.regime().any_channel = false;
        CHECK(m.consents(100) == "CONSENT_CHANNEL_MISMATCH until end");
        m.regime().any_channel = true;
        const bool open = channel == facts::Channel::any || channel == facts::Channel::empty;
        CHECK(m.consents(100) == (open ? "passes until end" : "CONSENT_CHANNEL_MISMATCH until end"));
    }
    consent.channel = facts::Channel::phone;
    for (const auto entity : {EntityFit::unstated, EntityFit::other}) {
        consent.entity = entity;
        CHECK(m.consents(100) == "CONSENT_ENTITY_MISMATCH until end");
        m.rule().needs = Needs::publication;
        CHECK(m.consents(100) == (entity == EntityFit::unstated ? "passes until end" : "CONSENT_ENTITY_MISMATCH until end"));
        m.rule().needs = Needs::consent;
    }
    consent.entity = EntityFit::own;
    m.campaign.switches.unscoped_accepted = false;
    CHECK(m.consents(100) == "CONSENT_SCOPE until end");
    consent.products = m.products.set("gas");
    CHECK(m.consents(100) == "CONSENT_SCOPE until end");
    m.contact.product = m.products.product("gas");
    CHECK(m.consents(100) == "passes until end");
    for (const auto match : {Match::other_person, Match::person_only}) {
        consent.match = match;
        CHECK(m.consents(100) == "PERSON_MISMATCH until end");
    }
    consent.match = Match::agrees;
    consent.evidence = false;
    CHECK(m.consents(100) == "NO_EVIDENCE until end");
    m.campaign.switches.evidence_required = false;
    CHECK(m.consents(100) == "passes until end");
}

TEST_CASE("verification is asked of consents, from the law's day on") {
    OneRule m(consent_rule());
    auto& consent = m.consent(100);
    m.regime().verification_from = 200;
    CHECK(m.consents(199) == "passes until 199");
    CHECK(m.consents(200) == "NOT_VERIFIED until 2147483646");
    consent.verified_day = 250;
    CHECK(m.consents(200) == "NOT_VERIFIED until 249");
    CHECK(m.consents(250) == "passes until end");
    m.rule().needs = Needs::request;
    consent.verified_day = day_max;
    CHECK(m.consents(110) == "passes until 130");
}

TEST_CASE("a consent counts from its day to the last of its period; without a day never") {
    OneRule m(consent_rule());
    auto& consent = m.consent(100, 200);
    CHECK(m.consents(99) == "NOT_YET_GRANTED until 99");
    CHECK(m.consents(100) == "passes until 200");
    CHECK(m.consents(201) == "CONSENT_EXPIRED until end");
    consent.given_day = day_max;
    CHECK(m.consents(150) == "NOT_YET_GRANTED until end");
}

TEST_CASE("the policy's and the law's age limits both bind, and use keeps a consent fresh") {
    OneRule m(consent_rule());
    m.consent(0); // 1970-01-01
    m.campaign.switches.period_months = 2;
    CHECK(m.consents(59) == "passes until 59");
    CHECK(m.consents(60) == "CONSENT_STALE until end");
    m.regime().stale_months = 1;
    CHECK(m.consents(31) == "passes until 31");
    CHECK(m.consents(32) == "CONSENT_STALE until end");
    m.campaign.switches.period_months = 0;
    CHECK(m.consents(32) == "CONSENT_STALE until end");
    m.regime().stale_months = 3;
    m.campaign.switches.period_months = 1;
    CHECK(m.consents(32) == "CONSENT_STALE until end");
    m.facts.consents[0].verified_day = 31;
    CHECK(m.consents(30) == "passes until 30"); // the next event may change it
    CHECK(m.consents(31) == "passes until 59");
    auto& call = m.call(59);
    CHECK(m.consents(59) == "passes until 90");
    CHECK(m.consents(58) == "passes until 58");
    call.to_number = false;
    CHECK(m.consents(59) == "passes until 59");
    m.facts.consents[0].period_stated = true;
    CHECK(m.consents(1000) == "passes until end");
    m.facts.consents[0].period_stated = false;
    m.rule().needs = Needs::publication; // the law's own limit is for consents
    m.regime().stale_months = 0;
    m.campaign.switches.period_months = 0;
    CHECK(m.consents(1000) == "passes until end");
    m.regime().stale_months = 1;
    CHECK(m.consents(1000) == "passes until end");
}

TEST_CASE("a consent given in a contract counts while that relation carries") {
    OneRule m(consent_rule());
    m.rule().given_in_contract = true;
    m.consent(100, 400);
    CHECK(m.consents(150) == "CONSENT_EXPIRED until 400");
    m.relation(101);
    CHECK(m.consents(150) == "CONSENT_EXPIRED until 400"); // not running when it was given
    m.facts.relations[0].start = 100;
    CHECK(m.consents(150) == "passes until 400");
    m.facts.relations[0].end = 99;
    CHECK(m.consents(150) == "CONSENT_EXPIRED until 400");
    m.facts.relations[0].end = 100;
    m.rule().term.unlimited = false;
    m.rule().term.days = 60;
    CHECK(m.consents(150) == "passes until 160");
    CHECK(m.consents(161) == "CONSENT_EXPIRED until 400");
    m.relation(50, 200);
    CHECK(m.consents(161) == "passes until 260");
    CHECK(m.consents(401) == "CONSENT_EXPIRED until end");
}

TEST_CASE("a request stands for its days and carries so many calls") {
    OneRule m(request_rule());
    auto& request = m.consent(100);
    request.status = facts::ConsentStatus::requested;
    request.id = 7;
    m.campaign.switches.request_days = 30;
    CHECK(m.consents(130) == "passes until 130");
    CHECK(m.consents(131) == "CONSENT_STALE until end");
    m.call(110);
    CHECK(m.consents(109) == "passes until 109");
    CHECK(m.consents(110) == "REQUEST_USED until 130");
    m.facts.calls[0].names = 8;
    CHECK(m.consents(110) == "passes until 130");
    m.facts.calls[0].names = 7;
    CHECK(m.consents(110) == "REQUEST_USED until 130");
    m.regime().request_calls = 2;
    CHECK(m.consents(110) == "passes until 130");
    m.call(120);
    m.call(115);
    CHECK(m.consents(110) == "passes until 114");
    m.facts.calls.resize(1);
    m.regime().request_calls = 1;
    m.facts.calls[0] = {facts::Moment::of_day(99), 99, {}, 0, m.next_source()};
    CHECK(m.consents(110) == "passes until 130"); // clearly before it
    m.facts.calls[0].at = facts::Moment::of_day(100);
    m.facts.calls[0].day = 100;
    CHECK(m.consents(110) == "REQUEST_USED until 130");
}

TEST_CASE("a relation that ended before it began is over, whatever the term") {
    OneRule m(relation_rule());
    m.rule().term.months = 36;
    auto& relation = m.relation(100, 100);
    CHECK(m.relations(100) != "TERM_EXPIRED until end");
    relation.end = 99;
    CHECK(m.relations(100) == "TERM_EXPIRED until end");
    m.rule().term.unlimited = true;
    CHECK(m.relations(100) == "TERM_EXPIRED until end");
}

TEST_CASE("a relation's entity, kind, payment, person and conditions") {
    OneRule m(relation_rule());
    auto& relation = m.relation(100);
    CHECK(m.relations(100) == "passes until end");
    CHECK(m.relations(99) == "NOT_YET_STARTED until 99");
    relation.entity = EntityFit::unstated;
    CHECK(m.relations(100) == "RELATION_OTHER_ENTITY until end");
    relation.entity = EntityFit::own;
    m.rule().conditions.add(Condition::paid);
    relation.paid = facts::YesNo::unknown;
    CHECK(m.relations(100) == "NO_SALE until end");
    relation.paid = facts::YesNo::yes;
    m.rule().kinds = {};
    CHECK(m.relations(100) == "NO_SALE until end");
    m.rule().callers = {};
    m.rule().callers.add(facts::CallerType::charity);
    CHECK(m.relations(100) == "RELATION_KIND_NOT_LISTED until end");
    m.rule().kinds.add(facts::RelationKind::sale);
    CHECK(m.relations(100) == "passes until end");
    relation.match = Match::other_person;
    CHECK(m.relations(100) == "PERSON_MISMATCH until end");
    relation.match = Match::agrees;
    for (const auto condition : {Condition::number_from_customer, Condition::informed, Condition::objection_offered}) m.rule().conditions.add(condition);
    CHECK(m.relations(100) == "passes until end");
    relation.number_from_customer = false;
    CHECK(m.relations(100) == "NUMBER_NOT_FROM_SALE until end");
    relation.number_from_customer = true;
    relation.informed = facts::YesNo::unknown;
    CHECK(m.relations(100) == "NOT_INFORMED until end");
    relation.informed = facts::YesNo::yes;
    relation.objection_offered = facts::YesNo::no;
    CHECK(m.relations(100) == "OBJECTION_NOT_OFFERED until end");
    m.rule().objection_waived_before = 100;
    CHECK(m.relations(100) == "OBJECTION_NOT_OFFERED until end");
    m.rule().objection_waived_before = 101;
    CHECK(m.relations(100) == "passes until end");
    m.rule().conditions.add(Condition::similar);
    CHECK(m.relations(100) == "NOT_SIMILAR until end");
    relation.products = m.products.set("gas|power");
    m.contact.product = m.products.product("water");
    m.campaign.similar = {m.products.product("heat")};
    CHECK(m.relations(100) == "NOT_SIMILAR until end");
    m.campaign.similar.push_back(m.products.product("power"));
    CHECK(m.relations(100) == "passes until end");
    m.campaign.similar.clear();
    m.contact.product = m.products.product("gas");
    CHECK(m.relations(100) == "passes until end");
    relation.end_missing = true;
    CHECK(m.relations(100) == "END_DATE_MISSING until end");
    relation.start = day_max;
    relation.objection_offered = facts::YesNo::yes; // without a day nothing is waived
    CHECK(m.relations(100) == "NOT_YET_STARTED until end");
}

TEST_CASE("the term after the end: none, months, days, from a day on, inclusive or exclusive") {
    OneRule m(relation_rule());
    m.relation(0, 31); // to 1970-02-01
    auto& term = m.rule().term;
    CHECK(m.relations(5000) == "passes until end");
    term.unlimited = false;
    CHECK(m.relations(31) == "passes until 31");
    CHECK(m.relations(32) == "TERM_EXPIRED until end");
    term.months = 1;
    CHECK(m.relations(59) == "passes until 59");
    CHECK(m.relations(60) == "TERM_EXPIRED until end");
    term.months = 0;
    term.days = 10;
    CHECK(m.relations(41) == "passes until 41");
    CHECK(m.relations(42) == "TERM_EXPIRED until end");
    m.campaign.switches.exclusive_boundary = true;
    CHECK(m.relations(40) == "passes until 40");
    CHECK(m.relations(41) == "TERM_EXPIRED until end");
    term.days = 0;
    CHECK(m.relations(31) == "passes until 31"); // no time after the end, so no boundary to read
    term.months = 1;
    CHECK(m.relations(58) == "passes until 58");
    CHECK(m.relations(59) == "TERM_EXPIRED until end");
    term.in_force_from = 100;
    CHECK(m.relations(99) == "passes until 99");
    CHECK(m.relations(100) == "TERM_EXPIRED until end");
    m.facts.relations[0].end = day_max;
    CHECK(m.relations(5000) == "passes until end");
}

TEST_CASE("a later relation of the same people starts the term anew") {
    OneRule m(relation_rule());
    m.relation(0, 100);
    auto& term = m.rule().term;
    term.unlimited = false;
    term.days = 50;
    term.renewed_by.add(facts::RelationKind::sale);
    m.relation(120, 120);
    const auto other = [&]() -> facts::Relation& { return m.facts.relations[1]; };
    CHECK(m.relations(119) == "passes until 119");
    CHECK(m.relations(120) == "passes until 170");
    CHECK(m.relations(171) == "TERM_EXPIRED until end");
    other().start = 100;
    CHECK(m.relations(110) == "passes until 150");
    other().start = 101;
    CHECK(m.relations(110) == "passes until 151");
    other().start = day_max;
    CHECK(m.relations(160) == "TERM_EXPIRED until end");
    other().start = 120;
    other().entity = EntityFit::other;
    CHECK(m.relations(160) == "TERM_EXPIRED until end");
    other().entity = EntityFit::own;
    other().match = Match::person_only;
    CHECK(m.relations(160) == "TERM_EXPIRED until end");
    other().match = Match::agrees;
    other().kind = facts::RelationKind::inquiry;
    CHECK(m.relations(160) == "TERM_EXPIRED until end");
}

TEST_CASE("a listing binds after its days of grace; a later record may withstand it") {
    OneRule m(consent_rule());
    m.regime().registers.emplace_back();
    m.regime().registers[0].id = 3;
    m.regime().registers[0].grace_days = 30;
    facts::Listing listing{3, facts::Moment::of_day(100), 100, {1, 0}};
    const auto taken = [&](Day day, law::ListingBeats beats, Day given) {
        const Hold hold = takes_away({m.matter(), m.regime(), m.rule(), day}, {0, beats}, listing, facts::Moment::of_day(given));
        return (hold.ok ? std::string("yes ") : std::string("no ")) + (hold.until == day_max ? "end" : std::to_string(hold.until));
    };
    using enum law::ListingBeats;
    CHECK(taken(129, always, 50) == "no 129");
    CHECK(taken(50, always, 50) == "no 129");
    CHECK(taken(130, always, 50) == "yes end");
    CHECK(taken(130, always, 101) == "yes end");
    CHECK(taken(130, earlier_or_same, 100) == "yes end");
    CHECK(taken(130, earlier_or_same, 101) == "no end");
    listing.register_id = 2;
    CHECK(taken(130, always, 50) == "no end");
}

TEST_CASE("rules are for such people, lines and products, callers and purposes") {
    OneRule m(consent_rule());
    const auto fits = [&] { return fits_contact(m.rule(), m.matter()); };
    const auto open = [&] { return applies(m.rule(), m.matter()); };
    CHECK(fits());
    CHECK(open());
    m.rule().callers = {};
    CHECK(fits());
    CHECK_FALSE(open());
    m.rule().callers = all_up_to(facts::CallerType::lottery);
    m.rule().purposes = {};
    CHECK_FALSE(open());
    m.rule().purposes = all_up_to(facts::Purpose::other);
    m.contact.product = m.products.product("Gas");
    m.rule().products = {"power", "gas"};
    CHECK(fits());
    m.rule().products = {"power"};
    CHECK_FALSE(fits());
    CHECK_FALSE(open());
    m.rule().products.clear();
    m.rule().not_products = {"power"};
    CHECK(fits());
    m.rule().not_products = {"power", "gas"};
    CHECK_FALSE(fits());
    m.rule().not_products.clear();
    m.rule().lines = {};
    CHECK_FALSE(fits());
    m.rule().lines = all_up_to(facts::LineType::mobile);
    m.rule().parties = {};
    CHECK_FALSE(fits());
}

TEST_CASE("which records a rule is about") {
    using facts::ConsentStatus;
    const std::pair<Needs, ConsentStatus> own[] = {
        {Needs::consent, ConsentStatus::opt_in}, {Needs::request, ConsentStatus::requested}, {Needs::publication, ConsentStatus::published}};
    for (const auto& [needs, of] : own)
        for (const auto status : {ConsentStatus::opt_in, ConsentStatus::opt_out, ConsentStatus::requested, ConsentStatus::published})
            CHECK(concerns(needs, status) == (status == of));
    CHECK_FALSE(concerns(Needs::relation, ConsentStatus::opt_in));
}

TEST_CASE("what the law and the policy ask of records under a rule") {
    OneRule m(consent_rule());
    CHECK(m.asks(Reason::no_evidence));
    m.campaign.switches.evidence_required = false;
    CHECK_FALSE(m.asks(Reason::no_evidence));
    m.regime().verification_from = 100;
    CHECK(m.asks(Reason::not_verified, 100));
    CHECK_FALSE(m.asks(Reason::not_verified, 99));
    CHECK_FALSE(m.asks(Reason::consent_stale));
    m.campaign.switches.period_months = 1;
    CHECK(m.asks(Reason::consent_stale));
    CHECK_FALSE(m.asks(Reason::request_used));
    m.rule().needs = Needs::request;
    m.campaign.switches.period_months = 0;
    CHECK(m.asks(Reason::consent_stale));
    CHECK(m.asks(Reason::request_used));
    CHECK_FALSE(m.asks(Reason::not_verified, 100));
    m.rule() = relation_rule();
    CHECK(m.asks(Reason::no_sale));
    CHECK_FALSE(m.asks(Reason::relation_kind_not_listed));
    m.rule().callers = {};
    m.rule().callers.add(facts::CallerType::charity);
    CHECK_FALSE(m.asks(Reason::no_sale));
    CHECK(m.asks(Reason::relation_kind_not_listed));
    const std::pair<Reason, Condition> conditions[] = {{Reason::number_not_from_sale, Condition::number_from_customer},
                                                       {Reason::not_informed, Condition::informed},
                                                       {Reason::objection_not_offered, Condition::objection_offered},
                                                       {Reason::not_similar, Condition::similar}};
    for (const auto& [reason, condition] : conditions) {
        CHECK_FALSE(m.asks(reason));
        m.rule().conditions.add(condition);
        CHECK(m.asks(reason));
    }
    CHECK_FALSE(m.asks(Reason::term_expired));
    m.rule().term.unlimited = false;
    m.rule().term.in_force_from = 100;
    CHECK(m.asks(Reason::term_expired, 100));
    CHECK_FALSE(m.asks(Reason::term_expired, 99));
    CHECK(m.asks(Reason::consent_channel_mismatch));
}

TEST_CASE("the article that a failure is told with") {
    OneRule m(consent_rule());
    const auto cited = [&](Reason reason) { return article(m.regime(), m.rule(), reason).article; };
    CHECK(cited(Reason::term_expired) == "rule");
    m.rule().term.citation.article = "term";
    CHECK(cited(Reason::term_expired) == "term");
    CHECK(cited(Reason::no_sale) == "rule");
    CHECK(cited(Reason::not_verified) == "rule");
    m.regime().verification.article = "verification";
    CHECK(cited(Reason::not_verified) == "verification");
    m.regime().stale.article = "stale";
    CHECK(cited(Reason::consent_stale) == "rule");
    m.regime().stale_months = 3;
    CHECK(cited(Reason::consent_stale) == "stale");
    CHECK(cited(Reason::consent_expired) == "rule");
    m.rule().needs = Needs::request;
    CHECK(cited(Reason::consent_stale) == "rule");
    m.regime().cites[Reason::consent_stale].article = "own";
    CHECK(cited(Reason::consent_stale) == "own");
    CHECK(article(m.regime(), Reason::consent_stale).article == "own");
    CHECK(article(m.regime(), Reason::objection).article == "regime");
}

TEST_CASE("a yes lifts a no if it came later and passes under some rule that day") {
    OneRule m(consent_rule());
    auto& consent = m.consent(100, 200);
    const auto lifted = [&](Day day, Day no) {
        return lifts(m.matter(), m.regime(), day, consent, {facts::Moment::of_day(no), no, false, {9, 0}});
    };
    CHECK(lifted(150, 99));
    CHECK_FALSE(lifted(150, 100));
    CHECK_FALSE(lifted(201, 99));
    consent.status = facts::ConsentStatus::requested; // no rule is about it
    CHECK_FALSE(lifted(150, 99));
    consent.status = facts::ConsentStatus::published;
    m.rule().needs = Needs::publication;
    CHECK_FALSE(lifted(150, 99));
    m.rule().needs = Needs::consent;
    consent.status = facts::ConsentStatus::opt_in;
    m.rule().callers = {};
    CHECK_FALSE(lifted(150, 99));
}
