#include "app/context.h"
#include "base/text.h"
#include <algorithm>
#include <chrono>
#include <thread>

namespace callscrub::app {

using base::Exit;
using base::Failure;

verdict::Window window_of(const CampaignSpec& campaign, const law::Jurisdiction& law, std::int64_t now_ms) {
    const auto day = [&](const DaySpec& spec, facts::Day from) {
        if (spec.kind == DaySpec::Kind::fixed) return spec.day;
        if (spec.kind == DaySpec::Kind::after) return from + spec.days;
        return law.zone->today(now_ms) + spec.days;
    };
    const auto from = day(campaign.call_from, 0);
    const auto until = day(campaign.call_until, from);
    if (until < from)
        throw Failure(Exit::usage, "the calling window ends on " + facts::to_string(until) + ", before it begins on " + facts::to_string(from) +
                                       "; correct --call-from or --call-until");
    return {from, until};
}

namespace {

std::int64_t clock_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::vector<std::string_view> ids(const law::Rulebook& rules) {
    std::vector<std::string_view> out;
    for (const auto& one : rules.jurisdictions()) out.push_back(one.id);
    return out;
}

} // namespace

Context::Context(const Job& j, std::optional<std::int64_t> begun)
    : job(j), packs(pack_texts(j.rules_dir)), rules(packs, j.policy.base, j.policy.switches), phones(j.phone_engine),
      own(j.campaign.entity), now_ms(clock_ms()), begun_ms(begun.value_or(now_ms)) {
    if (j.campaign.jurisdiction != "auto") {
        fixed = rules.find(j.campaign.jurisdiction);
        if (!fixed) {
            std::string list;
            for (const auto id : ids(rules)) list += (list.empty() ? "" : ", ") + std::string(id);
            throw Failure(Exit::usage, "there is no rule pack for jurisdiction '" + base::quoted(j.campaign.jurisdiction) + "'; expected auto or one of " +
                                           list + base::did_you_mean(j.campaign.jurisdiction, ids(rules)));
        }
    }
    region = j.campaign.region;
    if (!region.known() && fixed) region = fixed->region;
    for (const auto& one : rules.jurisdictions()) windows.push_back(window_of(j.campaign, one, begun_ms));
    threads = j.limits.threads != 0 ? j.limits.threads : std::max(1U, std::thread::hardware_concurrency());
}

std::size_t Context::index_of(const law::Jurisdiction& law) const {
    return static_cast<std::size_t>(&law - rules.jurisdictions().data());
}

std::shared_ptr<const facts::Zone> Context::zone(const std::string& name) const {
    if (name.empty()) return nullptr;
    for (const auto& one : rules.jurisdictions())
        if (one.zone_name == name) return one.zone;
    return std::make_shared<const facts::Zone>(facts::Zone::load(name));
}

std::uint8_t Context::register_id(const InputSpec& input) const {
    const auto names = rules.register_names();
    const auto found = std::find(names.begin(), names.end(), input.name);
    if (found != names.end()) return static_cast<std::uint8_t>(found - names.begin());
    const std::vector<std::string_view> known(names.begin(), names.end());
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
    throw Failure(Exit::usage, input.place, "no rule pack knows a register '" + base::quoted(input.name) + "'; expected one of " + list +
                                                base::did_you_mean(input.name, known));
}

} // namespace callscrub::app
