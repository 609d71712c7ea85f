// Each value of a pack is held by a case: if the value changed by a day, a month or a word, some case would
// fail. CALLSCRUB_MUTANT_CASES=5000 also looks among random cases for one that tells apart what is taken for
// the same law.
#include "pack_mutants.h"
#include "random_case.h"
#include "verdict/cases.h"
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <malloc.h>
#include <memory>
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

/// Changes after which every call is as lawful as before, and on the same basis.
struct SameLaw {
    std::string_view begins; ///< what the change is told with
    std::string_view why;
};
constexpr SameLaw same_laws[] = {
    {"CA-1.free: behind the next one", "both are not_restricted"},
    {"CA-1.free: parties without", "calls to businesses are free although listed, so the more if not"},
    {"CA-1.business: behind the next one", "both are not_restricted"},
    {"CA-1.charity: behind the next one", "the next one is for other callers"},
    {"CA-1.charity: parties without", "calls to businesses are free without it"},
    {"CA-1.newspaper: parties without", "calls to businesses are free without it"},
    {"CA-1.purchase: behind the next one", "both are customer relationships"},
    {"CA-1.purchase: parties without", "calls to businesses are free without it"},
    {"CA-1.inquiry: parties without", "calls to businesses are free without it"},
    {"CA-1.inquiry: kinds with s", "a sale or subscription has the longer term of CA-1.purchase"},
    {"CH-2.customer: behind the next one", "both are customer relationships"},
    {"CH-2.customer: not_products without insurance", "CH-2.insured says the same of insurance"},
    {"CH-2.insured: behind the next one", "both are customer relationships"},
    {"CH-2.insured: products without insurance", "CH-2.customer says the same of other products"},
    {"CH-2.formerly_insured: products without insurance",
     "other products are free unless listed, as it is itself"},
    {"FR-1.consent: behind the next one", "both are consents"},
    {"FR-1.free: behind the next one", "both are not_restricted"},
    {"FR-1.free: callers without publisher", "publishers are free although listed"},
    {"FR-1.contract: behind the next one", "the next one is for other products"},
    {"FR-1.contract: callers without publisher", "publishers are free without it"},
    {"FR-1.contract: not_products without", "FR-1.works says the same of works"},
    {"FR-1.works: products without", "FR-1.contract says the same of other products"},
    {"FR-2.contract: behind the next one", "the next one is for other products"},
    {"FR-2.contract: not_products without", "FR-2.works says the same of works"},
    {"FR-2.works: behind the next one", "the next one is for other products"},
    {"FR-2.works: products without", "FR-2.contract says the same of other products"},
    {"GB-2.claims: left out", "the general rule asks the same; only the article differs"},
    {"GB-2.claims: behind the next one", "the general rule asks the same; only the article differs"},
    {"GB-2.claims: parties", "the general rule asks the same; only the article differs"},
    {"GB-2.claims: callers", "the general rule asks the same; only the article differs"},
    {"GB-2.claims: purposes", "the general rule asks the same; only the article differs"},
    {"GB-2.claims: lines", "the general rule asks the same; only the article differs"},
    {"GB-2.claims: products", "the general rule asks the same; only the article differs"},
    {"GB-3.claims: left out", "the general rule asks the same; only the article differs"},
    {"GB-3.claims: behind the next one", "the general rule asks the same; only the article differs"},
    {"GB-3.claims: parties", "the general rule asks the same; only the article differs"},
    {"GB-3.claims: callers", "the general rule asks the same; only the article differs"},
    {"GB-3.claims: purposes", "the general rule asks the same; only the article differs"},
    {"GB-3.claims: lines", "the general rule asks the same; only the article differs"},
    {"GB-3.claims: products", "the general rule asks the same; only the article differs"},
    {"GB-3.pensions: left out", "the general rule asks the same; only the article differs"},
    {"GB-3.pensions: behind the next one", "the general rule asks the same; only the article differs"},
    {"GB-3.pensions: parties", "the general rule asks the same; only the article differs"},
    {"GB-3.pensions: callers", "the general rule asks the same; only the article differs"},
    {"GB-3.pensions: purposes", "the general rule asks the same; only the article differs"},
    {"GB-3.pensions: lines", "the general rule asks the same; only the article differs"},
    {"GB-3.pensions: products", "the general rule asks the same; only the article differs"},
    {"GB-3.free: behind the next one", "the next one is for other products"},
    {"IE-1.landline: behind the next one", "the next one is for other lines"},
    {"IE-1.mobile: behind the next one", "the next one is for other lines"},
    {"IE-1.mobile: lines with fixed", "IE-1.landline says the same of landlines"},
    {"IT-1.consent: behind the next one", "both are consents"},
    {"NL-3.charity: behind the next one", "the next one is for other callers"},
    {"NL-3.publisher: behind the next one", "the next one is for other callers"},
    {"NL-3.lottery: callers with publisher", "NL-3.publisher comes before it and asks the same"},
    {"PT-1.company: behind the next one", "the next one is for other people"},
    {"US-1.purchase: behind the next one", "both are customer relationships"},
    {"US-1.inquiry: kinds with s", "a sale or subscription has the longer term of US-1.purchase"},
    {"US-2.purchase: behind the next one", "both are customer relationships"},
    {"US-2.inquiry: kinds with s", "a sale or subscription has the longer term of US-2.purchase"},
};

const SameLaw* same_law(const std::string& what) {
    for (const auto& one : same_laws)
        if (what.starts_with(one.begins)) return &one;
    return nullptr;
}

// A random case that comes out otherwise under the changed pack, if one is found.
std::optional<std::string> told_apart(const law::PackText& pack, const std::string& changed,
                                      std::size_t tries, const facts::PhoneReader& phones) {
    twin::Dice dice(8);
    const law::PackText other{pack.name, changed};
    verdict::CaseJudge was(std::span(&pack, 1), phones), is(std::span(&other, 1), phones);
    const auto policies = twin::policy_choices(pack, dice, 6);
    std::vector<std::unique_ptr<law::Rulebook>> rules;
    for (const auto& policy : policies)
        rules.push_back(std::make_unique<law::Rulebook>(std::span(&pack, 1), policy.base, policy.settings));
    const auto differ = [&](const verdict::Case& one) { return was.judge(one).found != is.judge(one).found; };
    for (std::size_t i = 0; i < tries; ++i) {
        const auto which = i % policies.size();
        const auto one = twin::CaseMaker(rules[which]->jurisdictions().front(), policies[which], dice).make();
        if (!differ(one)) continue;
        const auto small = twin::shrunk(one, differ);
        return twin::case_text(small, "callable") + "was: " + was.judge(small).found +
               ", is: " + is.judge(small).found;
    }
    return std::nullopt;
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
    mallopt(M_MMAP_THRESHOLD, 64 << 20); // each case builds a history of its own: keep its memory
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    const facts::PhoneReader phones;
    const auto cases = cases_by_law();
    const char* const search = std::getenv("CALLSCRUB_MUTANT_CASES");
    std::size_t stated = 0, defaults = 0, same = 0;
    std::set<std::string_view> needed;
    for (const auto& pack : law::embedded_pack_texts()) {
        const auto own = cases.find(pack.name.substr(0, 2));
        REQUIRE(own != cases.end());
        for (const auto& mutant : mutants_of(pack.text)) {
            ++(mutant.stated ? stated : defaults);
            if (noticed(pack.name, mutant.text, own->second, phones)) continue;
            const auto* why = same_law(mutant.what);
            CHECK_MESSAGE(why != nullptr,
                          pack.name << ":" << mutant.line << ": no case notices " << mutant.what);
            if (why == nullptr) continue;
            ++same;
            needed.insert(why->begins);
            if (search == nullptr) continue;
            const auto found = told_apart(pack, mutant.text, std::stoul(search), phones);
            CHECK_MESSAGE(!found, pack.name << ": '" << mutant.what << "' is not the same law:\n"
                                            << found.value_or(""));
        }
    }
    for (const auto& one : same_laws)
        CHECK_MESSAGE(needed.contains(one.begins), "no longer needed: " << one.begins);
    MESSAGE(stated << " changed values and " << defaults << " changed defaults, of which " << same
                   << " are the same law in other words");
    CHECK(stated > 1200);
}
