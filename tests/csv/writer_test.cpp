#include "csv/writer.h"
#include <doctest/doctest.h>

using namespace callscrub::csv;

namespace {
std::string cell(std::string_view text, char delimiter = ',', char quote = '"') {
    std::string out;
    append_cell(out, text, delimiter, quote);
    return out;
}
std::string neutral(std::string_view text, char delimiter = ',', char quote = '"') {
    std::string out;
    append_neutral(out, text, delimiter, quote);
    return out;
}
} // namespace

TEST_CASE("cells are quoted only where it is needed") {
    CHECK(cell("plain") == "plain");
    CHECK(cell("") == "");
    CHECK(cell(" a b ") == " a b ");
    CHECK(cell("a,b") == "\"a,b\"");
    CHECK(cell("a,b", ';') == "a,b");
    CHECK(cell("a;b", ';') == "\"a;b\"");
    CHECK(cell("say \"hi\"") == "\"say \"\"hi\"\"\"");
    CHECK(cell("two\nlines") == "\"two\nlines\"");
    CHECK(cell("a\rb") == "\"a\rb\"");
    CHECK(cell("it's", ',', '\'') == "'it''s'");
}

TEST_CASE("cells that a spreadsheet would calculate get an apostrophe") {
    CHECK(neutral("=1+1") == "'=1+1");
    CHECK(neutral("+1") == "'+1");
    CHECK(neutral("-1") == "'-1");
    CHECK(neutral("@sum") == "'@sum");
    CHECK(neutral("\tx") == "'\tx");
    CHECK(neutral("\rx") == "\"'\rx\"");
    CHECK(neutral("=a,b") == "\"'=a,b\"");
    CHECK(neutral("=\"x\"") == "\"'=\"\"x\"\"\"");
    CHECK(neutral("=1", ',', '\'') == "'''=1'");
    CHECK(neutral("a=1") == "a=1");
    CHECK(neutral("") == "");
    CHECK(neutral(" =1") == " =1");
}

TEST_CASE("exact E.164 stays as it is") {
    CHECK(neutral("+49302312501") == "+49302312501");
    CHECK(neutral("+1234567") == "+1234567");
    CHECK(neutral("+123456789012345") == "+123456789012345");
    for (const char* formula :
         {"+123456", "+1234567890123456", "+0123456789", "+49 30 2312501", "+4930+1", "+49302312501,1"})
        CHECK_FALSE(e164(formula));
    CHECK(neutral("+49 30 2312501") == "'+49 30 2312501");
}
