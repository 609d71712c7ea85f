#include "app/setting.h"
#include "resolved.h"

using namespace callscrub;
using namespace callscrub::app;
using namespace callscrub::app::test;

namespace {

std::vector<std::string> paths(const Job& job, Role role) {
    std::vector<std::string> out;
    for (const auto* input : job.inputs_of(role)) out.push_back(input->path);
    return out;
}

using Words = std::vector<std::string>;

} // namespace

TEST_CASE("run: every flag of the contract") {
    const auto job = job_of({"run",
                             "a.csv",
                             "--consents",
                             "c1.csv",
                             "--consents=c2.csv",
                             "--relations",
                             "r.csv",
                             "--suppress",
                             "s.txt",
                             "--register",
                             "BMNR=x=y.csv",
                             "--calls",
                             "k.csv",
                             "b.csv.gz",
                             "--entity",
                             "Energy Ltd",
                             "--caller-type",
                             "lottery",
                             "--purpose",
                             "winback",
                             "--dialing",
                             "automatic",
                             "--caller-id",
                             "withheld",
                             "--product",
                             "energy",
                             "--similar",
                             "gas,heat",
                             "--jurisdiction",
                             "nl",
                             "--region",
                             "de",
                             "--call-from",
                             "2026-06-30",
                             "--call-until",
                             "+14d",
                             "--policy",
                             "strict",
                             "-o",
                             "out",
                             "--replace",
                             "--annotate",
                             "--lang",
                             "de,en",
                             "--threads",
                             "2",
                             "--memory",
                             "1GiB",
                             "--dry-run",
                             "--renew-within",
                             "60d",
                             "--ledger",
                             "l.jsonl",
                             "--rules",
                             "packs",
                             "--phone-engine",
                             "library",
                             "--wait-lock",
                             "5min",
                             "--log",
                             "x.log",
                             "--log-format",
                             "json",
                             "--progress",
                             "never",
                             "--no-input-hashes",
                             "-q",
                             "--json"});
    CHECK(job.command == Command::run);
    CHECK(paths(job, Role::list) == Words{"a.csv", "b.csv.gz"});
    CHECK(paths(job, Role::consents) == Words{"c1.csv", "c2.csv"});
    CHECK(paths(job, Role::relations) == Words{"r.csv"});
    CHECK(paths(job, Role::suppress) == Words{"s.txt"});
    CHECK(paths(job, Role::calls) == Words{"k.csv"});
    REQUIRE(job.inputs_of(Role::registers).size() == 1);
    CHECK(job.inputs_of(Role::registers)[0]->name == "BMNR");
    CHECK(job.inputs_of(Role::registers)[0]->path == "x=y.csv");
    CHECK(job.inputs.front().role == Role::list);
    CHECK(job.campaign.entity == "Energy Ltd");
    CHECK(job.campaign.caller_type == facts::CallerType::lottery);
    CHECK(job.campaign.purpose == facts::Purpose::winback);
    CHECK(job.campaign.dialing == facts::Dialing::automatic);
    CHECK_FALSE(job.campaign.caller_id_shown);
    CHECK(job.campaign.product == "energy");
    CHECK(job.campaign.similar == Words{"gas", "heat"});
    CHECK(job.campaign.jurisdiction == "NL");
    CHECK(job.campaign.region.text() == "DE");
    CHECK(job.campaign.call_until == DaySpec{DaySpec::Kind::after, 0, 14});
    CHECK(job.policy.base == "strict");
    CHECK(job.output.dir == "out");
    CHECK(job.output.replace);
    CHECK(job.output.annotate);
    CHECK(job.output.lang == Words{"de", "en"});
    CHECK(job.output.renew_within == 60);
    CHECK(job.output.ledger == "l.jsonl");
    CHECK(job.limits.threads == 2);
    CHECK(job.limits.memory == 1u << 30);
    CHECK(job.dry_run);
    CHECK_FALSE(job.hash_inputs);
    CHECK(job.rules_dir == "packs");
    CHECK(job.phone_engine == facts::PhoneEngine::library);
    CHECK(job.wait_lock == 300);
    CHECK(job.talk.log == "x.log");
    CHECK(job.talk.log_json);
    CHECK(job.talk.progress == "never");
    CHECK(job.talk.quiet);
    CHECK(job.talk.json);
}

TEST_CASE("run: defaults") {
    const auto job = job_of({"run", "a.csv", "--entity", "E", "--dry-run"});
    CHECK(job.campaign.caller_type == facts::CallerType::commercial);
    CHECK(job.campaign.purpose == facts::Purpose::sales);
    CHECK(job.campaign.dialing == facts::Dialing::human);
    CHECK(job.campaign.caller_id_shown);
    CHECK(job.campaign.jurisdiction == "auto");
    CHECK_FALSE(job.campaign.region.known());
    CHECK(job.campaign.call_from == DaySpec{DaySpec::Kind::today, 0, 0});
    CHECK(job.campaign.call_until == DaySpec{DaySpec::Kind::after, 0, 0});
    CHECK(job.policy.base == "standard");
    CHECK(job.output.lang == Words{"en"});
    CHECK(job.hash_inputs);
    CHECK(job.wait_lock == 0);
    CHECK_FALSE(job.guard.max_reject_rate);
}

TEST_CASE("a flag beats the profile, --profile beats the environment") {
    Scratch scratch;
    put(scratch / "one.toml",
        "[campaign]\nentity = \"One\"\nproduct = \"gas\"\ncall_from = 2026-01-01\n[output]\ndir = "
        "\"runs\"\n[[list]]\npath = \"a.csv\"\n[[consents]]\npath = \"c.csv\"\n[[suppress]]\npath "
        "= \"s.txt\"\n");
    put(scratch / "two.toml", "[campaign]\nentity = \"Two\"\n");
    const auto by_environment = job_of({"run"}, scratch / "one.toml");
    CHECK(by_environment.campaign.entity == "One");
    CHECK(by_environment.output.dir == scratch / "runs");
    CHECK(paths(by_environment, Role::list) == Words{scratch / "a.csv"});
    const auto by_flag =
        job_of({"run", "-p", scratch / "two.toml", "x.csv", "--dry-run"}, scratch / "one.toml");
    CHECK(by_flag.campaign.entity == "Two");
    CHECK(by_flag.campaign.product.empty());
    const auto mixed =
        job_of({"run", "--entity", "Three", "--as-of", "2026-07-01", "--out", "here", "--consents", "x.csv"},
               scratch / "one.toml");
    CHECK(mixed.campaign.entity == "Three");
    CHECK(mixed.campaign.product == "gas");
    CHECK(mixed.campaign.call_from == DaySpec{DaySpec::Kind::fixed, *facts::make_day(2026, 7, 1), 0});
    CHECK(mixed.campaign.call_until == DaySpec{DaySpec::Kind::after, 0, 0});
    CHECK(mixed.output.dir == "here");
    CHECK(paths(mixed, Role::consents) == Words{"x.csv"});           // replaced
    CHECK(paths(mixed, Role::suppress) == Words{scratch / "s.txt"}); // kept
    // --clean takes the place of the profile's directory.
    const auto pipe = job_of({"run", "-", "--clean", "-"}, scratch / "one.toml");
    CHECK(pipe.output.dir.empty());
    CHECK(pipe.output.clean == "-");
    // A command without profile does not read the environment's.
    CHECK(job_of({"tidy", "a.csv"}, scratch / "missing.toml").profile.empty());
    CHECK(message({"run", "a.csv"}, scratch / "missing.toml").find("the profile can't be read") !=
          std::string::npos);
}

TEST_CASE("what a profile leaves to be filled in may be filled in by a flag") {
    Scratch scratch;
    put(scratch / "made.toml", "[campaign]\nentity = \"\"\ncall_from = \"\"\n[output]\ndir = \"\"\n[[list]]\npath = \"a.csv\"\n");
    const auto job = job_of({"run", "-p", scratch / "made.toml", "--entity", "E1", "--as-of", "2026-07-01", "--out", "here"});
    CHECK(job.campaign.entity == "E1");
    CHECK(job.output.dir == "here");
    CHECK(message({"run", "-p", scratch / "made.toml", "--as-of", "2026-07-01", "--out", "here"}, "").find("campaign.entity is empty") !=
          std::string::npos);
    CHECK(message({"run", "-p", scratch / "made.toml", "--entity", "E1", "--as-of", "2026-07-01"}, "").find("output.dir") != std::string::npos);
    // What is stated wrongly stays wrong.
    put(scratch / "wrong.toml", "[campaign]\nentity = \"E1\"\ncaller_type = \"charty\"\n[[list]]\npath = \"a.csv\"\n");
    CHECK(message({"run", "-p", scratch / "wrong.toml", "--caller-type", "charity", "--dry-run"}, "").find("charty") != std::string::npos);
}

TEST_CASE("a file of a flag keeps the mapping of its kind") {
    Scratch scratch;
    const auto with = [&](const std::string& tables) {
        put(scratch / "p.toml", "[campaign]\nentity = \"E\"\n" + tables);
        return scratch / "p.toml";
    };
    const auto consents = [&](const std::string& tables, const std::string& file) {
        return *job_of({"run", "l.csv", "--dry-run", "--consents", file}, with(tables))
                    .inputs_of(Role::consents)
                    .at(0);
    };
    // The only table, with or without a path.
    CHECK(consents("[[consents]]\npreset = \"x\"\n", "new.csv").preset == "x");
    CHECK(consents("[[consents]]\npath = \"old.csv\"\npreset = \"x\"\n", "new.csv").preset == "x");
    CHECK(consents("[[consents]]\npath = \"old.csv\"\npreset = \"x\"\n", "new.csv").path == "new.csv");
    // Of several, the one that names the file …
    const std::string two =
        "[[consents]]\npath = \"a*.csv\"\npreset = \"x\"\n[[consents]]\npath = \"b.csv\"\npreset = \"y\"\n";
    CHECK(consents(two, scratch / "b.csv").preset == "y");
    CHECK(consents(two, scratch / "a7.csv").preset == "x");
    // … or any, if they agree …
    CHECK(consents("[[consents]]\npath = \"a.csv\"\npreset = \"x\"\n[[consents]]\npath = \"b.csv\"\npreset = "
                   "\"x\"\n",
                   "n.csv")
              .preset == "x");
    // … else none is guessed.
    CHECK(message({"run", "l.csv", "--dry-run", "--consents", "n.csv"}, with(two)) ==
          (scratch / "p.toml") +
              ":6:1: --consents 'n.csv' is named by none of the [[consents]] tables, and they differ in "
              "how to read it; add the file to one of them");
    // Registers go by their name.
    const std::string registers =
        "[[register]]\nname = \"BMNR\"\nskip = 2\n[[register]]\nname = \"DNCM\"\nskip = 3\n";
    const auto job = job_of({"run", "l.csv", "--dry-run", "--register", "DNCM=x.csv"}, with(registers));
    REQUIRE(job.inputs_of(Role::registers).size() == 1);
    CHECK(job.inputs_of(Role::registers)[0]->dialect.skip == 3);
    // A table without a path and without a file has nothing to read.
    CHECK(message({"run", "l.csv", "--dry-run"}, with("[[calls]]\nskip = 1\n")) ==
          (scratch / "p.toml") +
              ":3:1: this [[calls]] has no path, and no file of its kind is given by a flag");
}

TEST_CASE("messages of run, word for word") {
    const Words good = {"run", "a.csv", "--entity", "E", "--out", "o"};
    const auto with = [&](Words more) {
        Words args = good;
        args.insert(args.end(), more.begin(), more.end());
        return message(args);
    };
    CHECK(message({"run", "a.csv", "--out", "o"}) ==
          "no entity: state on whose behalf the calls are made, with --entity NAME or `entity` in [campaign] "
          "of the profile");
    CHECK(
        message({"run", "--entity", "E", "--out", "o"}) ==
        "no call list: name one or more files, or state [[list]] in the profile; see `callscrub run --help`");
    CHECK(
        message({"run", "a.csv", "--entity", "E"}) ==
        "nowhere to write: state --out DIR, or --clean FILE and --rejected FILE for one list, or --dry-run");
    CHECK(with({"--as-of", "2026-01-01", "--call-from", "2026-01-01"}) ==
          "--as-of and --call-from exclude each other; --as-of sets the first and the last day");
    CHECK(with({"--as-of", "2026-01-01", "--call-until", "+1d"}) ==
          "--as-of and --call-until exclude each other; --as-of sets the first and the last day");
    CHECK(with({"--call-from", "2026-02-01", "--call-until", "2026-01-31"}) ==
          "the calling window ends on 2026-01-31, before it begins on 2026-02-01; correct --call-from or "
          "--call-until");
    CHECK(with({"--clean", "c.csv"}) ==
          "--out and --clean/--rejected exclude each other; --out DIR writes all files of the run");
    CHECK(message({"run", "a.csv", "b.csv", "--entity", "E", "--clean", "-"}) ==
          "--clean and --rejected are for one list, and there are 2; state --out DIR");
    CHECK(message({"run", "a.csv", "--entity", "E", "--clean", "-", "--rejected", "-"}) ==
          "--clean and --rejected name the same file; they need two");
    CHECK(message({"run", "a.csv", "--entity", "E", "--clean", "-", "--json"}) ==
          "--json and a list on standard output exclude each other; write the list to a file");
    CHECK(message({"run", "-", "--consents", "-", "--entity", "E", "--out", "o"}) ==
          "'-' (standard input) is named twice; it can be read only once");
    CHECK(message({"run", "x/a.csv", "y/a.csv.gz", "--entity", "E", "--out", "o"}) ==
          "the lists 'x/a.csv' and 'y/a.csv.gz' would both be written to 'a.clean.csv'; rename one of them");
    CHECK(message({"run", "a.csv", "a.csv", "--entity", "E", "--out", "o"}) ==
          "the list 'a.csv' is named twice");
    CHECK(with({"--register", "x.csv"}) ==
          "--register is 'x.csv'; expected NAME=FILE, with the name as the rule packs call it");
    CHECK(with({"--register", "BMNR="}) == "--register is empty; expected the path of a file");
    CHECK(with({"--caller-type", "charety"}) == "--caller-type is 'charety'; expected one of commercial, "
                                                "charity, publisher, lottery (did you mean 'charity'?)");
    CHECK(with({"--entity", "F"}) == "--entity is given 2 times; once is enough");
    CHECK(with({"--quiet", "--verbose"}) == "--quiet and --verbose exclude each other");
    CHECK(message({"run", "a.csv", "--entity", "", "--out", "o"}) == "--entity is empty; expected some text");
    CHECK(message({"run", "a.csv", "--entity", "E", "--out", ""}) == "--out is empty; expected a path");
}

TEST_CASE("what the table does not have, with what was meant") {
    CHECK(message({"run", "--entitiy", "E"}) == "unknown option '--entitiy' for 'callscrub run' (did you "
                                                "mean '--entity'?); see `callscrub run --help`");
    CHECK(message({"run", "--entitiy=E"}) == "unknown option '--entitiy' for 'callscrub run' (did you mean "
                                             "'--entity'?); see `callscrub run --help`");
    CHECK(message({"run", "--html"}) ==
          "unknown option '--html' for 'callscrub run'; it belongs to: explain");
    CHECK(message({"run", "--list", "a.csv"}) ==
          "unknown option '--list' for 'callscrub run'; call lists are named without an option: callscrub run [LIST…]");
    CHECK(message({"init", "--json", "a.csv"})
              .starts_with("unknown option '--json' for 'callscrub init'; it belongs to: run"));
    CHECK(message({"--json", "init", "a.csv"})
              .starts_with("unknown option '--json' for 'callscrub init'; it belongs to: run"));
    CHECK(message({"rnu", "a.csv"}) == "unknown command 'rnu' (did you mean 'run'?); the commands are run, "
                                       "explain, check, tidy, rules, presets, init, "
                                       "diff, verify, part, merge, index");
    CHECK(message({"run", "a.csv", "--entity"}) ==
          "--entity needs a value: --entity NAME; see `callscrub run --help`");
    CHECK(message({"run", "a.csv", "--entity", "--out", "o"}) ==
          "--entity needs a value: --entity NAME; see `callscrub run --help`");
    CHECK(message({"run", "--entity=", "a.csv"}) == "--entity= has no value behind the =");
    CHECK(message({"run", "a.csv", "--replace=no"}) == "--replace takes no value and got 'no'");
    CHECK(message({"rules", "sho", "NL"}) ==
          "the action of 'rules' is 'sho'; expected one of list, show, test (did you mean 'show'?)");
}

TEST_CASE("how many operands a command takes") {
    CHECK(message({"diff", "a"}) == "'diff' takes RUN_A RUN_B and got 1; see `callscrub diff --help`");
    CHECK(message({"verify"}) == "'verify' takes RUN_DIR and got nothing; see `callscrub verify --help`");
    CHECK(message({"rules"}) ==
          "'rules' takes list | show ID | test CASES… and got nothing; see `callscrub rules --help`");
    CHECK(message({"rules", "show"}) == "'rules show' takes one name, see `callscrub rules list`");
    CHECK(message({"rules", "test"}) ==
          "'rules test' takes one or more case files; see `callscrub rules --help`");
    CHECK(message({"presets", "list", "x"}) ==
          "'presets list' takes nothing more; see `callscrub presets --help`");
    CHECK(job_of({"rules", "test", "a.toml", "b.toml"}).action == "test");
    CHECK(job_of({"rules", "test", "a.toml", "b.toml"}).operands == Words{"a.toml", "b.toml"});
    CHECK(job_of({"diff", "run", "diff"}).operands ==
          Words{"run", "diff"}); // directories may be called like commands
    CHECK(job_of({"diff", "[a,b]", "--", "-c"}).operands == Words{"[a,b]", "-c"});
    CHECK(job_of({"--quiet", "diff", "a", "b"}).talk.quiet);
    CHECK(job_of({"-qq", "diff", "a", "b"}).talk.quiet);
}

TEST_CASE("explain") {
    const auto by_number =
        job_of({"explain", "+31 6 12345678", "--entity", "E", "--person", "P1", "--as-of", "2026-07-01"});
    CHECK(by_number.explain.number == "+31 6 12345678");
    CHECK(by_number.explain.person == "P1");
    const auto by_row = job_of({"explain", "--list", "l.csv", "--line", "17", "--entity", "E", "--html"});
    CHECK(by_row.explain.list == "l.csv");
    CHECK(by_row.explain.line == 17);
    CHECK(by_row.explain.html);
    CHECK(paths(by_row, Role::list) == Words{"l.csv"});
    CHECK(message({"explain", "--entity", "E"}) ==
          "no number: name one, or a row with --list FILE --line N; see `callscrub explain --help`");
    CHECK(message({"explain", "1", "--list", "l.csv", "--line", "2", "--entity", "E"}) ==
          "a number and --list exclude each other; name one of them");
    CHECK(message({"explain", "--list", "l.csv", "--entity", "E"}) ==
          "--list FILE and --line N belong together; see `callscrub explain --help`");
    CHECK(message({"explain", "--list", "l.csv", "--line", "0", "--entity", "E"})
              .starts_with("--line is '0'; expected"));
    CHECK(message({"explain", "1"}).starts_with("no entity"));
    CHECK(message({"explain", "1", "--entity", "E", "--html", "--json"}) ==
          "--html and --json exclude each other");
    CHECK(message({"explain", "1", "2", "--entity", "E"}) ==
          "'explain' takes [NUMBER] and got 2; see `callscrub explain --help`");
}

TEST_CASE("tidy, check, diff, verify") {
    const auto tidy =
        job_of({"tidy", "a.csv", "-o", "b.csv", "--rejects", "r.csv", "--delimiter", "tab", "--quote", "'",
                "--escape", "\\", "--encoding", "latin-9", "--no-header", "--skip", "3"})
            .tidy;
    CHECK(tidy.path == "a.csv");
    CHECK(tidy.output == "b.csv");
    CHECK(tidy.rejects == "r.csv");
    CHECK(tidy.dialect.delimiter == '\t');
    CHECK(tidy.dialect.quote == '\'');
    CHECK(tidy.dialect.escape == '\\');
    CHECK(tidy.dialect.encoding == csv::Encoding::latin9);
    CHECK(tidy.dialect.no_header);
    CHECK(tidy.dialect.skip == 3);
    CHECK(job_of({"tidy", "-"}).tidy.output == "-");
    CHECK(message({"tidy", "a.csv", "--rejects", "-"}) ==
          "-o and --rejects name the same file; they need two");
    CHECK(message({"tidy", "a.csv", "--json"}) ==
          "--json and a file on standard output exclude each other; state -o FILE");
    const auto check = job_of({"check", "a.csv", "--consents", "c.csv"});
    REQUIRE(check.inputs.size() == 2);
    CHECK(check.inputs[0].role == Role::any);
    CHECK(check.inputs[1].role == Role::consents);
    CHECK(message({"check"}) ==
          "nothing to check: name files, or state a profile; see `callscrub check --help`");
    CHECK(job_of({"diff", "a", "b", "--csv"}).diff == DiffFormat::csv);
    CHECK(job_of({"diff", "a", "b", "--json"}).diff == DiffFormat::json);
    CHECK(message({"diff", "a", "b", "--json", "--csv"}) == "--csv and --json exclude each other");
    CHECK(job_of({"verify", "a", "--ledger", "l"}).ledger == "l");
}

TEST_CASE("check with a profile: named files only, read by the tables that name them") {
    Scratch scratch;
    put(scratch / "p.toml", "[[consents]]\npath = \"c*.csv\"\npreset = \"x\"\n[[list]]\npath = \"l.csv\"\n");
    put(scratch / "c1.csv", "");
    const auto all = job_of({"check", "--profile", scratch / "p.toml"});
    REQUIRE(all.inputs.size() == 2);
    CHECK(all.inputs[0].role == Role::list);
    const auto one = job_of({"check", "--profile", scratch / "p.toml", scratch / "c1.csv"});
    REQUIRE(one.inputs.size() == 1);
    CHECK(one.inputs[0].role == Role::consents);
    CHECK(one.inputs[0].preset == "x");
}

TEST_CASE("names of outputs") {
    CHECK(output_stem("a/b/leads.csv") == "leads");
    CHECK(output_stem("leads.csv.gz") == "leads");
    CHECK(output_stem("leads.csv.zst") == "leads");
    CHECK(output_stem("leads.2026.txt") == "leads.2026");
    CHECK(output_stem("leads") == "leads");
    CHECK(output_stem(".csv") == ".csv");
    CHECK(output_stem("-") == "stdin");
}

TEST_CASE("the settings in force name every key that could change a result") {
    const auto job = job_of({"run", "a.csv", "--entity", "E", "--dry-run", "--call-until", "+14d"});
    const auto found = settings_in_force(job);
    const auto value = [&](std::string_view key) -> std::string {
        for (const auto& [name, text] : found)
            if (name == key) return text;
        return "(missing)";
    };
    for (const auto& one : settings()) {
        const auto section = one.section();
        if (section == "campaign" || section == "guard")
            CHECK_MESSAGE(value(one.key) != "(missing)", one.key);
        if (section == "limits" && one.key != "limits.phone_engine") CHECK(value(one.key) == "(missing)");
    }
    CHECK(value("campaign.caller_type") == "commercial");
    CHECK(value("campaign.call_from") == "today");
    CHECK(value("campaign.call_until") == "+14d");
    CHECK(value("limits.phone_engine") == "table");
    CHECK(value("output.dir") == "(missing)");
}

TEST_CASE("the settings in force tell how each input is read") {
    Scratch scratch;
    put(scratch / "p.toml",
        "[campaign]\nentity = \"E\"\n[[consents]]\npath = \"c.csv\"\ndelimiter = \"tab\"\nskip = 2\n"
        "columns.phone = [\"Tel\", \"Mobil\"]\nvalues.status = { Ja = \"opt_in\" }\nmax_age = \"36h\"\n");
    const auto found = settings_in_force(job_of({"run", "a.csv", "--dry-run", "-p", scratch / "p.toml"}));
    std::string text;
    for (const auto& [name, value] : found)
        if (name.starts_with("consents[")) text += name + "=" + value + "\n";
    CHECK(text == "consents[1].columns.phone=Tel, "
                  "Mobil\nconsents[1].values.status.Ja=opt_in\nconsents[1].delimiter=tab\n"
                  "consents[1].skip=2\nconsents[1].max_age=129600s\n");
}
