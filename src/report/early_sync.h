/// Brings a large file to disk while it is still being written. A disk takes its time for what was never synced, and a
/// run would wait for it at the end with nothing else to do.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

namespace callscrub::report {

class EarlySync {
public:
    /// `fd`: open for writing, not owned; outlives this. Where no thread can be had, nothing happens early.
    explicit EarlySync(int fd) noexcept;
    /// Waits for what is under way.
    ~EarlySync() { (void)finish(); }
    EarlySync(const EarlySync&) = delete;
    EarlySync& operator=(const EarlySync&) = delete;

    /// What has been written so far goes to disk in the background.
    void ask();
    /// Waits for what is under way; 0 or the errno of the first failure. The system tells a descriptor of it once, so
    /// a later sync of the same file would not fail any more.
    [[nodiscard]] int finish() noexcept;

private:
    void work() noexcept;

    const int fd_;
    std::mutex mutex_;
    std::condition_variable moved_;
    bool asked_ = false, stop_ = false;
    int error_ = 0;
    std::thread thread_;
};

} // namespace callscrub::report
