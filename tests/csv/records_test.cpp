/// How records are split: each policy of docs/FORMATS.md, one case each. Rows are shown joined by "/", cells
/// by "|".
#include "csv/support.h"
#include <doctest/doctest.h>

using namespace callscrub::csv;
using namespace callscrub::csv::test;

namespace {

Stated comma() {
    Stated stated;
    stated.delimiter = ',';
    return stated;
}
std::string rows(const std::string& body) { return cells("a,b\n" + body, comma(), setting_aside()); }

} // namespace

TEST_CASE("plain rows") {
    CHECK(rows("1,2\n3,4\n") == "1|2/3|4");
    CHECK(rows("1,2\n3,4") == "1|2/3|4"); // no final line end
    CHECK(rows(",\n") == "|");
    CHECK(rows(" 1 , 2\t\n") == " 1 | 2\t"); // blanks belong to the cell
}

TEST_CASE("line ends: LF, CRLF and both in one file; a lone CR is data") {
    CHECK(rows("1,2\r\n3,4\n5,6\r\n") == "1|2/3|4/5|6");
    CHECK(rows("1,x\ry\n") == "1|x\ry");
    CHECK(rows("1,2\r") == "1|2"); // a final CR is a line end that lost its LF
    CHECK(rows("1,2\r\r\n") == "1|2\r");
    const Result mixed = read("a,b\n1,2\r\n3,4\n\r\n");
    CHECK(mixed.tally.crlf == 2);
    CHECK(mixed.tally.lf == 1);
    const Result unended = read("a,b\n1,2\n3,4"); // a line end that is not there counts nowhere
    CHECK(unended.tally.lf == 1);
    CHECK(unended.tally.crlf == 0);
}

TEST_CASE("quoted cells") {
    CHECK(rows("\"1\",\"2\"\n") == "1|2");
    CHECK(rows("\"a,b\",c\n") == "a,b|c");
    CHECK(rows("\"say \"\"hi\"\"\",x\n") == "say \"hi\"|x");
    CHECK(rows("\"\",\"\"\n") == "|");
    CHECK(rows("\"\"\"\",\"\"\"\"\"\"\n") == "\"|\"\"");
    CHECK(rows("\"two\nlines\",x\n1,2\n") == "two\nlines|x/1|2");
    CHECK(rows("\"two\r\nlines\",x\r\n1,2\r\n") == "two\r\nlines|x/1|2");
    CHECK(rows("x,\"last\"") == "x|last");
    CHECK(rows("x,\"last\"\r") == "x|last");
    CHECK(rows("'1,2'\n") == "'1|2'"); // an apostrophe is no quote
}

TEST_CASE("a quote inside an unquoted cell damages its row") {
    CHECK(rows("1,19\" screen\n3,4\n") == "!stray_quote/3|4");
    CHECK(rows("1, \"x\"\n3,4\n") == "!stray_quote/3|4"); // a blank before the quote
    CHECK(rows("1,x\"\"y\n3,4\n") == "!stray_quote/3|4");
    CHECK(rows("\"two\nlines\",c\"d\n3,4\n") ==
          "!stray_quote/3|4"); // a sound cell before it may hold line breaks
}

TEST_CASE("anything behind a closing quote damages its row, blanks too") {
    CHECK(rows("\"x\" ,2\n3,4\n") == "!text_after_quote/3|4");
    CHECK(rows("\"x\"y,2\n3,4\n") == "!text_after_quote/3|4");
    CHECK(rows("1,\"x\" \n3,4\n") == "!text_after_quote/3|4");
    CHECK(rows("1,\"x\"\ry\n3,4\n") == "!text_after_quote/3|4"); // CR without LF is no line end
}

TEST_CASE("a row that opens a quote by mistake does not swallow the rows after it") {
    // The quote is closed three rows later by one that was meant to open.
    CHECK(rows("1,\"Miller\n2,Smith\n3,Jones\n4,\"Brown\"\n") == "!text_after_quote/2|Smith/3|Jones/4|Brown");
    CHECK(rows("1,\"he said \"hi\"\nthen left\",x\n3,4\n") == "!text_after_quote/!stray_quote/3|4");
}

TEST_CASE("a quote that is never closed costs its own line when rows are set aside") {
    const Result result = read("a,b\n1,2\n3,\"x\n5,6\n7,8\n", comma(), setting_aside());
    CHECK(cells(result) == "1|2/!unclosed_quote/5|6/7|8");
    CHECK(result.records[1].raw == "3,\"x\n");
    CHECK(result.records[1].line == 3);
    CHECK(result.records[2].line == 4);
    CHECK(rows("1,2\n3,\"x") == "1|2/!unclosed_quote");
}

TEST_CASE("a quote that is never closed ends a run, and its line is named") {
    const Result result = read("a,b\n1,2\n\"two\nlines\",\"x\n5,6\n", comma());
    CHECK(result.failure ==
          "list.csv:4: a quote opens here and is not closed before the end of the file or of "
          "the longest record allowed; close or remove it (callscrub tidy sets the line aside)");
    CHECK(cells(result) == "1|2"); // what came before was dealt out
}

TEST_CASE("rows with too few or too many cells are never padded or shifted") {
    const Result result = read("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,\n", comma());
    CHECK(cells(result) == "!too_few/1|2|3/!too_many/!too_many");
    CHECK(result.records[0].cells == std::vector<std::string>{"1", "2"}); // as they stand
    CHECK(result.tally.records == 4);
    CHECK(result.tally.damaged == 3);
}

TEST_CASE("empty lines are no rows; they are counted") {
    const Result result = read("a,b\n\n1,2\n\r\n\n3,4\n\n", comma());
    CHECK(cells(result) == "1|2/3|4");
    CHECK(result.tally.blank == 4);
    CHECK(result.records[1].line == 6);
    CHECK(rows("  \n1,2\n") == "!too_few/1|2"); // blanks are a cell
}

TEST_CASE("in a file of one column an empty line is no row, an empty pair of quotes is one") {
    const Result result = read("phone\n1\n\n\"\"\n2\n");
    CHECK(cells(result) == "1//2");
    CHECK(result.tally.blank == 1);
}

TEST_CASE("NUL and broken UTF-8 pass through, and have no value as UTF-8") {
    using namespace std::string_literals;
    Stated stated = comma();
    stated.encoding = Encoding::utf8;
    const auto reader = Reader::over(Source::memory("list.csv", "a,b\nx\0y,ok\n\xFF,\xC3\xBC\n"s), stated);
    Block block;
    REQUIRE(reader->next(block));
    Records records(reader->format(), block);
    Record record;
    std::string scratch;
    REQUIRE(records.next(record));
    CHECK(record.damage == Damage::none);
    CHECK(record.text(0, scratch) == "x\0y"s);
    CHECK_FALSE(record.utf8(0, scratch).has_value());
    CHECK(record.utf8(1, scratch) == "ok");
    REQUIRE(records.next(record));
    CHECK_FALSE(record.utf8(0, scratch).has_value());
    CHECK(record.utf8(1, scratch) == "\xC3\xBC");
    CHECK_FALSE(records.next(record));
}

TEST_CASE("text() copies nothing where there is nothing to undo") {
    const auto reader =
        Reader::over(Source::memory("list.csv", "a,b\nplain,\"quo\"\"ted\"\nx,\"simple\"\n"), comma());
    Block block;
    REQUIRE(reader->next(block));
    Records records(reader->format(), block);
    Record record;
    std::string scratch;
    const auto within = [&](std::string_view view) {
        return view.data() >= block.bytes.data() && view.data() < block.bytes.data() + block.bytes.size();
    };
    REQUIRE(records.next(record));
    CHECK(within(record.text(0, scratch)));
    CHECK(record.text(1, scratch) == "quo\"ted");
    CHECK_FALSE(within(record.text(1, scratch)));
    REQUIRE(records.next(record));
    CHECK(within(record.text(1, scratch)));
    CHECK(record.body() == "x,\"simple\"");
}

TEST_CASE("lines, offsets and raw text lead back to the file") {
    const std::string text = "a,b\r\n\r\n1,2\r\n\"x\ny\",z\r\n3\r\n4,5";
    const Result result = read(text, comma());
    REQUIRE(result.records.size() == 4);
    const std::uint64_t lines[] = {3, 4, 6, 7};
    for (std::size_t i = 0; i < 4; ++i) {
        const PlainRecord& record = result.records[i];
        CHECK(record.line == lines[i]);
        CHECK(text.substr(record.offset, record.raw.size()) == record.raw);
    }
    CHECK(result.records[3].raw == "4,5");
}

TEST_CASE("an escape character, if stated, protects the byte after it") {
    Stated stated = comma();
    stated.escape = '\\';
    CHECK(cells("a,b\n\"say \\\"hi\\\"\",x\\,y\n1,2\n", stated) == "say \"hi\"|x,y/1|2");
    CHECK(cells("a,b\n\"ends \\\\\",x\n1,\\\"\n", stated) == "ends \\|x/1|\"");
    CHECK(cells("a,b\n1,x\\\n3,4\n", stated) == "1|x\\/3|4"); // never a line end outside quotes
}

TEST_CASE("other quotes, or none, if stated") {
    Stated stated = comma();
    stated.quote = '\'';
    CHECK(cells("a,b\n'x,y','it''s'\n", stated) == "x,y|it's");
    stated.quote = '\0';
    CHECK(cells("a,b\n\"x,19\" y\n", stated) == "\"x|19\" y");
}

TEST_CASE("a record longer than the limit names its line") {
    ReaderOptions options;
    options.record_limit = 20;
    const std::string text = "a,b\n1,2\n" + std::string(30, 'x') + ",y\n3,4\n";
    CHECK(read(text, comma(), options).failure ==
          "list.csv:3: a record is longer than 20 bytes; check the delimiter and the quotes");
    const std::string open =
        "a,b\n1,2\n3,\"4\n" + std::string(9, 'x') + "\n" + std::string(9, 'y') + "\"\n5,6\n";
    CHECK(read(open, comma(), options).failure.starts_with("list.csv:3: a quote opens here"));
    options.unclosed = Unclosed::set_aside;
    CHECK(cells(open, comma(), options) == "1|2/!unclosed_quote/!too_few/!stray_quote/5|6");
}
