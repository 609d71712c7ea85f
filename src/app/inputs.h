/// Which files a command reads: those of the flags and those of the profile, brought together.
#pragma once
#include "app/parse.h"
#include "app/profile.h"
#include <vector>

namespace callscrub::app {

/// Lists first, then role by role in the order stated (resolve.h tells the rule). Failure(usage).
std::vector<InputSpec> inputs_for(const Arguments& arguments, const Profile& profile);

} // namespace callscrub::app
