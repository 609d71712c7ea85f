/// One line about the work under way, on standard error, rewritten in place; nothing where nobody watches.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

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
    static When when(std::string_view word); ///< auto, always, never
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Begins a phase: its name and the bytes to come (0 = not known). Counters start again at 0.
    void phase(std::string_view name, std::uint64_t total_bytes);
    void add(std::uint64_t bytes, std::uint64_t rows = 0) {
        done_.fetch_add(bytes, std::memory_order_relaxed);
        rows_.fetch_add(rows, std::memory_order_relaxed);
    }

    /// A reading under way that counts its own bytes; while this lives they are part of what is done, and
    /// from then on they are added. So the reading loop knows nothing of us.
    class Reading {
    public:
        explicit Reading(Progress* progress) : progress_(progress) {}
        Reading(Reading&& other) noexcept : progress_(std::exchange(other.progress_, nullptr)) {}
        Reading& operator=(Reading&&) = delete;
        ~Reading() {
            if (progress_) progress_->end_reading();
        }

    private:
        Progress* progress_;
    };
    /// One at a time. `consumed` is called from the drawing thread until the Reading ends.
    [[nodiscard]] Reading reading(std::function<std::uint64_t()> consumed);

    /// The phase is over: wipes the line, which comes back with the next phase. To be called before anything
    /// else is said.
    void rest();
    bool shown() const { return shown_; }

private:
    void draw_loop();
    void wipe(); ///< with the mutex held
    void end_reading();

    int fd_;
    bool shown_ = false;    ///< at all
    bool in_place_ = false; ///< on a terminal that can rewrite a line
    std::atomic<std::uint64_t> done_{0}, rows_{0};
    std::mutex mutex_; ///< of what follows
    std::condition_variable wake_;
    bool stop_ = false;
    bool drawn_ = false;
    std::string phase_;
    std::function<std::uint64_t()> consumed_; ///< of the reading under way
    std::uint64_t total_ = 0;
    std::chrono::steady_clock::time_point begin_, next_;
    std::thread thread_;
};

} // namespace callscrub::app
