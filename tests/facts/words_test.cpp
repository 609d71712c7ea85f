#include "base/failure.h"
#include "facts/word_key.h"
#include "facts/reading.h"
#include "facts/words.h"
#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace callscrub;
using namespace callscrub::facts;

namespace {

std::string failure_of(std::string_view column, const std::map<std::string, std::string>& own) {
    try {
        const WordMap words(column, own);
    } catch (const base::Failure& failure) {
        CHECK(failure.code() == base::Exit::usage);
        return failure.what();
    }
    return {};
}

} // namespace

TEST_CASE("a word's key: case, accents and separators between letters do not matter") {
    for (const char* word :
         {"opt-in", "Opt In", "OptIn", "OPT_IN", " opt - in ", "opt.in", "opt\u00A0in", "opt\u2011in"})
        CHECK(WordKey(word).text() == "optin");
    CHECK(WordKey("Gekündigt").text() == "gekuendigt");
    CHECK(WordKey("gekuendigt").text() == "gekuendigt");
    CHECK(WordKey("GEKÜNDIGT").text() == "gekuendigt");
    CHECK(WordKey("geku\u0308ndigt").text() == "gekuendigt"); // u and an accent by itself
    CHECK(WordKey("Beëindigd").text() == "beeindigd");
    CHECK(WordKey("bee\u0308indigd").text() == "beeindigd");
    CHECK(WordKey("Straße").text() == "strasse");
    CHECK(WordKey("Don\u2019t Market").text() == WordKey("don't market").text());
    CHECK(WordKey("").text().empty());
}

TEST_CASE("what stands beside a digit or at an end of a word is part of it") {
    CHECK(WordKey("-1").text() == "-1");
    CHECK(WordKey("1.0").text() == "1.0");
    CHECK(WordKey("0.1").text() == "0.1");
    CHECK(WordKey("-").text() == "-");
    CHECK(WordKey("_ja").text() == "_ja");
    CHECK(WordKey("ja-").text() == "ja-");
    CHECK(WordKey("a-1").text() == "a-1");
    CHECK(WordKey("ja (nein)").text() == "ja (nein)");
    CHECK(WordKey(std::string(96, 'x')).fits());
    CHECK_FALSE(WordKey(std::string(97, 'x')).fits());
    CHECK(WordKey("\xC3").text() == "\xC3"); // damaged text stays as it is
    CHECK(WordKey("a\xC3\x97 b").text() == "a\xC3\x97 b");
}

TEST_CASE("a header's key: letters and digits only") {
    for (const char* header :
         {"person_id", "Person ID", "PersonId", "person-id", "\"person.id\"", "PERSON\u00A0ID"})
        CHECK(header_key(header) == "personid");
    CHECK(header_key("Telefon (mobil) 2") == "telefonmobil2");
    CHECK(header_key("Rückruf-Nr.") == "rueckrufnr");
    CHECK(header_key(" - ").empty());
}

TEST_CASE("status words in three languages and of vendors") {
    const WordMap words("status");
    const auto means = [&](ConsentStatus status, std::initializer_list<const char*> cells) {
        for (const char* cell : cells) {
            CAPTURE(cell);
            CHECK(consent_status(words, cell) == status);
        }
    };
    means(ConsentStatus::opt_in, {"opt_in",
                                  "opt-in",
                                  "Opt In",
                                  "OptIn",
                                  "Opted In",
                                  "opted-in",
                                  "subscribed",
                                  "ja",
                                  "JA",
                                  "yes",
                                  "Y",
                                  "wahr",
                                  "waar",
                                  "x",
                                  "X",
                                  "1",
                                  "true",
                                  "TRUE",
                                  "Einwilligung erteilt",
                                  "toestemming gegeven",
                                  "Toestemming",
                                  "534120001",
                                  " Opted in ",
                                  "Freely given consent from contact",
                                  "double opt-in"});
    means(ConsentStatus::opt_out, {"opt_out",
                                   "OptOut",
                                   "Opted Out",
                                   "unsubscribed",
                                   "nein",
                                   "nee",
                                   "no",
                                   "0",
                                   "false",
                                   "FALSE",
                                   "falsch",
                                   "onwaar",
                                   "widerrufen",
                                   "zurückgezogen",
                                   "ingetrokken",
                                   "withdrawn",
                                   "revoked",
                                   "534120002",
                                   "keine Einwilligung",
                                   "geen toestemming",
                                   "No Consent",
                                   "refused"});
    means(ConsentStatus::objection, {"objection", "Widerspruch", "bezwaar", "verzet", "Do Not Call", "DNC",
                                     "gesperrt", "Don't Market", "recht van verzet"});
    means(ConsentStatus::requested,
          {"requested", "callback", "Rückruf gewünscht", "terugbelverzoek", "Call back"});
    means(ConsentStatus::published, {"published", "veröffentlicht", "gepubliceerd"});
    means(ConsentStatus::ignore,
          {"Not Set", "NotSet", "pending", "NotSeen", "cleaned", "bounced", "unbekannt", "onbekend"});
    means(ConsentStatus::unknown, {"",           "-",         "-1",          "1.0",
                                   "01",         "10",        "2",           "maybe",
                                   "vielleicht", "opt",       "in",          "yes!",
                                   "ja?",        "ja/nein",   "yes/no",      "opt-in/opt-out",
                                   "not opt-in", "no opt-in", "kein opt-in", "opt_in_2",
                                   "public",     "active",    "\xFF",        "jaa",
                                   "non"});
}

TEST_CASE("channel words; the empty cell and the unknown word are different things") {
    const WordMap words("channel");
    const auto is = [&](const char* cell) { return channel(words, cell); };
    CHECK(is("") == Channel::empty);
    CHECK(is("  ") == Channel::empty);
    CHECK(is("-") == Channel::unknown);
    CHECK(is("telepathy") == Channel::unknown);
    CHECK(is("phone, email") == Channel::unknown);
    for (const char* cell : {"phone", "Phone", "Telefon", "telefonisch", "telefoon", "Voice", "bellen",
                             "Anruf", "mobiel", "534120003"})
        CHECK(is(cell) == Channel::phone);
    for (const char* cell : {"any", "all", "Alle Kanäle", "alle kanalen"}) CHECK(is(cell) == Channel::any);
    for (const char* cell : {"email", "E-Mail", "e mail", "EMAIL"}) CHECK(is(cell) == Channel::email);
    for (const char* cell : {"SMS", "Text Message"}) CHECK(is(cell) == Channel::sms);
    for (const char* cell : {"post", "MailingAddress", "Brief", "direct mail"})
        CHECK(is(cell) == Channel::post);
    for (const char* cell : {"Social", "Web", "Fax", "WhatsApp", "mail"}) CHECK(is(cell) == Channel::other);
}

TEST_CASE("yes and no: an unknown word and an empty cell are never a yes") {
    for (const char* column : {"paid", "informed", "objection_offered"}) {
        const WordMap words(column);
        for (const char* cell :
             {"yes", "Yes", "Y", "ja", "Ja", "J", "true", "TRUE", "t", "wahr", "waar", "x", "1", "on", "✓"})
            CHECK(yes_no(words, cell) == YesNo::yes);
        for (const char* cell :
             {"no", "NO", "N", "nein", "nee", "false", "f", "falsch", "onwaar", "0", "off"})
            CHECK(yes_no(words, cell) == YesNo::no);
        for (const char* cell :
             {"", " ", "-1", "2", "01", "1.0", "maybe", "yes and no", "opt_in", "?", "customer", "ja, aber"})
            CHECK(yes_no(words, cell) == YesNo::unknown);
    }
}

TEST_CASE("where the number came from: only the customer is a yes") {
    const WordMap words("number_source");
    for (const char* cell :
         {"customer", "klant", "Kunde", "vom Kunden", "sale", "bij verkoop", "Bestellformular"})
        CHECK(yes_no(words, cell) == YesNo::yes);
    for (const char* cell :
         {"other", "Adresskauf", "ingekocht", "third party", "purchased list", "telefoongids"})
        CHECK(yes_no(words, cell) == YesNo::no);
    for (const char* cell : {"", "yes", "ja", "1", "true", "somewhere"})
        CHECK(yes_no(words, cell) == YesNo::unknown);
}

TEST_CASE("parties: what is not clearly something else is a consumer") {
    const WordMap words("party");
    for (const char* cell : {"zzp", "ZZP'er", "zzp\u2019er", "Einzelunternehmer", "eenmanszaak", "e.K.",
                             "freelancer", "Selbstständig"})
        CHECK(party(words, cell) == Party::sole_trader);
    for (const char* cell : {"vof", "V.O.F.", "GbR", "OHG", "GmbH & Co. KG", "maatschap"})
        CHECK(party(words, cell) == Party::partnership);
    for (const char* cell :
         {"GmbH", "AG", "e.V.", "B.V.", "BV", "stichting", "Ltd", "Coöperatie", "legal person"})
        CHECK(party(words, cell) == Party::legal_person);
    for (const char* cell : {"", "consumer", "particulier", "Privatkunde", "b2b", "business", "company",
                             "Firma", "zakelijk", "?"})
        CHECK(party(words, cell) == Party::consumer);
}

TEST_CASE("kinds and states of relations, outcomes of calls") {
    const WordMap kinds("kind"), states("relation_status"), outcomes("outcome"), statuses("status");
    CHECK(relation_kind(kinds, "Kauf") == RelationKind::sale);
    CHECK(relation_kind(kinds, "aankoop") == RelationKind::sale);
    CHECK(relation_kind(kinds, "Vertrag") == RelationKind::subscription);
    CHECK(relation_kind(kinds, "abonnement") == RelationKind::subscription);
    CHECK(relation_kind(kinds, "offerte") == RelationKind::quotation);
    CHECK(relation_kind(kinds, "Anfrage") == RelationKind::inquiry);
    CHECK(relation_kind(kinds, "Spende") == RelationKind::donation);
    CHECK(relation_kind(kinds, "vrijwilliger") == RelationKind::volunteer);
    CHECK(relation_kind(kinds, "Veranstaltung") == RelationKind::event);
    for (const char* cell : {"", "membership", "yes", "1"})
        CHECK(relation_kind(kinds, cell) == RelationKind::other);

    CHECK(relation_status(states, "") == RelationStatus::empty);
    for (const char* cell : {"running", "Active", "laufend", "lopend"})
        CHECK(relation_status(states, cell) == RelationStatus::running);
    for (const char* cell : {"ended", "cancelled", "canceled", "terminated", "gekündigt", "Gekuendigt",
                             "opgezegd", "beëindigd", "beeindigd"})
        CHECK(relation_status(states, cell) == RelationStatus::ended);
    for (const char* cell : {"paused", "-", "yes", "1"})
        CHECK(relation_status(states, cell) == RelationStatus::unknown);

    for (const char* cell :
         {"refused", "NI", "kein Interesse", "geen interesse", "niet geïnteresseerd", "Refusé"})
        CHECK(call_outcome(outcomes, statuses, cell) == CallOutcome::refused);
    for (const char* cell : {"DNC", "do-not-call", "Widerspruch", "niet meer bellen", "verzet", "opposition", "ne plus appeler", "opt_out", "Opt-out", "Widerruf",
                             "unsubscribe", "gesperrt", "blacklist", "DNCL", "DNC - customer request", "Bitte nicht mehr anrufen", "keine Anrufe mehr",
                             "Verzet aangetekend", "wil niet meer gebeld worden"})
        CHECK_MESSAGE(call_outcome(outcomes, statuses, cell) == CallOutcome::objection, cell);
    for (const char* cell : {"", "busy", "no answer", "no", "Ja", "0", "opt_in"})
        CHECK_MESSAGE(call_outcome(outcomes, statuses, cell) == CallOutcome::other, cell);
    for (const char* cell : {"whatever", "niet blij"}) CHECK(call_outcome(outcomes, statuses, cell) == std::nullopt);
}

TEST_CASE("every canonical word of the contract means itself") {
    const std::map<std::string, std::vector<std::pair<std::string, int>>> canonical = {
        {"status", {{"opt_in", 2}, {"opt_out", 3}, {"objection", 4}, {"requested", 5}, {"published", 6}}},
        {"channel", {{"any", 1}, {"phone", 2}, {"email", 3}, {"sms", 4}, {"post", 5}}},
        {"party", {{"consumer", 0}, {"sole_trader", 1}, {"partnership", 2}, {"legal_person", 3}}},
        {"kind",
         {{"sale", 1},
          {"subscription", 2},
          {"quotation", 3},
          {"donation", 4},
          {"volunteer", 5},
          {"event", 6},
          {"inquiry", 7}}},
        {"relation_status", {{"running", 1}, {"ended", 2}, {"cancelled", 2}, {"terminated", 2}}},
        {"number_source", {{"customer", 1}}},
        {"outcome", {{"refused", 1}}},
    };
    for (const auto& [column, words] : canonical) {
        const WordMap map(column);
        for (const auto& [word, number] : words) {
            CAPTURE(word);
            CHECK(map.find(word) == number);
        }
    }
}

TEST_CASE("a profile's own words overrule ours, for its file only") {
    const WordMap words(
        "status",
        {{"Rot", "opt_out"}, {"Grün", "opt-in"}, {"ja", "ignore"}, {"", "ignore"}, {"9", "objection"}});
    CHECK(consent_status(words, "ROT") == ConsentStatus::opt_out);
    CHECK(consent_status(words, "gruen") == ConsentStatus::opt_in);
    CHECK(consent_status(words, "Ja") == ConsentStatus::ignore);
    CHECK(consent_status(words, "") == ConsentStatus::ignore);
    CHECK(consent_status(words, "9") == ConsentStatus::objection);
    CHECK(consent_status(words, "yes") == ConsentStatus::opt_in);
    CHECK(consent_status(WordMap("status"), "Rot") == ConsentStatus::unknown);
    CHECK(words.known().find("opt_in (Grün, ") == 0);
}

TEST_CASE("any yes and any no turn a column of yes and no round") {
    const WordMap flag("status", {{"any yes", "objection"}, {"Any No", "ignore"}, {"nee", "opt_out"}, {"", "ignore"}});
    for (const char* yes : {"1", "TRUE", "Ja", "x", "wahr", "Y", "aan"})
        CHECK(consent_status(flag, yes) == ConsentStatus::objection);
    for (const char* no : {"0", "false", "Nein", "", "n"}) CHECK(consent_status(flag, no) == ConsentStatus::ignore);
    CHECK(consent_status(flag, "nee") == ConsentStatus::opt_out);
    CHECK(consent_status(flag, "opt_in") == ConsentStatus::opt_in);
    CHECK(consent_status(flag, "vrai") == ConsentStatus::unknown);
}

TEST_CASE("own words that say nothing clear are refused") {
    CHECK(failure_of("status", {{"Ja", "opt_inn"}}) ==
          "values.status: 'Ja' is said to mean 'opt_inn', expected one of opt_in, opt_out, objection, "
          "requested, "
          "published, ignore (did you mean 'opt_in'?)");
    CHECK(failure_of("paid", {{"bezahlt", "maybe"}}).find("expected one of yes, no") != std::string::npos);
    CHECK(failure_of("status", {{"Ja", "opt_in"}, {"JA", "opt_out"}}) ==
          "values.status: 'JA' and 'Ja' are the same word and are given two meanings; state one");
    CHECK(failure_of("statuss", {}).find("(did you mean 'status'?)") != std::string::npos);
    CHECK(failure_of("status", {{std::string(97, 'a'), "opt_in"}}).find("longer than 96 bytes") !=
          std::string::npos);
    CHECK(failure_of("status", {{"Ja", "opt_in"}, {"JA", "Opt-In"}}).empty());
}

TEST_CASE("a name that may be the campaign's, and one that is another's") {
    const OwnEntity own("Nordlicht Energie GmbH");
    for (const char* name : {"nordlicht  energie gmbh", "x | Nordlicht Energie GmbH"}) CHECK_MESSAGE(own.fit(name) == EntityFit::own, name);
    for (const char* name : {"Nordlicht Energie", "Nordlicht-Energie", "Fa. Nordlicht Energie GmbH", "Firma Nordlicht Energie", "Nordlicht Energie GmbH; X",
                             "alle", "alle Gesellschaften", "alle Firmen", "all companies"})
        CHECK_MESSAGE(own.fit(name) == EntityFit::unclear, name);
    for (const char* name : {"Nordlicht", "Nordlicht Energie Berlin GmbH", "GmbH", "Nordlicht Energie AG", "All Seasons GmbH", "alle Lampen"}) CHECK_MESSAGE(own.fit(name) == EntityFit::other, name);
    CHECK(OwnEntity("GmbH").fit("AG") == EntityFit::other);
}

TEST_CASE("ids of persons without a spreadsheet's guard") {
    CHECK(text_key("4") == text_key("'4"));
    CHECK(text_key("4") == text_key("=\"4\""));
    CHECK(text_key("K-3") != text_key("k-3"));
    CHECK(text_key("'") == 0);
    CHECK(text_key("=\"\"") == 0);
}
