// The page of a law, and docs/JURISDICTIONS.md. UPDATE_GOLDEN=1 writes the page anew; the difference is read.
#include "law/describe.h"
#include "law/rulebook.h"
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace callscrub;

namespace {

law::Rulebook rules(const std::vector<law::Setting>& settings = {}) {
    static const auto packs = law::embedded_pack_texts();
    return law::Rulebook(packs, "standard", settings);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

void same_as_file(const std::string& name, const std::string& page) {
    const std::string path = SOURCE_DIR "/docs/" + name;
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(path, std::ios::binary) << page;
    std::ifstream in(path, std::ios::binary);
    std::stringstream found;
    found << in.rdbuf();
    CHECK_MESSAGE(found.str() == page,
                  path << ": run this test with UPDATE_GOLDEN=1 and read the difference");
}

// Without the line breaks of wrapping.
std::string flat(const std::string& text) {
    std::string out;
    for (const char c : text)
        if (c != '\n' && (c != ' ' || !out.ends_with(' ')))
            out += c;
        else if (!out.ends_with(' '))
            out += ' ';
    return out;
}

} // namespace

TEST_CASE("docs/JURISDICTIONS.md and the pages under it are what the packs say") {
    const auto law = rules();
    same_as_file("JURISDICTIONS.md", law::describe_index(law.jurisdictions()));
    for (const auto& one : law.jurisdictions())
        same_as_file("jurisdictions/" + one.id + ".md", law::describe(one, law::Format::markdown));
}

TEST_CASE("a page tells everything a lawyer asks for") {
    const auto law = rules();
    const auto page = law::describe(*law.find("FR"), law::Format::text);
    CHECK(has(page, "FR-1: from 2023-03-01 until 2026-08-10\n"));
    CHECK(has(page, "FR-2: from 2026-08-11\n"));
    CHECK(has(flat(page), "- BLOCTEL: a listing binds from its own day; C. conso L223-1 (until 2026-08-10): numbers in Bloctel ["));
    CHECK(has(flat(page), "- export: at most 31 days old on the day of the run, or the run ends with code 4; C. conso L223-1: monthly "
                          "or before each campaign ["));
    CHECK(has(page, "at most 4 calls in 30 days; none for 60 days after a refusal (with\n  "
                    "fr_call_limits=keep); C. conso D223-9 ["));
    CHECK(has(page, "  - after its end: nothing; the relation must be running; C. conso L223-1 para. 4: only "
                    "while the\n"));
    CHECK(has(page, "Only under another policy\n"));
    CHECK(has(page, "- not restricted: FR-2.press (with fr_press_exception=on), C. conso L223-5 ["));
    CHECK(has(page, "  - for: calls by publishers; calls not about energy saving works\n"));
    CHECK(has(page, "  - default: off, under the strict policy off (off or on)\n"));
    CHECK(has(page, "checked 2026-11-22\n"));
}

TEST_CASE("a rule with every condition names each of them") {
    const auto page = flat(law::describe(*rules().find("NL"), law::Format::text));
    const std::string all = "- if: it was paid for, the number came from the customer with it, the customer was told of such calls when "
                            "giving the number, an objection was offered when the number was given and the product offered is the "
                            "relation's own or a similar one";
    std::size_t found = 0;
    for (auto at = page.find(all); at != std::string::npos; at = page.find(all, at + 1)) ++found;
    CHECK(found == 3); // customers of 2021, publishers, lotteries
}

TEST_CASE("values that a switch sets name it, and follow it") {
    const auto standard = flat(law::describe(*rules().find("IT"), law::Format::text));
    CHECK(has(standard, "after its end: for 30 days (switch it_days_after_end);"));
    CHECK(has(standard, "- export: at most 15 days (switch it_list_age_days) old on the day of the run, or the run ends with code 4; DPR 26/2022"));
    const auto law = rules({{"it_days_after_end", "0", {}}});
    CHECK(has(flat(law::describe(*law.find("IT"), law::Format::text)),
              "after its end: nothing; the relation must be running: 0 days (switch it_days_after_end);"));
}

TEST_CASE("a basis moves when its switch is set") {
    const std::string rule = "(with be_customer=on)";
    const auto off = law::describe(*rules().find("BE"), law::Format::text);
    CHECK(off.find(rule) > off.find("Only under another policy"));
    const auto law = rules({{"be_customer", "on", {}}});
    const auto on = law::describe(*law.find("BE"), law::Format::text);
    CHECK(has(on, rule));
    CHECK_FALSE(has(on, "Only under another policy"));
}

TEST_CASE("Markdown marks names and escapes what it would eat") {
    const auto page = law::describe(*rules().find("DE"), law::Format::markdown);
    CHECK(page.starts_with("# Germany (DE)\n\n"));
    CHECK(has(page, "`de_stale_months`"));
    CHECK(has(page, "5 years from the consent and again from each use"));
}

TEST_CASE("text is at most a hundred columns wide") {
    const auto law = rules();
    for (const auto& one : law.jurisdictions()) {
        std::istringstream page(law::describe(one, law::Format::text));
        for (std::string line; std::getline(page, line);) {
            std::size_t letters = 0;
            for (const char c : line) letters += (c & 0xC0) != 0x80;
            CHECK_MESSAGE((letters <= 100 || line.find(' ', 3) == std::string::npos), line);
        }
    }
}
