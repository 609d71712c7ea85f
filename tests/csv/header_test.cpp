#include "csv/support.h"
#include <doctest/doctest.h>

using namespace callscrub::csv;
using namespace callscrub::csv::test;

namespace {
std::unique_ptr<Reader> open(const std::string& text, const Stated& stated = {},
                             const ReaderOptions& options = {}) {
    return Reader::over(Source::memory("list.csv", text), stated, options);
}
} // namespace

TEST_CASE("the header is the first record that is not empty") {
    const auto reader = open("\r\n\n\"two\nlines\",b\n1,2\n");
    CHECK(reader->header().names == std::vector<std::string>{"two\nlines", "b"});
    CHECK(reader->header().line == 3);
    CHECK(reader->header().raw == "\r\n\n\"two\nlines\",b\n");
    Block block;
    REQUIRE(reader->next(block));
    CHECK(block.first_line == 5);
    CHECK(block.bytes == "1,2\n");
    CHECK(block.offset == reader->header().raw.size());
    CHECK_FALSE(reader->next(block));
}

TEST_CASE("what stands before the header may be longer than the sample that the delimiter is judged by") {
    const std::string wide(300'000, 'x');
    Stated skipping;
    skipping.skip = 2;
    for (const std::string& before : {wide + "\n" + wide + "\r\n", std::string("\n\n") + std::string(400'000, '\n')}) {
        const auto result = read(before + "a;b\n1;2\n", skipping);
        CHECK(result.failure == "");
        CHECK(result.dialect.delimiter == ';');
        CHECK(result.header_raw == before + "a;b\n");
        CHECK(cells(result) == "1|2");
    }
    CHECK(read(wide + ";" + wide + "\n1;2\n").names == std::vector<std::string>{wide, wide});
    CHECK(read("a;" + wide + ";c").names.size() == 3);
}

TEST_CASE("a limit ends what stands before the first row") {
    ReaderOptions options;
    options.record_limit = 1 << 20;
    Stated skipping;
    skipping.skip = 1;
    const std::string half(1 << 19, 'x'), more(3 << 20, 'x');
    CHECK(read(half + "\na,b\n", skipping, options).failure == "");
    CHECK(read(more + "\na,b\n", skipping, options).failure ==
          "list.csv:1: a line before the header is longer than 1048576 bytes; expected a CSV file with line ends");
    CHECK(read(more + "\na,b\n", {}, options).failure ==
          "list.csv:1: the header is longer than 1048576 bytes; check delimiter and quotes");
    CHECK(read(std::string(1 << 20, '\n') + "a,b\n", {}, options).failure == "");
    CHECK(read(std::string(2 << 20, '\n') + "a,b\n", {}, options).failure ==
          "list.csv:1048578: nothing but blank lines for more than 1048576 bytes; expected a header line");
}

TEST_CASE("a header alone is a file without rows") {
    for (const char* text : {"a,b", "a,b\n", "a,b\r\n", "a,b\r", "\"a\",b"}) {
        const Result result = read(text);
        CHECK(result.failure.empty());
        CHECK(result.names == std::vector<std::string>{"a", "b"});
        CHECK(result.records.empty());
    }
}

TEST_CASE("an empty file is no input, unless it may be one") {
    for (const char* text : {"", "\n", "\r\n\r\n", "\xEF\xBB\xBF", "sep=;\n"}) {
        CHECK(read(text).failure == "list.csv: the file is empty; expected at least a header line");
        ReaderOptions lenient;
        lenient.allow_empty = true;
        const auto reader = open(text, {}, lenient);
        CHECK(reader->empty());
        Block block;
        CHECK_FALSE(reader->next(block));
    }
    CHECK(read(gzip("")).failure == "list.csv: the file is empty; expected at least a header line");
}

TEST_CASE("columns without a name, and names that occur twice, are reported") {
    const auto reader = open("phone,, Phone ,x,\n1,2,3,4,5\n");
    CHECK(reader->header().empty == std::vector<std::size_t>{1, 4});
    CHECK(reader->header().duplicate == std::vector<std::size_t>{2}); // compared as names are matched
    CHECK(reader->header().names[2] == " Phone ");
}

TEST_CASE("a damaged header ends the run and is placed") {
    CHECK(read("id,na\"me,b\n1,2,3\n").failure == "list.csv:1:6: the header has a quote inside a cell that "
                                                  "does not begin with a quote; expected column "
                                                  "names, quoted as a whole or not at all");
    CHECK(read("\nid,\"name,b\n1,2,3\n").failure == "list.csv:2:4: the header has a quote that is never "
                                                    "closed; expected column names, quoted as a whole or not "
                                                    "at all");
    CHECK(read(std::string("a\0b,c\n1,2\n", 10)).failure ==
          "list.csv:1: the name of column 1 holds NUL or bytes that are no utf-8; state the encoding or mend "
          "the "
          "header");
}

TEST_CASE("a file without header") {
    Stated stated;
    stated.no_header = true;
    const Result result = read("\xEF\xBB\xBF+49 30 1,x\n+49 30 2,y\n1\n", stated);
    CHECK(cells(result) == "+49 30 1|x/+49 30 2|y/!too_few"); // the first row sets the number of cells
    CHECK(result.names == std::vector<std::string>{"1", "2"});
    CHECK(result.header_raw == "\xEF\xBB\xBF");
    CHECK(result.records[0].line == 1);
    CHECK(cells("x\"y,1\n2,3\n4\n", stated, setting_aside()) == "!stray_quote/2|3/4"); // it can't be counted
}

TEST_CASE("skipped lines count as lines and belong to the raw header") {
    Stated stated;
    stated.skip = 2;
    const Result result = read("Report \"x\nof today\na;b\n1;2\n", stated);
    CHECK(result.header_raw == "Report \"x\nof today\na;b\n");
    CHECK(result.records[0].line == 4);
    CHECK(cells("sep=;\ntitle\na;b\n1;2\n", stated) == "1|2"); // the sep line is one of the two
    CHECK(read("one\ntwo", stated).failure == "list.csv: the file is empty; expected at least a header line");
}

TEST_CASE("lines that end with CR alone are named, not guessed") {
    CHECK(read("a,b\r1,2\r3,4\r").failure == "list.csv: its lines end with CR alone (old Macintosh style); "
                                             "expected LF or CRLF: save it again with such "
                                             "line ends");
}

TEST_CASE("a header longer than what is looked at first") {
    std::string text;
    for (int i = 0; i < 60000; ++i) text += "\"column " + std::to_string(i) + "\",";
    text += "last\n";
    const Result result = read(text + std::string(60000, ',') + "\n");
    CHECK(result.failure.empty());
    CHECK(result.names.size() == 60001);
    CHECK(result.header_raw == text);
    CHECK(result.records.size() == 1);
}

TEST_CASE("what was understood") {
    const auto reader = open("\xEF\xBB\xBFsep=;\na;b\n1;2\n");
    CHECK(reader->understanding().bom);
    CHECK(reader->understanding().separator_line);
    CHECK(reader->understanding().delimiter_stated);
    CHECK(reader->understanding().encoding_stated);
    const auto plain = open("a;b\n1;2\n");
    CHECK_FALSE(plain->understanding().bom);
    CHECK_FALSE(plain->understanding().delimiter_stated);
    CHECK_FALSE(plain->understanding().encoding_stated);
}

TEST_CASE("a first line of one value is a row, where values stand alone") {
    ReaderOptions options;
    options.is_value = [](std::string_view cell) { return cell == "0612345678"; };
    const auto bare = open("0612345678\n0612345679\n", {}, options);
    CHECK_FALSE(bare->header().present);
    CHECK_FALSE(bare->dialect().header);
    CHECK(bare->header().names == std::vector<std::string>{"1"});
    Block block;
    REQUIRE(bare->next(block));
    CHECK(block.bytes == "0612345678\n0612345679\n");
    for (const char* text : {"0612345678,x\n1,2\n", "phone\n0612345678\n"}) {
        const auto named = open(text, {}, options);
        CHECK(named->header().present);
        CHECK(named->dialect().header);
    }
    Stated none;
    none.no_header = true;
    CHECK_FALSE(open("phone\n0612345678\n", none)->dialect().header);
}

TEST_CASE("where a header is damaged") {
    CHECK(read("a,b\"c\n1,2\n").failure.starts_with("list.csv:1:4: the header has"));
    CHECK(read("\"a\nbc\",d\"e\n1,2\n").failure.starts_with("list.csv:2:6: the header has"));
}

TEST_CASE("blocks of no size are blocks of one record") {
    ReaderOptions options;
    options.block_bytes = 0;
    CHECK(cells(read("a,b\n1,2\n3,4\n", {}, options)) == "1|2/3|4");
}

TEST_CASE("the first character beyond ASCII settles the encoding for good") {
    ReaderOptions options;
    options.block_bytes = 1 << 16;
    std::string text = "a,b\n";
    while (text.size() < (1 << 20)) text += "x,1\n";
    text += "\xC3\xA9,2\n";
    while (text.size() < (2 << 20)) text += "x,1\n";
    for (int i = 0; i < 5000; ++i) text += "\xE9\xE8,3\n";
    const auto reader = open(text, {}, options);
    for (Block block; reader->next(block);) CHECK(block.encoding == Encoding::utf8);
    CHECK(reader->encoding() == Encoding::utf8);
}

TEST_CASE("blank lines say nothing of the delimiter") {
    const auto result = read("a;b\n\n\r\n1,5;2\n\n3;4\n\n\n");
    CHECK(result.dialect.delimiter == ';');
    CHECK(cells(result) == "1,5|2/3|4");
    CHECK(read("\n\r\na;b\n1;2\n").dialect.delimiter == ';');
    CHECK(read("a,b;c\n\n\n1;2\n\n\n3;4\n\n\n").dialect.delimiter == ';'); // of rows, not of lines
}

TEST_CASE("one character late in a file of ASCII tells its encoding") {
    std::string text = "a,b\n";
    while (text.size() < (1 << 20)) text += "x,1\n";
    text += "\xE9,2\n";
    CHECK(read(text).encoding == Encoding::latin1);
}
