// What a command appends to or writes is nothing that it reads, by whatever name.
#include "resolved.h"
#include <filesystem>

using namespace callscrub;
using namespace callscrub::app;
using namespace callscrub::app::test;

TEST_CASE("log and ledger are none of the files read or written, by whatever name") {
    Scratch scratch;
    const auto list = scratch / "a.csv", profile = scratch / "p.toml", out = scratch / "out";
    put(list, "phone\n");
    put(profile, "");
    std::filesystem::create_hard_link(list, scratch / "hard");
    std::filesystem::create_symlink(list, scratch / "soft");
    const std::vector<std::string> start = {"run", list, "--entity", "E", "-p", profile};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), start.begin(), start.end());
        return more;
    };
    for (const std::string kept : {"log", "ledger"}) {
        const std::string flag = "--" + kept;
        for (const auto& path : {list, scratch / "hard", scratch / "soft", scratch / "no/../a.csv"})
            CHECK(message(with({"--out", out, flag, path})) ==
                  "the " + kept + " '" + path + "' is the input '" + list + "'; name another file");
        CHECK(message(with({"--out", out, flag, profile})) ==
              "the " + kept + " '" + profile + "' is the profile '" + profile + "'; name another file");
        for (const auto& path : {out + "/x.log", out + "/sub/../x", scratch / "other/../out/x", out})
            CHECK(message(with({"--out", out, flag, path})).find("lies in the folder of the run") != std::string::npos);
        job_of(with({"--out", out, flag, out + "x"})); // beside it
        CHECK(message(with({"--clean", scratch / "c", flag, scratch / "c"})).find("is the output '") != std::string::npos);
    }
    CHECK(message(with({"--out", out, "--log", scratch / "x", "--ledger", scratch / "x"})).find("is the ledger '") != std::string::npos);
    CHECK(message({"tidy", list, "--log", list}).find("is the input '") != std::string::npos);
    CHECK(message({"tidy", list, "-o", scratch / "o", "--log", scratch / "o"}).find("is the output '") != std::string::npos);
}

TEST_CASE("log and ledger stay out of what verify, diff and the parts read") {
    Scratch scratch;
    const auto run = scratch / "run", ledger = scratch / "l.jsonl";
    std::filesystem::create_directory(run);
    CHECK(message({"verify", run, "--log", run + "/x.log"}).find("lies in the folder of the run") != std::string::npos);
    CHECK(message({"diff", scratch / "old", run, "--log", run + "/x.log"}).find("lies in the folder of the run") != std::string::npos);
    CHECK(message({"verify", run, "--ledger", ledger, "--log", ledger}) ==
          "the log '" + ledger + "' is the ledger '" + ledger + "'; name another file");
    CHECK(message({"part", "a.csv", "--entity", "E", "--parts", "2", "-o", scratch / "parts", "--log", scratch / "parts/x"})
              .find("lies in the folder of the parts") != std::string::npos);
}

TEST_CASE("nothing that is written is a file that says how inputs are read and judged") {
    Scratch scratch;
    const auto list = scratch / "a.csv", profile = scratch / "p.toml", preset = scratch / "own.toml", index = scratch / "i.facts";
    const auto rules = scratch / "rules", pack = rules + "/NL.toml";
    std::filesystem::create_directory(rules);
    for (const auto& path : {list, preset, index, pack}) put(path, "phone\n");
    put(profile, "[[consents]]\npath = \"c.csv\"\npreset = \"" + preset + "\"\n");
    const auto with = [&](std::vector<std::string> more) {
        const std::vector<std::string> start = {"run", list, "--entity", "E", "-p", profile, "--rules", rules, "--index", index};
        more.insert(more.begin(), start.begin(), start.end());
        return message(more);
    };
    const std::vector<std::pair<std::string, std::string>> read = {
        {"profile", profile}, {"preset", preset}, {"rule pack", pack}, {"index", index}};
    for (const auto& [what, path] : read) {
        const auto refusal = [&, &what = what, &path = path](const std::string& kept) {
            return "the " + kept + " '" + path + "' is the " + what + " '" + path + "'; name another file";
        };
        CHECK(with({"--out", scratch / "out", "--log", path}) == refusal("log"));
        CHECK(with({"--out", scratch / "out", "--ledger", path}) == refusal("ledger"));
        CHECK(with({"--clean", path}) == refusal("output"));
        CHECK(with({"--rejected", path}) == refusal("output"));
        CHECK(with({"--out", path}) == refusal("output"));
        if (path != index)
            CHECK(message({"index", "-p", profile, "--entity", "E", "--rules", rules, "-o", path}) == refusal("index"));
    }
}
