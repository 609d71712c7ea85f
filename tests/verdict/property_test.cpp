// Program = twin, for random cases under every law. A short form runs always; a long one with
//   CALLSCRUB_TWIN_COUNT=200000 CALLSCRUB_TWIN_SEED=7 CALLSCRUB_TWIN_LAW=NL test_verdict -tc="program and
//   twin*"
#include "comparison.h"
#include <cstdlib>
#include <doctest/doctest.h>
#include <malloc.h>
#include <memory>

using namespace callscrub;

namespace {

std::string setting(const char* name, const char* missing) {
    const char* found = std::getenv(name);
    return found == nullptr ? missing : found;
}

/// One law under one policy, asked both ways.
class Pair {
public:
    Pair(const law::PackText& pack, const twin::PolicyChoice& policy, const facts::PhoneReader& phones)
        : comparison_(pack, policy, phones), judge_(std::span(&pack, 1), phones) {}

    const law::Jurisdiction& law() const { return comparison_.law(); }
    std::string program(const verdict::Case& one) { return judge_.judge(one).found; }
    bool agree(const verdict::Case& one) { return !difference(one); }
    /// What the twin says, if the program says something else.
    std::optional<std::string> difference(const verdict::Case& one) { return comparison_.difference(one, program(one)); }

private:
    twin::Comparison comparison_;
    verdict::CaseJudge judge_;
};

// Differences of one kind are told once.
std::string kind_of(const std::string& twin, const std::string& program) {
    const auto head = [](const std::string& text) { return text.substr(0, text.find(" until ")); };
    return head(program) + " / " + head(twin);
}

void compare(const law::PackText& pack, std::uint64_t seed, std::size_t count,
             const facts::PhoneReader& phones) {
    twin::Dice dice(seed);
    const auto policies = twin::policy_choices(pack, dice, count < 10'000 ? 8 : 40);
    std::vector<std::unique_ptr<Pair>> pairs;
    for (const auto& policy : policies) pairs.push_back(std::make_unique<Pair>(pack, policy, phones));
    std::map<std::string, int> told;
    std::map<std::string, std::size_t> outcomes;
    std::size_t differences = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto which = static_cast<std::size_t>(dice.below(static_cast<int>(policies.size())));
        Pair& pair = *pairs[which];
        const auto one = twin::CaseMaker(pair.law(), policies[which], dice).make();
        const auto found = pair.program(one);
        ++outcomes[found.substr(0, found.find(" until "))];
        if (i % 1000 == 0) { // what is printed on a difference is the case that was judged
            const auto again = verdict::read_cases(twin::case_text(one, "callable"), "printed");
            CHECK_MESSAGE(pair.program(again.at(0)) == found, twin::case_text(one, "callable"));
        }
        const auto twin = pair.difference(one);
        if (!twin) continue;
        ++differences;
        if (++told[kind_of(*twin, found)] > 1) continue;
        auto small = twin::shrunk(one, [&](const verdict::Case& smaller) { return !pair.agree(smaller); });
        small.id = pack.name.substr(0, 2) + "-seed" + std::to_string(seed) + "-" + std::to_string(i);
        MESSAGE(pack.name << ": the program says '" << pair.program(small) << "', the twin '"
                          << pair.difference(small).value_or("?") << "'\n"
                          << twin::case_text(small, "callable"));
    }
    std::string seen;
    for (const auto& [outcome, times] : outcomes) seen += "\n  " + outcome + ": " + std::to_string(times);
    MESSAGE(pack.name << ": " << count << " subjects, seed " << seed << ", " << differences << " differences"
                      << (count < 10'000 ? "" : seen));
    CHECK_MESSAGE(differences == 0, pack.name);
    CHECK_MESSAGE(outcomes.size() > 10, "the cases are too much alike: " << seen);
}

} // namespace

TEST_CASE("program and twin say the same of random cases") {
    // Each case builds a history of its own: keep its memory instead of handing it back to the system.
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    const facts::PhoneReader phones;
    const auto only = setting("CALLSCRUB_TWIN_LAW", "");
    const auto count = std::stoul(setting("CALLSCRUB_TWIN_COUNT", "3000"));
    const auto seed = std::stoul(setting("CALLSCRUB_TWIN_SEED", "20261122"));
    for (const auto& pack : law::embedded_pack_texts())
        if (only.empty() || pack.name.starts_with(only)) compare(pack, seed, count, phones);
}

TEST_CASE("the numbers of random cases are read") {
    const facts::PhoneReader phones;
    for (const auto& pack : law::embedded_pack_texts()) {
        twin::Dice dice(1);
        const twin::PolicyChoice policy{"standard", {}};
        const law::Rulebook rules(std::span(&pack, 1), "standard", {});
        for (int i = 0; i < 50; ++i) {
            const auto one = twin::CaseMaker(rules.jurisdictions().front(), policy, dice).make();
            CHECK_MESSAGE(phones.read(one.phone, {}).status == facts::PhoneStatus::ok,
                          one.jurisdiction << " " << one.phone);
        }
    }
}
