#include "report/leftover.h"
#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <new>
#include <unistd.h>
#include <vector>

namespace callscrub::report {
namespace {
/// Never destroyed: the thread of Signals may need it while the process ends. Not on the heap: it may first be asked for when
/// memory has run out.
template <class T>
T& everlasting() {
    alignas(T) static std::byte room[sizeof(T)];
    static T* const it = new (room) T;
    return *it;
}

std::vector<Leftover*>& live_leftovers() { return everlasting<std::vector<Leftover*>>(); }

// Without allocation of its own: this must also work when memory has run out.
int remove_any(int parent, const char* name) noexcept;

int remove_contents(int directory) noexcept {
    DIR* const entries = fdopendir(directory);
    if (entries == nullptr) {
        const int error = errno;
        ::close(directory);
        return error;
    }
    int first_error = 0;
    while (const dirent* entry = readdir(entries)) {
        if (std::strcmp(entry->d_name, ".") == 0 || std::strcmp(entry->d_name, "..") == 0) continue;
        const int error = remove_any(dirfd(entries), entry->d_name);
        if (first_error == 0) first_error = error;
    }
    closedir(entries);
    return first_error;
}

int remove_any(int parent, const char* name) noexcept {
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) return 0;
    if (errno != EISDIR && errno != EPERM) return errno;
    const int directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0) return errno == ENOENT ? 0 : errno;
    const int error = remove_contents(directory);
    if (unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT) return 0;
    return error != 0 ? error : errno;
}
} // namespace

std::recursive_mutex& leftover_gate() { return everlasting<std::recursive_mutex>(); }

int remove_tree(int parent, const std::string& name) noexcept { return remove_any(parent, name.c_str()); }

Leftover::Leftover(int parent, std::string name) : parent_(parent), name_(std::move(name)) {
    const std::lock_guard gate(leftover_gate());
    live_leftovers().push_back(this);
}

Leftover::~Leftover() {
    const std::lock_guard gate(leftover_gate());
    (void)remove();
    std::erase(live_leftovers(), this);
}

void Leftover::arm() noexcept {
    const std::lock_guard gate(leftover_gate());
    live_ = true;
}

void Leftover::keep() noexcept {
    const std::lock_guard gate(leftover_gate());
    live_ = false;
}

int Leftover::remove() noexcept {
    const std::lock_guard gate(leftover_gate());
    if (!live_) return 0;
    const int error = remove_tree(parent_, name_);
    if (error == 0) live_ = false;
    return error;
}

void remove_all_leftovers() noexcept {
    // Youngest first: the lock file, the oldest, goes last.
    auto& all = live_leftovers();
    std::for_each(all.rbegin(), all.rend(), [](Leftover* leftover) { (void)leftover->remove(); });
}

} // namespace callscrub::report
