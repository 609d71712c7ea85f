/// Running the same work on several threads, and putting what they make back in order.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace callscrub::app {

/// Calls `work()` on `threads` threads (one of them the caller's) and waits. The first exception is thrown again when
/// all have ended; work that may wait for others must end when they fail (see Turnstile::abandon).
inline void on_threads(unsigned threads, const std::function<void()>& work) {
    std::mutex mutex;
    std::exception_ptr first;
    const auto guarded = [&] {
        try {
            work();
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!first) first = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < threads; ++i) others.emplace_back(guarded);
        guarded();
    }
    if (first) std::rethrow_exception(first);
}

/// Lets results pass in the order of their numbers (0, 1, 2, …), one at a time; whoever completes the next one passes
/// it and those that wait behind it. Who is too far ahead waits.
template <class Result> class Turnstile {
public:
    explicit Turnstile(std::function<void(Result&)> pass, std::uint64_t ahead = 16) : pass_(std::move(pass)), ahead_(ahead) {}

    void put(std::uint64_t number, Result result) {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [&] { return abandoned_ || number < next_ + ahead_; });
        if (abandoned_) return;
        waiting_.emplace(number, std::move(result));
        if (passing_) return;
        passing_ = true;
        while (!waiting_.empty() && waiting_.begin()->first == next_ && !abandoned_) {
            auto node = waiting_.extract(waiting_.begin());
            lock.unlock();
            try {
                pass_(node.mapped());
            } catch (...) {
                abandon();
                throw;
            }
            lock.lock();
            ++next_;
            moved_.notify_all();
        }
        passing_ = false;
    }

    /// Nobody waits any more, nothing passes: some thread failed.
    void abandon() {
        const std::lock_guard lock(mutex_);
        abandoned_ = true;
        moved_.notify_all();
    }

private:
    std::function<void(Result&)> pass_;
    std::uint64_t ahead_;
    std::mutex mutex_;
    std::condition_variable moved_;
    std::map<std::uint64_t, Result> waiting_;
    std::uint64_t next_ = 0;
    bool passing_ = false;
    bool abandoned_ = false;
};

} // namespace callscrub::app
