#include "report/diff.h"
#include "report/made_run.h"
#include <sstream>

using namespace callscrub::report;
using namespace callscrub::report::test;
using callscrub::base::Exit;

namespace {
const MadeRow ann{"0612345678", "Ann", "+31612345678", "explicit_consent", "c.csv:2"};
const MadeRow bo{"06-23456789", "Bo", "+31623456789", "customer_relationship", "r.csv:9"};
const MadeRow cy{"0634567890", "Cy", "", "NO_BASIS", ""};

MadeRow rejected(MadeRow row, const std::string& reason, const std::string& by = "") {
    row.number.clear();
    row.code = reason;
    row.decided_by = by;
    return row;
}
MadeRow clean(MadeRow row, const std::string& number, const std::string& basis, const std::string& by) {
    row.number = number;
    row.code = basis;
    row.decided_by = by;
    return row;
}
Diff compare(const Scratch& scratch, const MadeRun& a, const MadeRun& b) {
    a.write(scratch / "a");
    b.write(scratch / "b");
    return diff_runs(scratch / "a", scratch / "b");
}
std::string csv_of(const Diff& diff) {
    std::ostringstream out;
    write_csv(out, diff);
    return out.str().substr(out.str().find('\n') + 1);
}
} // namespace

TEST_CASE("two runs with the same outcome") {
    const Scratch scratch;
    MadeRun run;
    run.rows = {ann, bo, cy};
    const Diff diff = compare(scratch, run, run);
    CHECK_FALSE(diff.different());
    CHECK(diff.same == 3);
    CHECK(diff.circumstances.empty());
    std::ostringstream out;
    write_text(out, diff);
    CHECK(out.str().find("Unchanged: 3 numbers") != std::string::npos);
}

TEST_CASE("the same list on another day: rows are matched by line") {
    const Scratch scratch;
    MadeRun a, b;
    a.rows = {ann, bo, cy, rejected({"12", "Di", "", "", ""}, "NUMBER_INVALID")};
    b.rows = {clean(ann, "+31612345678", "requested_communication", "c.csv:7"),
              rejected(bo, "CUSTOMER_EXCEPTION_ENDED", "r.csv:9"),
              clean(cy, "+31634567890", "explicit_consent", "c.csv:5"),
              rejected({"12", "Di", "", "", ""}, "NUMBER_NOT_DIALLABLE")};
    b.settings[1].second = "2026-07-01";
    b.consents_sha = std::string(64, 'd');
    const Diff diff = compare(scratch, a, b);
    CHECK(diff.left == 1);
    CHECK(diff.joined == 1);
    CHECK(diff.changed == 2);
    CHECK(diff.same == 0);
    CHECK(csv_of(diff) ==
          "changed,people.csv,+31612345678,2,clean,explicit_consent,art,c.csv:2,2027-01-31,2,clean,requested_"
          "communication,art,c.csv:7,2027-01-31\n"
          "left,people.csv,+31623456789,3,clean,customer_relationship,art,r.csv:9,2027-01-31,3,rejected,"
          "CUSTOMER_EXCEPTION_ENDED,art,r.csv:9,\n"
          "joined,people.csv,+31634567890,4,rejected,NO_BASIS,art,,,4,clean,explicit_consent,art,c.csv:5,"
          "2027-01-31\n"
          "changed,people.csv,12,5,rejected,NUMBER_INVALID,art,,,5,rejected,NUMBER_NOT_DIALLABLE,art,,\n");
    REQUIRE(diff.circumstances.size() == 2);
    CHECK(diff.circumstances[0].what == "setting campaign.call_from");
    CHECK(diff.circumstances[0].before == "2026-06-30");
    CHECK(diff.circumstances[0].after == "2026-07-01");
    CHECK(diff.circumstances[1].what == "input consents consents.csv");
    CHECK(diff.circumstances[1].after == "3 rows (sha256 dddddddddddd)");
}

TEST_CASE("another list: numbers are matched, however they are written") {
    const Scratch scratch;
    MadeRun a, b;
    a.rows = {ann, bo, cy, rejected({"0645678901", "Ed", "", "", ""}, "SUPPRESSED")};
    b.rows = {rejected({"+31 6 2345 6789", "Bo B.", "", "", ""}, "OBJECTION", "c.csv:4"),
              clean({"(06) 34567890", "Cy", "", "", ""}, "+31634567890", "explicit_consent", "c.csv:5"),
              rejected({"0612345678", "Ann", "", "", ""}, "DUPLICATE"), ann,
              rejected({"0656789012", "Flo", "", "", ""}, "NO_BASIS")};
    const Diff diff = compare(scratch, a, b);
    CHECK(csv_of(diff) == "left,people.csv,+31623456789,3,clean,customer_relationship,art,r.csv:9,2027-01-31,"
                          "2,rejected,OBJECTION,art,c.csv:4,\n"
                          "joined,people.csv,+31634567890,4,rejected,NO_BASIS,art,,,3,clean,explicit_consent,"
                          "art,c.csv:5,2027-01-31\n");
    CHECK(diff.same == 1); // Ann: the duplicate does not speak
    CHECK(diff.absent_after == 1);
    CHECK(diff.absent_before == 1);
}

TEST_CASE("numbers that left with their row, and came with one") {
    const Scratch scratch;
    MadeRun a, b;
    a.rows = {ann, bo};
    b.rows = {bo, clean(cy, "+31634567890", "explicit_consent", "c.csv:5")};
    const Diff diff = compare(scratch, a, b);
    CHECK(csv_of(diff) ==
          "left,people.csv,+31612345678,2,clean,explicit_consent,art,c.csv:2,2027-01-31,,absent,,,,\n"
          "joined,people.csv,+31634567890,,absent,,,,,3,clean,explicit_consent,art,c.csv:5,2027-01-31\n");
    CHECK(diff.same == 1);
}

TEST_CASE("rows without a readable number are matched by their text") {
    const Scratch scratch;
    MadeRun a, b;
    a.rows = {rejected({"", "Nil", "", "", ""}, "NUMBER_MISSING"),
              rejected({"nonsense", "Gus", "", "", ""}, "NUMBER_INVALID")};
    b.rows = {rejected({"nonsense", "Gus", "", "", ""}, "JURISDICTION_UNKNOWN"),
              rejected({"", "Nil", "", "", ""}, "NUMBER_MISSING"),
              rejected({"", "Nobody", "", "", ""}, "NUMBER_MISSING")};
    const Diff diff = compare(scratch, a, b);
    CHECK(diff.same == 1);
    CHECK(diff.absent_before == 1);
    CHECK(csv_of(diff) == "changed,people.csv,nonsense,3,rejected,NUMBER_INVALID,art,,,2,rejected,"
                          "JURISDICTION_UNKNOWN,art,,\n");
}

TEST_CASE("lists of other names are compared as one heap") {
    const Scratch scratch;
    MadeRun a, b;
    a.list = "november";
    a.rows = {ann, bo};
    b.list = "december";
    b.rows = {bo, rejected(ann, "CONSENT_WITHDRAWN", "c.csv:8")};
    const Diff diff = compare(scratch, a, b);
    CHECK(csv_of(diff) == "left,december.csv,+31612345678,2,clean,explicit_consent,art,c.csv:2,2027-01-31,3,"
                          "rejected,CONSENT_WITHDRAWN,art,c.csv:8,\n");
    CHECK(diff.same == 1);
    b.rows = a.rows;
    b.write(scratch / "c");
    CHECK_FALSE(diff_runs(scratch / "a", scratch / "c").different());
}

TEST_CASE("a row with two numbers, one of which is no longer callable") {
    const Scratch scratch;
    MadeRun a, b;
    a.rows = b.rows = {ann};
    a.write(scratch / "a");
    b.write(scratch / "b");
    const std::string second = "2,+31201234567,explicit_consent,rule,art,c.csv:3,r1,,,2027-01-31,\n";
    put(scratch / "a/people.evidence.csv", slurp(scratch / "a/people.evidence.csv") + second);
    const Diff diff = diff_runs(scratch / "a", scratch / "b");
    CHECK(csv_of(diff) ==
          "left,people.csv,+31201234567,2,clean,explicit_consent,art,c.csv:3,2027-01-31,,absent,,,,\n");
    CHECK(diff.same == 1);
}

TEST_CASE("text masks numbers, groups by reason and gives examples") {
    const Scratch scratch;
    MadeRun a, b;
    for (int i = 0; i < 8; ++i) {
        const std::string number = "061234560" + std::to_string(i);
        a.rows.push_back({number, "P", "+31" + number.substr(1), "customer_relationship",
                          "r.csv:" + std::to_string(i + 2)});
        b.rows.push_back(
            rejected(a.rows.back(), i < 7 ? "CUSTOMER_EXCEPTION_ENDED" : "OBJECTION", "r.csv:1"));
    }
    const Diff diff = compare(scratch, a, b);
    std::ostringstream out;
    write_text(out, diff, 3);
    const std::string text = out.str();
    INFO(text);
    CHECK(text.find("Left the clean list: 8 numbers\n") != std::string::npos);
    CHECK(text.find("  clean customer_relationship → rejected CUSTOMER_EXCEPTION_ENDED: 7 numbers\n") !=
          std::string::npos);
    CHECK(text.find("  clean customer_relationship → rejected OBJECTION: 1 number\n") != std::string::npos);
    CHECK(text.find("… and 4 more\n") != std::string::npos);
    CHECK(text.find("line 2, decided by r.csv:1") != std::string::npos);
    CHECK(text.find("31612345600") == std::string::npos);
}

TEST_CASE("JSON has everything, and CSV no formulas") {
    const Scratch scratch;
    MadeRun a, b;
    a.rows = {ann};
    b.rows = {rejected(ann, "OBJECTION", "=cmd.csv:4")};
    const Diff diff = compare(scratch, a, b);
    CHECK(csv_of(diff).find(",'=cmd.csv:4,") != std::string::npos);
    std::ostringstream out;
    write_json(out, diff);
    const std::string text = out.str();
    INFO(text);
    CHECK(text.find("\"different\":true") != std::string::npos);
    CHECK(text.find("\"totals\":{\"left\":1,\"joined\":0,\"changed\":0,\"same\":0,") != std::string::npos);
    CHECK(text.find("{\"change\":\"left\",\"list\":\"people.csv\",\"phone\":\"+31612345678\",\"a\":{"
                    "\"state\":\"clean\",\"line\":2,\"basis\":\"explicit_consent\"") != std::string::npos);
    CHECK(text.find("\"b\":{\"state\":\"rejected\",\"line\":2,\"reason\":\"OBJECTION\",\"article\":\"art\","
                    "\"decided_by\":\"=cmd.csv:4\"") != std::string::npos);
}

TEST_CASE("what is no run can't be compared") {
    const Scratch scratch;
    MadeRun run;
    run.rows = {ann};
    run.write(scratch / "a");
    check_fails(Exit::input, "expected the directory of a finished run",
                [&] { diff_runs(scratch / "a", scratch.path()); });
    run.write(scratch / "b");
    put(scratch / "b/people.evidence.csv", "phone\n1\n");
    check_fails(Exit::input, "has no column 'scrub_line'", [&] { diff_runs(scratch / "a", scratch / "b"); });
    put(scratch / "b/people.evidence.csv", "scrub_line,phone,basis\nx,+31612345678,b\n");
    check_fails(Exit::input, "people.evidence.csv:2: found 'x', expected a whole number",
                [&] { diff_runs(scratch / "a", scratch / "b"); });
}
