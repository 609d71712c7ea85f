#include "csv/reader.h"
#include "base/failure.h"
#include "csv/framer.h"
#include "csv/opening.h"
#include <algorithm>
#include <atomic>
#include <exception>

namespace callscrub::csv {

namespace {
/// A piece of the file as it is on disk, on its way to the hash.
struct RawPiece {
    std::uint64_t index;
    std::shared_ptr<const void> owner;
    std::string_view bytes;
};
} // namespace

struct Reader::Inside {
    Inside(std::unique_ptr<Source> from, ReaderOptions chosen) : options(chosen), window(std::move(from)) {}

    ReaderOptions options;
    std::mutex lock; // guards what follows up to `lane`
    Window window;
    Opened opened;
    std::uint64_t index = 0;
    bool ended = false;
    std::exception_ptr failure;
    std::vector<RawPiece> tapped;
    std::uint64_t pieces = 0;

    HashLane lane;
    std::atomic<Encoding> encoding = Encoding::utf8;

    bool next(Block& out);
    Cut cut_next(std::string_view& text);
    void settle_encoding(std::string_view text);
    [[noreturn]] void refuse(const Cut& cut, std::string_view text) const;
    void hash(std::vector<RawPiece> ready);
};

/// Finds the end of the next block, looking at more bytes as long as no record is complete.
Cut Reader::Inside::cut_next(std::string_view& text) {
    for (std::size_t wanted = options.block_bytes;; wanted *= 2) {
        if (window.text().size() < wanted) window.fill(window.text().size() + wanted);
        text = window.text();
        // What is left of the sample is dealt out in blocks of the usual size.
        if (text.size() >= 2 * wanted) text = text.substr(0, wanted);
        const bool last = window.complete && text.size() == window.text().size();
        if (text.empty()) return {};
        const Cut cut = find_cut(text, last, opened.format, options.unclosed == Unclosed::set_aside);
        if (cut.kind != Cut::Kind::none) return cut;
    }
}

/// The file was ASCII so far: the first other character decides, if it is UTF-8. Else the whole file does.
void Reader::Inside::settle_encoding(std::string_view text) {
    Census census;
    census.add(text);
    if (census.sound + census.broken == 0) return;
    opened.encoding = census.first_sound ? Encoding::utf8 : find_encoding(text, *window.source);
    opened.encoding_final = true;
    encoding = opened.encoding;
}

void Reader::Inside::refuse(const Cut& cut, std::string_view text) const {
    const std::uint64_t line = opened.line + line_ends(text.substr(0, cut.at));
    if (cut.kind == Cut::Kind::unclosed)
        fail_at(*window.source, line,
                "a quote opens here and is not closed before the end of the file or of the longest record "
                "allowed; "
                "close or remove it (callscrub tidy sets the line aside)");
    fail_at(*window.source, line,
            "a record is longer than " + std::to_string(options.record_limit) +
                " bytes; check the delimiter and the quotes");
}

bool Reader::Inside::next(Block& out) {
    std::string_view text;
    const Cut cut = cut_next(text);
    if (text.empty()) {
        ended = true;
        return false;
    }
    if (cut.kind != Cut::Kind::found) refuse(cut, text);
    out.index = index++;
    out.bytes = text.substr(0, cut.at);
    out.first_line = opened.line;
    out.offset = opened.offset;
    out.well_quoted = cut.well_quoted;
    out.quotes = cut.quotes;
    out.plain = !cut.high && !cut.nul;
    out.buffer = window.buffer;
    if (cut.high && !opened.encoding_final) settle_encoding(out.bytes);
    const bool wide = opened.encoding == Encoding::utf16le || opened.encoding == Encoding::utf16be;
    out.encoding = wide ? Encoding::utf8 : opened.encoding;
    opened.line += line_ends(out.bytes);
    opened.offset += cut.at;
    window.pass(cut.at);
    return true;
}

void Reader::Inside::hash(std::vector<RawPiece> ready) {
    for (RawPiece& piece : ready) lane.submit(piece.index, std::move(piece.owner), piece.bytes);
}

Reader::Reader(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Reader::~Reader() = default;

std::unique_ptr<Reader> Reader::open(const std::string& path, const Stated& stated,
                                     const ReaderOptions& options) {
    return over(Source::open(path), stated, options);
}

std::unique_ptr<Reader::Inside> Reader::inside_over(std::unique_ptr<Source> source,
                                                    const ReaderOptions& options) {
    constexpr std::size_t longest = std::size_t{1} << 30; // what a Field can hold
    ReaderOptions sane = options;
    sane.block_bytes = std::max<std::size_t>(options.block_bytes, 1);
    sane.record_limit = std::min(options.record_limit, longest);
    auto inside = std::make_unique<Inside>(std::move(source), sane);
    if (options.digest)
        inside->window.source->tap(
            [in = inside.get()](std::shared_ptr<const void> owner, std::string_view bytes) {
                in->tapped.push_back({in->pieces++, std::move(owner), bytes});
            });
    return inside;
}

std::unique_ptr<Reader> Reader::over(std::unique_ptr<Source> source, const Stated& stated,
                                     const ReaderOptions& options) {
    auto inside = inside_over(std::move(source), options);
    inside->opened = open_window(inside->window, stated, inside->options);
    inside->encoding = inside->opened.encoding;
    return std::unique_ptr<Reader>(new Reader(std::move(inside)));
}

std::unique_ptr<Reader> Reader::records(std::unique_ptr<Source> source, const Known& known,
                                        const ReaderOptions& options) {
    auto inside = inside_over(std::move(source), options);
    auto& opened = inside->opened;
    opened.format = known.format;
    opened.header = known.header;
    opened.understanding = known.understanding;
    opened.encoding = known.encoding;
    opened.encoding_final = true;
    opened.empty = known.empty;
    inside->encoding = known.encoding;
    return std::unique_ptr<Reader>(new Reader(std::move(inside)));
}

bool Reader::next(Block& out) {
    std::vector<RawPiece> ready;
    bool found = false;
    {
        const std::lock_guard hold(inside_->lock);
        if (inside_->failure) std::rethrow_exception(inside_->failure);
        try {
            found = !inside_->ended && inside_->next(out);
        } catch (...) {
            inside_->failure = std::current_exception();
            throw;
        }
        ready.swap(inside_->tapped);
    }
    inside_->hash(std::move(ready));
    return found;
}

const SourceFacts& Reader::source() const { return inside_->window.source->facts(); }
const Format& Reader::format() const { return inside_->opened.format; }
const Header& Reader::header() const { return inside_->opened.header; }
const Understanding& Reader::understanding() const { return inside_->opened.understanding; }
Encoding Reader::encoding() const { return inside_->encoding; }
bool Reader::empty() const { return inside_->opened.empty; }
std::uint64_t Reader::consumed() const { return inside_->window.source->consumed(); }

Digest Reader::digest() {
    if (!inside_->options.digest)
        throw base::Failure(base::Exit::internal, "a digest is asked for that was not computed");
    return inside_->lane.finish(inside_->pieces);
}

} // namespace callscrub::csv
