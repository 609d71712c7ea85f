/// The files that people write: profiles, cases, presets.
#pragma once
#include "base/failure.h"
#include <string>
#include <string_view>

namespace callscrub::app {

/// The whole text of a file. `what`: how messages call it ("the profile"). Failure (usage) at `place` if it is a directory
/// or can't be read.
std::string toml_text(const std::string& path, std::string_view what, const base::Place& place);

} // namespace callscrub::app
