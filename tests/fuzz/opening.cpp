/// Any bytes as a file, nothing stated: dialect, encoding, header, packing. What is found does not depend on the size
/// of blocks, no byte is lost, and tidy's output is as tidy as it gets.
#include "base/failure.h"
#include "csv/tidy.h"
#include "fuzz/input.h"

using namespace callscrub;
using namespace callscrub::csv;

namespace {

struct Found {
    std::string failure, bytes, names;
    Dialect dialect;
    Encoding encoding = Encoding::utf8;
    bool packed = false, transcoded = false;
    friend bool operator==(const Found&, const Found&) = default;
};

Found open(const std::string& text, std::size_t block_bytes, const Stated& stated) {
    Found out;
    ReaderOptions options;
    options.block_bytes = block_bytes;
    options.unclosed = Unclosed::set_aside;
    options.allow_empty = true;
    options.digest = false;
    options.record_limit = 1 << 16;
    try {
        const auto reader = Reader::over(Source::memory("f.csv", text), stated, options);
        out.bytes = reader->header().raw;
        for (const auto& name : reader->header().names) out.names += name + "\n";
        for (Block block; reader->next(block);) out.bytes += block.bytes;
        out.dialect = reader->dialect();
        out.encoding = reader->encoding();
        out.packed = reader->source().compression != Compression::none;
        out.transcoded = out.encoding == Encoding::utf16le || out.encoding == Encoding::utf16be;
    } catch (const base::Failure& failure) {
        out = {};
        out.failure = failure.what();
        fuzz::require(failure.code() == base::Exit::input || failure.code() == base::Exit::usage, "a file is refused with 3 (or 2)", out.failure);
    }
    return out;
}

std::optional<std::string> tidied(const std::string& text, const Stated& stated) {
    std::string out;
    try {
        tidy(Source::memory("f.csv", text), stated, [&](std::string_view piece) { out += piece; }, [](std::string_view) {});
    } catch (const base::Failure&) {
        return std::nullopt;
    }
    return out;
}

Stated choices(fuzz::Input& in) {
    Stated out;
    const unsigned bits = in.byte();
    if ((bits & 1U) != 0) out.quote = '\'';
    if ((bits & 2U) != 0) out.escape = '\\';
    if ((bits & 4U) != 0) out.no_header = true;
    if ((bits & 8U) != 0) out.skip = 1 + bits / 64;
    if ((bits & 16U) != 0) out.encoding = Encoding::windows1252;
    if ((bits & 32U) != 0) out.delimiter = ';';
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const auto stated = choices(in);
    const std::string text(in.rest());
    const auto found = open(text, 512 << 10, stated);
    fuzz::require(found == open(text, 5, stated), "blocks of any size", found.failure);
    if (found.failure.empty() && !found.packed && !found.transcoded)
        fuzz::require(found.bytes == text, "every byte is dealt out", found.bytes);
    Stated plain;
    plain.delimiter = ',';
    plain.no_header = stated.no_header;
    plain.encoding = Encoding::utf8;
    const auto once = tidied(text, stated);
    if (once && !once->starts_with("sep=")) {
        const auto twice = tidied(*once, plain);
        fuzz::require(twice == once, "tidy(tidy(x)) = tidy(x)", *once);
    }
    return 0;
}
