#include "app/progress.h"
#include "app/terminal.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace callscrub::app {

namespace {

using Clock = std::chrono::steady_clock;

std::string bytes_text(double bytes) {
    static constexpr const char* units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    std::size_t unit = 0;
    while (bytes >= 1024 && unit + 1 < std::size(units)) bytes /= 1024, ++unit;
    char out[32];
    std::snprintf(out, sizeof out, unit == 0 || bytes >= 100 ? "%.0f %s" : "%.1f %s", bytes, units[unit]);
    return out;
}

std::string time_text(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::ceil(seconds));
    if (whole < 60) return std::to_string(whole) + " s";
    char out[32];
    if (whole < 3600)
        std::snprintf(out, sizeof out, "%u:%02u min", static_cast<unsigned>(whole / 60),
                      static_cast<unsigned>(whole % 60));
    else
        std::snprintf(out, sizeof out, "%u:%02u h", static_cast<unsigned>(whole / 3600),
                      static_cast<unsigned>(whole / 60 % 60));
    return out;
}

} // namespace

std::string progress_line(std::string_view phase, std::uint64_t done, std::uint64_t total, std::uint64_t rows,
                          double seconds) {
    std::string out(phase);
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    if (total != 0) {
        const auto shown = std::min(done, total);
        char share[16];
        std::snprintf(share, sizeof share, "%3u%%",
                      static_cast<unsigned>(100.0 * static_cast<double>(shown) / static_cast<double>(total)));
        out += std::string("  ") + share + "  " + bytes_text(static_cast<double>(shown)) + " of " +
               bytes_text(static_cast<double>(total));
    } else {
        out += "  " + bytes_text(static_cast<double>(done));
    }
    if (rate > 0) out += "  " + bytes_text(rate) + "/s";
    if (total > done && rate > 0) out += "  " + time_text(static_cast<double>(total - done) / rate) + " left";
    if (rows != 0) out += "  " + with_commas(rows) + " rows";
    return out;
}

Progress::Progress(When when, bool quiet, int fd) : fd_(fd) {
    in_place_ = manners_of(fd).moves;
    shown_ = when == When::always || (when == When::automatic && in_place_ && !quiet);
    if (shown_) thread_ = std::thread([this] { draw_loop(); });
}

Progress::~Progress() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
    wipe();
}

Progress::When Progress::when(std::string_view word) {
    return word == "always" ? When::always : word == "never" ? When::never : When::automatic;
}

Progress::Reading Progress::reading(std::function<std::uint64_t()> consumed) {
    const std::lock_guard lock(mutex_);
    consumed_ = std::move(consumed);
    return Reading(this);
}

void Progress::end_reading() {
    const std::lock_guard lock(mutex_);
    done_ += consumed_();
    consumed_ = nullptr;
}

void Progress::rest() {
    const std::lock_guard lock(mutex_);
    phase_.clear();
    wipe();
}

void Progress::phase(std::string_view name, std::uint64_t total_bytes) {
    const std::lock_guard lock(mutex_);
    phase_ = name;
    total_ = total_bytes;
    done_ = 0;
    rows_ = 0;
    begin_ = Clock::now();
    next_ = begin_ + (in_place_ ? std::chrono::milliseconds(500) : std::chrono::milliseconds(10'000));
}

void Progress::wipe() {
    if (!drawn_ || !in_place_) return;
    drawn_ = false;
    static constexpr std::string_view blank = "\r\x1b[K";
    if (::write(fd_, blank.data(), blank.size()) < 0) return; // nobody watches any more
}

void Progress::draw_loop() {
    std::unique_lock lock(mutex_);
    while (!stop_) {
        wake_.wait_for(lock, std::chrono::milliseconds(250));
        if (stop_ || phase_.empty() || Clock::now() < next_) continue;
        const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
        std::string line = progress_line(phase_, done_ + (consumed_ ? consumed_() : 0), total_, rows_, seconds);
        if (in_place_) {
            const std::size_t width = manners_of(fd_).width; // a window may be resized
            while (display_width(line) >= width) line.pop_back();
            line = "\r" + line + "\x1b[K";
        } else {
            line += "\n";
            next_ += std::chrono::seconds(10);
        }
        drawn_ = true;
        if (::write(fd_, line.data(), line.size()) < 0) return;
    }
}

} // namespace callscrub::app
