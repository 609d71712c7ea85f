/// Unpacking of gzip and zstd streams. Inside this room only.
#pragma once
#include "csv/raw_input.h"
#include <memory>
#include <string_view>

namespace callscrub::csv {

/// Compressed bytes that are waiting to be unpacked.
struct Packed {
    const char* at = nullptr;
    std::size_t left = 0;
    bool last = false; ///< the input holds no more than these
};

/// One way of packing. Failures name the input through `input`.
class Unpacker {
public:
    virtual ~Unpacker() = default;
    /// Unpacks from `from` (and moves it on) to at most `room` bytes at `to`; returns their number. 0
    /// means: give me more, or, if `from.last`, that all is unpacked. Throws if the stream is damaged, or
    /// ends too early.
    virtual std::size_t unpack(Packed& from, char* to, std::size_t room, const RawInput& input) = 0;
};

std::unique_ptr<Unpacker> gzip_unpacker();
std::unique_ptr<Unpacker> zstd_unpacker();

/// Told by the first bytes; a name proves nothing.
Compression compression_of(std::string_view magic);

} // namespace callscrub::csv
