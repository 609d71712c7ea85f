// Each value of a pack is held by a case: if the value changed by a day, a month or a word, some case would
// fail.
#include "verdict/cases.h"
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

using namespace callscrub;

namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::map<std::string, std::vector<verdict::Case>> cases_by_law() {
    std::map<std::string, std::vector<verdict::Case>> out;
    std::set<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/tests/cases"))
        if (entry.path().extension() == ".toml") paths.insert(entry.path());
    for (const auto& path : paths)
        for (auto& one : verdict::read_cases(read_file(path), path.filename()))
            out[one.jurisdiction].push_back(std::move(one));
    return out;
}

/// A pack with one value changed.
struct Mutant {
    std::size_t line;
    std::string was, is;
    std::string text;
};

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) out += line + "\n";
    return out;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

// Numbers and days one more and one less; of each list of words, each word left out.
std::vector<std::string> other_values(const std::string& line, const std::string& name_of_switch) {
    static const std::regex number(
        R"re((months|days|grace_days|max|within_days|pause_days_after_refusal|standard|strict) = (\d+))re");
    static const std::regex date(R"re((from|until|started_before) = (\d{4}-\d\d-\d\d))re");
    static const std::regex words(
        R"re((parties|callers|purposes|lines|kinds|conditions|renewed_by|products|not_products|falls_when_listed|falls_unless_later_than_listing) = \[(.*)\])re");
    std::vector<std::string> out;
    std::smatch found;
    if (std::regex_match(line, found, number) && name_of_switch != "it_list_age_days") {
        const int value = std::stoi(found[2]);
        out.push_back(found[1].str() + " = " + std::to_string(value + 1));
        if (value > 0) out.push_back(found[1].str() + " = " + std::to_string(value - 1));
    } else if (std::regex_match(line, found, date)) {
        const auto day = *facts::read_iso_day(found[2].str());
        for (const int step : {-1, 1}) out.push_back(found[1].str() + " = " + facts::to_string(day + step));
    } else if (std::regex_match(line, found, words)) {
        const std::string list = found[2];
        static const std::regex word(R"re("[^"]*"(, )?)re");
        for (auto it = std::sregex_iterator(list.begin(), list.end(), word); it != std::sregex_iterator();
             ++it) {
            auto rest = list;
            rest.erase(static_cast<std::size_t>(it->position()), static_cast<std::size_t>(it->length()));
            out.push_back(found[1].str() + " = [" + rest + "]");
        }
    }
    return out;
}

// A day on which something begins within a regime can't act if the regime begins later.
bool acts(const std::string& line, const std::string& regime_from) {
    return !line.starts_with("from = ") || regime_from.empty() || line >= regime_from;
}

// Each basis left out, and each basis of a switch taken for granted.
void add_structural(const std::vector<std::string>& lines, std::size_t at, std::vector<Mutant>& out) {
    if (lines[at].starts_with("when = ")) {
        auto changed = lines;
        changed[at].clear();
        out.push_back({at + 1, lines[at], "nothing", joined(changed)});
    }
    if (lines[at] != "[[regime.basis]]") return;
    // Under these a call is as lawful as under the general rule; only the article differs
    // (law_articles_test.cpp).
    static const std::set<std::string> same_verdict = {"id = \"GB-2.claims\"", "id = \"GB-3.claims\"",
                                                       "id = \"GB-3.pensions\""};
    if (same_verdict.contains(lines[at + 1])) return;
    auto end = at + 1;
    while (end < lines.size() && !lines[end].starts_with("[[") && !lines[end].starts_with('#')) ++end;
    auto changed = lines;
    for (auto i = at; i < end; ++i) changed[i].clear();
    out.push_back({at + 1, lines[at + 1], "nothing", joined(changed)});
}

std::vector<Mutant> mutants(const std::string& pack) {
    static const std::regex name(R"re(name = "(.*)")re");
    const auto lines = lines_of(pack);
    std::vector<Mutant> out;
    std::string latest_name, regime_from;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::smatch found;
        if (std::regex_match(lines[i], found, name)) latest_name = found[1];
        if (lines[i] == "[[regime]]") regime_from.clear();
        if (regime_from.empty() && lines[i].starts_with("from = ")) regime_from = lines[i];
        add_structural(lines, i, out);
        if (!acts(lines[i], regime_from)) continue;
        for (const auto& other : other_values(lines[i], latest_name)) {
            auto changed = lines;
            changed[i] = other;
            out.push_back({i + 1, lines[i], other, joined(changed)});
        }
    }
    return out;
}

// A pack that no longer loads is noticed as well as one that fails a case.
bool noticed(const std::string& name, const std::string& text, const std::vector<verdict::Case>& cases,
             const facts::PhoneReader& phones) {
    const std::vector<law::PackText> packs{{name, text}};
    try {
        verdict::CaseJudge judge(packs, phones);
        for (const auto& one : cases)
            if (!judge.judge(one).passed) return true;
        return false;
    } catch (const base::Failure&) {
        return true;
    }
}

} // namespace

TEST_CASE("every case of the packs passes") {
    const facts::PhoneReader phones;
    const auto packs = law::embedded_pack_texts();
    verdict::CaseJudge judge(packs, phones);
    for (const auto& [law, cases] : cases_by_law())
        for (const auto& one : cases) {
            const auto result = judge.judge(one);
            CHECK_MESSAGE(result.passed, one.place.text() << " " << one.id << ": expected " << result.expected
                                                          << ", found " << result.found << "; " << one.says);
        }
}

TEST_CASE("case ids are unique") {
    std::set<std::string> ids;
    for (const auto& [law, cases] : cases_by_law())
        for (const auto& one : cases)
            CHECK_MESSAGE(ids.insert(one.id).second, one.place.text() << ": " << one.id);
}

TEST_CASE("every value of a pack is held by a case") {
    const facts::PhoneReader phones;
    const auto cases = cases_by_law();
    std::size_t count = 0;
    for (const auto& pack : law::embedded_pack_texts()) {
        const auto own = cases.find(pack.name.substr(0, 2));
        REQUIRE(own != cases.end());
        for (const auto& mutant : mutants(pack.text)) {
            ++count;
            CHECK_MESSAGE(noticed(pack.name, mutant.text, own->second, phones),
                          pack.name << ":" << mutant.line << ": no case notices " << mutant.is
                                    << " instead of " << mutant.was);
        }
    }
    MESSAGE(count << " changed values");
    CHECK(count > 400);
}
