/// A file descriptor with one owner, and calls that are repeated when a signal interrupts them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <sys/types.h>
#include <utility>

namespace callscrub::report {

class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept;
    ~Fd() { reset(); }
    int get() const { return fd_; }
    bool open() const { return fd_ >= 0; }
    /// Closes; the error of close(2) is not told (use `close` where it matters).
    void reset() noexcept;
    /// Closes and gives 0 or the errno of close(2). EINTR counts as closed (Linux closes the descriptor).
    int close() noexcept;

private:
    int fd_ = -1;
};

/// Which file a name leads to: two names with equal FileId are one file.
struct FileId {
    dev_t device = 0;
    ino_t inode = 0;
    friend bool operator==(const FileId&, const FileId&) = default;
};
inline FileId file_id(const struct stat& st) { return {st.st_dev, st.st_ino}; }

/// Writes all bytes; 0 or errno. Goes on after EINTR and short writes, waits where the descriptor would
/// block.
int write_all(int fd, std::string_view bytes) noexcept;

/// fsync; 0 or errno. File systems that can't sync this kind of file (EINVAL, EROFS, ENOTSUP) count as
/// synced.
int sync(int fd) noexcept;
/// The same with fdatasync.
int sync_data(int fd) noexcept;

/// Takes an exclusive flock without waiting; 0 or errno (EWOULDBLOCK: another process holds it).
int lock_now(int fd) noexcept;

/// The whole of a regular file (not through a symbolic link) in an open directory, or AT_FDCWD; 0 or errno
/// (EINVAL: no regular file).
int read_file(int directory, const std::string& name, std::string& out);

/// "No space left on device": the text of an errno value.
std::string errno_text(int error);

} // namespace callscrub::report
