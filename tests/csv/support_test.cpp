#include "csv/support.h"
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <thread>
#include <zlib.h>
#include <zstd.h>

namespace callscrub::csv::test {

namespace {

PlainRecord copy_of(const Record& record) {
    PlainRecord out;
    out.raw = record.raw;
    out.line = record.line;
    out.offset = record.offset;
    out.damage = record.damage;
    const bool quotes_sound = record.damage == Damage::none || record.damage == Damage::too_few ||
                              record.damage == Damage::too_many;
    std::string scratch;
    for (std::size_t i = 0; quotes_sound && i < record.fields.size(); ++i)
        out.cells.emplace_back(record.text(i, scratch));
    return out;
}

} // namespace

Result read(std::unique_ptr<Source> source, const Stated& stated, const ReaderOptions& options,
            unsigned threads) {
    Result result;
    std::map<std::uint64_t, std::vector<PlainRecord>> parts;
    std::mutex lock;
    try {
        const auto reader = Reader::over(std::move(source), stated, options);
        const auto work = [&] {
            Records records(reader->format());
            std::string failure;
            try {
                for (Block block; reader->next(block);) {
                    std::vector<PlainRecord> part;
                    records.reset(block);
                    for (Record record; records.next(record);) part.push_back(copy_of(record));
                    const std::lock_guard hold(lock);
                    parts.emplace(block.index, std::move(part));
                }
            } catch (const base::Failure& trouble) {
                failure = trouble.what();
            }
            const std::lock_guard hold(lock);
            if (!failure.empty()) result.failure = failure;
            result.tally += records.tally();
        };
        std::vector<std::thread> others;
        for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
        work();
        for (std::thread& other : others) other.join();
        result.names = reader->header().names;
        result.header_raw = reader->header().raw;
        result.encoding = reader->encoding();
        result.dialect = reader->dialect();
    } catch (const base::Failure& trouble) {
        result.failure = trouble.what();
    }
    for (auto& [index, part] : parts)
        for (PlainRecord& record : part) result.records.push_back(std::move(record));
    return result;
}

Result read(std::string text, const Stated& stated, const ReaderOptions& options, unsigned threads) {
    return read(Source::memory("list.csv", std::move(text)), stated, options, threads);
}

std::string cells(const Result& result) {
    std::string out;
    for (const PlainRecord& record : result.records) {
        if (&record != result.records.data()) out += '/';
        if (record.damage != Damage::none) {
            out += '!';
            out += name(record.damage);
            continue;
        }
        for (std::size_t i = 0; i < record.cells.size(); ++i) {
            if (i != 0) out += '|';
            out += record.cells[i];
        }
    }
    return out;
}

std::string cells(std::string text, const Stated& stated, const ReaderOptions& options) {
    return cells(read(std::move(text), stated, options));
}

ReaderOptions in_blocks_of(std::size_t bytes) {
    ReaderOptions options;
    options.block_bytes = bytes;
    return options;
}

ReaderOptions setting_aside(std::size_t block_bytes) {
    ReaderOptions options = in_blocks_of(block_bytes);
    options.unclosed = Unclosed::set_aside;
    return options;
}

std::string gzip(std::string_view text) {
    z_stream z{};
    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&z, text.size()) + 32, '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

std::string zstd(std::string_view text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

std::string utf16(std::string_view ascii, bool big_endian, bool mark) {
    std::string out;
    const auto unit = [&](unsigned u) {
        const char low = static_cast<char>(u & 0xFF);
        const char high = static_cast<char>(u >> 8);
        out += big_endian ? high : low;
        out += big_endian ? low : high;
    };
    if (mark) unit(0xFEFF);
    for (const char c : ascii) unit(static_cast<unsigned char>(c));
    return out;
}

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "callscrub-csv-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
}
Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
}
std::string Folder::write(const std::string& name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path(name);
}

} // namespace callscrub::csv::test
