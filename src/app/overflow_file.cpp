#include "app/overflow_file.h"
#include "base/failure.h"
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace callscrub::app {

void OverflowFile::fail(const char* what) const {
    const int error = errno;
    throw base::Failure(base::Exit::output, base::Place{folder_},
                        std::string("the file for facts beyond --memory ") + what + ": " + std::generic_category().message(error) +
                            "; free some space there, set TMPDIR to a folder with more, or allow more --memory");
}

OverflowFile::OverflowFile() {
    const char* const stated = std::getenv("TMPDIR");
    folder_ = stated != nullptr && *stated != 0 ? stated : "/var/tmp";
    fd_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd_ >= 0) return;
    // Some file systems know no files without a name.
    std::string name = folder_ + "/callscrub-facts-XXXXXX";
    fd_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (fd_ < 0) fail("can't be made");
    ::unlink(name.c_str());
}

OverflowFile::~OverflowFile() {
    if (fd_ >= 0) ::close(fd_);
}

std::uint64_t OverflowFile::put(const void* bytes, std::size_t size) {
    const std::uint64_t position = end_.fetch_add((size + 7) / 8 * 8);
    const auto* from = static_cast<const char*>(bytes);
    for (std::size_t done = 0; done < size;) {
        const ssize_t wrote = ::pwrite(fd_, from + done, size - done, static_cast<off_t>(position + done));
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) fail("can't be written");
        done += static_cast<std::size_t>(wrote);
    }
    return position;
}

void OverflowFile::get(std::uint64_t position, void* into, std::size_t size) const {
    auto* to = static_cast<char*>(into);
    for (std::size_t done = 0; done < size;) {
        const ssize_t got = ::pread(fd_, to + done, size - done, static_cast<off_t>(position + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("can't be read back");
        if (got == 0) throw base::Failure(base::Exit::internal, "the file for facts beyond --memory is shorter than what was written to it");
        done += static_cast<std::size_t>(got);
    }
}

history::Room room_for_facts(std::uint64_t memory) {
    history::Room room;
    if (memory == 0) return room;
    room.limit = memory;
    room.overflow = std::make_unique<OverflowFile>();
    return room;
}

} // namespace callscrub::app
