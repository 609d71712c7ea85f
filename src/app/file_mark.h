/// By what a file on disk is known again without reading it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace callscrub::app {

struct FileMark {
    std::uint64_t size = 0, inode = 0;
    std::int64_t modified = 0, changed = 0; ///< nanoseconds since 1970
    friend bool operator==(const FileMark&, const FileMark&) = default;
};

/// None if there is no such regular file (links are followed).
std::optional<FileMark> mark_of(const std::string& path);

} // namespace callscrub::app
