#include "app/profile.h"
#include "report/scratch.h"
#include <doctest/doctest.h>
#include <set>

using namespace callscrub;
using namespace callscrub::app;
using report::test::failure_of;
using report::test::put;
using report::test::Scratch;

namespace {

std::string message(const std::string& text) {
    const auto failed = failure_of([&] {
        Job job;
        parse_profile(text, "jobs/night.toml").apply(job);
    });
    REQUIRE_MESSAGE(failed, "was accepted: ", text);
    CHECK(failed->code == base::Exit::usage);
    return failed->text;
}

/// A value that a key takes, as TOML.
std::string sample(Kind kind, std::string_view words) {
    switch (kind) {
    case Kind::word:
        return "\"" + std::string(words.substr(0, words.find('|'))) + "\"";
    case Kind::boolean:
        return "true";
    case Kind::count:
        return "3";
    case Kind::share:
        return "0.5";
    case Kind::day:
        return "2026-07-01";
    case Kind::duration:
        return "\"14d\"";
    case Kind::size:
        return "\"1GiB\"";
    case Kind::list:
        return words.empty() ? "[\"a\", \"b\"]" : "[\"nl\", \"de\"]";
    default:
        return "\"NL\"";
    }
}

} // namespace

TEST_CASE("every key of the table is read, and wrong kinds of it are refused") {
    for (const auto& one : settings()) {
        const std::string start = "[" + std::string(one.section()) + "]\n" + std::string(one.leaf()) + " = ";
        INFO(one.key);
        const auto profile = parse_profile(start + sample(one.kind, one.words) + "\n", "p.toml");
        REQUIRE(profile.settings.size() == 1);
        CHECK(profile.settings[0].setting->key == one.key);
        Job job;
        profile.apply(job);
        const std::string wrong = one.kind == Kind::boolean || one.kind == Kind::count ? "\"x\"" : "true";
        const auto failed = failure_of([&] { parse_profile(start + wrong + "\n", "p.toml"); });
        REQUIRE(failed);
        CHECK(failed->text.starts_with("p.toml:2:"));
        CHECK(failed->text.find(one.key) != std::string::npos);
    }
}

TEST_CASE("every key of an input is read") {
    for (const auto& one : input_settings()) {
        if (!one.put) continue;
        INFO(one.key);
        std::string value = sample(one.kind, one.words);
        if (one.key == "delimiter") value = "\";\"";
        if (one.key == "quote" || one.key == "escape") value = "\"none\"";
        if (one.key == "age_from") value = "\"sidecar\"";
        if (one.key == "encoding") value = "\"utf-8\"";
        if (one.key == "time_zone") value = "\"Europe/Berlin\"";
        const std::string table = one.registers_only ? "register" : "consents";
        const auto profile = parse_profile(
            "[[" + table + "]]\npath = \"a.csv\"\n" + std::string(one.key) + " = " + value + "\n", "p.toml");
        REQUIRE(profile.inputs.size() == 1);
        InputSpec plain;
        plain.role = profile.inputs[0].spec.role;
        plain.place = profile.inputs[0].spec.place;
        const bool changed = profile.inputs[0].spec != plain;
        CHECK(changed);
    }
}

TEST_CASE("a whole profile") {
    const auto profile = parse_profile(R"(
[campaign]
entity = "Energy Ltd"
caller_type = "charity"
purpose = "lottery tickets"
similar = ["gas", "heat, district"]
call_from = 2026-06-30
call_until = "+14d"
[policy]
base = "strict"
nl_term_months = 24
unscoped_consent = "accept"
[guard]
max_reject_rate = "90%"
min_rows = 100
[limits]
memory = "2GiB"
[[list]]
path = ["a.csv", "/data/b.csv"]
columns.phone = ["Telefon", "Mobil"]
[[consents]]
path = "c.csv"
dates = { timestamp = "dd.mm.yyyy" }
values.status = { "Ja" = "opt_in", "Nein" = "opt_out" }
set.channel = "phone"
max_age = "36h"
[[relations]]
path = "r.csv"
set = { paid = true, start = 2020-01-01 }
columns = { person_id = "Kundennummer" }
[[register]]
name = "BMNR"
path = "-"
)",
                                       "jobs/night.toml");
    Job job;
    profile.apply(job);
    CHECK(job.profile == "jobs/night.toml");
    CHECK(job.campaign.entity == "Energy Ltd");
    CHECK(job.campaign.caller_type == facts::CallerType::charity);
    CHECK(job.campaign.purpose == facts::Purpose::other);
    CHECK(job.campaign.purpose_word == "lottery tickets");
    CHECK(job.campaign.similar == std::vector<std::string>{"gas", "heat, district"});
    CHECK(job.campaign.call_from == DaySpec{DaySpec::Kind::fixed, *facts::make_day(2026, 6, 30), 0});
    CHECK(job.campaign.call_until == DaySpec{DaySpec::Kind::after, 0, 14});
    CHECK(job.policy.base == "strict");
    REQUIRE(job.policy.switches.size() == 2);
    CHECK(job.policy.switches[0].name == "nl_term_months");
    CHECK(job.policy.switches[0].value == "24");
    CHECK(job.policy.switches[0].place.text() == "jobs/night.toml:11:18");
    CHECK(job.policy.switches[1].value == "accept");
    CHECK(*job.guard.max_reject_rate == doctest::Approx(0.9));
    CHECK(*job.guard.min_rows == 100);
    CHECK(job.limits.memory == 2'147'483'648);

    REQUIRE(profile.inputs.size() == 4);
    CHECK(profile.inputs[0].patterns == std::vector<std::string>{"jobs/a.csv", "/data/b.csv"});
    CHECK(profile.inputs[0].spec.columns.at("phone") == std::vector<std::string>{"Telefon", "Mobil"});
    const auto& consents = profile.inputs[1].spec;
    CHECK(consents.place.text() == "jobs/night.toml:21:1");
    CHECK(consents.dates_of.at("timestamp") == "dd.mm.yyyy");
    CHECK(consents.values.at("status").at("Nein") == "opt_out");
    CHECK(consents.constants.at("channel") == "phone");
    CHECK(*consents.max_age == 129'600);
    const auto& relations = profile.inputs[2].spec;
    CHECK(relations.constants.at("paid") == "yes");
    CHECK(relations.constants.at("start") == "2020-01-01");
    CHECK(relations.columns.at("person_id") == std::vector<std::string>{"Kundennummer"});
    CHECK(profile.inputs[3].patterns == std::vector<std::string>{"-"});
}

TEST_CASE("messages of a profile, word for word") {
    CHECK(message("[campaign]\nentitiy = \"x\"\n") ==
          "jobs/night.toml:2:11: unknown key 'entitiy' (did you mean 'entity'?)");
    CHECK(message("[campain]\n")
              .starts_with("jobs/night.toml:1:1: unknown key 'campain' (did you mean 'campaign'?)"));
    CHECK(message("[[consent]]\npath = \"a\"\n").find("unknown key 'consent' (did you mean 'consents'?)") !=
          std::string::npos);
    CHECK(message("[[list]]\npth = \"a\"\n") ==
          "jobs/night.toml:2:7: unknown key 'pth' (did you mean 'path'?)");
    CHECK(message("[[list]]\nmax_age = 36\n") == "jobs/night.toml:2:11: list.max_age is 36 without quotes; "
                                                 "expected duration: \"36h\", \"60d\" in quotes");
    CHECK(message("[output]\nreplace = \"yes\"\n") ==
          "jobs/night.toml:2:11: output.replace is yes in quotes; expected true or false without quotes");
    CHECK(message("[campaign]\ncaller_type = \"comercial\"\n") ==
          "jobs/night.toml:2:15: campaign.caller_type is 'comercial'; expected one of commercial, charity, "
          "publisher, "
          "lottery (did you mean 'commercial'?)");
    CHECK(message("[campaign]\njurisdiction = \"Holland\"\n") ==
          "jobs/night.toml:2:16: campaign.jurisdiction is 'Holland'; expected auto or a country code of two "
          "letters "
          "(see `callscrub rules list`)");
    CHECK(message("[[consents]]\ncolumns.phon = \"Tel\"\n") ==
          "jobs/night.toml:2:16: unknown column 'phon' in consents.columns (did you mean 'phone'?)");
    CHECK(message("[[register]]\npath = \"a\"\n")
              .ends_with("a [[register]] needs a name, as the rule packs call it"));
    CHECK(message("[[suppress]]\nname = \"x\"\n").find("unknown key 'name'") != std::string::npos);
    CHECK(message("list = \"a.csv\"\n").find("'list' must be a list of tables, written [[list]]") !=
          std::string::npos);
    CHECK(message("[campaign\n").starts_with("jobs/night.toml:1:"));
    CHECK(message("[policy]\nterm_boundary = 1.5\n") ==
          "jobs/night.toml:2:17: policy switch 'term_boundary' is 1.5; expected a word in quotes or a whole "
          "number");
    CHECK(message("[output]\nlang = [\"en\", \"fr\"]\n").find("expected one of en, de, nl") !=
          std::string::npos);
    CHECK(message("[output]\nlang = [\"en\", \"en\"]\n").find("each language once") != std::string::npos);
}

TEST_CASE("a profile that can't be read") {
    Scratch scratch;
    const auto gone = failure_of([&] { read_profile(scratch / "no.toml"); });
    REQUIRE(gone);
    CHECK(gone->code == base::Exit::usage);
    CHECK(gone->text == (scratch / "no.toml") + ": the profile can't be read: No such file or directory");
    const auto folder = failure_of([&] { read_profile(scratch.path()); });
    REQUIRE(folder);
    CHECK(folder->text == scratch.path() + ": the profile is a directory; expected a TOML file");
}

TEST_CASE(
    "paths of a profile: relative to its folder, patterns in order of their bytes, none without a match") {
    Scratch scratch;
    for (const auto* name : {"b.csv", "a.csv", "B.csv", "[x].csv", "notes.txt"})
        put(scratch / name, "phone\n");
    const auto files = [&](const std::string& path) {
        put(scratch / "p.toml", "[[list]]\npath = " + path + "\n");
        const auto profile = read_profile(scratch / "p.toml");
        std::vector<std::string> out;
        for (const auto& spec : expand(profile.inputs.at(0)))
            out.push_back(spec.path.substr(scratch.path().size() + 1));
        return out;
    };
    CHECK(files("\"a.csv\"") == std::vector<std::string>{"a.csv"});
    CHECK(files("\"*.csv\"") == std::vector<std::string>{"B.csv", "[x].csv", "a.csv", "b.csv"});
    CHECK(files("\"[ab].csv\"") == std::vector<std::string>{"a.csv", "b.csv"});
    CHECK(files("\"[x].csv\"") == std::vector<std::string>{"[x].csv"}); // it is there, so it means itself
    CHECK(files("[\"b.csv\", \"a.csv\"]") == std::vector<std::string>{"b.csv", "a.csv"});
    CHECK(files("\"missing.csv\"") == std::vector<std::string>{"missing.csv"}); // opening it will tell
    const auto none = failure_of([&] { files("\"*.tsv\""); });
    REQUIRE(none);
    CHECK(none->code == base::Exit::usage);
    CHECK(none->text.find("p.toml:1:1: no file matches the path '") != std::string::npos);
}

TEST_CASE("a table of an input stands for a file by any spelling of its path") {
    const auto profile = parse_profile("[[list]]\npath = \"lists/*.csv\"\n", "/jobs/p.toml");
    const auto& table = profile.inputs[0];
    CHECK(names_file(table, "/jobs/lists/a.csv"));
    CHECK(names_file(table, "/jobs/../jobs/lists/./a.csv"));
    CHECK_FALSE(names_file(table, "/jobs/lists/deep/a.csv"));
    CHECK_FALSE(names_file(table, "/jobs/lists/a.csv.gz"));
}
