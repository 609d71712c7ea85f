#include "csv/dialect.h"
#include "csv/support.h"
#include <doctest/doctest.h>

using namespace callscrub::csv;
using namespace callscrub::csv::test;

namespace {
char found(const std::string& text) { return read(text).dialect.delimiter; }
} // namespace

TEST_CASE("the delimiter is found out") {
    CHECK(found("a,b\n1,2\n") == ',');
    CHECK(found("a;b\n1;2\n") == ';');
    CHECK(found("a\tb\n1\t2\n") == '\t');
    CHECK(found("a|b|c\n1|2|3\n") == '|');
    CHECK(found("a;b;c") == ';'); // the header alone decides
    CHECK(found("a;b\r\n\r\n1;2\r\n") == ';');
}

TEST_CASE("commas within cells do not mislead it") {
    CHECK(found("name;price\nx;1,5\ny;2,5\n") == ';');
    CHECK(found("last, first;phone;town\nDoe, J;1;X\nRoe, R;2;Y\n") == ';');
    CHECK(found("name;remark, if any\nx;a, b\ny;c, d\n") == ';'); // both fit: a comma is the likelier text
    CHECK(found("name,phones\nx,1;2\ny,3\n") == ',');
    CHECK(found("\"a;b\",c\n\"1;2\",3\n") == ','); // quoted delimiters do not count
    CHECK(found("id\tname, first\n1\tx, y\n") == '\t');
}

TEST_CASE("rows that do not fit do not mislead it") {
    CHECK(found("a;b;c\n1;2;3\n4;5\n6;7;8\nx\" y;1;2\n9;9;9\n") == ';');
}

TEST_CASE("delimiters are told apart by how many rows agree: nearly all, half, one in ten; then by cells") {
    // A header that both cut, the comma into more cells; rows that both cut so, rows of the semicolon alone, rows of neither.
    const auto taken = [](int both, int semicolon, int neither) {
        std::string text = "a;b,c,d\n";
        for (; both > 0; --both) text += "1;2,3,4\n";
        for (; semicolon > 0; --semicolon) text += "1;2\n";
        for (; neither > 0; --neither) text += "1\n";
        return found(text);
    };
    CHECK(taken(9, 1, 0) == ',');
    CHECK(taken(8, 1, 0) == ';'); // 8 of 9 are not nearly all
    CHECK(taken(2, 1, 1) == ',');
    CHECK(taken(2, 2, 1) == ';');
    CHECK(taken(1, 3, 6) == ',');
    CHECK(taken(1, 3, 7) == ';');
}

TEST_CASE("a file of one column has no delimiter to find") {
    CHECK(read("phone\n+49 30 1\n+49 30 2\n").names == std::vector<std::string>{"phone"});
    CHECK(cells("phone\n030 1, ask\n030 2, ask\n030 3\n") == "030 1, ask/030 2, ask/030 3"); // cut nowhere
}

TEST_CASE("a delimiter in the header is one, even if no row has it: they are damaged, loudly") {
    CHECK(cells("a,b,c\n1,2\n") == "!too_few");
    CHECK(cells("a;b\n1\n2\n") == "!too_few/!too_few");
    CHECK(cells("last, first\nDoe\n") == "!too_few");
}

TEST_CASE("a sep line is honoured and belongs to the raw header") {
    const Result result = read("sep=;\r\na;b,c\r\n1;2,3\r\n");
    CHECK(result.dialect.delimiter == ';');
    CHECK(result.header_raw == "sep=;\r\na;b,c\r\n");
    CHECK(cells(result) == "1|2,3");
    CHECK(result.records[0].line == 3);
    CHECK(cells("\xEF\xBB\xBFsep=|\na|b\n1|2\n") == "1|2");
    CHECK(cells("\"sep=;\"\na;b\n1;2\n") == "1|2");
    CHECK(cells("SEP=:\na:b\n1:2\n") == "1|2");
    CHECK(read("sep=\n1\n").names == std::vector<std::string>{"sep="}); // says nothing
}

TEST_CASE("what is stated wins") {
    Stated stated;
    stated.delimiter = ';';
    CHECK(cells("a,b;c\n1,2;3\n", stated) == "1,2|3");
    CHECK(cells("sep=,\na,b;c\n1,2;3\n", stated) == "1,2|3"); // the sep line is still no row
    stated.delimiter = '^';
    CHECK(cells("a^b\n1^2\n", stated) == "1|2");
}

TEST_CASE("impossible dialects are refused") {
    Stated stated;
    stated.delimiter = '"';
    CHECK(read("a\n1\n", stated).failure ==
          "the delimiter of list.csv can't be its quote, a line end or NUL");
    stated.delimiter = ',';
    stated.quote = 'q';
    CHECK(read("a\n1\n", stated).failure == "the quote of list.csv can be \", ' or nothing");
}

TEST_CASE("names of delimiters") {
    CHECK(read_delimiter(";") == ';');
    CHECK(read_delimiter("tab") == '\t');
    CHECK(read_delimiter("\\t") == '\t');
    CHECK(read_delimiter("\t") == '\t');
    CHECK(read_delimiter("semicolon") == ';');
    for (const char* bad : {"", ";;", "x", "7", "\"", "\n", "+"})
        CHECK_FALSE(read_delimiter(bad).has_value());
    CHECK(delimiter_name('\t') == "tab");
    CHECK(delimiter_name(';') == ";");
}

TEST_CASE("the first 500 rows tell the delimiter") {
    // Both cut the header, the comma into more cells. With 450 of 500 nearly all rows agree; one less, or one row more, and
    // the semicolon is better.
    const auto taken = [](int at_first) {
        std::string text = "a;b,c,d\n";
        for (int i = 0; i < 50; ++i) text += "1;2\n";
        for (int i = 0; i < at_first; ++i) text += "1;2,3,4\n";
        for (int i = 0; i < 100; ++i) text += "1;2\n";
        return found(text);
    };
    CHECK(taken(450) == ',');
    CHECK(taken(449) == ';');
}
