#include "report/early_sync.h"
#include "report/fd.h"
#include <system_error>

namespace callscrub::report {

EarlySync::EarlySync(int fd) noexcept : fd_(fd) {
    try {
        thread_ = std::thread([this] { work(); });
    } catch (const std::exception&) { // NOLINT(bugprone-empty-catch): the last sync does it all
    }
}

void EarlySync::ask() {
    const std::lock_guard lock(mutex_);
    asked_ = true;
    moved_.notify_one();
}

int EarlySync::finish() noexcept {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
        moved_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
    return error_;
}

void EarlySync::work() noexcept {
    std::unique_lock lock(mutex_);
    while (error_ == 0) {
        moved_.wait(lock, [this] { return asked_ || stop_; });
        if (stop_) return;
        asked_ = false;
        lock.unlock();
        const int error = sync_data(fd_);
        lock.lock();
        error_ = error;
    }
}

} // namespace callscrub::report
