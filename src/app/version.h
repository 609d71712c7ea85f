/// What decides: the program, the rule packs, the phone metadata, each with its version.
#pragma once
#include <string>
#include <vector>

namespace callscrub::app {

/// "1.0.0".
std::string version();

struct PackVersion {
    std::string id, version;
};
/// Of the embedded packs, or of those in a folder. Failure(usage) if a pack can't be read.
std::vector<PackVersion> pack_versions(const std::string& rules_dir);

/// What --version prints; `json`: as an object.
std::string version_text(const std::string& rules_dir, bool json);

} // namespace callscrub::app
