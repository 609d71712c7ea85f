/// What happens before the first block is dealt out: byte order mark, encoding, sep line, delimiter,
/// header. Inside this room only.
#pragma once
#include "csv/reader.h"
#include <functional>
#include <string_view>

namespace callscrub::csv {

/// Bytes of a source that have been read and not been dealt out yet.
class Window {
public:
    explicit Window(std::unique_ptr<Source> from) : source(std::move(from)) {}

    /// Reads on until at least `wanted` bytes are there, or the end is. What was there stays, but may move.
    void fill(std::size_t wanted);
    void pass(std::size_t bytes) { begin += bytes; }
    std::string_view text() const {
        return buffer ? std::string_view(buffer->data() + begin, end - begin) : std::string_view();
    }

    std::unique_ptr<Source> source;
    BufferPool pool;
    std::shared_ptr<Buffer> buffer;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool complete = false; ///< the source has no more bytes
};

struct Opened {
    Format format;
    Header header;
    Understanding understanding;
    Encoding encoding = Encoding::utf8;
    bool encoding_final = false; ///< else the first byte >= 0x80 behind the sample decides
    std::uint64_t line = 1;      ///< of the first byte left in the window
    std::uint64_t offset = 0;
    bool empty = false;
};

/// Reads up to the first record behind the header.
Opened open_window(Window& window, const Stated& stated, const ReaderOptions& options);

/// The encoding of a file in which a byte >= 0x80 was found first at `text`, the undelivered rest as far as
/// it was read. Reads the whole file a second time if that byte is no UTF-8; a pipe is judged by `text`.
Encoding find_encoding(std::string_view text, const Source& source);

[[noreturn]] void fail_at(const Source& source, std::uint64_t line, const std::string& what);

} // namespace callscrub::csv
