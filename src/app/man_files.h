/// The man pages of files.
#pragma once
#include <string>

namespace callscrub::app {

std::string rules_page();   ///< callscrub-rules(5), from docs/RULES.md
std::string formats_page(); ///< callscrub-formats(5), from the tables of columns, words and outputs

} // namespace callscrub::app
