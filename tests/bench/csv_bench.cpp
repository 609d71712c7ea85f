/// How fast a 13-column file is framed and split: bench_csv [megabytes=400] [block KiB=512].
/// Writes a temporary file for each kind of text, so that reading is part of what is measured (from the page
/// cache).
#include "csv/quote_policy.h"
#include "csv/reader.h"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace csv = callscrub::csv;

namespace {

enum class Text { plain, some_quotes, all_quoted, stray_quotes };
constexpr const char* text_names[] = {"no quotes", "a quoted cell per row", "all cells quoted",
                                      "a stray quote in 2000 rows"};

std::string row(std::uint64_t number, Text kind) {
    char cells[13][32];
    for (int i = 0; i < 13; ++i)
        std::snprintf(cells[i], sizeof cells[i], "%.*s", 4 + (i * 5 + static_cast<int>(number % 7)) % 14,
                      "abcdefghijklmnopqrstuvwxyz");
    std::snprintf(cells[0], sizeof cells[0], "%010llu", static_cast<unsigned long long>(number));
    std::snprintf(cells[3], sizeof cells[3], "+4930231%05llu",
                  static_cast<unsigned long long>(number % 100000));
    if (kind == Text::stray_quotes && number % 2000 == 77)
        std::snprintf(cells[5], sizeof cells[5], "19\" monitor");
    std::string out;
    for (int i = 0; i < 13; ++i) {
        if (i != 0) out += ',';
        const bool quoted = kind == Text::all_quoted || (kind == Text::some_quotes && i == 7);
        if (quoted) out += '"';
        out += cells[i];
        if (kind == Text::some_quotes && i == 7) out += ", b";
        if (quoted) out += '"';
    }
    return out + '\n';
}

/// The file's path; it holds at least `bytes`.
std::string make_file(Text kind, std::size_t bytes) {
    std::string name = "/tmp/callscrub-bench-XXXXXX";
    const int fd = ::mkstemp(name.data());
    std::string piece = "c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,c12,c13\n";
    std::uint64_t number = 0;
    for (std::size_t written = 0; written < bytes; written += piece.size(), piece.clear()) {
        while (piece.size() < (1U << 20)) piece += row(number++, kind);
        if (::write(fd, piece.data(), piece.size()) != static_cast<ssize_t>(piece.size())) std::exit(1);
    }
    ::close(fd);
    return name;
}

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Runs `action`, which returns rows, and prints what it took.
template <typename Action> void measure(const char* what, std::size_t bytes, Action&& action) {
    const double wall = wall_seconds();
    const double cpu = cpu_seconds();
    const std::uint64_t rows = action();
    const double wall_used = wall_seconds() - wall;
    const double cpu_used = cpu_seconds() - cpu;
    std::printf(
        "  %-34s %6.2f GB/s  %6.1f ns/row wall  %6.1f ns/row cpu  (%.3f s wall, %.3f s cpu for 1.5 GB)\n",
        what, static_cast<double>(bytes) / wall_used / 1e9, wall_used / static_cast<double>(rows) * 1e9,
        cpu_used / static_cast<double>(rows) * 1e9, wall_used * 1.5e9 / static_cast<double>(bytes),
        cpu_used * 1.5e9 / static_cast<double>(bytes));
}

struct Plan {
    unsigned threads = 1;
    bool split = true;
    bool digest = false;
    std::size_t block = 0;
};

std::uint64_t read(const std::string& path, const Plan& plan) {
    csv::ReaderOptions options;
    options.block_bytes = plan.block;
    options.digest = plan.digest;
    const auto reader = csv::Reader::open(path, {}, options);
    std::vector<std::uint64_t> rows(plan.threads);
    const auto work = [&](unsigned me) {
        csv::Records records(reader->format());
        std::uint64_t lengths = 0;
        std::uint64_t lines = 0;
        for (csv::Block block; reader->next(block);) {
            lines += block.bytes.size() / 139; // of no use but to have a number when nothing is split
            if (!plan.split) continue;
            records.reset(block);
            for (csv::Record record; records.next(record);) lengths += record.fields[3].length();
        }
        rows[me] = plan.split ? records.tally().records + (lengths == 1 ? 1 : 0) : lines;
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < plan.threads; ++i) others.emplace_back(work, i);
    work(0);
    std::uint64_t sum = 0;
    for (auto& other : others) other.join();
    for (const auto count : rows) sum += count;
    if (plan.digest && reader->digest().bytes == 0) std::exit(1);
    return sum;
}

/// Framed as above, but the cells found by fast-cpp-csv-parser in a copy of each record that ends with NUL.
std::uint64_t read_with_library(const std::string& path, std::size_t block_bytes) {
    csv::ReaderOptions options;
    options.block_bytes = block_bytes;
    options.digest = false;
    const auto reader = csv::Reader::open(path, {}, options);
    std::string scratch;
    std::uint64_t rows = 0;
    std::uint64_t cells = 0;
    for (csv::Block block; reader->next(block);) {
        for (std::size_t at = 0; at < block.bytes.size();
             ++rows) { // these texts have no line breaks in cells
            const std::size_t end = block.bytes.find('\n', at);
            scratch.assign(block.bytes.substr(at, end - at));
            for (const char* cell = scratch.c_str();;) {
                cell = csv::find_cell_end(cell, ',');
                ++cells;
                if (cell == nullptr || *cell == '\0') break;
                ++cell;
            }
            at = end + 1;
        }
    }
    return cells == 1 ? 0 : rows;
}

} // namespace

int main(int argc, char** argv) {
    const std::size_t bytes = (argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 400) << 20;
    const std::size_t block = (argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 512) << 10;
    for (const Text kind : {Text::plain, Text::some_quotes, Text::all_quoted, Text::stray_quotes}) {
        const std::string path = make_file(kind, bytes);
        std::printf("%s, blocks of %zu KiB\n", text_names[static_cast<int>(kind)], block >> 10);
        for (const unsigned threads : {1U, 2U}) {
            const std::string suffix = threads == 1 ? ", 1 thread" : ", 2 threads";
            measure(("framed" + suffix).c_str(), bytes, [&] {
                return read(path, {threads, false, false, block});
            });
            measure(("framed, split" + suffix).c_str(), bytes, [&] {
                return read(path, {threads, true, false, block});
            });
            measure(("framed, split, hashed" + suffix).c_str(), bytes, [&] {
                return read(path, {threads, true, true, block});
            });
        }
        measure("framed, split by the library", bytes, [&] { return read_with_library(path, block); });
        ::unlink(path.c_str());
    }
}
