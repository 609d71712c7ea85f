#include "csv/unpack.h"
#include "base/failure.h"
#include <algorithm>
#include <limits>
#include <string>
#include <zlib.h>
#include <zstd.h>

namespace callscrub::csv {

namespace {

[[noreturn]] void truncated(const RawInput& input, const char* kind) {
    input.fail(std::string("the ") + kind +
               " file ends before its data are complete (truncated?); make or copy it again");
}

constexpr char gzip_magic[] = {'\x1F', '\x8B'};

/// Members may follow each other, and zeros (tape padding) may follow the last one.
class Gzip : public Unpacker {
public:
    Gzip() {
        if (::inflateInit2(&z_, 15 + 16) != Z_OK)
            throw base::Failure(base::Exit::internal, "zlib cannot be started");
    }
    ~Gzip() override { ::inflateEnd(&z_); }
    Gzip(const Gzip&) = delete;
    Gzip& operator=(const Gzip&) = delete;

    std::size_t unpack(Packed& from, char* to, std::size_t room, const RawInput& input) override {
        std::size_t made = 0;
        while (made == 0) {
            if (between_ && !next_member(from, input)) return 0;
            z_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(from.at));
            z_.avail_in = clamp(from.left);
            z_.next_out = reinterpret_cast<Bytef*>(to);
            z_.avail_out = clamp(room);
            const uInt in = z_.avail_in;
            const uInt out = z_.avail_out;
            const int result = ::inflate(&z_, Z_NO_FLUSH);
            from.at += in - z_.avail_in;
            from.left -= in - z_.avail_in;
            made = out - z_.avail_out;
            if (result == Z_STREAM_END) {
                between_ = true;
            } else if (result != Z_OK && result != Z_BUF_ERROR) {
                input.fail(std::string("the gzip data are damaged (") +
                           (z_.msg != nullptr ? z_.msg : "zlib error") + "); make or copy the file again");
            } else if (made == 0 && from.left == 0) {
                if (from.last) truncated(input, "gzip");
                return 0;
            }
        }
        return made;
    }

private:
    static uInt clamp(std::size_t n) {
        return static_cast<uInt>(std::min<std::size_t>(n, std::numeric_limits<int>::max()));
    }

    /// Between members: true if another one begins at `from`.
    bool next_member(Packed& from, const RawInput& input) {
        for (; from.left != 0; ++from.at, --from.left) {
            if (*from.at == 0) continue;
            if (*from.at != gzip_magic[0])
                input.fail(
                    "something that is no gzip data follows the gzip data; make or copy the file again");
            if (::inflateReset(&z_) != Z_OK)
                throw base::Failure(base::Exit::internal, "zlib cannot be reset");
            between_ = false;
            return true;
        }
        return false;
    }

    z_stream z_{};
    bool between_ = false;
};

/// The library goes on with the next frame by itself, and passes over skippable ones.
class Zstd : public Unpacker {
public:
    Zstd() : stream_(::ZSTD_createDStream()) {
        if (stream_ == nullptr) throw base::Failure(base::Exit::internal, "zstd cannot be started");
    }
    ~Zstd() override { ::ZSTD_freeDStream(stream_); }
    Zstd(const Zstd&) = delete;
    Zstd& operator=(const Zstd&) = delete;

    std::size_t unpack(Packed& from, char* to, std::size_t room, const RawInput& input) override {
        for (;;) {
            ZSTD_inBuffer in{from.at, from.left, 0};
            ZSTD_outBuffer out{to, room, 0};
            if (from.left != 0 || !whole_) {
                const std::size_t hint = ::ZSTD_decompressStream(stream_, &out, &in);
                if (::ZSTD_isError(hint) != 0)
                    input.fail(std::string("the zstd data are damaged (") + ::ZSTD_getErrorName(hint) +
                               "); make or copy the file again");
                whole_ = hint == 0;
            }
            from.at += in.pos;
            from.left -= in.pos;
            if (out.pos != 0) return out.pos;
            if (from.left != 0) continue;
            if (from.last && !whole_) truncated(input, "zstd");
            return 0;
        }
    }

private:
    ZSTD_DStream* stream_;
    bool whole_ = true; // between frames
};

} // namespace

std::unique_ptr<Unpacker> gzip_unpacker() { return std::make_unique<Gzip>(); }
std::unique_ptr<Unpacker> zstd_unpacker() { return std::make_unique<Zstd>(); }

Compression compression_of(std::string_view magic) {
    if (magic.starts_with(std::string_view(gzip_magic, sizeof gzip_magic))) return Compression::gzip;
    if (magic.starts_with("\x28\xB5\x2F\xFD")) return Compression::zstd;
    const bool skippable =
        magic.size() >= 4 && magic.substr(1, 3) == "\x2A\x4D\x18" && (magic[0] & '\xF0') == 0x50;
    return skippable ? Compression::zstd : Compression::none;
}

} // namespace callscrub::csv
