// Corners of the reader, one for each condition that decides something (tests/coverage).
#include "csv/quote_policy.h"
#include "csv/reader.h"
#include "csv/strict.h"
#include "csv/support.h"
#include <doctest/doctest.h>

using namespace callscrub::csv;
using namespace callscrub::csv::test;

TEST_CASE("delimiters have names, and not everything is one") {
    for (const auto& [word, delimiter] : std::vector<std::pair<const char*, char>>{
             {"tab", '\t'}, {"\\t", '\t'}, {"comma", ','}, {"semicolon", ';'}, {"pipe", '|'}, {",", ','}, {"~", '~'}, {":", ':'}, {" ", ' '}}) {
        CAPTURE(word);
        CHECK(read_delimiter(word) == delimiter);
    }
    for (const char* word : {"", "a", "0", "\"", "'", "\r", "\n", "+", "-", ".", ";;", "colon", "\x80", "\xFF"}) CHECK_FALSE(read_delimiter(word));
    CHECK_FALSE(read_delimiter(std::string_view("\0", 1)));
    CHECK(delimiter_name('\t') == "tab");
    CHECK(delimiter_name(';') == ";");
}

TEST_CASE("a sep line and what only looks like one") {
    for (const char* line : {"sep=;", "SEP=;", "Sep=;", "sEp=;", "seP=;", "\"sep=;\""}) CHECK(separator_line(line) == ';');
    for (const char* line : {"", "sep=", "sep=;;", "sep:;", "xep=;", "sxp=;", "sex=;", "sep=a", "sep=\"", "\"sep=;", "sep=;\"", "\"", "\"\"", "Xep=;"}) {
        CAPTURE(line);
        CHECK_FALSE(separator_line(line));
    }
}

TEST_CASE("of delimiters that cut the header the one that most rows agree with is taken") {
    const auto found = [](const char* text) { return read(std::string(text)).dialect.delimiter; };
    CHECK(found("a,b;c\n1;2\n3;4\n") == ';');
    CHECK(found("a;b,c\n1,2\n3,4\n") == ',');
    CHECK(found("a;b,c,d\n1;2,3,4\n") == ','); // both agree: more cells
    CHECK(found("a,b;c;d\n1,2;3;4\n") == ';');
}

TEST_CASE("each damage has a word and a sentence") {
    std::string words;
    for (const auto damage : {Damage::stray_quote, Damage::text_after_quote, Damage::unclosed_quote, Damage::too_few, Damage::too_many}) {
        words += std::string(name(damage)) + " ";
        CHECK(std::string(says(damage)).size() > 20);
    }
    CHECK(words == "stray_quote text_after_quote unclosed_quote too_few too_many ");
    CHECK(name(Damage::none).empty());
    CHECK(says(Damage::none).empty());
    CHECK(says(Damage::too_few) != says(Damage::too_many));
    CHECK(says(Damage::text_after_quote) == "something between a closing quote and the end of the cell");
}

TEST_CASE("escapes: before quotes, delimiters and themselves; never before a line end") {
    Stated stated;
    stated.delimiter = ',';
    stated.escape = '\\';
    const auto rows = [&](const std::string& body) { return cells("a,b\n" + body, stated, setting_aside()); };
    CHECK(rows("\"x\\\"y\",2\n") == "x\"y|2");
    CHECK(rows("\"x\"\"\\y\",2\n") == "x\"y|2");
    CHECK(rows("\"x\\\\\",2\n") == "x\\|2");
    CHECK(rows("x\\,y,2\n") == "x,y|2");
    CHECK(rows("x,y\\\n1,2\n") == "x|y\\/1|2");
    CHECK(rows("x,y\\\r\n1,2\r\n") == "x|y\\/1|2");
    CHECK(rows("x\\\ry,2\n") == "x\\\ry|2");
    CHECK(rows("\"x\\\ry\",2\n") == "x\ry|2");
    CHECK(rows("x,y\\") == "x|y\\");
    CHECK(rows("x,y\\,") == "x|y,");
    CHECK(rows("\"x\\") == "!unclosed_quote");
}

TEST_CASE("a backslash before a quote in a damaged row is worth a hint, where one may be meant") {
    Format format;
    Record record;
    record.format = &format;
    record.raw = "1,\"x\\\"y\"\n";
    record.damage = Damage::text_after_quote;
    CHECK(looks_escaped(record));
    record.damage = Damage::none;
    CHECK_FALSE(looks_escaped(record));
    record.damage = Damage::text_after_quote;
    format.dialect.escape = '\\';
    CHECK_FALSE(looks_escaped(record));
    format.dialect.escape = 0;
    format.dialect.quote = 0;
    CHECK_FALSE(looks_escaped(record));
    record.raw = std::string_view("1,x\\\0y\n", 7); // a NUL is no quote
    CHECK_FALSE(looks_escaped(record));
    format.dialect.quote = '"';
    record.raw = "1,x\"y\n";
    CHECK_FALSE(looks_escaped(record));
    CHECK(record.body() == "1,x\"y");
    record.raw = "1,x\r\n";
    CHECK(record.body() == "1,x");
    record.raw = "1,x\r";
    CHECK(record.body() == "1,x");
    record.raw = "1,x";
    CHECK(record.body() == "1,x");
}

TEST_CASE("a record is decided from its bytes or waits for more, and more never changes a decision") {
    std::string texts[] = {"a,b\n",           "a,\"b\"\n",       "\"a\",\"b\"\r\n", "\"a\"\"b\",c\n",   "\"a\"x,c\nd\n",  "a\"b,c\nd\n",
                           "\"a\nb\",c\r\n",  "a\\,b,c\n",       "\"a\\\"b\",c\n",  "\"a\" ,c\n",       "\"a\"\rb\n",     "a,b\r\n",
                           "\"a,b\nc,d\n",    "a,\"b\"\n\"c\"\n", "\"\",\"\"\n",    "a\\\n",            "\"a\\",          "\n",            "ab",
                           "a,"};
    for (const char escape : {'\0', '\\'})
        for (const auto& text : texts) {
            CAPTURE(text);
            Format format;
            format.dialect.escape = escape;
            std::string padded = text + std::string(64, '\0');
            const auto asked = [&](std::size_t size, bool last, std::vector<Field>* fields) {
                Marks marks(padded.data(), size, format.dialect);
                return decide(marks, padded.data(), 0, size, last, format, fields);
            };
            std::vector<Field> fields;
            const auto whole = asked(text.size(), true, &fields);
            CHECK(whole.kind == Verdict::Kind::decided);
            for (const auto& field : fields)
                CHECK(field.quoted() == (field.begin() > 0 && text[field.begin() - 1] == '"'));
            for (std::size_t size = 1; size <= text.size(); ++size) {
                const auto part = asked(size, false, nullptr);
                if (part.kind == Verdict::Kind::open) continue;
                CHECK(part.end == whole.end);
                CHECK(part.damage == whole.damage);
                if (part.damage != Damage::none) CHECK(part.damage_at == whole.damage_at);
            }
            format.record_limit = 2;
            const auto limited = asked(text.size(), true, nullptr);
            const bool fits = whole.end <= 2 && whole.damage == Damage::none;
            CHECK((limited.kind == Verdict::Kind::decided || limited.kind == Verdict::Kind::too_long));
            if (fits) CHECK(limited.kind == Verdict::Kind::decided);
            if (fits) CHECK(limited.end == whole.end);
        }
}

TEST_CASE("a digest that was not asked for is our own mistake") {
    ReaderOptions options;
    options.digest = false;
    const auto reader = Reader::over(Source::memory("-", "a,b\n1,2\n"), {}, options);
    CHECK(failure_of([&] { reader->digest(); }) == "a digest is asked for that was not computed");
}

TEST_CASE("the library's quote policy for each delimiter, and for no other") {
    std::string scratch;
    CHECK(unescape("\"a\"\"b\"", '"', scratch) == "a\"b");
    CHECK(unescape("'a''b'", '\'', scratch) == "a'b");
    for (const char delimiter : {',', ';', '\t', '|'}) {
        const std::string text = std::string("\"a") + delimiter + "\"" + delimiter + "b";
        CHECK(find_cell_end(text.c_str(), delimiter) - text.c_str() == 4);
        CHECK(find_cell_end("\"a", delimiter) == nullptr);
    }
    CHECK(failure_of([] { find_cell_end("a", ':'); }).find("delimiters") != std::string::npos);
}
