/// The bytes of an input: a plain, gzip or zstd file (told by content, never by name), a pipe, or memory.
#pragma once
#include "csv/block.h"
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace callscrub::csv {

enum class Compression : std::uint8_t { none, gzip, zstd };
std::string_view name(Compression compression);

/// What is known about an input before its bytes are looked at.
struct SourceFacts {
    std::string name; ///< the path as the user wrote it; "-" = standard input
    Compression compression = Compression::none;
    bool regular = false;                 ///< a file that can be read a second time
    std::optional<std::uint64_t> size;    ///< bytes on disk (packed); not known for pipes
    std::optional<std::int64_t> modified; ///< nanoseconds since 1970-01-01T00:00Z; not known for pipes
};

/// Reads from begin to end, once. Not thread-safe. Every trouble is a Failure with Exit::input: missing
/// file, directory, device, read error, damaged or truncated gzip/zstd, and a file that changed while being
/// read. A short read is never taken for the end. No mmap: a file cut short meanwhile would kill the
/// program.
class Source {
public:
    /// `path` "-" is standard input. FIFOs are read like pipes; directories, devices and sockets are
    /// refused.
    static std::unique_ptr<Source> open(const std::string& path);
    /// For texts that are in memory already. Also unpacked if it is gzip or zstd.
    static std::unique_ptr<Source> memory(std::string name, std::string bytes);

    virtual ~Source() = default;
    const SourceFacts& facts() const { return facts_; }

    /// Up to `room` unpacked bytes to `into` from position `at` on. 0 only at the end of the input, after
    /// it was checked that a regular file has still the size, inode and modification time it had when it
    /// was opened.
    virtual std::size_t read(const std::shared_ptr<Buffer>& into, std::size_t at, std::size_t room) = 0;

    /// Bytes taken from disk so far (packed). For progress.
    virtual std::uint64_t consumed() const = 0;

    /// A second, independent reading of the same input, or null for a pipe.
    virtual std::unique_ptr<Source> again() const = 0;

    /// Called in order with each piece of the input as it is on disk, and the owner of its memory. Set it
    /// before the first read.
    using Tap = std::function<void(std::shared_ptr<const void> owner, std::string_view bytes)>;
    virtual void tap(Tap tap) = 0;

protected:
    SourceFacts facts_;
};

} // namespace callscrub::csv
