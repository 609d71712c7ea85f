#include "comparison.h"

namespace callscrub::twin {

namespace {

constexpr int horizon = 2200; // days after the window

std::string text(const Answer& answer) {
    const auto until = answer.until ? facts::to_string(*answer.until) : std::string();
    if (!answer.clean)
        return "rejected " + std::string(law::code(answer.reason)) + (until.empty() ? "" : " until " + until);
    return "callable " + std::string(law::name(answer.basis)) + " until " + until;
}

} // namespace

Comparison::Comparison(const law::PackText& pack, const PolicyChoice& policy, const facts::PhoneReader& phones)
    : rules_(std::span(&pack, 1), policy.base, policy.settings), law_(rules_.jurisdictions().front()),
      phones_(phones) {}

// The twin walked to its horizon: what lies behind it is looked at here and there.
bool Comparison::until_agrees(const Twin& twin, Day window_until, const std::string& until) const {
    const auto day = facts::read_iso_day(until);
    if (day)
        return *day >= window_until + horizon && twin.judge(*day).callable && !twin.judge(*day + 1).callable;
    for (const int years : {8, 12, 20, 40})
        if (!twin.judge(facts::add_months(window_until, 12 * years)).callable) return false;
    return true;
}

std::optional<std::string> Comparison::difference(const verdict::Case& one, const std::string& found) const {
    const auto world = world_of(one, law_, rules_.policy(), phones_);
    const Twin twin(world, law_, rules_.policy());
    const auto answer = twin.decide(one.window.from, one.window.until, horizon);
    const auto expected = text(answer);
    if (found == expected) return std::nullopt;
    if (answer.beyond && found.starts_with(expected) &&
        until_agrees(twin, one.window.until, found.substr(expected.size())))
        return std::nullopt;
    return expected + (answer.beyond ? "(beyond the horizon)" : "");
}

} // namespace callscrub::twin
