// The reference pages: docs/PROFILE.md is made from the tables of keys (UPDATE_GOLDEN=1 writes it anew; read the
// difference), docs/COLUMNS.md and docs/EXIT-CODES.md must name everything there is.
#include "app/exit_codes.h"
#include "app/options.h"
#include "app/setting.h"
#include "base/text.h"
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace callscrub;
using namespace callscrub::app;

namespace {

std::string read(const std::string& name) {
    std::ifstream in(SOURCE_DIR "/docs/" + name, std::ios::binary);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string flag_of(std::string_view key) {
    std::string out;
    for (const auto& one : options())
        if (one.key == key) out += (out.empty() ? "`--" : ", `--") + std::string(one.name) + "`";
    return out;
}

// A page takes <stem> for markup.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '<' ? std::string("&lt;") : std::string(1, c);
    return out;
}

std::string row(std::string_view key, Kind kind, std::string_view words, std::string_view usual, std::string_view help,
                const std::string& flag) {
    std::string values;
    for (const auto word : base::split(words, '|'))
        if (!word.empty()) values += (values.empty() ? "`" : ", `") + std::string(word) + "`";
    return "| `" + std::string(key) + "` | " + (values.empty() ? std::string(says(kind)) : values) + " | " +
           (usual.empty() ? "" : "`" + std::string(usual) + "`") + " | " + plain(help) + " | " + flag + " |\n";
}

std::string profile_page() {
    std::string out =
        "# The profile\n\n"
        "One TOML file says everything that a job needs; `callscrub init` writes one to start from\n"
        "([tutorial](TUTORIAL.md)). It is the file of `--profile`, else that of `$CALLSCRUB_PROFILE`. A flag beats the\n"
        "profile; files of facts that flags name stand in place of the profile's files of their kind, and `--policy` chooses the base, not\n"
        "single switches: a run says what it leaves out or keeps so. Relative paths are relative to the profile's own folder. An unknown key or a wrong type ends the program\n"
        "with exit code 2, its place and what was probably meant.\n\n"
        "Durations are `90s`, `15min`, `36h`, `60d`, `2w`; sizes `500MiB`, `2GiB`; days `2026-07-01`, `today`, `+14d`.\n\n"
        "This page is made from the tables that the program reads profiles by; `man callscrub-profile` says the same.\n";
    std::string_view section;
    for (const auto& one : settings()) {
        if (one.section() != section)
            out += "\n## `[" + std::string(one.section()) +
                   "]`\n\n| key | value | default | what it says | flag |\n|---|---|---|---|---|\n";
        section = one.section();
        out += row(one.leaf(), one.kind, one.words, one.fallback, one.help, flag_of(one.key));
    }
    out += "\n## Inputs\n\nEach input is a table of its own, and a kind may stand several times.\n\n| table | what it is |\n|---|---|\n";
    for (const auto& role : roles())
        out += "| `[[" + std::string(role.table) + "]]` | " + std::string(role.says) + " |\n";
    out += "\nKeys of every input; [COLUMNS.md](COLUMNS.md) lists the columns, `callscrub presets list` the presets:\n\n"
           "| key | value | default | what it says | |\n|---|---|---|---|---|\n";
    for (const auto& one : input_settings())
        out += row(one.key, one.kind, one.words, one.fallback, one.help, one.registers_only ? "only `[[register]]`" : "");
    return out;
}

} // namespace

TEST_CASE("docs/PROFILE.md has every key of a profile") {
    const auto page = profile_page();
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(SOURCE_DIR "/docs/PROFILE.md", std::ios::binary) << page;
    CHECK_MESSAGE(read("PROFILE.md") == page, "run this test with UPDATE_GOLDEN=1 and read the difference");
}

TEST_CASE("docs/COLUMNS.md has every column of every input, under its own heading") {
    const auto page = read("COLUMNS.md");
    for (const auto& role : roles()) {
        if (role.role == Role::any) continue;
        const auto begin = page.find("## `[[" + std::string(role.table) + "]]`");
        REQUIRE_MESSAGE(begin != std::string::npos, role.table);
        const auto part = page.substr(begin, page.find("\n## ", begin + 1) - begin);
        for (const auto column : canonical_columns(role.role))
            CHECK_MESSAGE(part.find("| `" + std::string(column) + "` |") != std::string::npos, role.table, ": ", column);
    }
}

TEST_CASE("docs/EXIT-CODES.md has every exit code") {
    const auto page = read("EXIT-CODES.md");
    for (const auto& exit : exit_texts)
        for (const auto code : base::split(exit.code, ','))
            CHECK_MESSAGE(page.find("| " + std::string(base::trim(code)) + " |") != std::string::npos, exit.code);
}
