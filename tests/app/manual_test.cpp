#include "app/commands.h"
#include "app/options.h"
#include "app/roff.h"
#include "app/setting.h"
#include "report/scratch.h"
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>

using namespace callscrub;
using namespace callscrub::app;
using report::test::put;
using report::test::Scratch;
using report::test::slurp;

namespace {

bool installed(const char* program) {
    return std::system((std::string("command -v ") + program + " >/dev/null 2>&1").c_str()) == 0;
}

/// What groff makes of a page, and what it warns about.
struct Formatted {
    std::string text, warnings;
};
Formatted formatted(const Scratch& scratch, const std::string& page) {
    put(scratch / "page", page);
    const std::string to = " > " + (scratch / "out") + " 2> " + (scratch / "err");
    REQUIRE(std::system(("groff -ww -man -Tutf8 -P-c -P-b -P-o -P-u " + (scratch / "page") + to).c_str()) ==
            0);
    return {slurp(scratch / "out"), slurp(scratch / "err")};
}

/// Without line breaks and double blanks.
std::string flat(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const char one = c == '\n' ? ' ' : c;
        if (one != ' ' || (!out.empty() && out.back() != ' ')) out += one;
    }
    return out;
}

} // namespace

TEST_CASE("roff: nothing of a text is taken for a request or an escape") {
    CHECK(roff_text("a-b \\ 'c' `d` ^~ \"e\"") == "a\\-b \\e \\(aqc\\(aq \\(gad\\(ga \\(ha\\(ti \\(dqe\\(dq");
    CHECK(roff_text(".TH") == "\\&.TH");
    CHECK(roff_text("'quote") == "\\(aqquote");
    CHECK(roff_text("LIST…") == "LIST\\[u2026]");
    CHECK(roff_text("ü") == "\\[u00FC]");
}

TEST_CASE("man pages: groff finds nothing to warn about, and every option and key is on its page") {
    if (!installed("groff")) {
        MESSAGE("skipped: groff is not installed");
        return;
    }
    Scratch scratch;
    for (const auto& page : man_pages()) {
        INFO(page);
        const auto result = formatted(scratch, man_page(page));
        CHECK(result.warnings == "");
        const auto text = flat(result.text);
        if (page.ends_with(".5")) continue;
        const auto command =
            page == "callscrub.1" ? Command::none : *command_of(page.substr(10, page.size() - 12));
        for (const auto& one : options()) {
            if (!belongs(one, command)) continue;
            CHECK_MESSAGE(text.find("--" + std::string(one.name)) != std::string::npos, one.name);
            CHECK_MESSAGE(text.find(flat(std::string(meaning(one)))) != std::string::npos, meaning(one));
        }
        for (const auto& example : info(command).examples)
            CHECK_MESSAGE(text.find(example.line) != std::string::npos, example.line);
    }
    const auto profile = formatted(scratch, man_page("callscrub-profile.5"));
    const auto text = flat(profile.text);
    for (const auto& one : settings())
        CHECK_MESSAGE(text.find(flat(std::string(one.help))) != std::string::npos, one.key);
    for (const auto& one : input_settings())
        CHECK_MESSAGE(text.find(flat(std::string(one.help))) != std::string::npos, one.key);
    for (const auto& role : roles())
        for (const auto column : canonical_columns(role.role)) CHECK(text.find(column) != std::string::npos);
}

TEST_CASE("the pages of files: rule packs from the document, formats from the tables") {
    if (!installed("groff")) {
        MESSAGE("skipped: groff is not installed");
        return;
    }
    Scratch scratch;
    const auto rules = flat(formatted(scratch, man_page("callscrub-rules.5")).text);
    for (const auto* word : {"falls_unless_later_than_listing", "[regime.basis.after_end]", "month_arithmetic = \"clamp\"",
                             "calls that use up a request (default: 1)", "JURISDICTIONS.md shows all packs"})
        CHECK_MESSAGE(rules.find(word) != std::string::npos, word);
    CHECK(std::count(rules.begin(), rules.end(), '`') == 2); // in a comment of an example
    CHECK(rules.find("](") == std::string::npos);
    const auto formats = flat(formatted(scratch, man_page("formats")).text);
    for (const auto& role : roles())
        for (const auto column : canonical_columns(role.role)) CHECK_MESSAGE(formats.find(column) != std::string::npos, column);
    for (const auto* word : {"opt_in", "objection", "sole_trader", "subscription", "refused", "scrub_line, scrub_reason, scrub_reasons", "scrub_callable_until", "retain_until", "scrub_phone",
                             "PATH.timestamp"})
        CHECK_MESSAGE(formats.find(word) != std::string::npos, word);
}

TEST_CASE("man pages by their names") {
    CHECK(man_page("rules").starts_with(".TH CALLSCRUB-RULES 1 "));
    CHECK(man_page("callscrub-rules.5").starts_with(".TH CALLSCRUB-RULES 5 "));
    CHECK(man_page("rules.5") == man_page("callscrub-rules.5"));
    CHECK(man_page("callscrub-formats").starts_with(".TH CALLSCRUB-FORMATS 5 "));
    CHECK(man_page("").starts_with(".TH CALLSCRUB 1 "));
    CHECK(man_page("tidy").starts_with(".TH CALLSCRUB-TIDY 1 "));
    CHECK(man_page("tidy") == man_page("callscrub-tidy"));
    CHECK(man_page("tidy") == man_page("callscrub-tidy.1"));
    CHECK(man_page("profile").starts_with(".TH CALLSCRUB-PROFILE 5 "));
    report::test::check_fails(base::Exit::usage,
                              "there is no man page 'callscrub-tidi.1' (did you mean 'callscrub-tidy.1'?)",
                              [] { man_page("callscrub-tidi.1"); });
}

TEST_CASE("the sample profile of the manual is a profile") {
    Scratch scratch;
    if (!installed("groff")) {
        MESSAGE("skipped: groff is not installed");
        return;
    }
    const auto text = formatted(scratch, man_page("profile")).text;
    const auto begin = text.find("[campaign]"), end = text.find("\nKEYS");
    REQUIRE(begin < end);
    CHECK(text.substr(begin, end - begin)
              .find("values.status = { \"Ja\" = \"opt_in\", \"Nein\" = \"opt_out\" }") != std::string::npos);
}
