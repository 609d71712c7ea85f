/// One line about the work under way, on standard error, rewritten in place; nothing where nobody watches.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace callscrub::app {

/// The line itself, without the clock and the terminal: "scrub  34%  1.2 of 3.5 GiB  410 MiB/s  6 s left
/// 1,204,113 rows". `total` 0 = not known; `seconds` since the begin of the phase.
std::string progress_line(std::string_view phase, std::uint64_t done, std::uint64_t total, std::uint64_t rows,
                          double seconds);

/// Counters may be raised from any thread. The line is drawn by a thread of its own, four times a second,
/// beginning half a second after the start of a phase, so that short work shows nothing; the destructor wipes
/// it.
class Progress {
public:
    enum class When : unsigned char { automatic, always, never };
    /// automatic: only on a terminal that can rewrite a line, and not when `quiet`. always on a file or pipe:
    /// a line of its own every ten seconds.
    Progress(When when, bool quiet, int fd = 2);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Begins a phase: its name and the bytes to come (0 = not known). Counters start again at 0.
    void phase(std::string_view name, std::uint64_t total_bytes);
    void add(std::uint64_t bytes, std::uint64_t rows = 0) {
        done_.fetch_add(bytes, std::memory_order_relaxed);
        rows_.fetch_add(rows, std::memory_order_relaxed);
    }
    /// Wipes the line, for instance before something else is said; it comes back at the next tick.
    void wipe();
    bool shown() const { return shown_; }

private:
    void draw_loop();

    int fd_;
    bool shown_ = false;    ///< at all
    bool in_place_ = false; ///< on a terminal that can rewrite a line
    std::atomic<std::uint64_t> done_{0}, rows_{0};
    std::mutex mutex_; ///< of what follows
    std::condition_variable wake_;
    bool stop_ = false;
    bool drawn_ = false;
    std::string phase_;
    std::uint64_t total_ = 0;
    std::chrono::steady_clock::time_point begin_, next_;
    std::thread thread_;
};

} // namespace callscrub::app
