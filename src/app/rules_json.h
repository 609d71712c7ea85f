/// The rule packs for programs: `rules list --json` and `rules show --json`.
#pragma once
#include "law/rulebook.h"
#include <string>

namespace callscrub::app {

/// All packs, with the days of their regimes and the names of their registers.
std::string packs_json(const law::Rulebook& rules);
/// One law as its policy makes it: regimes with bases and registers, switches with value, defaults and certainty. The
/// conditions in full are on the page for people (law::describe) and in the pack itself.
std::string law_json(const law::Jurisdiction& law, const law::Policy& policy);

} // namespace callscrub::app
