/// phone_bench [COUNT [table]]: nanoseconds for each phone cell, tables against library (or tables alone),
/// one core; then the tables for columns of one spelling each, which branch predictors know better. The cells are what call lists hold: mobile and fixed numbers of several countries in E.164 and
/// in national spelling. They lie one behind the other, as they do in a block that was read.
#include "facts/phone.h"
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace callscrub::facts;

struct Cell {
    std::string_view text;
    Region region;
};

struct Cells {
    std::string block; ///< that the texts lie in
    std::vector<Cell> all;
};

/// '#' stands for a random digit.
struct Spelling {
    const char* pattern;
    const char* region;
};
const Spelling spellings[] = {
    {"+316########", "NL"},     {"06########", "NL"},         {"06 - ## ## ## ##", "NL"},
    {"020 ### ####", "NL"},     {"+4917########", "DE"},      {"0171 #######", "DE"},
    {"030/2312####", "DE"},     {"+49 (0)40 66969###", "DE"}, {"0049 151 ########", "DE"},
    {"0151-########", "DE"},    {"'+49 89 99998###", "DE"},   {"4915########", "DE"},
    {"+32 47# ## ## ##", "BE"}, {"01 99 ## ## ## ##", "FR"},  {"020 7946 0###", "GB"},
    {"(415) 555-01##", "US"},
};

/// Of all spellings by chance, or of the `only` one.
Cells make_cells(std::size_t count, const Spelling* only = nullptr) {
    Cells cells;
    std::vector<Region> regions;
    std::uint64_t state = 1;
    const auto random = [&] {
        return static_cast<unsigned>((state = state * 6364136223846793005u + 1442695040888963407u) >> 33);
    };
    for (std::size_t i = 0; i < count; ++i) {
        const Spelling& spelling = only != nullptr ? *only : spellings[random() % std::size(spellings)];
        for (const char* c = spelling.pattern; *c != 0; ++c) cells.block += *c == '#' ? static_cast<char>('0' + random() % 10) : *c;
        cells.block += ',';
        regions.push_back(make_region(spelling.region));
    }
    std::string_view rest = cells.block;
    for (const auto region : regions) {
        const auto end = rest.find(',');
        cells.all.push_back({rest.substr(0, end), region});
        rest.remove_prefix(end + 1);
    }
    return cells;
}

/// The middle of five rounds over all cells, and the quickest and the slowest: other guests of a machine cost some of them.
void measure(const char* name, PhoneEngine engine, std::span<const Cell> cells) {
    const PhoneReader reader(engine);
    std::uint64_t sum = reader.read(cells[0].text, cells[0].region).number; // the library loads its data here
    std::size_t valid = 0;
    std::array<double, 5> rounds{};
    for (double& round : rounds) {
        const std::clock_t start = std::clock(); // of the processor, so that other work beside it counts little
        for (const Cell& cell : cells) {
            const PhoneReading reading = reader.read(cell.text, cell.region);
            valid += reading.status == PhoneStatus::ok;
            sum += reading.number;
        }
        round = 1e9 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / static_cast<double>(cells.size());
    }
    std::sort(rounds.begin(), rounds.end());
    const double each = rounds[rounds.size() / 2];
    std::printf("%-18s %9.1f ns a number (%.1f to %.1f), %6.2f million a second, %.0f%% valid (sum %llu)\n", name, each, rounds.front(), rounds.back(),
                1000 / each, 100.0 * static_cast<double>(valid) / static_cast<double>(rounds.size() * cells.size()), static_cast<unsigned long long>(sum));
}

} // namespace

int main(int argc, char** argv) {
    const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2'000'000;
    const Cells cells = make_cells(count == 0 ? 1 : count);
    measure("table", PhoneEngine::table, cells.all);
    for (const Spelling& spelling : spellings) measure(spelling.pattern, PhoneEngine::table, make_cells(count / 4 + 1, &spelling).all);
    if (argc > 2) return 0;
    measure("library", PhoneEngine::library, std::span(cells.all).first(std::min<std::size_t>(cells.all.size(), 100'000)));
}
