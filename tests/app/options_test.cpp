#include "app/commands.h"
#include "app/options.h"
#include "app/parse.h"
#include "app/setting.h"
#include "app/terminal.h"
#include "report/scratch.h"
#include <doctest/doctest.h>
#include <map>
#include <set>
#include <sstream>

using namespace callscrub;
using namespace callscrub::app;

namespace {

/// Words of an example as a shell would cut it, up to a pipe or redirection; 'quotes' are understood.
std::vector<std::string> words(std::string_view line) {
    std::vector<std::string> out;
    bool inside = false, fresh = true;
    for (const char c : line) {
        if (c == '\'') {
            inside = !inside;
        } else if (c == ' ' && !inside) {
            fresh = true;
            continue;
        } else if (!inside && (c == '>' || c == '<')) {
            break;
        } else {
            if (fresh) out.emplace_back();
            fresh = false;
            out.back() += c;
        }
    }
    return out;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE(
    "the table: names and letters are unique for each command, keys and words are those of the profile") {
    for (const auto& command : commands()) {
        std::set<std::string_view> names;
        std::set<char> letters;
        for (const auto& one : options()) {
            if (!belongs(one, command.command)) continue;
            INFO(command.name << " --" << one.name);
            CHECK(names.insert(one.name).second);
            if (one.letter) CHECK(letters.insert(one.letter).second);
            CHECK(option(one.name, command.command) == &one);
        }
        CHECK(option("help", command.command));
        CHECK(option("version", command.command));
    }
    for (const auto& one : options()) {
        INFO(one.name);
        CHECK_FALSE(meaning(one).empty());
        CHECK_FALSE(meaning(one).ends_with('.'));
        if (one.key.empty()) continue;
        const auto* key = setting(one.key);
        REQUIRE(key);
        if (!one.words.empty()) CHECK(one.words == key->words);
        if (one.value.empty()) CHECK(key->kind == Kind::boolean);
    }
}

TEST_CASE("every profile key of the campaign and of the limits has its flag") {
    for (const auto& key : settings()) {
        if (key.section() != "campaign" && key.section() != "limits") continue;
        INFO(key.key);
        bool found = false;
        for (const auto& one : options()) found = found || one.key == key.key;
        CHECK(found);
    }
}

TEST_CASE("the contract's commands and flags are there") {
    for (const auto* name :
         {"run", "explain", "check", "tidy", "rules", "presets", "init", "diff", "verify", "part", "merge", "index"})
        CHECK(command_of(name));
    CHECK_FALSE(command_of(""));
    CHECK_FALSE(command_of("serve"));
    const std::map<std::string_view, std::vector<std::string_view>> contract = {
        {"run",
         {"consents",  "relations",  "suppress",  "register",  "calls",   "entity",       "caller-type",
          "purpose",   "dialing",    "caller-id", "product",   "similar", "jurisdiction", "region",
          "call-from", "call-until", "as-of",     "policy",    "out",     "replace",      "clean",
          "rejected",  "annotate",   "lang",      "threads",   "memory",  "dry-run",      "profile",
          "json",      "quiet",      "verbose",   "wait-lock", "log",     "rules",        "phone-engine", "part"}},
        {"explain", {"list", "line", "as-of", "html", "json", "person", "lang", "profile", "entity"}},
        {"tidy", {"output", "rejects", "delimiter", "quote", "escape", "encoding", "no-header", "skip"}},
        {"diff", {"json", "csv"}},
        {"verify", {"ledger"}},
        {"check", {"json", "profile", "consents"}},
        {"part", {"parts", "output", "consents", "entity", "as-of", "annotate", "lang", "policy", "profile", "memory"}},
        {"merge", {"out", "replace", "ledger", "dry-run", "json"}},
    };
    for (const auto& [command, flags] : contract)
        for (const auto flag : flags) {
            INFO(command << " --" << flag);
            CHECK(option(flag, *command_of(command)));
        }
}

TEST_CASE("every example of the table is a command line that is understood") {
    for (const auto& command : commands())
        for (const auto& example : command.examples) {
            INFO(example.line);
            std::string_view line = example.line;
            if (const auto pipe = line.find("| "); pipe != std::string_view::npos)
                line = line.substr(pipe + 2);
            auto typed = words(line);
            REQUIRE(typed.size() >= 2);
            CHECK(typed[0] == "callscrub");
            typed.erase(typed.begin());
            const auto arguments = parse(typed, true);
            if (command.command != Command::none) CHECK(arguments.command == command.command);
            const auto& about = info(arguments.command);
            CHECK(arguments.operands.size() >= about.least);
            CHECK(arguments.operands.size() <= about.most);
        }
}

TEST_CASE("help has every option that is not hidden, first the examples, and keeps to the width") {
    for (const auto& command : commands())
        for (const std::size_t width : {40u, 80u, 100u, 200u}) {
            const auto text = help_text(command.command, width);
            INFO(text);
            CHECK(text.find("Examples:") < text.find("Usage:"));
            for (const auto& one : options()) {
                const std::string flag =
                    " --" + std::string(one.name) + (one.value.empty() ? "" : " " + std::string(one.value));
                const bool visible = belongs(one, command.command) && !one.hidden;
                if (visible) CHECK_MESSAGE((holds(text, flag + " ") || holds(text, flag + "\n")), flag);
                if (one.hidden)
                    CHECK_FALSE_MESSAGE(holds(text, "\n      --" + std::string(one.name) + " "), flag);
            }
            std::istringstream lines(text.substr(text.find("Usage:")));
            for (std::string line; std::getline(lines, line);)
                if (!line.starts_with("Usage:"))
                    CHECK_MESSAGE(display_width(line) <= std::min<std::size_t>(width, 100), line);
        }
}

TEST_CASE("help of one option, word for word") {
    const auto text = help_text(Command::run, 80);
    CHECK(holds(text, "      --caller-type TYPE    what the caller is in the eyes of the law; what\n"
                      "                            makes one a publisher or a lottery, the notes of the\n"
                      "                            law's page say (commercial, charity, publisher,\n"
                      "                            lottery; default: commercial)\n"));
    CHECK(holds(text, "  -n, --dry-run             everything but the outputs\n"));
    CHECK(holds(text, "      --renew-within DURATION\n                            write <stem>.renew.csv"));
    CHECK(text.starts_with(
        "callscrub run: scrub call lists: clean rows, rejected rows, evidence, report\n\nExamples:\n"));
}

TEST_CASE("help names the commands that can be run, and only those") {
    const auto text = help_text(Command::none, 80);
    for (const auto& command : commands())
        if (command.command != Command::none)
            CHECK(holds(text, "\n  " + std::string(command.name) + " ") ==
                  (runner(command.command) != nullptr));
}

TEST_CASE("alone, the program shows three examples, not a wall") {
    const auto text = short_text();
    CHECK(std::count(text.begin(), text.end(), '\n') <= 12);
    CHECK(holds(text, "callscrub init"));
    CHECK(holds(text, "callscrub run"));
    CHECK(holds(text, "callscrub explain"));
    CHECK(holds(text, "callscrub --help"));
}
