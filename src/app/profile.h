/// The TOML profile. Every key of it is in the tables of setting.h; unknown keys and wrong types are refused
/// with their place. Relative paths in a profile are relative to the profile's own folder, so that a job does
/// the same wherever it is started from.
#pragma once
#include "app/job.h"
#include "app/setting.h"
#include "base/toml.h"
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::app {

/// One [[list]], [[consents]] … table.
struct InputTable {
    InputSpec spec; ///< without path
    std::vector<std::string>
        patterns; ///< paths as stated, made absolute by the profile's folder; may be empty
};

struct Profile {
    std::string path; ///< "" = there is none
    /// What was stated in the single tables, in the order of the table of keys.
    struct Stated {
        const Setting* setting;
        Given given;
    };
    std::vector<Stated> settings;
    std::vector<law::Setting> switches;
    std::vector<InputTable> inputs;

    /// Puts settings and switches, but not the inputs.
    void apply(Job& job) const;
};

/// Failure(usage) if it can't be read.
Profile read_profile(const std::string& path);
/// The same from memory. `path`: for messages, and its folder for relative paths.
Profile parse_profile(std::string_view text, const std::string& path);

/// One table of an input (also of a preset file). `folder`: that relative paths are relative to.
InputTable read_input(const base::TomlTable& table, const RoleInfo& role, const std::string& folder);

/// The files of a table: patterns with * ? [ ] become the files that they match, in order of their bytes; a
/// pattern that is itself an existing file stands for itself. Failure(usage) if one matches nothing, or the
/// table has no path.
std::vector<InputSpec> expand(const InputTable& table);

/// True if one of the table's patterns stands for this path.
bool names_file(const InputTable& table, const std::string& path);

} // namespace callscrub::app
