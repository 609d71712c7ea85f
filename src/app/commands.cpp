#include "app/commands.h"

namespace callscrub::app {

Runner runner(Command command) {
    switch (command) {
    case Command::run: return run_run;
    case Command::explain: return run_explain;
    case Command::rules: return run_rules;
    case Command::check: return run_check;
    case Command::tidy: return run_tidy;
    case Command::presets: return run_presets;
    case Command::init: return run_init;
    case Command::diff: return run_diff;
    case Command::verify: return run_verify;
    case Command::part: return run_part;
    case Command::merge: return run_merge;
    case Command::index: return run_index;
    default: return nullptr;
    }
}

} // namespace callscrub::app
