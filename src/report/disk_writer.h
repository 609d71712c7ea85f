/// Writes a large file past the system's page cache (O_DIRECT): nobody reads an output soon, and to copy it into the
/// cache and from there to the disk costs processor time that a run has better use for.
#pragma once
#include <array>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

namespace callscrub::report {

/// One thread adds, a thread of its own writes. Where the file system takes no such write after all, it goes on through
/// the cache.
class DiskWriter {
public:
    /// A file's own offset must be a multiple of this when it is handed over; bytes.
    static constexpr std::size_t step = std::size_t{512} << 10;

    /// `fd`: open for writing, not owned, outlives this. Nothing where the file system refuses O_DIRECT, or where
    /// neither memory nor thread can be had: the file is as it was.
    static std::unique_ptr<DiskWriter> open(int fd) noexcept;
    /// `fd` has O_DIRECT set. Throws std::bad_alloc, std::system_error.
    explicit DiskWriter(int fd);
    /// As `finish`; its error is lost.
    ~DiskWriter() { (void)finish(); }
    DiskWriter(const DiskWriter&) = delete;
    DiskWriter& operator=(const DiskWriter&) = delete;

    /// Copies, and waits where the disk is behind; 0 or the errno of the first write that failed. After one no more is
    /// written.
    [[nodiscard]] int add(std::string_view bytes) noexcept;
    /// Everything added is written and O_DIRECT is off; 0 or the errno of the first failure. Nothing may be added
    /// afterwards. Idempotent.
    [[nodiscard]] int finish() noexcept;

private:
    struct alignas(4096) Buffer {
        std::array<char, step> bytes;
    };
    static constexpr std::size_t count = 4;

    int hand_over() noexcept;
    void work() noexcept;
    int put(std::string_view bytes) const noexcept;

    const int fd_;
    const std::unique_ptr<Buffer[]> buffers_;
    std::size_t filling_ = 0; ///< the buffer that `add` fills
    std::size_t filled_ = 0;  ///< bytes in it

    std::mutex mutex_;
    std::condition_variable moved_; ///< never are both threads waiting for it
    std::size_t full_ = 0;          ///< buffers on their way, those before `filling_`
    bool stop_ = false;
    int error_ = 0;
    std::thread thread_;
};

} // namespace callscrub::report
