#include "app/version.h"
#include "app/context.h"
#include "app/terminal.h"
#include "base/brittle.h"
#include "facts/phone.h"
#include "law/rulebook.h"
#include <nlohmann/json.hpp>

namespace callscrub::app {

std::string version() { return CALLSCRUB_VERSION; }

std::vector<PackVersion> pack_versions(const std::string& rules_dir) {
    const law::Rulebook rules(pack_texts(rules_dir), "standard", {});
    std::vector<PackVersion> out;
    for (const auto& one : rules.jurisdictions()) out.push_back({one.id, one.version});
    return out;
}

std::string version_text(const std::string& rules_dir, bool json) {
    const auto packs = pack_versions(rules_dir);
    if (json) {
        const base::Brittle brittle;
        nlohmann::ordered_json out = {{"callscrub", version()}, {"rules", nlohmann::ordered_json::object()}};
        for (const auto& pack : packs) out["rules"][pack.id] = pack.version;
        out["phone_metadata"] = facts::phone_metadata_version();
        return out.dump(2) + "\n";
    }
    std::string rules = "rules:";
    for (const auto& pack : packs)
        rules += (&pack == &packs.front() ? " " : ", ") + pack.id + " " + pack.version;
    return "callscrub " + version() + "\n" + wrapped(rules, 80, 7) +
           "\nphone metadata: " + facts::phone_metadata_version() + "\n";
}

} // namespace callscrub::app
