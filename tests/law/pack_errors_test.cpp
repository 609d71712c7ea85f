// A pack that is wrong is refused, and the message says where, what was found and what to do.
#include "law/rulebook.h"
#include <algorithm>
#include <doctest/doctest.h>

using namespace callscrub;

namespace {

// Lines are numbered in the tests, so nothing is added in the middle.
constexpr const char* good = R"([pack]
jurisdiction = "NL"
version = "1"
time_zone = "Europe/Amsterdam"
month_arithmetic = "clamp"
names = { en = "A", de = "B", nl = "C" }
[source.s]
title = "T"
where = "W"
checked = 2026-11-22
[[switch]]
name = "nl_days"
standard = 3
strict = 2
least = 0
most = 9
says = "S."
source = "S"
certainty = 50
[[switch]]
name = "nl_word"
words = ["on", "off"]
standard = "on"
strict = "off"
says = "S."
source = "S"
certainty = 50
[[products]]
name = "works"
words = ["roof"]
says = "W."
[[regime]]
id = "R1"
from = 2020-01-01
until = 2020-12-31
says = "S."
article = "a"
source = "s"
certainty = 90
[[regime.register]]
name = "REG"
grace_days = 28
article = "a"
source = "s"
certainty = 90
[[regime.basis]]
id = "R1.relation"
basis = "customer_relationship"
needs = "relation"
kinds = ["sale"]
products = ["works"]
falls_when_listed = ["REG"]
article = "a"
source = "s"
certainty = 90
[regime.basis.after_end]
days = "@nl_days"
article = "a"
source = "s"
certainty = 90
[[regime]]
id = "R2"
from = 2021-01-01
says = "S."
article = "a"
source = "s"
certainty = 90
[[regime.basis]]
id = "R2.consent"
when = "nl_word=on"
basis = "explicit_consent"
needs = "consent"
article = "a"
source = "s"
certainty = 90
)";

std::string changed(const std::string& from, const std::string& to, std::size_t which = 0) {
    std::string text = good;
    std::size_t at = text.find(from);
    for (; which > 0 && at != std::string::npos; --which) at = text.find(from, at + 1);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string trouble(const std::string& text) {
    const std::vector<law::PackText> packs{{"NL.toml", text}};
    try {
        law::Rulebook(packs, "standard", {});
    } catch (const base::Failure& failure) {
        CHECK(failure.code() == base::Exit::usage);
        return failure.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("the pack that the errors start from is right") { CHECK(trouble(good) == "accepted"); }

TEST_CASE("a value without its origin is refused") {
    CHECK(trouble(changed("article = \"a\"\n", "")) == "NL.toml:32:1: the key 'article' is missing");
    CHECK(trouble(changed("source = \"s\"\n", "", 1)) == "NL.toml:40:1: the key 'source' is missing");
    CHECK(trouble(changed("source = \"s\"\n", "source = \"t\"\n")) ==
          "NL.toml:38:10: the source 't' is not described; add [source.t]");
    CHECK(trouble(changed("checked = 2026-11-22\n", "")) ==
          "NL.toml:7:1: a source needs 'checked', the day on which it was checked");
    CHECK(trouble(changed("title = \"T\"\n", "")) == "NL.toml:7:1: the key 'title' is missing");
    CHECK(trouble(changed("certainty = 90\n", "", 2)) ==
          "NL.toml:46:1: 'certainty' must be stated in per cent, from 1 to 100");
    CHECK(trouble(changed("certainty = 90", "certainty = 101")) ==
          "NL.toml:39:13: 'certainty' must be stated in per cent, from 1 to 100");
}

TEST_CASE("overlaps and gaps are refused") {
    CHECK(trouble(changed("until = 2020-12-31", "until = 2021-01-01")) ==
          "NL.toml:63:8: regime R2 begins before regime R1 has ended");
    CHECK(trouble(changed("until = 2020-12-31\n", "")) ==
          "NL.toml:62:8: regime R2 begins before regime R1 has ended");
    CHECK(trouble(changed("until = 2020-12-31", "until = 2020-12-30")) ==
          "NL.toml:63:8: no rule is in force between R1 and R2; close the gap or state gap_before = \"why\"");
    CHECK(trouble(changed("until = 2020-12-31", "until = 2019-12-31")) ==
          "NL.toml:35:9: the regime ends before it begins");
    CHECK(trouble(changed("from = 2020-01-01\n", "")) ==
          "NL.toml:32:1: a regime needs its first day, 'from'");
    CHECK(trouble(changed("2020-01-01", "2020-01-01T00:00:00")) ==
          "NL.toml:34:8: 'from' must be a date without time");
    auto stated = changed("until = 2020-12-31", "until = 2020-12-30");
    stated.replace(stated.find("from = 2021-01-01"), 17,
                   "from = 2021-01-01\ngap_before = \"nothing was in force\"");
    CHECK(trouble(stated) == "accepted");
}

TEST_CASE("unknown keys are refused") {
    CHECK(trouble(changed("grace_days", "grace_day")) ==
          "NL.toml:42:13: unknown key 'grace_day' (did you mean 'grace_days'?)");
    CHECK(trouble(changed("where = \"W\"", "where = \"W\"\nwhen = \"x\"")) ==
          "NL.toml:10:8: unknown key 'when'");
    CHECK(trouble(changed("jurisdiction", "juristiction")) ==
          "NL.toml:2:16: unknown key 'juristiction' (did you mean 'jurisdiction'?)");
    CHECK(trouble(changed("certainty = 90\n[[regime.basis]]\nid = \"R1.relation\"",
                          "certainty = 90\nwhen = \"nl_word=on\"\n[[regime.basis]]\nid = \"R1.relation\"")) ==
          "NL.toml:46:8: unknown key 'when'");
}

TEST_CASE("unknown words are refused") {
    CHECK(trouble(changed("kinds = [\"sale\"]", "kinds = [\"sales\"]")) ==
          "NL.toml:50:9: 'kinds' has the unknown word 'sales'; expected sale, subscription, quotation, "
          "inquiry, donation, "
          "volunteer, event (did you mean 'sale'?)");
    CHECK(trouble(changed("kinds = [\"sale\"]", "kinds = [\"sale\"]\nparties = [\"company\"]")) ==
          "NL.toml:51:11: 'parties' has the unknown word 'company'; expected consumer, sole_trader, "
          "partnership, legal_person");
    CHECK(trouble(changed("needs = \"consent\"", "needs = \"consents\"")) ==
          "NL.toml:72:9: 'needs' has the unknown word 'consents'; expected nothing, consent, request, "
          "publication, relation "
          "(did you mean 'consent'?)");
    CHECK(trouble(changed("kinds = [\"sale\"]", "kinds = []")) ==
          "NL.toml:50:9: 'kinds' is an empty list; name what is meant, or leave it out");
    CHECK(trouble(changed("\"customer_relationship\"", "\"customer\"")) ==
          "NL.toml:48:9: unknown basis 'customer'");
    CHECK(trouble(changed("[\"REG\"]", "[\"RPO\"]")) == "NL.toml:52:21: this regime has no register 'RPO'");
    CHECK(trouble(changed("products = [\"works\"]", "products = [\"roof\"]")) ==
          "NL.toml:51:12: the product group 'roof' is not declared; add [[products]]");
    CHECK(trouble(changed("[[regime]]\nid = \"R2\"", "[cites]\nNO_CONSENT = { article = \"a\", source = "
                                                     "\"s\", certainty = 90 }\n[[regime]]\nid = \"R2\"")) ==
          "NL.toml:62:14: unknown reason code 'NO_CONSENT'");
    CHECK(trouble(changed("\"clamp\"", "\"spill\"")) ==
          "NL.toml:5:20: 'month_arithmetic' is 'spill'; the only one known is \"clamp\"");
    CHECK(trouble(changed("\"NL\"", "\"NLD\"")) ==
          "NL.toml:2:16: 'jurisdiction' must be a country code of two letters");
}

TEST_CASE("unknown units and numbers out of range are refused") {
    CHECK(trouble(changed("days = \"@nl_days\"", "weeks = 4")) ==
          "NL.toml:56:1: a term needs either 'months' or 'days'");
    CHECK(trouble(changed("days = \"@nl_days\"", "days = 3\nmonths = 3")) ==
          "NL.toml:56:1: a term needs either 'months' or 'days'");
    CHECK(trouble(changed("days = \"@nl_days\"", "days = 3\nweeks = 4")) ==
          "NL.toml:58:9: unknown key 'weeks'");
    CHECK(trouble(changed("days = \"@nl_days\"", "days = -1")) ==
          "NL.toml:57:8: 'days' is -1; expected a number from 0 to 100000");
    CHECK(trouble(changed("days = \"@nl_days\"", "days = 1.5")) ==
          "NL.toml:57:8: 'days' is 1.5; expected a whole number");
    CHECK(
        trouble(changed("[regime.basis.after_end]\ndays = \"@nl_days\"\narticle = \"a\"\nsource = "
                        "\"s\"\ncertainty = 90\n",
                        "")) ==
        "NL.toml:46:1: a relation needs either [after_end] with a term, or no_term = \"why there is none\"");
}

TEST_CASE("switches are checked") {
    CHECK(trouble(changed("\"@nl_days\"", "\"@nl_day\"")) ==
          "NL.toml:57:8: the switch 'nl_day' is not declared in this pack; add [[switch]] (did you mean "
          "'nl_days'?)");
    CHECK(trouble(changed("\"@nl_days\"", "\"@nl_word\"")) ==
          "NL.toml:57:8: the switch 'nl_word' is no number");
    CHECK(trouble(changed("\"nl_word=on\"", "\"nl_word=onn\"")) ==
          "NL.toml:70:8: the switch 'nl_word' has no word 'onn' (did you mean 'on'?)");
    CHECK(trouble(changed("\"nl_word=on\"", "\"nl_word\"")) ==
          "NL.toml:70:8: 'when' must be \"switch=word\"; found 'nl_word'");
    CHECK(trouble(changed("name = \"nl_days\"", "name = \"de_days\"")) ==
          "NL.toml:12:8: the switch 'de_days' must begin with 'nl_'");
    CHECK(trouble(changed("name = \"nl_word\"", "name = \"nl_days\"")) ==
          "NL.toml:21:8: the switch 'nl_days' is declared twice");
    CHECK(trouble(changed("standard = 3", "standard = 10")) ==
          "NL.toml:13:12: 'standard' is 10; this switch allows 0 to 9");
    CHECK(trouble(changed("strict = \"off\"", "strict = \"of\"")) ==
          "NL.toml:24:10: 'strict' is none of the words of this switch");
}

TEST_CASE("ids are unique, because they stand in reports") {
    CHECK(trouble(changed("id = \"R2.consent\"", "id = \"R1.relation\"")) ==
          "NL.toml:69:6: the id 'R1.relation' is used twice; ids stand in reports");
    CHECK(trouble(changed("id = \"R2\"", "id = \"R1\"")) ==
          "NL.toml:62:6: the id 'R1' is used twice; ids stand in reports");
}

TEST_CASE("two packs for one country are refused") {
    const std::vector<law::PackText> packs{{"NL.toml", good}, {"other.toml", good}};
    CHECK_THROWS_WITH_AS(law::Rulebook(packs, "standard", {}),
                         "other.toml: there is another pack for jurisdiction NL", base::Failure);
}

TEST_CASE("two packs that claim one country's name are refused, by name or by code") {
    const auto loaded = [](const std::string& names, const std::string& also) {
        std::string other = good;
        const auto change = [&](const std::string& from, const std::string& to) {
            for (auto at = other.find(from); at != std::string::npos; at = other.find(from, at + to.size())) other.replace(at, from.size(), to);
        };
        change("\"NL\"", "\"BE\"");
        change("nl_", "be_");
        change("names = { en = \"A\", de = \"B\", nl = \"C\" }", names);
        change("month_arithmetic = \"clamp\"", "month_arithmetic = \"clamp\"" + (also.empty() ? "" : "; also = " + also));
        std::replace(other.begin(), other.end(), ';', '\n');
        const std::vector<law::PackText> packs{{"NL.toml", good}, {"BE.toml", other}};
        try {
            law::Rulebook(packs, "standard", {});
        } catch (const base::Failure& failure) {
            return std::string(failure.what());
        }
        return std::string();
    };
    const std::string own = "names = { en = \"X\", de = \"Y\", nl = \"Z\" }";
    const std::string rest = "' is also one of pack NL, and data that says so must mean one law; take it out of one of the two packs";
    CHECK(loaded(own, "") == "");
    CHECK(loaded(own, "[\"Q\", \" a \"]") == "BE.toml:6:9: the country's name 'a" + rest);
    CHECK(loaded(own, "[\"nl\"]") == "BE.toml:6:9: the country's name 'nl" + rest);
    CHECK(loaded("names = { en = \"X\", de = \"B\", nl = \"Z\" }", "") == "BE.toml:6:9: the country's name 'b" + rest);
}

TEST_CASE("what reports and proofs name says something") {
    CHECK(trouble(changed("version = \"1\"", "version = \"\"")) ==
          "NL.toml:3:11: 'version' is empty; reports and proofs name it, so state it");
    CHECK(trouble(changed("article = \"a\"", "article = \" \"")).ends_with(": 'article' is empty; reports and proofs name it, so state it"));
    CHECK(trouble(changed("article = \"a\"", "article = \"\"")).ends_with(": 'article' is empty; reports and proofs name it, so state it"));
}

TEST_CASE("a basis stands on what its name says") {
    CHECK(trouble(changed("needs = \"consent\"", "needs = \"nothing\"")).ends_with(
        ": the basis 'explicit_consent' stands on a consent; state needs = \"consent\", or another basis"));
    CHECK(trouble(changed("needs = \"relation\"", "needs = \"nothing\"")) ==
          "NL.toml:49:9: the basis 'customer_relationship' stands on something on record, and this rule needs nothing; state what it "
          "needs, or basis = \"not_restricted\"");
}
