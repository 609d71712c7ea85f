/// The record reader finds what its plain twin finds, whatever the bytes, the size of blocks and the delimiter.
#include "base/failure.h"
#include "csv/plain_reader.h"
#include "csv/reader.h"
#include "fuzz/input.h"

using namespace callscrub;
using namespace callscrub::csv;

namespace {

std::vector<PlainRecord> read(const std::string& text, char delimiter, std::size_t block_bytes) {
    Stated stated;
    stated.delimiter = delimiter;
    stated.encoding = Encoding::latin1; // bytes as they are
    ReaderOptions options;
    options.block_bytes = block_bytes;
    options.unclosed = Unclosed::set_aside;
    options.digest = false;
    const auto reader = Reader::over(Source::memory("f.csv", text), stated, options);
    Records records(reader->format());
    std::vector<PlainRecord> out;
    std::string scratch;
    std::uint64_t line = 0;
    for (Block block; reader->next(block);) {
        records.reset(block);
        for (Record record; records.next(record);) {
            PlainRecord one{std::string(record.raw), record.line, record.offset, record.damage, {}};
            const bool cells = record.damage == Damage::none || record.damage == Damage::too_few ||
                               record.damage == Damage::too_many;
            for (std::size_t i = 0; cells && i < record.fields.size(); ++i)
                one.cells.emplace_back(record.text(i, scratch));
            fuzz::require(one.line > line, "lines grow");
            line = one.line;
            out.push_back(std::move(one));
        }
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    static constexpr char delimiters[] = {',', ';', '\t', '|'};
    static constexpr std::size_t blocks[] = {1, 7, 64, 100, 4096};
    const char delimiter = in.pick(delimiters);
    const std::size_t block = in.pick(blocks);
    const unsigned columns = 1 + in.byte() % 4;
    std::string header = "a";
    for (unsigned i = 1; i < columns; ++i) header += std::string(1, delimiter) + "b";
    header += "\n";
    const std::string body(in.rest());
    auto expected = plain_read(body, delimiter, columns);
    for (auto& record : expected) {
        record.line += 1;
        record.offset += header.size();
    }
    try {
        const auto found = read(header + body, delimiter, block);
        fuzz::require(found.size() == expected.size(), "as many records as the twin finds", body);
        for (std::size_t i = 0; i < found.size(); ++i)
            fuzz::require(found[i] == expected[i], "each record as the twin finds it", expected[i].raw);
    } catch (const base::Failure& failure) {
        fuzz::require(false, "no bytes end the reading of memory", failure.what());
    }
    return 0;
}
