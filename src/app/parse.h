/// From argv to what was typed: command, options, operands. CLI11 does the cutting; parse.cpp alone includes
/// it.
#pragma once
#include "app/options.h"
#include <string>
#include <vector>

namespace callscrub::app {

struct Typed {
    const Option* option;
    std::string text; ///< "" for a switch
};

struct Arguments {
    Command command = Command::none;
    std::vector<Typed> options; ///< in the order of the table; a repeatable one in the order typed
    std::vector<std::string> operands;

    bool has(std::string_view name) const { return find(name) != nullptr; }
    /// The text of an option that stands at most once; null if it was not given.
    const std::string* find(std::string_view name) const;
};

/// `args`: without the program's name. Failure(usage) for what the table does not have, with a suggestion.
/// Only commands with a runner are known, unless `every_command` (for tests of the table).
Arguments parse(const std::vector<std::string>& args, bool every_command = false);

} // namespace callscrub::app
