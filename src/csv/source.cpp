#include "csv/source.h"
#include "csv/raw_input.h"
#include "csv/unpack.h"

namespace callscrub::csv {

std::string_view name(Compression compression) {
    switch (compression) {
    case Compression::none:
        return "none";
    case Compression::gzip:
        return "gzip";
    case Compression::zstd:
        return "zstd";
    }
    return "";
}

namespace {

std::unique_ptr<Source> make(std::unique_ptr<RawInput> raw);

class PlainSource : public Source {
public:
    explicit PlainSource(std::unique_ptr<RawInput> raw) : raw_(std::move(raw)) { facts_ = raw_->facts(); }

    std::size_t read(const std::shared_ptr<Buffer>& into, std::size_t at, std::size_t room) override {
        char* to = into->data() + at;
        const std::size_t got = raw_->read(to, room);
        if (got != 0 && tap_) tap_(into, {to, got});
        return got;
    }
    std::uint64_t consumed() const override { return raw_->consumed(); }
    std::unique_ptr<Source> again() const override {
        auto raw = raw_->again();
        return raw ? make(std::move(raw)) : nullptr;
    }
    void tap(Tap tap) override { tap_ = std::move(tap); }

protected:
    std::unique_ptr<RawInput> raw_;
    Tap tap_;
};

class PackedSource : public PlainSource {
public:
    PackedSource(std::unique_ptr<RawInput> raw, Compression kind)
        : PlainSource(std::move(raw)),
          unpacker_(kind == Compression::gzip ? gzip_unpacker() : zstd_unpacker()) {
        facts_.compression = kind;
    }

    std::size_t read(const std::shared_ptr<Buffer>& into, std::size_t at, std::size_t room) override {
        for (;;) {
            const std::size_t got = unpacker_->unpack(packed_, into->data() + at, room, *raw_);
            if (got != 0 || packed_.last) return got;
            if (packed_.left == 0) refill();
        }
    }

private:
    void refill() {
        constexpr std::size_t piece = std::size_t{256} << 10;
        buffer_ = pool_.take(piece); // the tap may still hold the one before
        packed_ = {buffer_->data(), raw_->read(buffer_->data(), piece), false};
        packed_.last = packed_.left == 0;
        if (!packed_.last && tap_) tap_(buffer_, {buffer_->data(), packed_.left});
    }

    std::unique_ptr<Unpacker> unpacker_;
    BufferPool pool_;
    std::shared_ptr<Buffer> buffer_;
    Packed packed_;
};

std::unique_ptr<Source> make(std::unique_ptr<RawInput> raw) {
    if (const auto magic = raw->magic(); magic.starts_with("PK\x03\x04") || magic.starts_with("\xD0\xCF\x11\xE0"))
        raw->fail("this is a zip file or a workbook (.xlsx, .xls), not CSV; save it as CSV (UTF-8), or unpack it");
    const Compression kind = compression_of(raw->magic());
    if (kind == Compression::none) return std::make_unique<PlainSource>(std::move(raw));
    return std::make_unique<PackedSource>(std::move(raw), kind);
}

} // namespace

std::unique_ptr<Source> Source::open(const std::string& path) { return make(RawInput::open(path)); }

std::unique_ptr<Source> Source::memory(std::string name, std::string bytes) {
    return make(RawInput::memory(std::move(name), std::make_shared<const std::string>(std::move(bytes))));
}

} // namespace callscrub::csv
