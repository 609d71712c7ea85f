#include "csv/support.h"
#include "csv/tidy.h"
#include <doctest/doctest.h>

using namespace callscrub::csv;
using namespace callscrub::csv::test;

namespace {

struct Tidied {
    std::string clean;
    std::string rejects;
    TidyResult result;
};

Tidied tidied(const std::string& text, const Stated& stated = {}, const ReaderOptions& options = {}) {
    Tidied out;
    out.result = tidy(
        Source::memory("list.csv", text), stated, [&](std::string_view bytes) { out.clean += bytes; },
        [&](std::string_view bytes) { out.rejects += bytes; }, options);
    return out;
}

const std::string no_rejects = "line,byte,reason,raw\n";

} // namespace

TEST_CASE("a messy file becomes a plain one") {
    const Tidied out =
        tidied("\xEF\xBB\xBFsep=;\r\nname;\"phone\";note\r\n\r\nM\xC3\xBCller;030 1;\"a;b\"\r\n"
               "\"x\"\"y\";;\"two\nlines\"\r\na,b;2;c");
    CHECK(out.clean == "name,phone,note\nM\xC3\xBCller,030 1,a;b\n\"x\"\"y\",,\"two\nlines\"\n\"a,b\",2,c\n");
    CHECK(out.rejects == no_rejects);
    CHECK(out.result.rows == 3);
    CHECK(out.result.damaged == 0);
    CHECK(out.result.blank == 1);
}

TEST_CASE("other encodings become UTF-8") {
    CHECK(tidied("a,b\nM\xFCller,\x80\n").clean == "a,b\nM\xC3\xBCller,\xE2\x82\xAC\n");
    CHECK(tidied(utf16("a,b\r\nM\xFCller,1\r\n", true)).clean == "a,b\nM\xC3\xBCller,1\n");
    CHECK(tidied(gzip("a;b\n1;2\n")).clean == "a,b\n1,2\n");
    Stated stated;
    stated.encoding = Encoding::latin9;
    CHECK(tidied("a,b\n\xA4,1\n", stated).clean == "a,b\n\xE2\x82\xAC,1\n");
}

TEST_CASE("without a header, the first sound row says how many cells are right") {
    Stated stated;
    stated.no_header = true;
    const Tidied out = tidied("\"1\"2,3\n1,2\n3\n4,5,6\n7,8\n", stated);
    CHECK(out.clean == "1,2\n7,8\n");
    CHECK(out.result.damaged == 3);
}

TEST_CASE("damaged rows are set aside with line, byte and reason; no row is shifted") {
    using namespace std::string_literals;
    const Tidied out = tidied("a,b\n1,2\nx\n1,2,3\n5\",6\n\"x\" ,y\nN\0L,2\n\xC3\xBC,\xFC\n\"open,1\n7,8\n"s);
    CHECK(out.clean == "a,b\n1,2\n7,8\n");
    CHECK(out.rejects == "line,byte,reason,raw\n"
                         "3,8,too_few,x\n"
                         "4,10,too_many,\"1,2,3\"\n"
                         "5,16,stray_quote,\"5\"\",6\"\n"
                         "6,21,text_after_quote,\"\"\"x\"\" ,y\"\n"
                         "7,28,nul,\"N\0L,2\"\n"
                         "8,34,not_text,\"\xC3\xBC,\xFC\"\n"
                         "9,39,unclosed_quote,\"\"\"open,1\"\n"s);
    CHECK(out.result.rows == 2);
    CHECK(out.result.damaged == 7);
}

TEST_CASE("an unclosed quote costs its own line; a closed one keeps its lines together") {
    CHECK(tidied("a,b\n1,\"x\ny\"\n2,3\n").clean == "a,b\n1,\"x\ny\"\n2,3\n");
    CHECK(tidied("a,b\n1,\"x\ny\n2,3\n").clean == "a,b\n2,3\n"); // y is too few
    // It is never closed within the longest record either.
    ReaderOptions options;
    options.record_limit = 40;
    std::string text = "a,b\n0,\"x\n";
    for (int i = 1; i < 20; ++i) text += std::to_string(i) + ",y\n";
    text += "20,\"z\"\n";
    for (const std::size_t block : {16, 100, 100000}) {
        options.block_bytes = block;
        const Tidied out = tidied(text, {}, options);
        CHECK(out.result.rows == 20);
        CHECK(out.rejects == no_rejects + "2,4,unclosed_quote,\"0,\"\"x\"\n");
    }
}

TEST_CASE("raw text in the rejects is neutralised and readable as UTF-8") {
    CHECK(tidied("a,b\n=1+1\n").rejects == no_rejects + "2,4,too_few,'=1+1\n");
    CHECK(tidied("a,b\nM\xFCller\n").rejects == no_rejects + "2,4,too_few,M\xC3\xBCller\n");
}

TEST_CASE("an empty value in a file of one column does not become an empty line") {
    const Tidied out = tidied("phone\n\"\"\n\n1\n");
    CHECK(out.clean == "phone\n\"\"\n1\n");
    CHECK(out.result.blank == 1);
}

TEST_CASE("without header, and empty") {
    Stated stated;
    stated.no_header = true;
    CHECK(tidied("1;2\n3;4\n", stated).clean == "1,2\n3,4\n");
    CHECK(tidied("").clean == "");
    CHECK(tidied("").rejects == no_rejects);
    CHECK(tidied("a;b\n").clean == "a,b\n");
}

TEST_CASE("what is tidy stays as it is, and tidying twice changes nothing") {
    const std::string text = "a,b\n1,\"x,\"\"y\"\"\"\n\"two\nlines\",\n";
    CHECK(tidied(text).clean == text);
    const std::string once = tidied("a;b\r\n'x;\"1\"\r\nu,v;\"w\"\"\"\r\n").clean;
    CHECK(tidied(once).clean == once);
}

TEST_CASE("a large file: every row is written or set aside") {
    std::string text = "a;b;c\r\n";
    std::uint64_t damaged = 0;
    for (int i = 0; i < 100000; ++i) {
        const bool bad = i % 977 == 5;
        damaged += bad ? 1 : 0;
        text += std::to_string(i) + (bad ? ";x\" y;z\r\n" : ";\"x; y\";z\r\n");
    }
    const Tidied out = tidied(text);
    CHECK(out.result.rows == 100000 - damaged);
    CHECK(out.result.damaged == damaged);
    CHECK(read(out.clean).tally.records == 100000 - damaged);
    CHECK(read(out.rejects).tally.records == damaged);
}
