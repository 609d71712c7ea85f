// Every day on which a law changes has cases for itself and for the day before.
#include "base/toml.h"
#include "law/rulebook.h"
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace callscrub;
using facts::Day;

namespace {

/// Days that the cases of one law are about.
struct Covered {
    std::set<Day> calls;  ///< called on
    std::set<Day> starts; ///< of relations
};

void add_day(const base::TomlTable& table, std::string_view key, std::set<Day>& out) {
    if (const auto text = table.opt_iso(key, true))
        if (const auto day = facts::read_iso_day(*text)) out.insert(*day);
}

std::string jurisdiction(const base::TomlTable& table) {
    const auto campaign = table.opt_table("campaign");
    return campaign ? campaign->opt_text("jurisdiction").value_or("") : "";
}

void read_cases(const std::filesystem::path& path, std::map<std::string, Covered>& out) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    const auto root = base::TomlTable::parse(text.str(), path.filename());
    const auto defaults = root.opt_table("defaults");
    const auto usual = defaults ? jurisdiction(*defaults) : std::string();
    for (const auto& one : root.tables("case")) {
        const auto own = jurisdiction(one);
        auto& covered = out[own.empty() ? usual : own];
        for (const auto* key : {"call_day", "call_from", "call_until"}) add_day(one, key, covered.calls);
        for (const auto& relation : one.tables("relations")) add_day(relation, "start", covered.starts);
    }
}

std::map<std::string, Covered> all_cases() {
    std::map<std::string, Covered> out;
    for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/tests/cases"))
        if (entry.path().extension() == ".toml") read_cases(entry.path(), out);
    return out;
}

void both_days(const std::set<Day>& days, Day day, const std::string& what) {
    if (day == facts::day_min || day == facts::day_max) return;
    CHECK_MESSAGE(days.contains(day - 1),
                  what << ": no case for the day before, " << facts::to_string(day - 1));
    CHECK_MESSAGE(days.contains(day), what << ": no case for the day itself, " << facts::to_string(day));
}

void check_regime(const law::Regime& regime, const Covered& covered) {
    both_days(covered.calls, regime.from, regime.id);
    if (regime.verification_from > regime.from)
        both_days(covered.calls, regime.verification_from, regime.id + " verification");
    for (const auto& rule : regime.bases) {
        if (rule.term.in_force_from > regime.from)
            both_days(covered.calls, rule.term.in_force_from, rule.id + " term");
        both_days(covered.starts, rule.objection_waived_before, rule.id + " waiver");
    }
}

} // namespace

TEST_CASE("each change of a law has cases for its day and the day before") {
    const auto packs = law::embedded_pack_texts();
    const auto cases = all_cases();
    // What a switch turns on counts as well.
    const law::Rulebook rules(packs, "standard",
                              {{"nl_verification", "reject", {}}, {"nl_legacy_2021_after_2026", "on", {}}});
    for (const auto& one : rules.jurisdictions()) {
        CAPTURE(one.id);
        const auto covered = cases.find(one.id);
        REQUIRE(covered != cases.end());
        for (const auto& regime : one.regimes) check_regime(regime, covered->second);
    }
}
