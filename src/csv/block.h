/// Pieces of a file as they travel from the reader to the threads that split them.
#pragma once
#include "csv/encoding.h"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace callscrub::csv {

/// Bytes whose size is fixed. `slack` bytes behind the capacity may be read (not used), so scanning needs
/// no special case at the end.
class Buffer {
public:
    static constexpr std::size_t slack = 64;
    explicit Buffer(std::size_t capacity);
    char* data() { return data_.get(); }
    const char* data() const { return data_.get(); }
    std::size_t capacity() const { return capacity_; }

private:
    std::unique_ptr<char[]> data_;
    std::size_t capacity_;
};

/// Keeps a few buffers for use again: fresh memory costs more than reading a file into it. Thread-safe;
/// buffers may outlive the pool.
class BufferPool {
public:
    std::shared_ptr<Buffer> take(std::size_t capacity);

private:
    struct Shelf {
        std::mutex lock;
        std::vector<std::unique_ptr<Buffer>> idle;
    };
    std::shared_ptr<Shelf> shelf_ = std::make_shared<Shelf>();
};

/// Complete records, one after the other. Read-only; alive as long as `buffer` is held.
struct Block {
    std::uint64_t index = 0; ///< 0, 1, 2, …: the order in the file
    std::string_view
        bytes; ///< begins and ends at record boundaries; `Buffer::slack` bytes behind are readable
    std::uint64_t first_line = 0; ///< physical line of the first byte, from 1
    std::uint64_t offset =
        0; ///< of the first byte in the file as decoded (unpacked, UTF-16 as UTF-8), from 0
    Encoding encoding = Encoding::utf8;
    bool quotes = true; ///< may hold quote characters
    bool well_quoted =
        false; ///< every quote stands where RFC 4180 allows it: quote parity tells the boundaries
    bool plain = false; ///< ASCII without NUL, for certain
    std::shared_ptr<const Buffer> buffer;
};

} // namespace callscrub::csv
