#include "report/digest.h"
#include "report/ledger.h"
#include "report/scratch.h"
#include <csignal>
#include <sys/resource.h>
#include <vector>

using namespace callscrub::report;
using namespace callscrub::report::test;
using callscrub::base::Exit;

namespace {
LedgerEntry entry(const std::string& id) {
    return {"2026-03-02T03:15:00Z", id, "out", {{"rows", 3}, {"clean", 2}}, std::string(64, 'a'),
            std::string(64, 'b'),   ""};
}
void add(const std::string& path, const std::string& id) { Ledger(path).append(entry(id)); }

std::vector<std::string> lines_of(const std::string& path) {
    std::vector<std::string> out;
    std::istringstream text(slurp(path));
    for (std::string line; std::getline(text, line);) out.push_back(line);
    return out;
}
void put_lines(const std::string& path, const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    put(path, text);
}
} // namespace

TEST_CASE("each line of the ledger carries the digest of the one before") {
    const Scratch scratch;
    const std::string path = scratch / "ledger.jsonl";
    for (const char* id : {"one", "two", "three"}) add(path, id);
    const auto lines = lines_of(path);
    REQUIRE(lines.size() == 3);
    const auto seal = lines[0].find(",\"sha256\":");
    CHECK(lines[0].substr(seal) == ",\"sha256\":\"" + sha256_hex(lines[0].substr(0, seal) + "}") + "\"}");
    CHECK(lines[0].substr(0, seal) + "}" == "{\"time\":\"2026-03-02T03:15:00Z\",\"run_id\":\"one\",\"out\":\"out\",\"counts\":{"
                      "\"rows\":3,\"clean\":2},"
                      "\"manifest_sha256\":\"" +
                          std::string(64, 'a') + "\",\"sums_sha256\":\"" + std::string(64, 'b') +
                          "\",\"prev\":\"" + std::string(64, '0') + "\"}");
    CHECK(lines[1].find("\"prev\":\"" + sha256_hex(lines[0]) + "\"") != std::string::npos);
    CHECK(lines[2].find("\"prev\":\"" + sha256_hex(lines[1]) + "\"") != std::string::npos);
    const LedgerCheck check = check_ledger(path);
    CHECK(check.broken.line == 0);
    REQUIRE(check.entries.size() == 3);
    CHECK(check.entries[2].run_id == "three");
    CHECK(check.entries[2].counts == std::vector<Count>{{"rows", 3}, {"clean", 2}});
}

TEST_CASE("lines longer than a block are found again") {
    const Scratch scratch;
    const std::string path = scratch / "ledger.jsonl";
    for (const std::size_t length : {1UL, 4000UL, 4096UL, 9000UL, 40'000UL, 3UL})
        add(path, std::string(length, 'x'));
    CHECK(check_ledger(path).broken.line == 0);
    CHECK(check_ledger(path).entries.size() == 6);
}

TEST_CASE("tampering shows at the first line that no longer fits") {
    const Scratch scratch;
    const std::string path = scratch / "ledger.jsonl";
    for (const char* id : {"one", "two", "three", "four"}) add(path, id);
    auto lines = lines_of(path);
    std::uint64_t line = 0;
    std::string what;
    SUBCASE("a changed line") {
        lines[1].replace(lines[1].find("\"clean\":2"), 9, "\"clean\":1");
        line = 2, what = "its own digest, sha256, does not fit";
    }
    SUBCASE("the last line, which no other one follows") {
        lines[3].replace(lines[3].find("\"clean\":2"), 9, "\"clean\":1");
        line = 4, what = "its own digest, sha256, does not fit";
    }
    SUBCASE("a line that was made anew, its own digest too") {
        auto other = entry("other");
        other.prev = sha256_hex(lines[0]);
        lines[1] = to_line(other);
        line = 3, what = "does not fit line 2";
    }
    SUBCASE("without its own digest") {
        lines[3] = lines[3].substr(0, lines[3].find(",\"sha256\":\"")) + "}";
        line = 4, what = "is no line of a ledger";
    }
    SUBCASE("a removed line") {
        lines.erase(lines.begin() + 1);
        line = 2, what = "does not fit line 1";
    }
    SUBCASE("the first line removed") {
        lines.erase(lines.begin());
        line = 1, what = "is the first: lines are missing";
    }
    SUBCASE("lines exchanged") {
        std::swap(lines[1], lines[2]);
        line = 2, what = "does not fit";
    }
    SUBCASE("a line put in") {
        lines.insert(lines.begin() + 2, lines[1]);
        line = 3, what = "does not fit";
    }
    SUBCASE("text that is no line") {
        lines[3] = "{\"time\": 1}";
        line = 4, what = "is no line of a ledger";
    }
    put_lines(path, lines);
    const LedgerCheck check = check_ledger(path);
    CHECK(check.broken.line == line);
    CHECK(check.broken.what.find(what) != std::string::npos);
    CHECK(check.entries.size() == line - 1);
}

TEST_CASE("a line that a crash cut off is dropped, a whole one without line end is kept") {
    const Scratch scratch;
    const std::string path = scratch / "ledger.jsonl";
    add(path, "one");
    const std::string whole = slurp(path);
    put(path, whole + "{\"time\":\"2026-0");
    CHECK(check_ledger(path).broken.line == 2);
    CHECK(check_ledger(path).broken.what.find("has no end") != std::string::npos);
    add(path, "two");
    CHECK(check_ledger(path).broken.line == 0);
    CHECK(slurp(path).starts_with(whole));
    put(path, whole.substr(0, whole.size() - 1));
    add(path, "three");
    CHECK(check_ledger(path).broken.line == 0);
    CHECK(check_ledger(path).entries.size() == 2);
    put(path, std::string("{\"torn"));
    add(path, "first");
    CHECK(check_ledger(path).entries.size() == 1);
}

TEST_CASE("a line can be taken back, and an empty ledger does not stay") {
    const Scratch scratch;
    const std::string path = scratch / "ledger.jsonl";
    {
        Ledger ledger(path);
        ledger.append(entry("one"));
        ledger.revoke();
    }
    CHECK_FALSE(fs::exists(path));
    add(path, "one");
    const std::string before = slurp(path);
    {
        Ledger ledger(path);
        ledger.append(entry("two"));
        CHECK(slurp(path) != before);
        ledger.revoke();
    }
    CHECK(slurp(path) == before);
    { Ledger untouched(path); }
    CHECK(slurp(path) == before);
}

TEST_CASE("a ledger that can't be used") {
    const Scratch scratch;
    put(scratch / "real", "");
    fs::create_symlink(scratch / "real", scratch / "link");
    check_fails(Exit::output, "is a symbolic link", [&] { Ledger ledger(scratch / "link"); });
    check_fails(Exit::output, "can't be opened: Is a directory", [&] { Ledger ledger(scratch.path()); });
    check_fails(Exit::output, "No such file", [&] { Ledger ledger(scratch / "no/ledger"); });
    check_fails(Exit::output, "not a regular file", [&] { Ledger ledger("/dev/null"); });
    check_fails(Exit::input, "can't be read", [&] { check_ledger(scratch / "none"); });
    for (const std::string other : {"phone,name\n0612345678,A\n", "phone,name\n0612345678,A", "{\"a\": 1}\n", "phone\n{\"time\":\"2026"}) {
        put(scratch / "list.csv", other);
        check_fails(Exit::output, "the last line is none of a ledger", [&] { Ledger ledger(scratch / "list.csv"); });
        CHECK(slurp(scratch / "list.csv") == other);
    }
}

TEST_CASE("no room for the line: the ledger is as before") {
    const Scratch scratch;
    const std::string path = scratch / "ledger.jsonl";
    add(path, "one");
    const std::string before = slurp(path);
    const pid_t child = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{before.size() + 20, before.size() + 20};
        setrlimit(RLIMIT_FSIZE, &limit);
        add(path, "two");
    });
    CHECK(end_of(child) == static_cast<int>(Exit::output));
    CHECK(slurp(path) == before);
}

TEST_CASE("many processes append to one ledger") {
    const Scratch scratch;
    const std::string path = scratch / "ledger.jsonl";
    std::vector<pid_t> children;
    for (int i = 0; i < 6; ++i)
        children.push_back(in_child([&, i] {
            for (int round = 0; round < 20; ++round) {
                Ledger ledger(path);
                ledger.append(entry(std::to_string(i)));
                if (round % 5 == 4) ledger.revoke();
            }
        }));
    for (const pid_t child : children) CHECK(end_of(child) == 0);
    const LedgerCheck check = check_ledger(path);
    CHECK(check.broken.line == 0);
    CHECK(check.entries.size() == 6 * 16);
}
