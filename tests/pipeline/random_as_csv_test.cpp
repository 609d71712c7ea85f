/// Random subjects of one campaign at a time, written as CSV files and scrubbed by a whole `run`: what is published
/// of each is what the plain twin says. A short form runs always; a long one with
///   CALLSCRUB_TWIN_COUNT=200000 CALLSCRUB_TWIN_SEED=7 CALLSCRUB_TWIN_LAW=NL test_pipeline -tc="random subjects*"
#include "case_run.h"
#include "verdict/comparison.h"
#include <cstdlib>
#include <doctest/doctest.h>

using namespace callscrub;

namespace {

constexpr std::size_t subjects_of_run = 1000;

std::string setting(const char* name, const char* missing) {
    const char* found = std::getenv(name);
    return found == nullptr ? missing : found;
}

/// Makes the subject another person with other numbers: as many subjects as there are may stand in one run.
void set_apart(verdict::Case& one, std::size_t index) {
    const auto mark = std::to_string(index);
    const auto number = [&](const std::string& text) {
        return text.empty() ? text : text.substr(0, text.size() - 4) + std::string(4 - mark.size(), '0') + mark;
    };
    const auto named = [&](const std::string& text) { return text.empty() ? text : text + "-" + mark; };
    one.phone = number(one.phone);
    one.person_id = named(one.person_id);
    for (auto& row : one.rows)
        for (auto& [column, cell] : row.cells) {
            if (column == "phone") cell = number(cell);
            if (column == "person_id" || column == "consent_id" || column == "request_id" || column == "contract_id")
                cell = named(cell);
        }
}

/// Puts the subject into the campaign.
void join(verdict::Case& one, const verdict::Case& campaign) {
    one.entity = campaign.entity;
    one.similar = campaign.similar;
    one.caller = campaign.caller;
    one.purpose = campaign.purpose;
    one.dialing = campaign.dialing;
    one.caller_id_shown = campaign.caller_id_shown;
    one.window = campaign.window;
    if (one.product.empty()) one.product = campaign.product; // an empty cell means the campaign's
}

std::vector<verdict::Case> subjects(twin::CaseMaker& maker, std::size_t count) {
    std::vector<verdict::Case> out;
    while (out.size() < count) {
        auto one = maker.make();
        if (!out.empty()) join(one, out.front());
        set_apart(one, out.size());
        out.push_back(std::move(one));
    }
    return out;
}

void compare(const law::PackText& pack, std::uint64_t seed, std::size_t count, const facts::PhoneReader& phones) {
    twin::Dice dice(seed);
    const auto policies = twin::policy_choices(pack, dice, 8);
    std::size_t seen = 0, callable = 0, differences = 0;
    while (seen < count) {
        const auto& policy = dice.pick(policies);
        const twin::Comparison comparison(pack, policy, phones);
        twin::CaseMaker maker(comparison.law(), policy, dice);
        const auto cases = subjects(maker, std::min(count - seen, subjects_of_run));
        const report::test::Scratch folder;
        std::string failure;
        const auto found = pipeline::run_cases(cases, folder, failure);
        REQUIRE_MESSAGE(failure == "", pack.name << ", seed " << seed << ", after " << seen << " subjects");
        for (std::size_t i = 0; i < cases.size(); ++i) {
            callable += found[i].callable;
            const auto twin = comparison.difference(cases[i], found[i].text);
            if (twin && ++differences <= 3)
                MESSAGE(pack.name << ": the run says '" << found[i].text << "', the twin '" << *twin << "'\n"
                                  << twin::case_text(cases[i], "callable"));
        }
        seen += cases.size();
    }
    MESSAGE(pack.name << ": " << seen << " subjects through CSV, seed " << seed << ", " << callable << " callable, "
                      << differences << " differences");
    CHECK_MESSAGE(differences == 0, pack.name);
    CHECK_MESSAGE(callable > 0, pack.name);
}

} // namespace

TEST_CASE("random subjects come out of run as the twin says") {
    const facts::PhoneReader phones;
    const auto only = setting("CALLSCRUB_TWIN_LAW", "");
    const auto count = std::stoul(setting("CALLSCRUB_TWIN_COUNT", "300"));
    const auto seed = std::stoul(setting("CALLSCRUB_TWIN_SEED", "20261127"));
    for (const auto& pack : law::embedded_pack_texts())
        if (only.empty() || pack.name.starts_with(only)) compare(pack, seed, count, phones);
}
