/// A file that was put into the program at build time (cmake/Embed.cmake).
#pragma once
#include <string_view>

namespace callscrub::base {

struct Embedded {
    std::string_view name; ///< file name without folder
    std::string_view text; ///< its bytes; lives as long as the program
};

} // namespace callscrub::base
