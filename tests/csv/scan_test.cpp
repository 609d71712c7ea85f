#include "csv/framer.h"
#include "csv/scan.h"
#include <doctest/doctest.h>
#include <random>
#include <string>

using namespace callscrub::csv;

TEST_CASE("both ways of looking at 64 bytes see what a plain loop sees") {
    std::mt19937_64 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes(64, '\0');
        for (char& c : bytes) c = "\n\n,\"\xFF\x80\x7F\0;a"[random() % 10];
        const Chunk fast(bytes.data());
        const WordChunk plain(bytes.data());
        bool high = false;
        for (const char c : bytes) high = high || static_cast<unsigned char>(c) >= 0x80;
        CHECK(fast.any_high() == high);
        CHECK(plain.any_high() == high);
        for (const char wanted : {'\n', ',', '"', '\0', '\xFF', '\x80', 'z'}) {
            std::uint64_t mask = 0;
            for (int i = 0; i < 64; ++i)
                mask |= std::uint64_t{bytes[static_cast<std::size_t>(i)] == wanted} << i;
            REQUIRE(fast.equal(wanted) == mask);
            REQUIRE(plain.equal(wanted) == mask);
            REQUIRE(fast.count(wanted) == count_bits(mask));
            REQUIRE(plain.count(wanted) == count_bits(mask));
        }
    }
}

TEST_CASE("bits") {
    CHECK(low_bits(0) == 0);
    CHECK(low_bits(3) == 7);
    CHECK(low_bits(64) == ~0ULL);
    CHECK(low_bits(1000) == ~0ULL);
    CHECK(count_bits(~0ULL) == 64);
    CHECK(count_bits(0) == 0);
    CHECK(prefix_parity(0b100100) == 0b011100);
    CHECK(prefix_parity(1ULL << 63) == 1ULL << 63);
}

TEST_CASE("line ends are counted over any length") {
    for (std::size_t size : {0, 1, 63, 64, 65, 1000}) {
        std::string text(size, 'x');
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < size; i += 3) {
            text[i] = '\n';
            ++count;
        }
        CHECK(line_ends(text) == count);
    }
}
