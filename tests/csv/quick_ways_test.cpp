// The quick ways are left whenever something is in doubt, and then the patient ones give the same answer. So it is asked
// here whether the quick ones are taken where they are meant to be.
#include "csv/framer.h"
#include "csv/support.h"
#include <doctest/doctest.h>

using namespace callscrub::csv;
using namespace callscrub::csv::test;

namespace {

Scan scanned(const std::string& text) {
    const std::string padded = text + std::string(Buffer::slack, '\0');
    return scan(std::string_view(padded).substr(0, text.size()), Dialect{});
}

Cut cut_of(const std::string& text, bool last, const Format& format = {}) {
    const std::string padded = text + std::string(Buffer::slack, '\0');
    return find_cut(std::string_view(padded).substr(0, text.size()), last, format, true);
}

/// The text as a block of its own, whose bytes begin where their memory begins.
Block block_of(const std::string& text, bool quotes) {
    const auto buffer = std::make_shared<Buffer>(text.size());
    std::copy(text.begin(), text.end(), buffer->data());
    Block block;
    block.bytes = {buffer->data(), text.size()};
    block.first_line = 1;
    block.quotes = quotes;
    block.well_quoted = true;
    block.buffer = buffer;
    return block;
}

} // namespace

TEST_CASE("quotes where they belong leave a piece well quoted, at its begin too and across 64 bytes") {
    for (const char* text : {"\"a\",b\n", "a,\"b\"\n", "\"a\"\"b\",c\r\n", "\"a\nb\",c\n", "a,b\n\"c\",d\n"}) {
        CAPTURE(text);
        CHECK(scanned(text).well_quoted);
        CHECK(scanned(text).quotes);
        CHECK_FALSE(scanned(text).open);
    }
    for (std::size_t before = 50; before < 80; ++before)
        for (const std::string rest : {",\"y\",z\n", "\n\"y\",z\n", ",\"y\"\r\n\"z\"\n", ",\"y\"\"\",z\n"}) {
            CAPTURE(before);
            CAPTURE(rest);
            CHECK(scanned(std::string(before, 'x') + rest).well_quoted);
        }
    CHECK_FALSE(scanned("a\"b\n").well_quoted);
    CHECK_FALSE(scanned("\"a\" ,b\n").well_quoted);
    CHECK_FALSE(scanned("\"a\"\rb\n").well_quoted);
    CHECK(scanned("\"a\n").open);
}

TEST_CASE("a scan says whether there are quotes, other characters and NUL, and where it can be cut") {
    const auto plain = scanned("a,b\nc,d\ne");
    CHECK_FALSE(plain.quotes);
    CHECK_FALSE(plain.high);
    CHECK_FALSE(plain.nul);
    CHECK(plain.cut == 8);
    CHECK(scanned("a,\xC3\xBC\n").high);
    CHECK(scanned(std::string("a,\0\n", 4)).nul);
    CHECK(scanned("a").cut == 0);
    CHECK(scanned(std::string(63, 'x') + "\n").cut == 64);
    CHECK(scanned(std::string(64, 'x') + "\ny").cut == 65);
    CHECK(scanned("a\n\"b\nc").cut == 2);
}

TEST_CASE("what is well quoted is cut at once, what is not record by record") {
    CHECK(cut_of("a,\"b\"\nc", false).well_quoted);
    CHECK(cut_of("a,\"b\"\nc", false).at == 6);
    CHECK(cut_of("a,\"b\"\nc", true).at == 7);
    const auto before_trouble = cut_of("a,b\n" + std::string(64, 'x') + ",y\nc\"d,e\n", true);
    CHECK(before_trouble.kind == Cut::Kind::found);
    CHECK(before_trouble.well_quoted);
    CHECK_FALSE(cut_of("c\"d,e\n", true).well_quoted);
    Format escaped;
    escaped.dialect.escape = '\\';
    CHECK_FALSE(cut_of("a,b\n", true, escaped).well_quoted);
    Format narrow;
    narrow.record_limit = 4;
    CHECK(cut_of("a,b\n", true, narrow).well_quoted);
    CHECK_FALSE(cut_of("a,b\nc\n", true, narrow).well_quoted);
}

TEST_CASE("a block says what is in it, and is of the usual size") {
    ReaderOptions options = in_blocks_of(1000);
    std::string rows;
    for (int i = 0; i < 1997; ++i) rows += "1234,678\n";
    const auto reader = Reader::over(Source::memory("list.csv", "a,b\n" + rows + "\"x\",y\n\xC3\xBC,z\n"), {}, options);
    std::size_t blocks = 0, plain = 0, quoted = 0;
    for (Block block; reader->next(block); ++blocks) {
        plain += block.plain;
        quoted += block.quotes;
        CHECK(block.well_quoted);
        CHECK(block.bytes.size() < 2000);
        Records records(reader->format(), block);
        Record record;
        REQUIRE(records.next(record));
        CHECK(record.plain == block.plain);
        CHECK(record.fields.bare() != block.quotes);
    }
    CHECK(blocks == 18); // 111 rows each up to 2000 bytes before the end, which make two
    CHECK(plain == 17);
    CHECK(quoted == 1);
}

TEST_CASE("a record at the begin of its memory, and a chunk full of marks before the last record") {
    const Format format;
    Records records(format, block_of("\n1,2\n", false));
    Record record;
    REQUIRE(records.next(record));
    CHECK(record.raw == "1,2\n");
    CHECK(record.line == 2);
    for (const std::size_t size : {63, 64, 65, 127, 128}) {
        records.reset(block_of(std::string(size, ','), false));
        REQUIRE(records.next(record));
        CHECK(record.fields.size() == size + 1);
        CHECK_FALSE(records.next(record));
        Block doubtful = block_of(std::string(size, ','), true);
        doubtful.well_quoted = false;
        records.reset(doubtful);
        REQUIRE(records.next(record));
        CHECK(record.fields.size() == size + 1);
        CHECK_FALSE(record.fields.bare()); // its cells lie in no marks
        Records first(format, block_of(std::string(size, ','), true)); // with memory of its own
        REQUIRE(first.next(record));
        CHECK(record.fields.size() == size + 1);
    }
}

TEST_CASE("records alone are read as they are known to be") {
    Known known;
    known.format.dialect.delimiter = '~';
    known.format.columns = 2;
    known.encoding = Encoding::latin1;
    known.header.names = {"a", "b"};
    known.understanding.bom = true;
    known.empty = true;
    const auto reader = Reader::records(Source::memory("list.csv", "1~\xC3\xBC\n1,2\n"), known, {});
    CHECK(reader->header().names == known.header.names);
    CHECK(reader->understanding().bom);
    CHECK(reader->empty());
    Block block;
    REQUIRE(reader->next(block));
    Records records(reader->format(), block);
    Record record;
    std::string scratch;
    REQUIRE(records.next(record));
    CHECK(record.line == 1);
    CHECK(record.utf8(1, scratch) == "\xC3\x83\xC2\xBC"); // two letters of Latin-1, whatever else they could be
    REQUIRE(records.next(record));
    CHECK(record.damage == Damage::too_few);
    CHECK_FALSE(reader->next(block));
    CHECK(reader->encoding() == Encoding::latin1);
}

TEST_CASE("who asks after a failure gets it again") {
    Stated stated;
    stated.delimiter = ',';
    const auto reader = Reader::over(Source::memory("list.csv", "a,b\n1,\"2\n"), stated);
    Block block;
    const auto failure = failure_of([&] { reader->next(block); });
    CHECK(failure.starts_with("list.csv:2: a quote opens here"));
    CHECK(failure_of([&] { reader->next(block); }) == failure);
}

TEST_CASE("NUL and bytes that are no text are seen at any place of a cell of any length, quoted or not") {
    const Format format;
    std::string scratch;
    for (std::size_t length = 1; length < 27; ++length)
        for (std::size_t at = 0; at < length; ++at)
            for (const char wrong : {'\0', '\x80', '\xFF', 'x'})
                for (const bool quoted : {false, true}) {
                    std::string cell(length, '\x01'); // next to NUL
                    cell[at] = wrong;
                    Records records(format, block_of(quoted ? "\"\"\"" + cell + "\"\n" : cell + "\n", true));
                    Record record;
                    REQUIRE(records.next(record));
                    const auto text = record.utf8(0, scratch);
                    REQUIRE(text.has_value() == (wrong == 'x'));
                    if (text) REQUIRE(*text == (quoted ? "\"" : "") + cell);
                    record.encoding = Encoding::latin1;
                    REQUIRE(record.utf8(0, scratch).has_value() == (wrong != '\0'));
                }
}
