// The packs that the program carries: they load, every value says where it comes from, and what is uncertain
// hangs on a switch.
#include "law/rulebook.h"
#include <doctest/doctest.h>
#include <functional>

using namespace callscrub;
using law::Citation;
using law::Rulebook;

namespace {

const std::vector<law::PackText>& packs() {
    static const auto texts = law::embedded_pack_texts();
    return texts;
}

using Visit = std::function<void(const Citation&, bool by_switch, const std::string& what)>;

void each_citation(const law::BasisRule& rule, const Visit& visit) {
    visit(rule.citation, false, rule.id);
    if (!rule.term.unlimited)
        visit(rule.term.citation,
              !rule.term.months.by.empty() || !rule.term.days.by.empty() || !rule.citation.when.empty(),
              rule.id + " after its end");
    if (!rule.waiver.article.empty()) visit(rule.waiver, false, rule.id + " waiver");
}

void each_citation(const law::Regime& regime, const Visit& visit) {
    visit(regime.citation, false, regime.id);
    for (const auto& one : regime.registers) {
        visit(one.citation, false, regime.id + " " + one.name);
        if (one.freshness.article.empty()) continue;
        visit(one.freshness, !one.max_age_days.by.empty(), regime.id + " " + one.name + " export");
    }
    for (const auto& rule : regime.bases) each_citation(rule, visit);
    for (const auto& rule : regime.dormant_bases) each_citation(rule, visit);
    for (const auto& one : regime.dormant) visit(one.citation, false, regime.id + " dormant");
    for (const auto& [reason, citation] : regime.cites)
        visit(citation, false, regime.id + " " + std::string(code(reason)));
    if (regime.calls.max_calls != 0) visit(regime.calls.citation, false, regime.id + " calls");
    if (regime.stale_months != 0) visit(regime.stale, !regime.stale_months.by.empty(), regime.id + " stale");
    if (regime.verification_from != facts::day_max)
        visit(regime.verification, false, regime.id + " verification");
}

const law::Switch* find_switch(const law::Jurisdiction& one, const std::string& name) {
    for (const auto& found : one.switches)
        if (found.name == name) return &found;
    return nullptr;
}

} // namespace

TEST_CASE("a condition whose switch says warn is a doubt, numbered by law and reason") {
    const auto doubts = [](const Rulebook& rules, const char* law, const char* day) {
        std::string out;
        for (const auto& one : rules.find(law)->on(facts::read_iso_day(day).value())->doubts)
            out += std::string(code(one.reason)) + " " + one.citation.when + " " + std::to_string(one.months) + " #" +
                   std::to_string(one.id) + ";";
        return out;
    };
    const Rulebook standard(packs(), "standard", {});
    const std::string nl = "NOT_VERIFIED nl_verification=reject 0 #1;";
    CHECK(doubts(standard, "NL", "2021-06-30").empty());
    CHECK(doubts(standard, "NL", "2026-06-30") == nl);
    CHECK(doubts(standard, "NL", "2026-07-01") == nl);
    CHECK(doubts(standard, "ES", "2026-07-01") == "CONSENT_STALE es_consent_too_old=reject 24 #0;");
    CHECK(doubts(standard, "DE", "2026-07-01").empty());
    const Rulebook strict(packs(), "strict", {});
    CHECK(doubts(strict, "NL", "2026-07-01").empty());
    CHECK(doubts(strict, "ES", "2026-07-01").empty());
    const Rulebook mixed(packs(), "strict", {{"nl_verification", "warn", {}}});
    CHECK(doubts(mixed, "NL", "2026-07-01") == "NOT_VERIFIED nl_verification=reject 0 #0;");
}

TEST_CASE("days before an act are judged under the article that held on them") {
    const Rulebook rules(packs(), "standard", {});
    const auto article = [&](const char* law, const char* day, law::Reason reason) {
        return rules.find(law)->on(facts::read_iso_day(day).value())->cites.at(reason).article;
    };
    CHECK(article("DE", "2021-09-30", law::Reason::caller_id_withheld) == "TKG s. 102(2)");
    CHECK(article("DE", "2021-10-01", law::Reason::caller_id_withheld) == "TKG s. 102(2), from 2021-12-01 TDDDG s. 15(2)");
    CHECK(article("DE", "2022-05-28", law::Reason::caller_id_withheld) == "TDDDG s. 15(2)");
    CHECK(article("NL", "2021-06-30", law::Reason::objection) == "Tw art. 11.7(5) (2009); GDPR art. 21(3)");
    CHECK(article("NL", "2021-07-01", law::Reason::objection) == "GDPR art. 21(3); Tw art. 11.7");
}

TEST_CASE("every pack loads under both policies") {
    for (const auto* base : {"standard", "strict"}) {
        const Rulebook rules(packs(), base, {});
        std::string ids;
        for (const auto& one : rules.jurisdictions()) ids += one.id + " ";
        CHECK(ids == "AT BE CA CH DE ES FR GB IE IT NL PL PT US ");
    }
}

TEST_CASE("every value says where it comes from") {
    const Rulebook rules(packs(), "standard", {});
    for (const auto& one : rules.jurisdictions())
        for (const auto& regime : one.regimes)
            each_citation(regime, [](const Citation& citation, bool, const std::string& what) {
                CAPTURE(what);
                CHECK_FALSE(citation.article.empty());
                CHECK_FALSE(citation.source.empty());
                CHECK_FALSE(citation.where.empty());
                CHECK(citation.checked >= *facts::make_day(2026, 11, 22));
                CHECK(citation.certainty >= 1);
                CHECK(citation.certainty <= 100);
            });
}

TEST_CASE("what is less than 75% certain hangs on a switch") {
    for (const auto* base : {"standard", "strict"}) {
        const Rulebook rules(packs(), base, {});
        for (const auto& one : rules.jurisdictions())
            for (const auto& regime : one.regimes)
                each_citation(regime, [](const Citation& citation, bool by_switch, const std::string& what) {
                    CAPTURE(what);
                    const bool hangs_on_switch = by_switch || !citation.when.empty();
                    CHECK((citation.certainty >= 75 || hangs_on_switch));
                });
    }
}

TEST_CASE("switches have the defaults that were decided") {
    const Rulebook rules(packs(), "standard", {});
    const struct {
        const char *law, *name, *standard, *strict;
    } wanted[] = {
        {"BE", "be_customer", "off", "off"},
        {"CA", "ca_inquiry_months", "6", "6"},
        {"CA", "ca_newspaper", "off", "off"},
        {"ES", "es_consent_max_months", "24", "24"},
        {"ES", "es_consent_too_old", "warn", "reject"},
        {"ES", "es_professionals", "off", "off"},
        {"FR", "fr_bloctel_consent", "falls", "falls"},
        {"FR", "fr_call_limits", "keep", "keep"},
        {"FR", "fr_press_exception", "off", "off"},
        {"GB", "gb_pensions_client", "off", "off"},
        {"IE", "ie_days_after_end", "0", "0"},
        {"IE", "ie_mobile_optin", "on", "on"},
        {"IT", "it_days_after_end", "30", "30"},
        {"IT", "it_list_age_days", "15", "15"},
        {"PT", "pt_days_after_end", "0", "0"},
        {"PT", "pt_live_optin", "on", "on"},
    };
    for (const auto& one : wanted) {
        CAPTURE(one.name);
        const auto* found = find_switch(*rules.find(one.law), one.name);
        REQUIRE(found);
        CHECK(found->standard == one.standard);
        CHECK(found->strict == one.strict);
        CHECK_FALSE(found->says.empty());
        CHECK_FALSE(found->source.empty());
    }
}

// These values act on the run or on the evidence file and not on a verdict, so no case can hold them.
TEST_CASE("values that no case can show") {
    const Rulebook rules(packs(), "standard", {});
    const auto age = [&](const char* id) {
        return rules.find(id)->regimes.back().registers.at(0).max_age_days.value;
    };
    CHECK(age("US") == 31);
    CHECK(age("CA") == 31);
    CHECK(age("IT") == 15);
    CHECK(rules.find("FR")->regimes.at(0).registers.at(0).max_age_days == 31);
    CHECK(rules.find("US")->regimes.at(0).registers.at(0).max_age_days == 31);
    for (const auto* id : {"GB", "IE", "ES", "CH", "BE", "PT"}) CHECK(age(id) == 0);
    const Rulebook strict(packs(), "strict", {});
    CHECK(strict.find("BE")->regimes.back().registers.at(0).max_age_days == 5);
    for (const auto& regime : strict.find("GB")->regimes)
        for (const auto& one : regime.registers) CHECK(one.max_age_days == 28);
    CHECK(rules.find("US")->retention.years == 5);
    CHECK_FALSE(rules.find("US")->retention.from_each_use);
    CHECK(rules.find("DE")->retention.years == 5);
    CHECK(rules.find("DE")->retention.from_each_use);
    CHECK(rules.find("GB")->zone_name == "Europe/London");
    CHECK(rules.find("IT")->regimes.back().registers.at(0).max_age_days.by == "it_list_age_days");
}

TEST_CASE("a switch changes the values that name it") {
    const Rulebook rules(
        packs(), "standard",
        {{"it_days_after_end", "10", {}}, {"it_list_age_days", "7", {}}, {"be_customer", "on", {}}});
    const auto& it = rules.find("IT")->regimes.back();
    CHECK(it.registers.at(0).max_age_days == 7);
    CHECK(it.bases.at(1).term.days == 10);
    const auto& be = rules.find("BE")->regimes.back();
    CHECK(be.dormant_bases.empty());
    CHECK(be.bases.back().id == "BE-1.customer");
    CHECK(be.bases.back().citation.when == "be_customer=on");
}

TEST_CASE("a register has one number for all packs that know it") {
    const Rulebook rules(packs(), "standard", {});
    const auto names = rules.register_names();
    for (const auto& one : rules.jurisdictions())
        for (const auto& regime : one.regimes)
            for (const auto& listed : regime.registers) CHECK(names.at(listed.id) == listed.name);
}

TEST_CASE("a country is found by the names that data use for it") {
    const Rulebook rules(packs(), "standard", {});
    const struct {
        const char *name, *id;
    } wanted[] = {{"uk", "GB"},      {"Deutschland", "DE"}, {"Österreich", "AT"}, {"ITALIA", "IT"},
                  {"Schweiz", "CH"}, {"België", "BE"},      {"USA", "US"},        {"españa", "ES"},
                  {"Polska", "PL"},  {"ie", "IE"}};
    for (const auto& one : wanted) {
        CAPTURE(one.name);
        const auto* found = rules.by_any_name(one.name);
        REQUIRE(found);
        CHECK(found->id == one.id);
    }
    CHECK(rules.by_any_name("Atlantis") == nullptr);
}
