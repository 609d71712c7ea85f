// The parts of which report.html is made: words, shares, the calendar, what to do next.
#include "base/failure.h"
#include "report/html_calendar.h"
#include "report/html_charts.h"
#include "report/html_sections.h"
#include "report/report_sample.h"
#include <doctest/doctest.h>

using namespace callscrub;
using namespace callscrub::report;
using namespace callscrub::report::test;

namespace {

const Words en(Language::en), de(Language::de), nl(Language::nl);

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t out = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++out;
    return out;
}
bool has(const std::string& text, std::string_view part) { return count(text, part) > 0; }

std::string all_steps(const Summary& summary, const Words& words) {
    std::string out;
    for (const auto& step : steps(words, summary))
        out += words.number(step.count).bytes() + " " + step.text.bytes() + "\n";
    return out;
}

} // namespace

TEST_CASE("data is escaped on its way in") {
    CHECK(escaped("a<b>&\"'c").bytes() == "a&lt;b&gt;&amp;&quot;&#39;c");
    CHECK(escaped("a\nb\tc\x7F").bytes() == "a\uFFFDb\uFFFDc\uFFFD");
    CHECK(escaped("Möbel \xF0\x9F\x92\xA1").bytes() == "Möbel \xF0\x9F\x92\xA1");
    CHECK(escaped("a\u202Eb\u2066c\u2069\u2070\u2014").bytes() == "a\uFFFDb\uFFFDc\uFFFD\u2070\u2014");
    CHECK(escaped("\xC3(").bytes() == "\\xC3(");
    CHECK(name("<x>").bytes() == "<bdi>&lt;x&gt;</bdi>");
}

TEST_CASE("short pieces of a sentence stay on one line, and are escaped like all data") {
    CHECK(prose("§ 7 Abs. 2 Nr. 1 UWG").bytes() == "§\u00A07 Abs.\u00A02 Nr.\u00A01 UWG");
    CHECK(prose("am 2026-06-30; per E-Mail").bytes() ==
          "am\u00A0<span class=\"nb\">2026-06-30;</span> per <span class=\"nb\">E-Mail</span>");
    CHECK(prose("toestemmingen-nl.csv:7 <a-b>").bytes() == "toestemmingen-nl.csv:7 <span class=\"nb\">&lt;a-b&gt;</span>");
    CHECK(prose(" a  7 ").bytes() == " a  7 ");
    CHECK(prose("").empty());
}

TEST_CASE("numbers as the language writes them") {
    CHECK(en.number(0).bytes() == "0");
    CHECK(en.number(999).bytes() == "999");
    CHECK(en.number(1000).bytes() == "1,000");
    CHECK(de.number(1234567).bytes() == "1.234.567");
    CHECK(nl.number(100000).bytes() == "100.000");
    CHECK(en.change(5, 1205).bytes() == "+1,200");
    CHECK(de.change(1205, 5).bytes() == "\u22121.200");
    CHECK(en.change(5, 5).bytes() == "±0");
}

TEST_CASE("a share is never rounded to all or nothing") {
    CHECK(en.share(0, 1000).bytes() == "0%");
    CHECK(en.share(1000, 1000).bytes() == "100%");
    CHECK(en.share(1, 3).bytes() == "33.3%");
    CHECK(de.share(2, 3).bytes() == "66,7\u00A0%");
    CHECK(nl.share(1, 2).bytes() == "50,0%");
    CHECK(en.share(1, 1'000'000).bytes() == "&lt;0.1%");
    CHECK(en.share(999'999, 1'000'000).bytes() == "&gt;99.9%");
    CHECK(en.share(0, 0).bytes() == "–");
    CHECK(en.share(1ULL << 50, 1ULL << 51).bytes() == "50.0%");
}

TEST_CASE("days for people and machines") {
    CHECK(en.day(iso("2027-01-31")).bytes() == "<time datetime=\"2027-01-31\">31 January 2027</time>");
    CHECK(de.plain_day(iso("2028-02-29")).bytes() == "29. Februar 2028");
    CHECK(nl.plain_day(iso("2026-03-01")).bytes() == "1 maart 2026");
    CHECK(nl.month(iso("2026-03-01")).bytes() == "mrt 2026");
}

TEST_CASE("phrases ask for their slots") {
    CHECK(en.say("of.rows", {{"rows", escaped("<5>")}, {"share", escaped("1%")}}).bytes() ==
          "of &lt;5&gt; · 1%");
    CHECK_THROWS_AS(en.say("of.rows"), base::Failure);
    CHECK(en.count("input.rows", 1).bytes() == "1 row");
    CHECK(de.count("input.rows", 1000).bytes() == "1.000 Zeilen");
    CHECK(en.word("purpose", "sales").bytes() == "sales");
    CHECK(en.word("purpose", "<em>").bytes() == "<bdi>&lt;em&gt;</bdi>");
}

TEST_CASE("widths") {
    CHECK(width_of(1, 3) == "33.33");
    CHECK(width_of(1, 1) == "100");
    CHECK(width_of(5, 10'000) == "0.05");
    CHECK(width_of(1, 0) == "0");
}

TEST_CASE("bars are as long as their counts say") {
    const std::string out = bars(en, "x",
                                 {{escaped("a"), escaped("a"), {}, 200},
                                  {escaped("b"), escaped("b"), {}, 50},
                                  {escaped("c"), escaped("c"), {}, 1}},
                                 1000, Tone::yes)
                                .bytes();
    CHECK(has(out, "class=\"yes\" x=\"0%\" width=\"100%\""));
    CHECK(has(out, "class=\"yes\" x=\"0%\" width=\"25%\""));
    CHECK(has(out, "class=\"yes\" x=\"0%\" width=\"0.50%\""));
    CHECK(has(out, "<title id=\"x-1\">b: 50 (5.0%)</title>"));
    const std::string cut = split(en, "l", escaped("a.csv"), 750, 250).bytes();
    CHECK(has(cut, "class=\"yes\" x=\"0%\" width=\"75%\""));
    CHECK(has(cut, "class=\"no\" x=\"75%\" width=\"25%\""));
    CHECK(has(cut, "a.csv: 750 may be called (75.0%), 250 not"));
    CHECK(has(split(en, "l", escaped("a"), 0, 0).bytes(), "class=\"no\" x=\"0%\" width=\"0%\""));
    CHECK(has(split(en, "l", escaped("a"), 9, 0).bytes(), "class=\"yes\" x=\"0%\" width=\"100%\""));
    CHECK(has(split(en, "l", escaped("a"), 0, 9).bytes(), "class=\"no\" x=\"0%\" width=\"100%\""));
}

TEST_CASE("the calendar: twelve months from the first calling day") {
    const auto year = year_after(iso("2027-12-15"));
    CHECK(facts::to_string(year.until) == "2028-12-14");
    const std::map<facts::Day, std::uint64_t> lapses = {{iso("2027-12-14"), 9},
                                                        {iso("2027-12-15"), 1},
                                                        {iso("2028-02-29"), 20},
                                                        {iso("2028-12-14"), 300},
                                                        {iso("2028-12-15"), 7}};
    CHECK(sum_in(lapses, year) == 321);
    const std::string out = calendar(en, lapses, year, iso("2027-12-20")).bytes();
    // One field for each of the 366 days, and one in the scale for each shade used and for the window.
    CHECK(count(out, "width=\"1.65%\"") == 366);
    CHECK(count(out, " window\"") == 6 + 1);
    CHECK(count(out, "class=\"month\"") == 13);
    CHECK(has(out, "<title>29 February 2028: 20</title>"));
    CHECK(has(out, "<title>15 December 2027: 1</title>"));
    CHECK(has(out, "<title>14 December 2028: 300</title>"));
    CHECK_FALSE(has(out, ": 9<"));
    CHECK_FALSE(has(out, ": 7<"));
    CHECK(has(out, "321 numbers in all"));
    // The least is pale, the largest is dark.
    CHECK(has(out, "class=\"l1 window\" x=\"46.30%\""));
    CHECK(count(out, "class=\"l5\"") == 2);
}

TEST_CASE("the calendar with nothing, and with one count everywhere") {
    const auto year = year_after(iso("2027-01-01"));
    const std::string none = calendar(en, {}, year, year.from).bytes();
    CHECK(count(none, "width=\"1.65%\"") == 365);
    CHECK(has(none, "0 numbers in all"));
    const std::string one = calendar(en, {{iso("2027-06-30"), 5}}, year, year.from).bytes();
    CHECK(has(one, "class=\"l1\""));
    const std::string huge =
        calendar(en, {{iso("2027-06-30"), 1}, {iso("2027-07-30"), 1ULL << 60}}, year, year.from).bytes();
    CHECK(has(huge, "class=\"l5\""));
}

TEST_CASE("what to do next: the days on which much lapses") {
    Summary summary = big_summary();
    summary.total.lapses = {{iso("2027-01-31"), 312},
                            {iso("2027-03-01"), 4},
                            {iso("2027-03-02"), 1},
                            {iso("2029-01-01"), 100'000}};
    const std::string text = all_steps(summary, en);
    CHECK(has(text, "312 numbers lapse on <time datetime=\"2027-01-31\">31 January 2027</time>: ask for "
                    "consent by another channel before then.\n"));
    CHECK(has(text, "5 more numbers lapse on other days"));
    CHECK_FALSE(has(text, "2029"));
    CHECK(has(all_steps(summary, de), "<time datetime=\"2027-01-31\">31. Januar 2027</time>"));
    // Asking by telephone is advertising there.
    CHECK(has(text, "In Germany a telephone call that asks for consent is itself advertising"));
    summary.total.jurisdictions.erase("DE");
    CHECK_FALSE(has(all_steps(summary, en), "In Germany"));
    summary.total.jurisdictions["DE"] = 5;
    summary.total.lapses.clear();
    CHECK_FALSE(has(all_steps(summary, en), "In Germany"));
}

TEST_CASE("what to do next: lapses spread over the year are one step") {
    Summary summary = big_summary();
    summary.total.lapses.clear();
    for (int i = 0; i < 300; ++i) summary.total.lapses[summary.call_from + i] = 10;
    CHECK(has(all_steps(summary, en), "3,000 numbers lapse over the next twelve months"));
}

TEST_CASE("what to do next: reasons that somebody can mend, the most frequent first") {
    const std::string text = all_steps(big_summary(), en);
    const auto first = text.find("Ask these customers for consent"),
               second = text.find("Ask for new consent by another channel");
    CHECK(first != text.npos);
    CHECK(second != text.npos);
    CHECK(first < second);
    // Who said no is left in peace.
    CHECK_FALSE(has(text, "94,815"));
    CHECK(has(text, "2 unreadable rows in <bdi>do-not-call.txt</bdi> were let pass"));
}

TEST_CASE("what to do next: nothing matched, nothing to do") {
    Summary summary = big_summary();
    summary.total.matched = 0;
    CHECK(steps(en, summary).front().text.bytes().starts_with("No row of any list matches"));
    // The program's warning about it is English; the report says it in its own language, once.
    summary.warnings = {{std::string(no_match), {}}, {"register", {{"law", "GB"}, {"register", "<TPS>"}}}};
    const std::string section = next_steps(de, summary).bytes();
    CHECK_FALSE(has(section, "no list row"));
    CHECK(has(section, "Keine Zeile der Listen"));
    CHECK(has(section, "Das Recht von GB beachtet das Register &lt;TPS&gt;, "));
    CHECK(summary.warnings[1].text().starts_with("the law of GB reads the register <TPS>, and no export of it is among the inputs"));
    // A count is shown whole, however long; what comes from outside is masked.
    summary.warnings = {{"not_verified",
                         {{"law", "NL"}, {"article", "art. 1"}, {"now", "a=warn"}, {"switch", "a=reject"}},
                         12345678}};
    CHECK(has(next_steps(de, summary).bytes(), "beruhen: 12.345.678 (NL, art. 1). a=warn warnt nur davor, mit a=reject "));
    CHECK(summary.warnings[0].text().ends_with(
        ": 12,345,678 (NL, art. 1); a=warn only warns of it, with a=reject such a consent carries no call"));
    summary.warnings[0].slots[1].second = "0612345678";
    CHECK_FALSE(has(next_steps(en, summary).bytes(), "0612345678"));
    Summary quiet;
    CHECK(steps(en, quiet).empty());
    CHECK(has(next_steps(nl, quiet).bytes(), "Niets: "));
}

TEST_CASE("two reasons with one code are one bar") {
    Tallies tallies;
    add(tallies, law::Reason::relation_person_mismatch, 5);
    add(tallies, law::Reason::consent_person_mismatch, 6);
    add(tallies, law::Reason::duplicate, 10);
    const auto counts = reason_counts(tallies);
    REQUIRE(counts.size() == 2);
    CHECK(law::code(counts[0].reason) == "PERSON_MISMATCH");
    CHECK(counts[0].rows == 11);
    CHECK(counts[1].rows == 10);
}

TEST_CASE("many lists: the largest are drawn, all stand in the table") {
    Summary summary = big_summary();
    summary.lists.clear();
    for (int i = 0; i < 75; ++i) {
        Tallies tallies;
        add(tallies, law::Basis::explicit_consent, static_cast<std::uint64_t>(1000 + i));
        summary.lists.push_back(list_of("day-" + std::to_string(i) + ".csv", tallies));
    }
    const std::string out = lists(en, summary).bytes();
    CHECK(count(out, "<svg class=\"split\"") == 30);
    CHECK(has(out, "45 smaller lists stand only in the table."));
    CHECK(count(out, "<th scope=\"row\">") == 76);
    CHECK(count(out, "day-0.csv") == 1);
}

TEST_CASE("every jurisdiction's note, reason's advice and trouble has its phrase") {
    for (const auto reason :
         {law::Reason::unreadable_row, law::Reason::number_missing, law::Reason::number_scientific,
          law::Reason::number_two_in_cell, law::Reason::number_invalid, law::Reason::number_not_diallable})
        CHECK(find_phrase("trouble." + std::string(law::code(reason)), Language::nl));
    CHECK(find_phrase("next.note.DE", Language::de));
    CHECK_FALSE(find_phrase("do.OBJECTION", Language::en));
    for (const auto reason :
         {law::Reason::consent_expired, law::Reason::no_evidence, law::Reason::end_date_missing})
        CHECK(find_phrase("do." + std::string(law::code(reason)), Language::en));
}
