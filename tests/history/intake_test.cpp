#include "history/intake.h"
#include <doctest/doctest.h>

using namespace callscrub;
using history::Intake;
using Outcome = history::Intake::Outcome;
using Row = std::map<std::string, std::string>;

namespace {

const facts::PhoneReader& phones() {
    static const facts::PhoneReader out;
    return out;
}
const facts::Zone& zone() {
    static const auto out = facts::Zone::load("Europe/Berlin");
    return out;
}
facts::Day day(const char* text) { return *facts::read_iso_day(text); }

/// Stands for a cell with NUL or bytes that are no text: it has no value.
const char* const broken = "\xFF";

/// Takes rows of files one after the other and shows what became of them.
class Desk {
public:
    Outcome take(facts::FileKind kind, const Row& row) {
        facts::Reading reading;
        reading.kind = kind;
        reading.words = std::make_shared<const facts::Vocabulary>(kind, std::map<std::string, std::map<std::string, std::string>>{});
        reading.region = facts::make_region("DE");
        reading.end_is_first_inactive = end_is_first_inactive;
        history::Gathering::Feed feed(*gathering_);
        Intake intake(*gathering_, feed, reading, own_, phones());
        facts::Cells cells;
        for (const auto& [name, text] : row) {
            const auto column = *facts::column_of(name);
            if (text == broken) cells.unreadable |= std::uint64_t{1} << static_cast<unsigned>(column);
            else cells[column] = text;
        }
        const auto out = intake.take(cells, ++line_);
        trouble = intake.trouble();
        gathering_->put_names(reading.file, line_, intake.take_names());
        return out;
    }
    const facts::SubjectFacts& subject(facts::Number number, const char* person = "") {
        history().subject(number, facts::text_key(person), zone(), facts_);
        return facts_;
    }
    /// From now on nothing is kept of anybody else.
    void want(std::initializer_list<facts::Number> numbers, std::initializer_list<const char*> persons = {}) {
        const auto wanted = std::make_shared<history::Wanted>(1 << 20);
        for (const auto number : numbers) wanted->add(history::key_of(number));
        for (const auto* person : persons) wanted->add(facts::text_key(person));
        gathering_->wanted = wanted;
    }
    const history::History& history() {
        if (!history_) history_ = std::make_unique<history::History>(std::move(gathering_), 1);
        return *history_;
    }
    std::string trouble;
    bool end_is_first_inactive = false;

private:
    facts::OwnEntity own_{"Energie AG"};
    std::unique_ptr<history::Gathering> gathering_ = std::make_unique<history::Gathering>();
    std::unique_ptr<history::History> history_;
    facts::SubjectFacts facts_;
    std::uint32_t line_ = 1;
};

constexpr facts::Number anna = 493023125001;
const char* const phone = "030 23125001";
constexpr auto consents = facts::FileKind::consents;
constexpr auto relations = facts::FileKind::relations;

} // namespace

TEST_CASE("what may be a no is never passed over") {
    Desk desk;
    CHECK(desk.take(consents, {{"phone", phone}, {"status", "vielleicht"}}) == Outcome::bad);
    CHECK(desk.trouble.find("values.status") != std::string::npos);
    CHECK(desk.take(consents, {{"phone", phone}, {"status", ""}}) == Outcome::bad);
    CHECK(desk.take(consents, {{"status", "opt_out"}}) == Outcome::bad);
    CHECK(desk.take(consents, {{"phone", "0171 123/0172 456"}, {"person_id", "P1"}, {"status", "opt_out"}}) == Outcome::bad);
    CHECK(desk.take(facts::FileKind::suppress, {{"phone", "call me"}}) == Outcome::bad);
    CHECK(desk.take(facts::FileKind::registers, {{"phone", ""}}) == Outcome::bad);
    CHECK(desk.take(relations, {{"kind", "sale"}, {"objected_at", "2025-01-01"}}) == Outcome::bad);
}

TEST_CASE("a no with a number that can't be read is lost for that number, whoever else it names") {
    for (const char* cell : {"030 23125001 (na 18:00)", "030 23125001/2", "492112345678", "4,9E+10", "0171 123/0172 456", "########", "***", "030 2***"}) {
        CAPTURE(cell);
        Desk desk;
        CHECK(desk.take(consents, {{"phone", cell}, {"person_id", "P1"}, {"status", "opt_out"}}) == Outcome::bad);
        CHECK(desk.take(facts::FileKind::suppress, {{"phone", cell}, {"person_id", "P1"}}) == Outcome::bad);
        CHECK(desk.take(relations, {{"phone", cell}, {"person_id", "P1"}, {"kind", "sale"}, {"objected_at", "2025-01-01"}}) == Outcome::bad);
        CHECK(desk.subject(0, "P1").noes.size() == 2); // for the person they stand all the same
    }
    Desk desk; // no number can stand in these
    for (const char* cell : {"call me", "12", "geen nummer bekend!", "0000000000", "112", ""})
        CHECK(desk.take(consents, {{"phone", cell}, {"person_id", "P1"}, {"status", "opt_out"}}) == Outcome::kept);
}

TEST_CASE("a country by a word that nobody knows leaves a number without country code unread") {
    Desk desk;
    CHECK(desk.take(facts::FileKind::suppress, {{"phone", phone}, {"country", "Atlantis"}}) == Outcome::bad);
    CHECK(desk.trouble.starts_with("'Atlantis' is no country we know"));
    CHECK(desk.take(facts::FileKind::suppress, {{"phone", phone}, {"country", "Atlantis"}, {"person_id", "P1"}}) == Outcome::bad);
    CHECK(desk.take(facts::FileKind::registers, {{"phone", phone}, {"country", "Atlantis"}}) == Outcome::bad);
    CHECK(desk.take(consents, {{"phone", phone}, {"status", "opt_out"}, {"country", "Atlantis"}}) == Outcome::bad);
    CHECK(desk.trouble.starts_with("'Atlantis' is no country we know"));
    CHECK(desk.take(consents, {{"phone", phone}, {"status", "opt_in"}, {"country", "Atlantis"}}) == Outcome::nothing);
    // A number with its country code needs none, and words for nothing say nothing.
    CHECK(desk.take(facts::FileKind::suppress, {{"phone", "+49 30 23125001"}, {"country", "Atlantis"}}) == Outcome::kept);
    for (const char* none : {"", " ", "n/a", "-"}) CHECK(desk.take(facts::FileKind::suppress, {{"phone", phone}, {"country", none}}) == Outcome::kept);
    CHECK(desk.take(facts::FileKind::suppress, {{"phone", "0612345001"}, {"country", "nl"}}) == Outcome::kept);
    CHECK(desk.subject(31612345001).suppressions.size() == 1);
}

TEST_CASE("a call needs its number, or the request that it answered") {
    Desk desk;
    const auto calls = facts::FileKind::calls;
    CHECK(desk.take(calls, {{"phone", ""}, {"person_id", "PQ"}, {"called_at", "2026-06-23"}}) == Outcome::bad);
    CHECK(desk.trouble == "this call names neither the number that was called nor the request that it answered; the person alone does not tell which number");
    CHECK(desk.take(calls, {{"called_at", "2026-06-23"}}) == Outcome::bad);
    CHECK(desk.trouble.ends_with("the request that it answered"));
    CHECK(desk.take(calls, {{"phone", "030 1234xx"}, {"called_at", "2026-06-23"}}) == Outcome::bad);
    CHECK(desk.trouble.starts_with("this call has a phone cell"));
    CHECK(desk.take(calls, {{"request_id", "R1"}, {"called_at", "2026-06-23"}}) == Outcome::kept);
}

TEST_CASE("a cell that can't be read is not an empty one") {
    const Row yes = {{"phone", phone}, {"person_id", "P1"}, {"status", "opt_in"}, {"channel", "phone"}, {"entity", "Energie AG"},
                     {"product", "gas"}, {"timestamp", "2025-01-01"}, {"evidence", "x"}};
    for (const char* column : {"phone", "person_id", "status", "channel", "entity", "product", "timestamp", "valid_until", "contract_id",
                               "verified_at", "consent_id"}) {
        CAPTURE(column);
        Desk desk;
        Row row = yes;
        row[column] = broken;
        CHECK(desk.take(consents, row) == Outcome::bad);
        CHECK(desk.trouble == "this cell holds NUL or bytes that are no text; correct it, or state the file's encoding");
        CHECK(desk.subject(anna, "P1").consents.empty());
    }
    for (const char* column : {"person_id", "status", "channel", "entity", "timestamp"}) {
        CAPTURE(column);
        Desk desk;
        Row row = yes;
        row["status"] = "opt_out";
        row[column] = broken;
        CHECK(desk.take(consents, row) == Outcome::bad);
        CHECK(desk.subject(anna).noes.size() == (std::string(column) == "status" ? 0 : 1));
    }
    const Row sale = {{"phone", phone}, {"kind", "subscription"}, {"entity", "Energie AG"}, {"start", "2025-01-01"}, {"paid", "yes"}};
    for (const char* column : {"status", "end", "product", "person_id", "contract_id", "kind", "entity"}) {
        CAPTURE(column);
        Desk desk;
        Row row = sale;
        row[column] = broken;
        CHECK(desk.take(relations, row) == Outcome::bad);
        CHECK(desk.subject(anna).relations.empty());
    }
    Desk desk;
    CHECK(desk.take(facts::FileKind::suppress, {{"phone", phone}, {"person_id", broken}}) == Outcome::bad);
    CHECK(desk.take(facts::FileKind::suppress, {{"phone", phone}, {"reason", broken}}) == Outcome::kept);
    CHECK(desk.take(facts::FileKind::calls, {{"phone", phone}, {"called_at", "2025-01-01"}, {"outcome", broken}}) == Outcome::bad);
    CHECK(desk.take(facts::FileKind::registers, {{"phone", broken}}) == Outcome::bad);
    // What decides nothing, and a proof that can't be read is none.
    Row row = yes;
    row["source"] = broken;
    row["evidence"] = broken;
    CHECK(desk.take(consents, row) == Outcome::kept);
    const auto& facts = desk.subject(anna, "P1");
    REQUIRE(facts.consents.size() == 1);
    CHECK_FALSE(facts.consents[0].evidence);
    CHECK(facts.suppressions.size() == 2);
}

TEST_CASE("a no with a day that can't be read is bad, and still stands, always") {
    Desk desk;
    CHECK(desk.take(consents, {{"phone", phone}, {"status", "opt_out"}, {"timestamp", "31.02.2025"}}) == Outcome::bad);
    CHECK(desk.take(facts::FileKind::suppress, {{"phone", phone}, {"until", "soon"}}) == Outcome::bad);
    const auto& facts = desk.subject(anna);
    REQUIRE(facts.noes.size() == 1);
    CHECK(facts.noes[0].day == facts::day_min);
    CHECK(facts.noes[0].withdrawal);
    REQUIRE(facts.suppressions.size() == 1);
    CHECK(facts.suppressions[0].until == facts::day_max);
}

TEST_CASE("a no concerns the campaign if its channel and entity may be meant") {
    Desk desk;
    const auto no = [&](const char* channel, const char* entity) {
        return desk.take(consents, {{"phone", phone}, {"status", "objection"}, {"timestamp", "2025-01-01"}, {"channel", channel}, {"entity", entity}});
    };
    CHECK(no("phone", "Energie AG") == Outcome::kept);
    CHECK(no("", "") == Outcome::kept);
    CHECK(no("any", " ENERGIE  ag ") == Outcome::kept);
    CHECK(no("carrier pigeon", "Wasser AG | energie ag") == Outcome::kept);
    CHECK(no("email", "Energie AG") == Outcome::nothing);
    CHECK(no("phone", "Wasser AG") == Outcome::nothing);
    // What says nothing is no other entity; what may be ours is none either.
    for (const char* entity : {"NULL", "n/a", "-", "unbekannt", "all", "*", "Alle", "Wasser AG; Energie AG", "Wasser AG, Energie AG", "EnergieAG", "Energie AG.", "Energie", "Fa. Energie AG", "alle Firmen"})
        CHECK(no("phone", entity) == Outcome::kept);
    for (const char* entity : {"Energie AG 2", "Energie GmbH", "Wasser AG; Gas AG"}) CHECK(no("phone", entity) == Outcome::nothing);
    CHECK(desk.subject(anna).noes.size() == 18);
}

TEST_CASE("a yes for what may be our entity is none") {
    Desk desk;
    for (const char* entity : {"Wasser AG; Energie AG", "all", "NULL", "Energie AG."})
        desk.take(consents, {{"phone", phone}, {"status", "opt_in"}, {"timestamp", "2025-01-01"}, {"entity", entity}});
    desk.take(relations, {{"phone", phone}, {"kind", "sale"}, {"start", "2025-01-01"}, {"entity", "all"}});
    const auto& facts = desk.subject(anna);
    REQUIRE(facts.consents.size() == 4);
    for (const auto& one : facts.consents) CHECK(one.entity == (one.source.line == 4 ? facts::EntityFit::unstated : facts::EntityFit::unclear));
    CHECK(facts.relations.at(0).entity == facts::EntityFit::unclear);
}

TEST_CASE("a word for nothing is no evidence, no person, no contract and no request") {
    for (const char* word : {"n/a", "NULL", "-", "none", "0", "unknown", "#N/A", "fehlt", "TBD", "geen", "unbekannt", " ", "\u00A0"}) {
        CAPTURE(word);
        Desk desk;
        const Row yes = {{"phone", phone}, {"status", "opt_in"}, {"timestamp", "2025-01-01"}, {"evidence", word}};
        CHECK(desk.take(consents, yes) == Outcome::kept);
        CHECK(desk.take(consents, {{"person_id", word}, {"status", "opt_in"}, {"timestamp", "2025-01-01"}}) == Outcome::nothing);
        CHECK(desk.take(consents, {{"person_id", word}, {"status", "opt_out"}, {"timestamp", "2025-01-01"}}) == Outcome::bad);
        CHECK(desk.take(consents, {{"phone", phone}, {"status", "opt_in"}, {"timestamp", "2025-01-01"}, {"valid_until", "contract_end+1cy"}, {"contract_id", word}}) == Outcome::kept);
        CHECK(desk.take(relations, {{"phone", "030 23125002"}, {"contract_id", word}, {"kind", "subscription"}, {"start", "2023-01-01"}}) == Outcome::kept);
        CHECK(desk.take(consents, {{"phone", phone}, {"status", "requested"}, {"timestamp", "2025-01-01"}, {"consent_id", "R1"}}) == Outcome::kept);
        CHECK(desk.take(facts::FileKind::calls, {{"phone", phone}, {"called_at", "2025-01-03"}, {"request_id", word}, {"consent_id", word}}) == Outcome::kept);
        const auto& facts = desk.subject(anna, word);
        REQUIRE(facts.consents.size() == 3);
        CHECK_FALSE(facts.consents[0].evidence);
        CHECK(facts.consents[1].last_day == facts::day_min); // no such contract
        REQUIRE(facts.calls.size() == 1);
        CHECK(facts.calls[0].names == 0);
    }
    for (const char* word : {"no", "Nein", "false", "nee"}) CHECK_FALSE(facts::is_evidence(word));
    for (const char* word : {"x", "ja", "web form", "1", "10", "voice file", "rec/2025/0001.wav", "keine-angabe-formular-17"}) CHECK(facts::is_evidence(word));
}

TEST_CASE("an objection in a call is an objection, for its number and its person") {
    Desk desk;
    const auto call = [&](const Row& more) {
        Row row = {{"called_at", "2025-01-03"}};
        row.insert(more.begin(), more.end());
        return desk.take(facts::FileKind::calls, row);
    };
    CHECK(call({{"phone", phone}, {"outcome", "DNC"}}) == Outcome::kept);
    CHECK(call({{"phone", phone}, {"person_id", "P1"}, {"outcome", "Widerspruch"}}) == Outcome::kept);
    CHECK(call({{"person_id", "P1"}, {"outcome", "niet meer bellen"}}) == Outcome::kept);
    CHECK(call({{"phone", "4.9E+10"}, {"person_id", "P1"}, {"outcome", "objection"}}) == Outcome::bad);
    CHECK(call({{"outcome", "objection"}}) == Outcome::bad);
    CHECK(call({{"phone", phone}, {"outcome", "not interested"}}) == Outcome::kept);
    CHECK(desk.subject(anna).noes.size() == 2);
    CHECK(desk.subject(anna).calls.size() == 3);
    CHECK(desk.subject(0, "P1").noes.size() == 3);
}

TEST_CASE("a no protects number and person; a yes without any number goes by the person") {
    Desk desk;
    desk.take(consents, {{"phone", phone}, {"person_id", "P1"}, {"status", "opt_out"}, {"timestamp", "2025-01-01"}});
    desk.take(consents, {{"person_id", "P2"}, {"status", "opt_in"}, {"timestamp", "2025-01-01"}, {"evidence", "x"}});
    desk.take(consents, {{"phone", "0171 12"}, {"person_id", "P2"}, {"status", "opt_in"}, {"timestamp", "2025-01-01"}});
    CHECK(desk.subject(anna).noes.size() == 1);
    CHECK(desk.subject(4989999998000, "P1").noes.size() == 1);
    const auto& facts = desk.subject(4989999998000, "P2");
    REQUIRE(facts.consents.size() == 1); // not the one whose number can't be read
    CHECK(facts.consents[0].evidence);
}

TEST_CASE("periods of consents: days, contracts, and ends within a day") {
    Desk desk;
    const auto yes = [&](const char* until, const char* contract = "K1") {
        return desk.take(consents, {{"phone", phone}, {"status", "ja"}, {"timestamp", "2023-01-01"}, {"valid_until", until}, {"contract_id", contract}});
    };
    CHECK(yes("2025-08-31") == Outcome::kept);
    CHECK(yes("2025-08-31T15:00:00") == Outcome::kept);
    CHECK(yes("2025-08-31T23:59:59") == Outcome::kept);
    CHECK(yes("contract_end+1cy") == Outcome::kept);
    CHECK(yes("contract_end+6m") == Outcome::kept);
    CHECK(yes("contract_end+30d", "K2") == Outcome::kept);
    CHECK(yes("contract_end+30d", "K3") == Outcome::kept);
    CHECK(yes("contract_end+2 moons") == Outcome::bad);
    CHECK(yes("bald") == Outcome::bad);
    CHECK(desk.take(relations, {{"phone", phone}, {"contract_id", "K1"}, {"kind", "subscription"}, {"start", "2023-01-01"}, {"end", "2024-08-31"}}) == Outcome::kept);
    CHECK(desk.take(relations, {{"phone", phone}, {"contract_id", "K2"}, {"kind", "subscription"}, {"start", "2023-01-01"}}) == Outcome::kept);
    const auto& all = desk.subject(anna).consents;
    REQUIRE(all.size() == 7);
    CHECK(all[0].last_day == day("2025-08-31"));
    CHECK(all[1].last_day == day("2025-08-30"));
    CHECK(all[2].last_day == day("2025-08-31"));
    CHECK(all[3].last_day == day("2025-12-31"));
    CHECK(all[4].last_day == day("2025-02-28"));
    CHECK(all[5].last_day == facts::day_max); // running
    CHECK(all[6].last_day == facts::day_min); // no such contract
    for (const auto& one : all) CHECK(one.period_stated);
}

TEST_CASE("a period that ends at an instant ends on a day of the law's zone") {
    Desk desk;
    const auto yes = [&](const char* until) {
        return desk.take(consents, {{"phone", phone}, {"status", "ja"}, {"timestamp", "2023-01-01"}, {"valid_until", until}});
    };
    const char* const ends[][2] = {{"2026-11-28T23:59:59Z", "2026-11-28"}, // 00:59:59 on the 29th in Berlin
                                   {"2026-11-28T22:59:59Z", "2026-11-28"}, {"2026-11-28T22:58:59Z", "2026-11-27"},
                                   {"2026-11-28T23:00:00Z", "2026-11-28"}, {"2026-11-28T23:59:59+01:00", "2026-11-28"},
                                   {"2026-11-28T00:00:00+01:00", "2026-11-27"}, {"2026-06-30T21:59:00Z", "2026-06-30"},
                                   {"2026-03-30T22:30:00Z", "2026-03-30"}, {"2026-10-25T22:30:00Z", "2026-10-24"}}; // a day of 25 hours
    for (const auto& [until, last] : ends) CHECK(yes(until) == Outcome::kept);
    const auto& all = desk.subject(anna).consents;
    REQUIRE(all.size() == std::size(ends));
    for (std::size_t i = 0; i < all.size(); ++i) CHECK_MESSAGE(all[i].last_day == day(ends[i][1]), ends[i][0]);
}

TEST_CASE("when relations end") {
    Desk desk;
    const auto end = [&](const Row& extra) {
        Desk one;
        one.end_is_first_inactive = desk.end_is_first_inactive;
        Row row = {{"phone", phone}, {"start", "2024-02-01"}, {"kind", "subscription"}};
        for (const auto& [key, value] : extra) row[key] = value;
        REQUIRE(one.take(relations, row) == Outcome::kept);
        const auto& found = one.subject(anna).relations.at(0);
        return found.end_missing ? facts::day_min : found.end;
    };
    CHECK(end({}) == facts::day_max);
    CHECK(end({{"end", "2024-05-31"}}) == day("2024-05-31"));
    CHECK(end({{"kind", "sale"}}) == day("2024-02-01"));
    CHECK(end({{"kind", "volunteer"}}) == facts::day_max);
    CHECK(end({{"status", "gekündigt"}}) == facts::day_min);
    CHECK(end({{"status", "opgezegd"}, {"end", "2024-05-31"}}) == day("2024-05-31"));
    CHECK(end({{"status", "in limbo"}}) == facts::day_min);
    desk.end_is_first_inactive = true;
    CHECK(end({{"end", "2024-06-01"}}) == day("2024-05-31"));
    CHECK(end({{"kind", "sale"}}) == day("2024-02-01"));
}

TEST_CASE("unknown words of relations are never a yes") {
    Desk desk;
    desk.take(relations, {{"phone", phone}, {"start", "2024-02-01"}, {"kind", "mystery"}, {"paid", "maybe"}, {"number_source", "bought"}, {"informed", ""}});
    const auto& found = desk.subject(anna).relations.at(0);
    CHECK(found.kind == facts::RelationKind::other);
    CHECK(found.paid != facts::YesNo::yes);
    CHECK_FALSE(found.number_from_customer);
    CHECK(found.informed != facts::YesNo::yes);
    CHECK(found.objection_offered != facts::YesNo::yes);
}

TEST_CASE("a call that names a request is found by the request's name, once") {
    Desk desk;
    desk.take(consents, {{"phone", phone}, {"status", "requested"}, {"timestamp", "2025-01-01"}, {"consent_id", "R1"}});
    desk.take(facts::FileKind::calls, {{"phone", "030 23125002"}, {"called_at", "2025-01-03"}, {"request_id", "R1"}});
    desk.take(facts::FileKind::calls, {{"phone", phone}, {"called_at", "2025-01-04"}, {"request_id", "R1"}, {"outcome", "refused"}});
    CHECK(desk.take(facts::FileKind::calls, {{"phone", phone}}) == Outcome::bad);
    const auto& facts = desk.subject(anna);
    CHECK(facts.calls.size() == 3); // two by name and number, one without a day
}

TEST_CASE("of whom nobody asks for nothing is kept, and what is known of the others is complete") {
    Desk desk;
    desk.want({4915112345678}, {"p1"});
    const auto row = [&](const char* phone, const char* person, const char* status, const char* id) {
        return desk.take(facts::FileKind::consents, {{"phone", phone}, {"person_id", person}, {"channel", "phone"}, {"status", status},
                                                     {"entity", "Energie AG"}, {"timestamp", "2026-01-05"}, {"consent_id", id}});
    };
    CHECK(row("+4915112345678", "", "opt_in", "C1") == Outcome::kept);
    CHECK(row("+4915112345679", "", "opt_in", "C2") == Outcome::kept);  // well read, though nobody asks for it
    CHECK(row("+4915112345670", "p1", "opt_out", "C3") == Outcome::kept); // the person's no counts, whatever the number
    CHECK(row("", "p2", "objection", "C4") == Outcome::kept);
    CHECK(row("", "p1", "requested", "R1") == Outcome::kept);
    const Row call = {{"phone", "+4915112345671"}, {"called_at", "2026-02-01"}, {"outcome", "reached"}, {"request_id", "R1"}};
    CHECK(desk.take(facts::FileKind::calls, call) == Outcome::kept);
    const auto& history = desk.history();
    CHECK(history.covers(4915112345678, facts::text_key("p1")));
    CHECK(!history.covers(4915112345679, 0));
    CHECK(!history.covers(4915112345678, facts::text_key("p2")));
    CHECK(desk.subject(4915112345678).consents.size() == 1);
    CHECK(history.name_of(desk.subject(4915112345678).consents.at(0).source) == "C1");
    CHECK(desk.subject(4915112345679).empty());
    CHECK(desk.subject(4915112345670).empty());
    CHECK(desk.subject(0, "p2").empty());
    CHECK(desk.subject(4915112345678, "p1").noes.size() == 1);
    CHECK(desk.subject(4915112345678, "p1").consents.size() == 2);
    CHECK(desk.subject(4915112345678, "p1").calls.size() == 1); // of another number, found by the name of the request
    CHECK(history.facts() == 4);
}

TEST_CASE("a set of wanted keys holds all that was added and little else") {
    for (const std::size_t keys : {100U, 200'000U, 3'000'000U}) {
        history::Wanted wanted(2 * keys);
        for (std::uint64_t i = 0; i < keys; ++i) wanted.add(31'600'000'000 + 7 * i);
        std::size_t missing = 0, more = 0;
        for (std::uint64_t i = 0; i < keys; ++i) {
            missing += wanted.may_hold(31'600'000'000 + 7 * i) ? 0 : 1;
            more += wanted.may_hold(31'600'000'003 + 7 * i) ? 1 : 0;
        }
        CHECK(missing == 0);
        CHECK(more <= keys / 50);
    }
    CHECK(!history::Wanted(0).may_hold(1));
}
