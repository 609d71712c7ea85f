#include "history/record_ids.h"
#include <doctest/doctest.h>

using callscrub::history::FileNames;
using callscrub::history::find_name;
using callscrub::history::RecordNames;

namespace {
std::string name_of(std::uint32_t line) { return line % 7 == 0 ? "X" + std::to_string(line * 31) : "C-2024-" + std::to_string(100000 + line); }
} // namespace

TEST_CASE("names are found by line, across anchors, and lines without a name have none") {
    RecordNames names;
    for (std::uint32_t line = 2; line < 2000; line += 3) names.add(line, name_of(line));
    const auto packed = names.packed();
    for (std::uint32_t line = 0; line < 2010; ++line)
        CHECK(find_name(packed, line) == ((line >= 2 && line < 2000 && line % 3 == 2) ? name_of(line) : ""));
}

TEST_CASE("numbered names take a few bytes each") {
    RecordNames names;
    for (std::uint32_t line = 2; line < 100'002; ++line) names.add(line, "C" + std::to_string(1'000'000'000ULL + line));
    CHECK(names.packed().size() < 100'000 * 5);
}

TEST_CASE("names of any length, empty ones and ones without anything in common are found") {
    const auto odd = [](std::uint32_t line) { return line % 5 == 0 ? std::string() : std::string(line % 40 * (line % 3), static_cast<char>('a' + line % 2)) + std::to_string(line); };
    RecordNames names;
    for (std::uint32_t line = 100; line < 1000; line += 1 + line % 30) names.add(line, odd(line));
    const auto packed = names.packed();
    for (std::uint32_t line = 100; line < 1000; line += 1 + line % 30) CHECK(find_name(packed, line) == odd(line));
}

TEST_CASE("blocks may come in any order and some hold no names") {
    FileNames file;
    for (const std::uint64_t block : {4, 0, 3, 1}) {
        RecordNames names;
        for (std::uint32_t line = 0; line < 10; ++line) {
            const auto at = static_cast<std::uint32_t>(block) * 100 + line;
            names.add(at + 2, name_of(at));
        }
        file.put(block, names);
    }
    file.put(7, RecordNames());
    file.finish(nullptr);
    for (const std::uint32_t block : {0, 1, 3, 4})
        for (std::uint32_t line = 0; line < 10; ++line) CHECK(file.find(block * 100 + line + 2) == name_of(block * 100 + line));
    for (const std::uint32_t line : {0, 1, 12, 150, 202, 299, 412, 5000}) CHECK(file.find(line).empty());
}
