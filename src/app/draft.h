/// A profile written for somebody who has files and no profile yet: every line that is a guess says so.
#pragma once
#include "app/sampling.h"
#include "app/understanding.h"

namespace callscrub::app {

/// What init found out about one file.
struct Draft {
    FileSeen seen;
    std::string path; ///< as it is to stand in the profile
    bool headless_guessed = false;
    Sample sample;      ///< of this file alone
    std::string region; ///< that its table states; "" = the campaign's
    bool region_open = false; ///< its numbers without country code have none
};

/// TOML that parses, and runs once the entity is filled in (unless a comment says what must be decided
/// before).
/// `sample`: of all files; `region`: of the campaign, "" = none or each file has its own.
std::string draft_profile(const std::vector<Draft>& files, const Sample& sample, const std::string& region);

/// The whole of init: looks at the files and writes the profile that is to stand at `target` ("-" = not
/// known; paths stay as they are). Failure (input) for a file that can't be opened.
std::string profile_for(const Job& stated, const std::vector<std::string>& paths, const std::string& target);

/// A TOML string.
std::string toml_text(std::string_view text);

} // namespace callscrub::app
