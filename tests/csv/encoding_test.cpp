#include "csv/encoding.h"
#include "csv/support.h"
#include <doctest/doctest.h>

using namespace callscrub::csv;
using namespace callscrub::csv::test;

namespace {

/// The first cell of the first row as UTF-8, or "none".
std::string first_cell(const std::string& text, const Stated& stated = {}) {
    const auto reader = Reader::over(Source::memory("list.csv", text), stated);
    Block block;
    REQUIRE(reader->next(block));
    Records records(reader->format(), block);
    Record record;
    REQUIRE(records.next(record));
    std::string scratch;
    return std::string(record.utf8(0, scratch).value_or("none"));
}

Encoding found(const std::string& text) { return read(text).encoding; }

Stated in(Encoding encoding) {
    Stated stated;
    stated.encoding = encoding;
    return stated;
}

const std::string filler(400000, 'x'); // longer than what is looked at when a file is opened
const std::string ascii_rows = "a,b\n" + filler + ",1\n";

} // namespace

TEST_CASE("UTF-8, with and without mark") {
    CHECK(found("a,b\nx,y\n") == Encoding::utf8);
    CHECK(first_cell("a,b\nM\xC3\xBCller,y\n") == "M\xC3\xBCller");
    const Result marked = read("\xEF\xBB\xBF\"name\",b\nx,y\n");
    CHECK(marked.names == std::vector<std::string>{"name", "b"});
    CHECK(marked.header_raw == "\xEF\xBB\xBF\"name\",b\n");
    CHECK(marked.records[0].offset == marked.header_raw.size());
}

TEST_CASE("one-byte encodings are found out and decoded") {
    CHECK(found("a,b\nM\xFCller,y\n") == Encoding::latin1);
    CHECK(first_cell("a,b\nM\xFCller,y\n") == "M\xC3\xBCller");
    CHECK(found("a,b\nM\xFCller,\x80 5\n") == Encoding::windows1252);
    CHECK(first_cell("a,b\n\x80 5 \x96 x,\n") == "\xE2\x82\xAC 5 \xE2\x80\x93 x");
    CHECK(first_cell("a,b\n\x81,\x80\n") == "\xC2\x81"); // left open by Windows-1252
    CHECK(first_cell("a,b\n5 \xA4,y\n", in(Encoding::latin9)) == "5 \xE2\x82\xAC");
    CHECK(found("a,b\nM\xFCller,5 \xA4\n") == Encoding::latin9); // nobody writes the sign that Latin-1 has there
    CHECK(found("a,b\nM\xFCller,5 \xA4 \x93x\x94\n") == Encoding::windows1252);
    CHECK(found("a,b\nM\xC3\xBCller,5 \xA4\n") == Encoding::utf8);
    CHECK(first_cell("a,b\n5 \xA4,y\n", in(Encoding::latin1)) == "5 \xC2\xA4");
    CHECK(read("Stra\xDF"
               "e,b\nx,y\n")
              .names[0] == "Stra\xC3\x9F"
                           "e");
}

TEST_CASE("the whole file decides, however late its first letter comes") {
    CHECK(found(ascii_rows) == Encoding::utf8);
    CHECK(found(ascii_rows + "M\xC3\xBCller,y\n") == Encoding::utf8);
    CHECK(found(ascii_rows + "M\xFCller,y\n") == Encoding::latin1);
    CHECK(found(ascii_rows + "M\xFCller,y\n" + filler + ",\n\x80,\n") == Encoding::windows1252);
    CHECK(found("a,b\nM\xFCller,y\n" + filler + ",\n\x80,\n") == Encoding::windows1252);
    // The same when packed: the file is unpacked a second time.
    CHECK(found(gzip(ascii_rows + "M\xFCller,y\n" + filler + ",\n\x80,\n")) == Encoding::windows1252);
}

TEST_CASE("the size of blocks does not change what is found") {
    for (const std::size_t block : {64, 4096, 1 << 20}) {
        CHECK(read(ascii_rows + "M\xFCller,y\n", {}, in_blocks_of(block)).encoding == Encoding::latin1);
        CHECK(read(ascii_rows + "M\xC3\xBCller,\xFC\n", {}, in_blocks_of(block)).encoding == Encoding::utf8);
    }
}

TEST_CASE("a UTF-8 file with broken bytes stays UTF-8: only the cells that hold them have no value") {
    const std::string mixed = "a,b\nM\xFCller,\xC3\xBC\n";
    CHECK(found(mixed) == Encoding::utf8);
    CHECK(first_cell(mixed) == "none");
    CHECK(first_cell(mixed, in(Encoding::latin1)) == "M\xC3\xBCller"); // unless stated
}

TEST_CASE("a few accidental sequences do not make a Latin-1 file UTF-8") {
    std::string text = "a,b\n";
    for (int i = 0; i < 300; ++i) text += "M\xFCller,y\n";
    text += "\xBBSpa\xDF\xAB,y\n"; // »Spaß«: the last two bytes would be one letter of UTF-8
    CHECK(found(text) == Encoding::latin1);
}

TEST_CASE("UTF-16 becomes UTF-8") {
    for (const bool big : {false, true}) {
        const Result result = read(utf16("n\xFCm,b\r\n\"x\ny\",\xE4\r\n", big));
        CHECK(result.failure.empty());
        CHECK(result.encoding == (big ? Encoding::utf16be : Encoding::utf16le));
        CHECK(result.names[0] == "n\xC3\xBCm");
        CHECK(result.header_raw == "n\xC3\xBCm,b\r\n"); // the mark is gone: the text is UTF-8 now
        CHECK(cells(result) == "x\ny|\xC3\xA4");
        CHECK(result.records[0].offset == 8);
    }
    std::string large = "a,b\n";
    while (large.size() < 700000) large += "\xFC\xE4\xF6,123\n";
    const Result result = read(gzip(utf16(large, false)), {}, in_blocks_of(10000));
    CHECK(result.records.size() == (large.size() - 4) / 8);
    CHECK(result.records.back().cells[0] == "\xC3\xBC\xC3\xA4\xC3\xB6");
}

TEST_CASE("a stated encoding is believed, however many NULs there are") {
    const std::string text("a,b\n\0\0\0\0,\0\0\0\0\n", 14);
    CHECK(read(text).failure.find("looks like UTF-16 without its mark") != std::string::npos);
    Stated stated;
    stated.encoding = Encoding::latin1;
    const Result result = read(text, stated);
    CHECK(result.failure == "");
    CHECK(result.records.size() == 1);
}

TEST_CASE("UTF-16 without its mark must be stated") {
    const std::string text = utf16("a,b\n1,2\n", false, false);
    CHECK(read(text).failure.starts_with(
        "list.csv: every second byte or so is NUL: looks like UTF-16 without its mark"));
    CHECK(cells(text, in(Encoding::utf16le)) == "1|2");
    CHECK(read(std::string("a\0\n\0", 4)).failure.find("UTF-16 without its mark") != std::string::npos);
    CHECK(read(utf16("a\n", true), in(Encoding::utf8)).failure ==
          "list.csv: begins with the mark of utf-16be, but encoding utf-8 is stated; leave the encoding out");
}

TEST_CASE("damaged UTF-16 is never taken for whole") {
    CHECK(read(utf16("a,b\n1,2\n", false) + "x").failure ==
          "list.csv: the UTF-16 text ends in the middle of a character (truncated?); make or copy the file "
          "again");
    std::string out;
    CHECK(append_utf16(out, std::string_view("\xD8\x00\x00\x41", 4), true, true) == 4); // a lone surrogate
    CHECK(out == "\xED\xA0\x80"
                 "A"); // no UTF-8: the cell will have no value
    out.clear();
    CHECK(append_utf16(out, std::string_view("\x3D\xD8\x00\xDE", 4), false, true) == 4);
    CHECK(out == "\xF0\x9F\x98\x80");
    out.clear();
    CHECK(append_utf16(out, std::string_view("A\0\x3D\xD8", 4), false, false) ==
          2); // waits for the second half
}

TEST_CASE("UTF-32 is refused") {
    using namespace std::string_literals;
    CHECK(read("\xFF\xFE\0\0a\0\0\0"s).failure.starts_with("list.csv: is UTF-32"));
}

TEST_CASE("names of encodings") {
    CHECK(read_encoding("UTF-8") == Encoding::utf8);
    CHECK(read_encoding("Windows-1252") == Encoding::windows1252);
    CHECK(read_encoding("cp1252") == Encoding::windows1252);
    CHECK(read_encoding("ISO_8859-15") == Encoding::latin9);
    CHECK(read_encoding("latin1") == Encoding::latin1);
    CHECK_FALSE(read_encoding("ebcdic").has_value());
    for (const Encoding e : {Encoding::utf8, Encoding::utf16le, Encoding::utf16be, Encoding::windows1252,
                             Encoding::latin1, Encoding::latin9})
        CHECK(read_encoding(name(e)) == e);
}

TEST_CASE("the census follows the Unicode standard") {
    const auto sound = [](std::string_view text) {
        Census census;
        census.add(text);
        return census.broken == 0 && census.sound == 1;
    };
    CHECK(sound("\xC2\x80"));
    CHECK(sound("\xE0\xA0\x80"));
    CHECK(sound("\xED\x9F\xBF"));
    CHECK(sound("\xF0\x90\x80\x80"));
    CHECK(sound("\xF4\x8F\xBF\xBF"));
    for (const char* bad :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "\xFF"})
        CHECK_FALSE(sound(bad));
}

TEST_CASE("UTF-16 is looked at like any file: its sep line, and lines that end with CR alone") {
    for (const bool big : {false, true}) {
        CHECK(cells(utf16("sep=;\na;b\n1;2,3\n", big)) == "1|2,3");
        CHECK(read(utf16("a,b\r1,2\r3,4", big)).failure.find("its lines end with CR alone") != std::string::npos);
    }
}

TEST_CASE("one CR with a byte behind it parts lines, one at the end is a line end that lost its LF") {
    CHECK(read("a\rb").failure.find("its lines end with CR alone") != std::string::npos);
    CHECK(read("a,b\r").names == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a byte that begins a character and is the file's last counts") {
    CHECK(read("a,b\n1,\xC3").encoding == Encoding::latin1);
    const Folder folder;
    const auto path = folder.write("list.csv", "a,b\n1,\xC3");
    CHECK(Reader::open(path)->encoding() == Encoding::latin1);
}

TEST_CASE("characters just behind a block settle nothing for it") {
    for (int shift = 0; shift < 120; ++shift) {
        std::string text = "a,b\n";
        for (int i = 0; i < 30'000 + shift; ++i) text += "1234,678\n";
        for (int i = 0; i < 200; ++i) text += "M\xFCller,1\n";
        REQUIRE(read(text, {}, in_blocks_of(1000)).encoding == Encoding::latin1);
    }
}
