/// The program itself, from the command line to the exit code: main, tidy, verify, diff.
#include "app/options.h"
#include "app/version.h"
#include "report/scratch.h"
#include <cstdlib>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

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
