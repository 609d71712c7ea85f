/// The fast reader and its plain twin agree on seeded random text, whatever the blocks and threads.
#include "csv/support.h"
#include <doctest/doctest.h>
#include <random>

using namespace callscrub::csv;
using namespace callscrub::csv::test;

namespace {

constexpr std::string_view header = "a,b,c\n";

/// What the twin says about the records behind the header.
std::vector<PlainRecord> expected(const std::string& body, char delimiter) {
    auto records = plain_read(body, delimiter, 3);
    for (PlainRecord& record : records) {
        record.line += 1;
        record.offset += header.size();
    }
    return records;
}

std::string show(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\0')
            out += "\\0";
        else
            out += c;
    }
    return out;
}

using Random = std::mt19937_64;
std::size_t below(Random& random, std::size_t bound) { return random() % bound; }

/// Any bytes, most of them such as mean something.
std::string noise(Random& random) {
    static constexpr std::string_view tokens[] = {"\"", "\"", ",",  ",", "\n",   "\r\n",
                                                  "\r", "x",  "yz", " ", "\"\"", "\xC3\xBC"};
    std::string out;
    for (std::size_t left = below(random, 60); left != 0; --left) {
        if (below(random, 40) == 0)
            out += '\0';
        else
            out += tokens[below(random, std::size(tokens))];
    }
    return out;
}

/// Rows as programs write them, now and then with a mistake.
std::string rows(Random& random, std::size_t count) {
    std::string out;
    for (; count != 0; --count) {
        const std::size_t columns = below(random, 30) == 0 ? 1 + below(random, 5) : 3;
        for (std::size_t i = 0; i < columns; ++i) {
            if (i != 0) out += ',';
            std::string cell(below(random, 12), 'm');
            const std::size_t kind = below(random, 8);
            if (kind == 0) cell += "\n\"\"";
            if (kind <= 2) cell.insert(0, 1, '"').append(",\"");
            if (below(random, 300) == 0) cell.insert(below(random, cell.size() + 1), "\"");
            out += cell;
        }
        out += below(random, 5) == 0 ? "\r\n" : "\n";
        if (below(random, 20) == 0) out += "\n";
    }
    if (!out.empty() && below(random, 3) == 0) out.pop_back();
    return out;
}

bool same(const std::string& body, std::size_t block, unsigned threads = 1) {
    Stated stated;
    stated.delimiter = ',';
    const Result found = read(std::string(header) + body, stated, setting_aside(block), threads);
    const bool equal = found.failure.empty() && found.records == expected(body, ',');
    if (!equal) {
        MESSAGE("text:  " << show(body) << "  blocks of " << block << "  " << found.failure);
        MESSAGE("found: " << show(cells(found)));
        Result twin;
        twin.records = expected(body, ',');
        MESSAGE("twin:  " << show(cells(twin)));
    }
    return equal;
}

} // namespace

TEST_CASE("noise is read as the twin reads it") {
    Random random(20240401);
    for (int round = 0; round < 12000; ++round) {
        const std::string body = noise(random);
        static constexpr std::size_t sizes[] = {1, 7, 64, 4096};
        REQUIRE(same(body, sizes[below(random, std::size(sizes))]));
    }
}

TEST_CASE("rows with occasional mistakes are read as the twin reads them, for all sizes of blocks") {
    Random random(20240402);
    for (int round = 0; round < 250; ++round) {
        const std::string body = rows(random, below(random, 120));
        for (const std::size_t block : {1, 10, 64, 100, 1000, 1 << 20}) REQUIRE(same(body, block));
    }
}

TEST_CASE("several threads find the same records") {
    Random random(20240403);
    for (int round = 0; round < 40; ++round) {
        const std::string body = rows(random, 400);
        REQUIRE(same(body, 256, 4));
    }
}

TEST_CASE("a large file crosses the sample and many blocks") {
    Random random(20240404);
    const std::string body = rows(random, 60000); // about 1.2 MB: several samples long
    REQUIRE(body.size() > (1U << 20));
    for (const std::size_t block : {1000, 65536, 1 << 19}) REQUIRE(same(body, block, 3));
}

TEST_CASE("a record limit gives the same records for all sizes of blocks") {
    Random random(20240405);
    Stated stated;
    stated.delimiter = ',';
    for (int round = 0; round < 400; ++round) {
        const std::string text =
            std::string(header) + (round % 2 == 0 ? rows(random, 30) : noise(random) + rows(random, 10));
        ReaderOptions options = setting_aside(1);
        options.record_limit = 20 + below(random, 60);
        const Result first = read(text, stated, options);
        for (const std::size_t block : {9, 64, 100000}) {
            options.block_bytes = block;
            const Result other = read(text, stated, options);
            CHECK(first.failure == other.failure);
            if (first.failure.empty()) REQUIRE(first.records == other.records);
        }
    }
}

TEST_CASE("a quote is judged alike wherever it stands among the 64 bytes that are looked at together") {
    for (std::size_t before = 0; before < 140; ++before) {
        const std::string text(before, 'x');
        for (const char* rest : {"\"y,b,c\n", "\"\",b,c\n", ",\"b\",c\n", ",\"b\"\r\n", ",\"b\"\rz,c\n",
                                 ",\"b\"z,c\n", ",\"b\"\"\",c\n", ",b,\"c\n\"\n", "\n\"a\n\",b,c"})
            for (const std::size_t block : {64, 4096}) REQUIRE(same(text + rest + "1,2,3\n4,5,6\n", block));
    }
}
