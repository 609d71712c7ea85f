// A cell's meaning is remembered, never that of a cell that merely looks like it.
#include "facts/reading.h"
#include <doctest/doctest.h>

using callscrub::facts::LastSeen;

TEST_CASE("what was remembered of one cell is never given for another") {
    for (std::size_t size = 0; size <= 40; ++size) {
        LastSeen<std::string> seen;
        const auto ask = [&](const std::string& cell) { return seen.get(cell, [](auto text) { return std::string(text); }); };
        const std::string cell(size, 'a');
        CHECK(ask(cell) == cell);
        for (std::size_t i = 0; i < size; ++i) {
            std::string other = cell;
            other[i] = 'b';
            CHECK(ask(other) == other);
            CHECK(ask(cell) == cell);
        }
        CHECK(ask(cell + 'a') == cell + 'a');
    }
}

TEST_CASE("the meaning of a cell that comes again is not worked out again") {
    LastSeen<int> seen;
    int asked = 0;
    for (int i = 0; i < 5; ++i) CHECK(seen.get("opt_in", [&](auto) { return ++asked; }) == 1);
    CHECK(asked == 1);
}
