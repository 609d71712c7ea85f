#include "csv/transcode.h"
#include "base/failure.h"
#include "csv/raw_input.h"
#include <algorithm>

namespace callscrub::csv {

namespace {

class Utf16Source : public Source {
public:
    Utf16Source(std::unique_ptr<Source> inner, std::string ahead, bool big_endian)
        : inner_(std::move(inner)), raw_(std::move(ahead)), big_endian_(big_endian) {
        facts_ = inner_->facts();
    }

    std::size_t read(const std::shared_ptr<Buffer>& into, std::size_t at, std::size_t room) override {
        while (given_ == ready_.size() && !end_) refill();
        const std::size_t got = std::min(room, ready_.size() - given_);
        std::copy_n(ready_.data() + given_, got, into->data() + at);
        given_ += got;
        return got;
    }
    std::uint64_t consumed() const override { return inner_->consumed(); }
    std::unique_ptr<Source> again() const override { return nullptr; } // its encoding is known
    void tap(Tap tap) override { inner_->tap(std::move(tap)); }

private:
    void refill() {
        ready_.clear();
        given_ = 0;
        if (raw_.size() < 4) { // also when a pair of surrogates is incomplete
            constexpr std::size_t piece = std::size_t{256} << 10;
            const auto buffer = pool_.take(piece);
            const std::size_t got = inner_->read(buffer, 0, piece);
            raw_.append(buffer->data(), got);
            end_ = got == 0;
        }
        raw_.erase(0, append_utf16(ready_, raw_, big_endian_, end_));
        if (end_ && !raw_.empty())
            throw base::Failure(
                base::Exit::input, base::Place{shown_name(facts_.name)},
                "the UTF-16 text ends in the middle of a character (truncated?); make or copy the "
                "file again");
    }

    std::unique_ptr<Source> inner_;
    std::string raw_;
    std::string ready_;
    std::size_t given_ = 0;
    bool big_endian_;
    bool end_ = false;
    BufferPool pool_;
};

} // namespace

std::unique_ptr<Source> from_utf16(std::unique_ptr<Source> inner, std::string ahead, bool big_endian) {
    return std::make_unique<Utf16Source>(std::move(inner), std::move(ahead), big_endian);
}

} // namespace callscrub::csv
