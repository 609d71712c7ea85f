#include "app/file_mark.h"
#include <sys/stat.h>

namespace callscrub::app {

namespace {
std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }
} // namespace

std::optional<FileMark> mark_of(const std::string& path) {
    struct stat now {};
    if (::stat(path.c_str(), &now) != 0 || !S_ISREG(now.st_mode)) return {};
    return FileMark{static_cast<std::uint64_t>(now.st_size), now.st_ino, nanoseconds(now.st_mtim), nanoseconds(now.st_ctim)};
}

} // namespace callscrub::app
