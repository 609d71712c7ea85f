#include "app/commands.h"
#include "app/options.h"
#include "report/scratch.h"
#include <cstdlib>
#include <doctest/doctest.h>
#include <sstream>

using namespace callscrub;
using namespace callscrub::app;
using report::test::put;
using report::test::Scratch;
using report::test::slurp;

namespace {

bool installed(const std::string& shell) {
    return std::system(("command -v " + shell + " >/dev/null 2>&1").c_str()) == 0;
}

/// What bash offers behind these words, as when Tab is pressed; in the scratch folder.
std::set<std::string> offered(const Scratch& scratch, const std::vector<std::string>& words) {
    put(scratch / "completion.bash", completions("bash"));
    std::string script =
        "set -u\ncd '" + scratch.path() +
        "/files'\n. ../completion.bash\n"
        "complete -p callscrub | grep -q -- '-F _callscrub callscrub' || exit 9\nCOMP_WORDS=(callscrub";
    for (const auto& word : words) script += " '" + word + "'";
    script += ")\nCOMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))\n_callscrub\n"
              "(( ${#COMPREPLY[@]} )) && printf '%s\\n' \"${COMPREPLY[@]}\"\nexit 0\n";
    put(scratch / "ask.bash", script);
    const std::string run =
        "bash --norc " + (scratch / "ask.bash") + " > " + (scratch / "out") + " 2> " + (scratch / "err");
    REQUIRE(std::system(run.c_str()) == 0);
    CHECK(slurp(scratch / "err") == "");
    std::set<std::string> out;
    std::istringstream lines(slurp(scratch / "out"));
    for (std::string line; std::getline(lines, line);) CHECK(out.insert(line).second); // each once
    return out;
}

using Set = std::set<std::string>;

} // namespace

TEST_CASE("bash completes commands, options, words, files and folders") {
    Scratch scratch;
    std::filesystem::create_directories(scratch / "files/runs 1");
    put(scratch / "files/leads.csv", "");
    put(scratch / "files/night job.toml", "");

    Set all;
    for (const auto& one : commands())
        if (one.command != Command::none && runner(one.command)) all.insert(std::string(one.name));
    CHECK(offered(scratch, {""}) == all);
    CHECK(offered(scratch, {"ti"}) == Set{"tidy"});
    CHECK(offered(scratch, {"--he"}) == Set{"--help"});
    CHECK(offered(scratch, {"--generate", ""}) == Set{"man", "bash", "zsh", "fish"});
    for (const auto& command : commands()) {
        if (command.command == Command::none || !runner(command.command)) continue;
        Set flags;
        for (const auto& one : options())
            if (belongs(one, command.command)) flags.insert("--" + std::string(one.name));
        CHECK(offered(scratch, {std::string(command.name), "--"}) == flags);
    }
    CHECK(offered(scratch, {"tidy", "--rej"}) == Set{"--rejects"});
    CHECK(offered(scratch, {"tidy", "le"}) == Set{"leads.csv"});
    CHECK(offered(scratch, {"tidy", "--rejects", ""}) == Set{"leads.csv", "night job.toml", "runs 1"});
    CHECK(offered(scratch, {"tidy", "-o", "ni"}) == Set{"night job.toml"});
    CHECK(offered(scratch, {"tidy", "--delimiter", ""}) == Set{});
    CHECK(offered(scratch, {"verify", ""}) == Set{"runs 1"});
    CHECK(offered(scratch, {"--quiet", "verify", "--log-format", ""}) == Set{"text", "json"});
    CHECK(offered(scratch, {"rules", ""}) == Set{"list", "show", "test"});
    CHECK(offered(scratch, {"rules", "s"}) == Set{"show"});
    CHECK(offered(scratch, {"run", "--caller-type", "c"}) == Set{"commercial", "charity"});
}

TEST_CASE("zsh and fish can read their completions") {
    Scratch scratch;
    for (const auto& [shell, check] :
         {std::pair<std::string, std::string>{"zsh", "zsh -n "}, {"fish", "fish --no-execute "}}) {
        put(scratch / shell, completions(shell));
        if (!installed(shell)) {
            MESSAGE("skipped: " << shell << " is not installed");
            continue;
        }
        CHECK(std::system((check + (scratch / shell)).c_str()) == 0);
    }
}

namespace {

/// What each line becomes when Tab is pressed behind it in an interactive shell.
std::vector<std::string> tabbed(const Scratch& scratch, const std::string& shell, const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    put(scratch / "lines", text);
    put(scratch / "completions", completions(shell));
    const std::string press = "cd '" + scratch.path() + "/files' && python3 " SOURCE_DIR "/tests/app/press_tab.py " + shell +
                              " ../completions < ../lines > ../became 2> ../err";
    const bool good = std::system(press.c_str()) == 0;
    CHECK_MESSAGE(good, slurp(scratch / "err"));
    std::vector<std::string> out;
    std::istringstream became(slurp(scratch / "became"));
    for (std::string line; std::getline(became, line);) out.push_back(line);
    out.resize(lines.size());
    return out;
}

} // namespace

TEST_CASE("Tab in bash and zsh") {
    Scratch scratch;
    std::filesystem::create_directories(scratch / "files/runs");
    put(scratch / "files/leads.csv", "");
    put(scratch / "files/night job.toml", "");
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    const Pairs lines = {{"callscrub ti", "callscrub tidy "},
                         {"callscrub --qui", "callscrub --quiet "},
                         {"callscrub run --caller-type ch", "callscrub run --caller-type charity "},
                         {"callscrub verify ru", "callscrub verify runs/"},
                         {"callscrub run le", "callscrub run leads.csv "},
                         {"callscrub rules sh", "callscrub rules show "},
                         {"callscrub run -p ni", "callscrub run -p night\\ job.toml "},
                         {"callscrub run --consents le", "callscrub run --consents leads.csv "},
                         {"callscrub run --consents=le", "callscrub run --consents=leads.csv "},
                         {"callscrub run --register BMNR=le", "callscrub run --register BMNR=leads.csv "},
                         {"callscrub run --out ru", "callscrub run --out runs/"},
                         {"callscrub --quiet ver", "callscrub --quiet verify "},
                         {"callscrub --generate fi", "callscrub --generate fish "},
                         {"callscrub tidy --delimiter l", "callscrub tidy --delimiter l"},
                         {"callscrub frobnicate l", "callscrub frobnicate l"}};
    std::vector<std::string> typed;
    for (const auto& line : lines) typed.push_back(line.first);
    for (const std::string shell : {"bash", "zsh"}) {
        if (!installed(shell) || !installed("python3")) {
            MESSAGE("skipped: " << shell << " or python3 is not installed");
            continue;
        }
        const auto became = tabbed(scratch, shell, typed);
        for (std::size_t i = 0; i < lines.size(); ++i) CHECK_MESSAGE(became[i] == lines[i].second, shell << ": " << typed[i]);
    }
}

TEST_CASE("Tab in fish") {
    if (!installed("fish")) {
        MESSAGE("skipped: fish is not installed");
        return;
    }
    Scratch scratch;
    std::filesystem::create_directories(scratch / "files/runs");
    put(scratch / "files/leads.csv", "");
    put(scratch / "callscrub.fish", completions("fish"));
    const auto offered = [&](const std::string& line) {
        const std::string ask = "cd '" + scratch.path() + "/files' && HOME='" + scratch.path() + "' fish --no-config -c 'source ../callscrub.fish; complete -C \"" +
                                line + "\"' > ../out 2> ../err";
        CHECK(std::system(ask.c_str()) == 0);
        CHECK(slurp(scratch / "err") == "");
        Set out;
        std::istringstream lines(slurp(scratch / "out"));
        for (std::string one; std::getline(lines, one);) out.insert(one.substr(0, one.find('\t')));
        return out;
    };
    Set all;
    for (const auto& one : commands())
        if (one.command != Command::none && runner(one.command)) all.insert(std::string(one.name));
    CHECK(offered("callscrub ") == all);
    CHECK(offered("callscrub tidy --rej") == Set{"--rejects"});
    CHECK(offered("callscrub run --caller-type c") == Set{"commercial", "charity"});
    CHECK(offered("callscrub verify ") == Set{"runs/"});
    CHECK(offered("callscrub run le") == Set{"leads.csv"});
    CHECK(offered("callscrub run --consents=le") == Set{"--consents=leads.csv"});
    CHECK(offered("callscrub run --register BMNR=le") == Set{"BMNR=leads.csv"});
    CHECK(offered("callscrub --generate f") == Set{"fish"});
}

TEST_CASE("each shell's text has every command and option; another shell is refused") {
    for (const auto* shell : {"bash", "zsh", "fish"}) {
        const auto text = completions(shell);
        for (const auto& command : commands())
            if (runner(command.command)) CHECK(text.find(command.name) != std::string::npos);
        for (const auto& one : options()) {
            const bool fish = std::string_view(shell) == "fish";
            const std::string flag = (fish ? "-l " : "--") + std::string(one.name);
            bool needed = belongs(one, Command::none);
            for (const auto& command : commands())
                needed = needed || (runner(command.command) && belongs(one, command.command));
            if (needed) CHECK_MESSAGE(text.find(flag) != std::string::npos, shell << " " << flag);
        }
    }
    report::test::check_fails(base::Exit::usage,
                              "no completions for 'bsh'; expected man, bash, zsh or fish (did you mean 'bash'?)",
                              [] { completions("bsh"); });
}
