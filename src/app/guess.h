/// Tells from its first rows what a file is: for check and init, which may be given bare paths.
#pragma once
#include "app/presets.h"

namespace callscrub::app {

struct Guess {
    Role role = Role::any;   ///< any: it is not clear
    std::vector<Role> close; ///< the roles between which it is not clear
    std::string why;         ///< what spoke for it, or between what it is not clear
    std::vector<const Preset*>
        presets;           ///< whose headers (or cells) these are; may be several that can't be told apart
    bool headless = false; ///< the first row seems to be data
    std::vector<std::string> headers; ///< the first row
    std::uint64_t header_line = 0; ///< if the first row is no header, a later line that looks like one; 0 = none
};

/// Reads the header. The role is guessed only if the input has none. Failure (input) if it can't be read.
Guess guess(const InputSpec& input);

/// The line that looks like the header of a file whose first one does not, because other text stands before it; 0 = none.
/// Not asked of streams and files whose lines to skip are stated.
std::uint64_t later_header(const InputSpec& input);

/// For a message: "'us-dnc' or 'canada-dncl'".
std::string names_of(const std::vector<const Preset*>& presets);

} // namespace callscrub::app
