// summary.json and what a later run reads from it.
#include "report/scratch.h"
#include "report/counts.h"
#include <doctest/doctest.h>
#include <string>

using namespace callscrub;
using namespace callscrub::report;

namespace {

std::uint64_t& of(Tallies& tallies, law::Reason reason) {
    return tallies.reasons[static_cast<std::size_t>(reason)];
}
std::uint64_t& of(Tallies& tallies, law::Basis basis) {
    return tallies.bases[static_cast<std::size_t>(basis)];
}

Summary sample() {
    Summary out;
    out.run_id = "00112233445566778899aabbccddeeff";
    out.version = "1.0.0";
    out.entity = "Bäcker & Söhne \"GmbH\"";
    out.caller_type = "commercial";
    out.purpose = "sales";
    out.product = "energy";
    out.jurisdiction = "auto";
    out.policy = "standard";
    out.call_from = *facts::read_iso_day("2026-12-01");
    out.call_until = *facts::read_iso_day("2026-12-14");
    out.total.rows = 1000;
    out.total.clean = 600;
    out.total.rejected = 400;
    out.total.emptied = 7;
    out.total.matched = 900;
    of(out.total, law::Reason::consent_expired) = 300;
    of(out.total, law::Reason::consent_person_mismatch) = 60;
    of(out.total, law::Reason::relation_person_mismatch) = 40;
    of(out.total, law::Basis::explicit_consent) = 600;
    out.total.jurisdictions = {{"DE", 1000}};
    out.total.lapses = {{*facts::read_iso_day("2026-12-31"), 200}, {*facts::read_iso_day("2027-01-31"), 312}};
    out.total.open_ended = 88;
    ListSummary list;
    list.files.path = "lists/a.csv";
    list.tallies = out.total;
    out.lists.push_back(list);
    InputSummary input;
    input.role = "suppress";
    input.path = "do-not-call.txt";
    input.rows = 48;
    input.kept = 47;
    input.bad = 1;
    out.inputs.push_back(input);
    out.packs = {{"DE", "2026-11-22", std::string(64, 'a'), {}, {}}};
    out.switches = {{"on_lapse", "reject"}};
    out.articles[law::Reason::consent_expired] = {"art. 1"};
    out.articles[law::Reason::consent_person_mismatch] = {"art. 2"};
    out.articles[law::Reason::relation_person_mismatch] = {"art. 2"};
    out.facts = 1234;
    out.seconds = 2;
    return out;
}

} // namespace

TEST_CASE("a summary comes back with its counts") {
    const Summary before = sample();
    const Summary after = read_summary(to_json(before), "out/summary.json");
    CHECK(after.run_id == before.run_id);
    CHECK(after.version == "1.0.0");
    CHECK(after.entity == before.entity);
    CHECK(after.product == "energy");
    CHECK(after.policy == "standard");
    CHECK(after.call_from == before.call_from);
    CHECK(after.call_until == before.call_until);
    CHECK(after.total.rows == 1000);
    CHECK(after.total.clean == 600);
    CHECK(after.total.rejected == 400);
    CHECK(after.total.emptied == 7);
    CHECK(after.total.matched == 900);
    CHECK(after.total.lapses == before.total.lapses);
    CHECK(after.total.open_ended == 88);
    CHECK(after.total.jurisdictions == before.total.jurisdictions);
    CHECK(after.total.bases == before.total.bases);
    CHECK(after.facts == 1234);
    REQUIRE(after.lists.size() == 1);
    CHECK(after.lists[0].files.path == "lists/a.csv");
    CHECK(after.lists[0].tallies.clean == 600);
    REQUIRE(after.inputs.size() == 1);
    CHECK(after.inputs[0].role == "suppress");
    CHECK(after.inputs[0].path == "do-not-call.txt");
    CHECK(after.inputs[0].rows == 48);
    CHECK(after.inputs[0].kept == 47);
    CHECK(after.inputs[0].bad == 1);
    REQUIRE(after.packs.size() == 1);
    CHECK(after.packs[0].version == "2026-11-22");
    CHECK(after.switches == before.switches);
    // The two reasons with one code come back as one.
    auto total = after.total;
    CHECK(of(total, law::Reason::consent_expired) == 300);
    CHECK(of(total, law::Reason::consent_person_mismatch) == 100);
    CHECK(of(total, law::Reason::relation_person_mismatch) == 0);
}

TEST_CASE("what the manifest and the ledger count: both reasons of one code together") {
    Tallies tallies;
    tallies.rows = 7, tallies.clean = 3, tallies.rejected = 4;
    tallies.reasons[static_cast<std::size_t>(law::Reason::consent_person_mismatch)] = 2;
    tallies.reasons[static_cast<std::size_t>(law::Reason::no_sale)] = 1;
    tallies.reasons[static_cast<std::size_t>(law::Reason::relation_person_mismatch)] = 1;
    tallies.bases[static_cast<std::size_t>(law::Basis::customer_relationship)] = 3;
    CHECK(counts_of(tallies) == std::vector<Count>{{"rows", 7},
                                                   {"clean", 3},
                                                   {"rejected", 4},
                                                   {"PERSON_MISMATCH", 3},
                                                   {"NO_SALE", 1},
                                                   {"customer_relationship", 3}});
}

TEST_CASE("articles stand once for each code") {
    const std::string json = to_json(sample());
    CHECK(json.find("\"PERSON_MISMATCH\": [\n      \"art. 2\"\n    ]") != std::string::npos);
}

TEST_CASE("what is not known in a summary is passed over") {
    const auto read =
        read_summary(R"({"run_id":"x","total":{"rows":5,"reasons":{"NEW_REASON":3,"DUPLICATE":"x"},
        "clean":-1},"campaign":[],"lists":{},"lapses_by_day":{"soon":1,"2026-02-30":2}})",
                     "s");
    CHECK(read.total.rows == 5);
    CHECK(read.total.clean == 0);
    CHECK(read.total.lapses.empty());
    CHECK(read.entity.empty());
    for (const auto n : read.total.reasons) CHECK(n == 0);
}

TEST_CASE("what is no summary is refused with its name") {
    for (const auto* text :
         {"", "{", "[]", "{}", "7", R"({"run_id":"x"})", R"({"total":{"rows":1}})",
          R"({"run_id":"x","total":{"rows":-1}})", R"({"run_id":"x","total":{"rows":"1"}})"}) {
        INFO(text);
        test::check_fails(base::Exit::input, "old/summary.json",
                          [&] { read_summary(text, "old/summary.json"); });
    }
}

TEST_CASE("bytes that are no text do not stop a summary") {
    Summary summary = sample();
    summary.entity = "a\xFF";
    summary.warnings = {{"register", {{"law", "GB"}, {"register", "b\xFE"}}}};
    summary.lists[0].files.path = "\xC3.csv";
    CHECK(to_json(summary).find("a\\\\xFF") != std::string::npos);
}
