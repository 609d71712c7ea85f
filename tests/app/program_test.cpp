/// The program itself, from the command line to the exit code: main, tidy, verify, diff.
#include "app/options.h"
#include "app/version.h"
#include "report/scratch.h"
#include <cstdlib>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace callscrub;
using report::test::put;
using report::test::Scratch;
using report::test::slurp;

namespace {

struct Ended {
    int code;
    std::string out, err;
};

/// `line`: arguments as a shell takes them; in the scratch folder, without a profile in the environment.
Ended run(const Scratch& scratch, const std::string& line, const std::string& before = "") {
    static const std::string program = CALLSCRUB_BINARY;
    const std::string command = "cd '" + scratch.path() + "' && { unset CALLSCRUB_PROFILE; " + before + " '" +
                                program + "' " + line + "; } > .out 2> .err";
    const int status = std::system(("bash -c \"" + command + "\"").c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), slurp(scratch / ".out"),
            slurp(scratch / ".err")};
}

constexpr const char* messy = "\xEF\xBB\xBFname;tel\r\nM\xC3\xBCller;0301\r\n\r\nto;o;many\r\nlast;2";

} // namespace

TEST_CASE("help and version are data; a line that is not understood is not") {
    Scratch scratch;
    const auto help = run(scratch, "--help");
    CHECK(help.code == 0);
    CHECK(help.out == app::help_text(app::Command::none, 80));
    CHECK(help.err == "");
    CHECK(run(scratch, "tidy --help").out == app::help_text(app::Command::tidy, 80));
    CHECK(run(scratch, "tidy -h").code == 0);
    const auto version = run(scratch, "--version");
    CHECK(version.code == 0);
    CHECK(version.out == app::version_text("", false));
    CHECK(version.out.starts_with("callscrub " + app::version() + "\nrules: "));
    CHECK(version.out.find("\nphone metadata: libphonenumber ") != std::string::npos);
    const auto object = nlohmann::json::parse(run(scratch, "--version --json").out);
    CHECK(object["callscrub"] == app::version());
    for (const auto& pack : app::pack_versions("")) CHECK(object["rules"][pack.id] == pack.version);

    const auto alone = run(scratch, "");
    CHECK(alone.code == 2);
    CHECK(alone.out == "");
    CHECK(alone.err == app::short_text());
    const auto unknown = run(scratch, "tidi x.csv");
    CHECK(unknown.code == 2);
    CHECK(unknown.out == "");
    CHECK(unknown.err.starts_with(
        "callscrub: error: unknown command 'tidi' (did you mean 'tidy'?); the commands are "));
    CHECK(run(scratch, "tidy --rejcts r.csv x.csv").err ==
          "callscrub: error: unknown option '--rejcts' for 'callscrub tidy' (did you mean '--rejects'?); see "
          "`callscrub "
          "tidy --help`\n");
}

TEST_CASE("the program prints its own manual and completions") {
    Scratch scratch;
    CHECK(run(scratch, "--generate man").out == app::man_page(""));
    CHECK(run(scratch, "--generate man:tidy").out == app::man_page("tidy"));
    CHECK(run(scratch, "--generate bash").out == app::completions("bash"));
    std::string names;
    for (const auto& page : app::man_pages()) names += page + "\n";
    CHECK(run(scratch, "--generate man:names").out == names);
    CHECK(run(scratch, "--generate csh").code == 2);
}

TEST_CASE("tidy: plain CSV on standard output, damaged rows told and, where asked, kept") {
    Scratch scratch;
    put(scratch / "in.csv", messy);
    const auto plain = run(scratch, "tidy in.csv");
    CHECK(plain.code == 1);
    CHECK(plain.out == "name,tel\nMüller,0301\nlast,2\n");
    CHECK(plain.err ==
          "callscrub: warning: 2 rows written, 1 damaged row left out (state --rejects FILE to keep them), 1 "
          "blank line dropped\n");
    const auto kept = run(scratch, "tidy in.csv -o out.csv --rejects bad.csv --json");
    CHECK(kept.code == 1);
    CHECK(slurp(scratch / "out.csv") == plain.out);
    CHECK(slurp(scratch / "bad.csv").starts_with("line,byte,reason,raw\n4,"));
    const auto object = nlohmann::json::parse(kept.out);
    CHECK(object["rows"] == 2);
    CHECK(object["damaged"] == 1);
    CHECK(object["blank"] == 1);
    CHECK(kept.err.find("1 damaged row set aside into bad.csv") != std::string::npos);
    put(scratch / "good.csv", "a,b\n1,2\n");
    const auto good = run(scratch, "tidy good.csv");
    CHECK(good.code == 0);
    CHECK(good.err == "callscrub: 1 row written\n");
    CHECK(run(scratch, "tidy good.csv -q").err == "");
    CHECK(run(scratch, "tidy - --delimiter ';' --no-header < in.csv").code == 1);
    const auto dialect = run(scratch, "tidy - --delimiter '|' < in.csv");
    CHECK(dialect.out == "name;tel\nMüller;0301\nto;o;many\nlast;2\n");
}

TEST_CASE("tidy: what can't be read or written leaves nothing behind") {
    Scratch scratch;
    put(scratch / "in.csv", messy);
    put(scratch / "old.csv", "old");
    const auto missing = run(scratch, "tidy no.csv -o old.csv");
    CHECK(missing.code == 3);
    CHECK(missing.err.starts_with("callscrub: error: no.csv: "));
    CHECK(slurp(scratch / "old.csv") == "old");
    CHECK(run(scratch, "tidy . ").code == 3);
    CHECK(run(scratch, "tidy in.csv -o in.csv").code == 2);
    CHECK(slurp(scratch / "in.csv") == messy);
    CHECK(run(scratch, "tidy in.csv -o no/such/out.csv").code == 7);
    const auto full = run(scratch, "tidy in.csv > /dev/full");
    CHECK(full.code == 7);
    CHECK(run(scratch, "tidy in.csv >&-").code == 7);
    CHECK(run(scratch, "--help > /dev/full").code == 7);
    CHECK(scratch.names() == std::set<std::string>{"in.csv", "old.csv", ".out", ".err"});
}

TEST_CASE("a profile of the environment, and one that is wrong") {
    Scratch scratch;
    put(scratch / "p.toml", "[campaign]\nentitiy = 1\n");
    const auto wrong = run(scratch, "run x.csv", "CALLSCRUB_PROFILE=p.toml");
    CHECK(wrong.code == 2);
    CHECK(wrong.err == "callscrub: error: p.toml:2:11: unknown key 'entitiy' (did you mean 'entity'?)\n");
    CHECK(run(scratch, "tidy no.csv", "CALLSCRUB_PROFILE=p.toml").code == 3); // takes no profile
}

TEST_CASE("a log has the failure, too") {
    Scratch scratch;
    CHECK(run(scratch, "tidy no.csv --log x.log --log-format json").code == 3);
    const auto object = nlohmann::json::parse(slurp(scratch / "x.log"));
    CHECK(object["level"] == "error");
    CHECK(object["event"] == "failed");
    CHECK(object["exit"] == "3");
    CHECK(object["why"].get<std::string>().starts_with("no.csv: "));
}

TEST_CASE("verify and diff of real runs") {
    Scratch scratch;
    put(scratch / "list.csv", "phone,name\n+31612345678,A\n+31612345679,B\n");
    put(scratch / "consents.csv", "phone,channel,status,entity,timestamp,evidence\n"
                                  "+31612345678,phone,opt_in,E,2026-01-02T10:00:00Z,e1\n");
    put(scratch / "more.csv", "phone,channel,status,entity,timestamp,evidence\n"
                              "+31612345678,phone,opt_in,E,2026-01-02T10:00:00Z,e1\n"
                              "+31612345678,phone,opt_out,E,2026-02-02T10:00:00Z,e2\n");
    const std::string start = "run list.csv --entity E --as-of 2026-03-02 ";
    REQUIRE(run(scratch, start + "--consents consents.csv --out a").code == 0);
    REQUIRE(run(scratch, start + "--consents consents.csv --out b").code == 0);
    REQUIRE(run(scratch, start + "--consents more.csv --out c").code == 0);

    const auto good = run(scratch, "verify a");
    CHECK(good.code == 0);
    CHECK(good.out == "a: as it was published\n");
    CHECK(good.err == "");
    CHECK(nlohmann::json::parse(run(scratch, "verify a --json").out)["ok"] == true);

    CHECK(run(scratch, "diff a b").code == 0);
    const auto changed = run(scratch, "diff a c");
    CHECK(changed.code == 1);
    CHECK(changed.out.find("CONSENT_WITHDRAWN") != std::string::npos);
    CHECK(changed.out.find("31612345678") == std::string::npos); // masked for people
    const auto rows = run(scratch, "diff a c --csv");
    CHECK(rows.code == 1);
    CHECK(std::count(rows.out.begin(), rows.out.end(), '\n') == 2); // header and one change
    CHECK(nlohmann::json::parse(run(scratch, "diff a c --json").out).is_object());
    CHECK(run(scratch, "diff a list.csv").code != 0);

    put(scratch / "a/list.clean.csv", slurp(scratch / "a/list.clean.csv") + "+31612345679,B\n");
    const auto tampered = run(scratch, "verify a");
    CHECK(tampered.code == 1);
    CHECK(tampered.out.find("a/list.clean.csv: ") != std::string::npos);
    const auto object = nlohmann::json::parse(run(scratch, "verify a --json").out);
    CHECK(object["ok"] == false);
    CHECK(object["findings"].size() >= 1);
    CHECK(run(scratch, "verify no-such-run").code == 2);
}

namespace {
constexpr const char* campaign = "--entity E --region NL --as-of 2026-03-02 ";

/// A list and its consents; the list has one clean row.
void put_campaign(const Scratch& scratch) {
    put(scratch / "list.csv", "phone,name\n+31612345678,A\n+31612345679,B\n");
    put(scratch / "consents.csv", "phone,channel,status,entity,timestamp,evidence,verified_at\n"
                                  "+31612345678,phone,opt_in,E,2026-01-02T10:00:00Z,e1,2026-01-02\n");
}
} // namespace

TEST_CASE("standard output is an output: where --json can't be written, nothing is published") {
    Scratch scratch;
    put_campaign(scratch);
    const std::string line = "run list.csv --consents consents.csv --json " + std::string(campaign);
    for (const std::string nowhere : {"> /dev/full", ">&-", "> >(:)"}) {
        INFO(nowhere);
        CHECK(run(scratch, line + "--out new --ledger ledger.jsonl " + nowhere, nowhere == "> >(:)" ? "sleep 0.1;" : "").code == 7);
        CHECK_FALSE(std::filesystem::exists(scratch / "new"));
        CHECK(slurp(scratch / ".err").starts_with("callscrub: error: standard output can't be written: "));
        CHECK_FALSE(std::filesystem::exists(scratch / "ledger.jsonl"));
    }
    const auto good = run(scratch, line + "--out new");
    CHECK(good.code == 0);
    CHECK(nlohmann::json::parse(good.out)["run_id"] == nlohmann::json::parse(slurp(scratch / "new/summary.json"))["run_id"]);
    put(scratch / "messy.csv", messy);
    CHECK(run(scratch, "tidy messy.csv -o plain.csv --json > /dev/full").code == 7);
    CHECK_FALSE(std::filesystem::exists(scratch / "plain.csv"));
}

TEST_CASE("progress is one line on a terminal, and nothing elsewhere or when quiet") {
    Scratch scratch;
    put_campaign(scratch);
    const auto on_terminal = [&](const std::string& more, const std::string& command = "run --out new --replace") {
        const std::string inner = "{ head -1 list.csv; sleep 1.5; tail -n +2 list.csv; } | '" CALLSCRUB_BINARY "' " + command +
                                  " - --consents consents.csv " + more + campaign;
        put(scratch / "job.sh", inner);
        const std::string outer = "cd '" + scratch.path() + "' && TERM=xterm script -qec 'bash job.sh' /dev/null > .out 2>&1 < /dev/null";
        CHECK(std::system(outer.c_str()) == 0);
        return slurp(scratch / ".out");
    };
    if (std::system("command -v script > /dev/null") != 0) {
        MESSAGE("skipped: script is not installed");
        return;
    }
    const auto seen = on_terminal("");
    CHECK(seen.find("\rscrub  ") != std::string::npos);
    CHECK(seen.find("\r\x1b[K") < seen.find("rejected"));
    const auto table = seen.rfind("\r\x1b[K");
    CHECK(table < seen.find("1  clean")); // wiped before the table
    const auto split = on_terminal("", "part --parts 2 -o parts");
    CHECK(split.find("\rpart  ") != std::string::npos);
    CHECK(split.rfind("\r\x1b[K") < split.find("next: callscrub run --part"));
    CHECK(on_terminal("--quiet ").find("\x1b[K") == std::string::npos);
    CHECK(on_terminal("--progress never ").find("\x1b[K") == std::string::npos);
    CHECK(run(scratch, "run list.csv --consents consents.csv --out new --replace " + std::string(campaign)).err.find('\r') == std::string::npos);
}

TEST_CASE("max_age: by the file's time, its newest event or PATH.timestamp; what can't be told is too old") {
    Scratch scratch;
    put_campaign(scratch);
    const auto aged = [&](const std::string& age_from, const std::string& max_age = "36h") {
        put(scratch / "p.toml", "[[consents]]\npath = \"consents.csv\"\nmax_age = \"" + max_age + "\"\nage_from = \"" + age_from + "\"\n");
        const auto ended = run(scratch, "run list.csv -p p.toml --dry-run -q " + std::string(campaign));
        return std::to_string(ended.code) + " " + ended.err;
    };
    const auto unknown = [](const std::string& why) {
        return "4 callscrub: error: consents.csv: how old this input is can't be told, and it has a max_age: " + why + "\n";
    };
    const std::string expected = "; expected one line like 2026-03-02T04:00:00Z, date and time with Z or an offset";
    CHECK(aged("file_time") == "0 ");
    const auto days = [&](int number) {
        std::filesystem::last_write_time(scratch / "consents.csv", std::filesystem::file_time_type::clock::now() + std::chrono::hours(24 * number));
    };
    days(-5);
    CHECK(aged("file_time") == "4 callscrub: error: consents.csv: this input is 5 days old; at most 36 h 0 min are allowed by max_age; export it again\n");
    days(5);
    CHECK(aged("file_time").starts_with(unknown("its time lies ").substr(0, 90)));
    days(-5);
    CHECK(aged("newest_event").starts_with("4 callscrub: error: consents.csv: this input is "));
    CHECK(aged("newest_event", "5000w") == "0 ");

    // The file is young, but what counts is what was stated of it.
    days(0);
    CHECK(aged("sidecar") == unknown("'consents.csv.timestamp' can't be read (No such file or directory)" + expected));
    for (const std::string text : {"", "yesterday", "2026-03-02", "2026-03-02T04:00:00", "2026-13-02T04:00:00Z"}) {
        put(scratch / "consents.csv.timestamp", text + "\n");
        CHECK(aged("sidecar", "5000w") == unknown("'consents.csv.timestamp' holds '" + text + "'" + expected));
    }
    put(scratch / "consents.csv.timestamp", "2026-03-02T04:00:00+01:00\n");
    CHECK(aged("sidecar").starts_with("4 callscrub: error: consents.csv: this input is "));
    CHECK(aged("sidecar", "5000w") == "0 ");
    put(scratch / "consents.csv.timestamp", "2999-03-02T04:00:00Z\n");
    CHECK(aged("sidecar").find(" in the future; is a clock wrong?") != std::string::npos);
    std::filesystem::remove(scratch / "consents.csv.timestamp");
    std::filesystem::create_directory(scratch / "consents.csv.timestamp");
    CHECK(aged("sidecar") == unknown("'consents.csv.timestamp' can't be read (Is a directory)" + expected));
    // An old file, exported a moment ago in the sidecar's words.
    std::filesystem::remove(scratch / "consents.csv.timestamp");
    CHECK(std::system(("date -u +%FT%TZ > '" + (scratch / "consents.csv.timestamp") + "'").c_str()) == 0);
    days(-5);
    CHECK(aged("sidecar") == "0 ");
}

TEST_CASE("the manifest states how each input was read, and nothing of when and where") {
    Scratch scratch;
    put_campaign(scratch);
    const auto manifest = [&](const std::string& profile, const std::string& more) {
        put(scratch / "p.toml", profile);
        const auto ended = run(scratch, "run list.csv --consents consents.csv -p p.toml -q --out out --replace --entity E " + more);
        INFO(ended.err);
        REQUIRE(ended.code == 0);
        return slurp(scratch / "out/manifest.json");
    };
    const std::string stated = "[[consents]]\ncolumns.phone = [\"phone\"]\ndates = \"iso\"\n[guard]\nmin_rows = 2\n";
    const auto one = manifest(stated, "--as-of 2026-03-02");
    const auto settings = nlohmann::json::parse(one)["settings"];
    CHECK(settings["consents[1].columns.phone"] == "phone");
    CHECK(settings["consents[1].dates"] == "iso");
    CHECK(settings["guard.min_rows"] == "2");
    CHECK(settings["window.NL"] == "2026-03-02/2026-03-02");
    CHECK(manifest(stated, "--call-from 2026-03-02 --call-until +0d --threads 3") == one); // replaces a run: no difference
    CHECK(manifest("[[consents]]\ndates = \"iso\"\n", "--as-of 2026-03-02") != one);
}

TEST_CASE("guards say which number tripped and by how much, and nothing is published") {
    Scratch scratch;
    put_campaign(scratch);
    const std::string start = "run list.csv --consents consents.csv -q --out out --replace " + std::string(campaign);
    const auto told = [&](const std::string& guard) {
        put(scratch / "p.toml", "[guard]\n" + guard + "\n");
        const auto ended = run(scratch, start + "-p p.toml");
        return std::to_string(ended.code) + " " + ended.err;
    };
    const std::string begin = "5 callscrub: error: guard ", end = "; nothing is published\n";
    CHECK(told("min_rows = 1200") == begin + "min_rows: 2 rows came in, at least 1,200 were expected: 1,198 too few" + end);
    CHECK(told("max_reject_rate = 0.2") == begin + "max_reject_rate: 50.00% of the rows are rejected (1 of 2), at most 20.00% are allowed: "
                                                   "30.00 percentage points too many" + end);
    CHECK(told("min_match_rate = \"90%\"") == begin + "min_match_rate: 50.00% of the rows match any fact (1 of 2), at least 90.00% were expected: "
                                                       "40.00 percentage points too few; are the files of the same customers, and is the region right?" + end);
    CHECK_FALSE(std::filesystem::exists(scratch / "out"));
    CHECK(told("min_rows = 2\nmax_reject_rate = 0.5\nmin_match_rate = 0.5\nmax_rows_drop = 0\nmax_clean_rise = 0") == "0 "); // the bounds themselves pass
    const auto before = slurp(scratch / "out/SHA256SUMS");

    put(scratch / "list.csv", "phone,name\n+31612345678,A\n");
    CHECK(told("max_rows_drop = 0.3") == begin + "max_rows_drop: 1 row came in, 2 in the run before: 50.00% fewer, at most 30.00% are allowed: "
                                                 "20.00 percentage points too many" + end);
    put(scratch / "list.csv", "phone,name\n+31612345678,A\n+31612345679,B\n+31612345680,C\n");
    put(scratch / "consents.csv", slurp(scratch / "consents.csv") + "+31612345679,phone,opt_in,E,2026-01-02T10:00:00Z,e2,2026-01-02\n+31612345680,phone,opt_in,E,2026-01-02T10:00:00Z,e3,2026-01-02\n");
    CHECK(told("max_clean_rise = 1") == begin + "max_clean_rise: 3 rows may be called, 1 in the run before: 200.00% more, at most 100.00% are allowed: "
                                                "100.00 percentage points too many" + end);
    CHECK(slurp(scratch / "out/SHA256SUMS") == before);
}

TEST_CASE("consents and suppression that are empty, shrank or are left out are refused unless stated") {
    Scratch scratch;
    put_campaign(scratch);
    put(scratch / "stop.txt", "+31612345690\n+31612345691\n");
    const auto told = [&](const std::string& inputs) {
        const auto ended = run(scratch, "run list.csv -q --out out --replace " + inputs + " " + campaign);
        return std::to_string(ended.code) + " " + ended.err;
    };
    const std::string empty = "guard: this file holds 0 rows, at least 1 was expected; an empty export would let everybody who said no be called. "
                              "State allow_empty = true if it is right\n";
    put(scratch / "empty.csv", "");
    put(scratch / "header.csv", "phone,channel,status,entity,timestamp,evidence\n");
    for (const std::string role : {"--consents", "--suppress"})
        for (const std::string file : {"empty.csv", "header.csv"})
            CHECK(told("--consents consents.csv " + role + " " + file) == "5 callscrub: error: " + file + ": " + empty);
    CHECK_FALSE(std::filesystem::exists(scratch / "out"));
    for (const std::string file : {"empty.csv", "header.csv"}) {
        put(scratch / "p.toml", "[[consents]]\npath = \"consents.csv\"\n[[suppress]]\nallow_empty = true\npath = \"" + file + "\"\n");
        CHECK(told("-p p.toml") == "0 ");
    }

    REQUIRE(told("--consents consents.csv --suppress stop.txt") == "0 ");
    const auto before = slurp(scratch / "out/SHA256SUMS");
    const std::string fewer = "1 row, 2 in the run before: 1 fewer, and noes do not vanish. Check the export, or state allow_shrink = true";
    put(scratch / "stop.txt", "+31612345690\n");
    CHECK(told("--consents consents.csv --suppress stop.txt") == "5 callscrub: error: stop.txt: guard: this file holds " + fewer + "\n");
    // Under another name, as exports with their day in it are; or not at all.
    put(scratch / "stop-2.txt", "+31612345690\n");
    CHECK(told("--consents consents.csv --suppress stop-2.txt") ==
          "5 callscrub: error: guard: all suppress files together hold " + fewer + ", or write to another folder than that of the run before\n");
    CHECK(told("--consents consents.csv").starts_with("5 callscrub: error: guard: all suppress files together hold 0 rows, 2 in the run before: 2 fewer"));
    CHECK(slurp(scratch / "out/SHA256SUMS") == before);
    put(scratch / "p.toml", "[[suppress]]\nallow_shrink = true\npath = \"stop-2.txt\"\n");
    CHECK(told("--consents consents.csv -p p.toml") == "0 ");
    std::filesystem::remove(scratch / "out/summary.json"); // what to compare with has gone
    CHECK(told("--consents consents.csv -p p.toml").starts_with("3 callscrub: error: out/summary.json: the summary of the run before can't be read"));
}

TEST_CASE("a log tells the whole run, one event a line, without a number or a name") {
    Scratch scratch;
    put_campaign(scratch);
    put(scratch / "list.csv", "phone,name\n+31612345678,Anna\x1b[2J\n+31612345679,Bert\n");
    const std::string line = "run list.csv --consents consents.csv --out out --replace " + std::string(campaign);
    for (int i = 0; i < 2; ++i) REQUIRE(run(scratch, line + "-q --log x.jsonl --log-format json").err == "");
    std::vector<std::string> events;
    std::istringstream lines(slurp(scratch / "x.jsonl"));
    for (std::string one; std::getline(lines, one);) {
        const auto object = nlohmann::json::parse(one);
        events.push_back(object["event"]);
        CHECK(object["time"].get<std::string>().ends_with("Z"));
        if (object["event"] == "input read" && object["role"] == "list") CHECK(object["rows"] == "2");
        if (object["event"] == "outputs in place")
            CHECK(object["run_id"] == nlohmann::json::parse(slurp(scratch / "out/manifest.json"))["run_id"]);
    }
    const std::vector<std::string> once = {"run begins", "input read", "input read", "list scrubbed", "rejected by reason", "outputs in place"};
    auto twice = once;
    twice.insert(twice.end(), once.begin(), once.end());
    CHECK(events == twice);

    const auto verbose = run(scratch, line + "-v --log x.log");
    const auto text = slurp(scratch / "x.log");
    CHECK(std::count(text.begin(), text.end(), '\n') == 6);
    CHECK(text.find(" info outputs in place out=out run_id=") != std::string::npos);
    CHECK(verbose.err.find("callscrub: outputs in place (out out, run_id ") != std::string::npos);
    for (const auto& said : {text, slurp(scratch / "x.jsonl"), verbose.err}) {
        CHECK(said.find("61234567") == std::string::npos);
        CHECK(said.find("Anna") == std::string::npos);
        CHECK(said.find('\x1b') == std::string::npos);
    }
    CHECK((std::filesystem::status(scratch / "x.log").permissions() & std::filesystem::perms(0077)) == std::filesystem::perms::none);
    CHECK(run(scratch, "run list.csv --consents consents.csv --log x.log --out no/such " + std::string(campaign)).code == 7); // what goes wrong stands there, too
    CHECK(slurp(scratch / "x.log").find(" error failed why=\"no/such: ") != std::string::npos);
}
