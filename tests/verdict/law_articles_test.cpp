// Which rule and which article speak, where several would do: no case file shows that.
#include "facts/products.h"
#include "law/rulebook.h"
#include "verdict/timeline.h"
#include <algorithm>
#include <doctest/doctest.h>

using namespace callscrub;
using verdict::Judgement;

namespace {

/// One question to one law.
class Question {
public:
    Question(const char* law, const char* product, const std::vector<law::Setting>& settings = {})
        : rules_(law::embedded_pack_texts(), "standard", settings), law_(*rules_.find(law)) {
        campaign_.switches = verdict::switches_of(rules_.policy());
        campaign_.products = &products_;
        contact.product = products_.product(product);
    }

    void consent(const char* day) {
        facts::Consent one;
        one.given_day = *facts::read_iso_day(day);
        one.given = facts::Moment::of_day(one.given_day);
        one.status = facts::ConsentStatus::opt_in;
        one.channel = facts::Channel::phone;
        one.entity = facts::EntityFit::own;
        one.evidence = true;
        one.source = {7, 1};
        facts.consents.push_back(one);
    }
    void relation(const char* start) {
        facts::Relation one;
        one.start = *facts::read_iso_day(start);
        one.kind = facts::RelationKind::subscription;
        one.entity = facts::EntityFit::own;
        one.products = products_.set(products_.name(contact.product));
        one.source = {8, 1};
        facts.relations.push_back(one);
    }
    void listing(const char* name, const char* day) {
        const auto names = rules_.register_names();
        const auto id = std::find(names.begin(), names.end(), name) - names.begin();
        const auto listed = *facts::read_iso_day(day);
        facts.listings.push_back(
            {static_cast<std::uint8_t>(id), facts::Moment::of_day(listed), listed, {9, 1}});
    }
    const Judgement& ask(const char* day) {
        verdict::judge({law_, campaign_, contact, facts}, *facts::read_iso_day(day), out_);
        return out_;
    }

    verdict::Contact contact;
    facts::SubjectFacts facts;

private:
    law::Rulebook rules_;
    const law::Jurisdiction& law_;
    facts::Products products_;
    verdict::Campaign campaign_;
    Judgement out_;
};

std::string article(const Judgement& judgement, law::Reason reason) {
    REQUIRE(judgement.reasons.has(reason));
    return judgement.reasons.citation(reason)->article;
}

} // namespace

TEST_CASE("the rule made for a product speaks before the general one") {
    Question claims("GB", "Claims  Management");
    claims.consent("2018-01-10");
    CHECK(claims.ask("2018-09-07").rule->id == "GB-1.consent");
    CHECK(claims.ask("2018-09-08").rule->id == "GB-2.claims");
    CHECK(claims.ask("2026-11-22").rule->id == "GB-3.claims");
    Question pensions("GB", "pension");
    pensions.consent("2018-01-10");
    CHECK(pensions.ask("2019-01-08").rule->id == "GB-2.consent");
    CHECK(pensions.ask("2019-01-09").rule->id == "GB-3.pensions");
    Question energy("GB", "energy");
    energy.consent("2018-01-10");
    CHECK(energy.ask("2026-11-22").rule->id == "GB-3.consent");
}

TEST_CASE("where nothing is on record the rule for the product is cited") {
    Question claims("GB", "claims management");
    CHECK(article(claims.ask("2026-11-22"), law::Reason::no_basis) == "PECR reg. 21A");
    Question works("FR", "heat pump");
    CHECK(article(works.ask("2026-08-10"), law::Reason::no_basis) ==
          "C. conso L223-1 para. 3: forbidden except in a running contract");
    Question energy("FR", "energy");
    CHECK(article(energy.ask("2026-08-11"), law::Reason::no_basis) == "C. conso L223-1");
}

TEST_CASE("a listing is cited by the article of its register") {
    Question listed("US", "energy");
    listed.listing("DNC", "2020-01-10");
    CHECK(article(listed.ask("2026-11-22"), law::Reason::register_listed) ==
          "47 CFR 64.1200: numbers in the national list");
    Question dutch("NL", "energy");
    dutch.listing("BMNR", "2020-01-10");
    CHECK(article(dutch.ask("2021-06-30"), law::Reason::register_listed) == "Tw art. 11.7(9)-(10) (2009)");
}

TEST_CASE("a rule that falls to a listing leaves the word to the next") {
    Question italian("IT", "energy");
    italian.relation("2024-01-01");
    italian.consent("2024-05-01");
    CHECK(italian.ask("2024-12-31").rule->id == "IT-1.consent");
    italian.listing("RPO", "2025-01-01");
    CHECK(italian.ask("2024-12-31").rule->id == "IT-1.consent");
    CHECK(italian.ask("2024-12-31").until == *facts::read_iso_day("2024-12-31"));
    CHECK(italian.ask("2025-01-01").rule->id == "IT-1.contract_consent");
    CHECK(italian.ask("2025-01-01").until == facts::day_max);
    italian.facts.relations.back().end = *facts::read_iso_day("2025-06-01");
    CHECK(italian.ask("2025-01-01").until == *facts::read_iso_day("2025-07-01"));
    CHECK_FALSE(italian.ask("2025-07-02").callable);
}

TEST_CASE("a mobile number is not told that an exception for landlines ended or is for others") {
    Question mobile("IE", "energy");
    mobile.contact.line = facts::LineType::mobile;
    mobile.relation("2024-01-01");
    CHECK(mobile.ask("2026-11-22").reasons.first() == law::Reason::customer_exception_none);
}
