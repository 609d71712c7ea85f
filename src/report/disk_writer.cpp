#include "report/disk_writer.h"
#include "report/fd.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <fcntl.h>

namespace callscrub::report {
namespace {
bool set_direct(int fd, bool on) noexcept {
    const int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, on ? flags | O_DIRECT : flags & ~O_DIRECT) == 0;
}
} // namespace

std::unique_ptr<DiskWriter> DiskWriter::open(int fd) noexcept {
    if (!set_direct(fd, true)) return nullptr;
    try {
        return std::make_unique<DiskWriter>(fd);
    } catch (const std::exception&) {
        (void)set_direct(fd, false);
        return nullptr;
    }
}

// The buffers are left as they come: what is not used costs no memory.
DiskWriter::DiskWriter(int fd) : fd_(fd), buffers_(new Buffer[count]), thread_([this] { work(); }) {}

int DiskWriter::add(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const std::size_t some = std::min(step - filled_, bytes.size());
        std::memcpy(buffers_[filling_].bytes.data() + filled_, bytes.data(), some);
        bytes.remove_prefix(some);
        filled_ += some;
        if (filled_ < step) break;
        if (const int error = hand_over(); error != 0) return error;
    }
    return 0;
}

/// The full buffer goes, and a free one is waited for.
int DiskWriter::hand_over() noexcept {
    std::unique_lock lock(mutex_);
    ++full_;
    filling_ = (filling_ + 1) % count;
    filled_ = 0;
    moved_.notify_one();
    moved_.wait(lock, [this] { return full_ < count; });
    return error_;
}

void DiskWriter::work() noexcept {
    std::unique_lock lock(mutex_);
    for (std::size_t next = 0;; next = (next + 1) % count) {
        moved_.wait(lock, [this] { return full_ > 0 || stop_; });
        if (full_ == 0) return;
        if (error_ == 0) {
            lock.unlock();
            const int error = put({buffers_[next].bytes.data(), step});
            lock.lock();
            error_ = error;
        }
        --full_;
        moved_.notify_one();
    }
}

/// EINVAL: other blocks than ours are wanted, or a write ended between two of them.
int DiskWriter::put(std::string_view bytes) const noexcept {
    const int error = write_rest(fd_, bytes);
    return error == EINVAL && set_direct(fd_, false) ? write_rest(fd_, bytes) : error;
}

int DiskWriter::finish() noexcept {
    if (!thread_.joinable()) return error_;
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
        moved_.notify_one();
    }
    thread_.join();
    // The last bytes are no whole block.
    (void)set_direct(fd_, false);
    if (error_ == 0) error_ = write_all(fd_, {buffers_[filling_].bytes.data(), filled_});
    return error_;
}

} // namespace callscrub::report
