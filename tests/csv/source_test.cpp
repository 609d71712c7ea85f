#include "base/failure.h"
#include "csv/support.h"
#include <cstdio>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace callscrub::csv;
using namespace callscrub::csv::test;

namespace {

Result read_file(const std::string& path, const ReaderOptions& options = {}) {
    try {
        return read(Source::open(path), {}, options);
    } catch (const callscrub::base::Failure& trouble) {
        CHECK(trouble.code() == callscrub::base::Exit::input);
        Result result;
        result.failure = trouble.what();
        return result;
    }
}

std::string rows_of(std::size_t count) {
    std::string text = "a,b\n";
    for (std::size_t i = 0; i < count; ++i)
        text += std::to_string(i) + ",\"x" + std::to_string(i * 7919 % 1000) + "\"\n";
    return text;
}

} // namespace

TEST_CASE("gzip and zstd are told by content, also in several members") {
    const Folder folder;
    const std::string text = rows_of(20000);
    const std::string front = text.substr(0, 77777);
    const std::string back = text.substr(77777);
    const Result plain = read_file(folder.write("plain.csv", text));
    REQUIRE(plain.records.size() == 20000);
    const std::string packed[] = {
        gzip(text),
        gzip(front) + gzip(back),
        gzip(front) + gzip("") + gzip(back) + std::string(1000, '\0'), // tape padding
        zstd(text),
        zstd(front) + zstd(back),
        zstd(front) + std::string("\x50\x2A\x4D\x18\x03\0\0\0xyz", 11) + zstd(back)};
    for (const std::string& bytes : packed) {
        const Result result = read_file(folder.write("list.csv", bytes)); // the name says nothing
        CHECK(result.failure.empty());
        CHECK(result.records == plain.records);
    }
    CHECK(read_file(folder.write("list.csv.gz", text)).records == plain.records);
}

TEST_CASE("a truncated or damaged archive is never taken for whole") {
    const Folder folder;
    const std::string text = rows_of(20000);
    for (const bool gz : {true, false}) {
        const std::string packed = gz ? gzip(text) : zstd(text);
        const std::string kind = gz ? "gzip" : "zstd";
        for (const std::size_t cut : {std::size_t{1}, std::size_t{8}, packed.size() / 2, packed.size() - 5}) {
            const std::string path = folder.write("cut", packed.substr(0, packed.size() - cut));
            CHECK(read_file(path).failure ==
                  path + ": the " + kind +
                      " file ends before its data are complete (truncated?); make or copy "
                      "it again");
        }
        std::string flipped = packed;
        flipped[packed.size() / 2] = static_cast<char>(flipped[packed.size() / 2] ^ 0x55);
        CHECK(read_file(folder.write("flipped", flipped)).failure.find(" data are damaged (") !=
              std::string::npos);
    }
    const std::string path = folder.write("tail.gz", gzip(text) + "oops");
    CHECK(read_file(path).failure ==
          path + ": something that is no gzip data follows the gzip data; make or copy the file again");
}

TEST_CASE("what is no readable file is refused with its name") {
    const Folder folder;
    const std::string missing = folder.path("missing.csv");
    CHECK(read_file(missing).failure ==
          missing + ": cannot be opened: No such file or directory; expected a readable file");
    CHECK(read_file(folder.path(".")).failure == folder.path(".") + ": is a directory; expected a CSV file");
    CHECK(read_file("/dev/null").failure == "/dev/null: is a device or socket; expected a file or a pipe");
}

TEST_CASE("a file that changes while it is read is refused") {
    const Folder folder;
    const std::string text = rows_of(200000);
    const auto changed = [&](auto&& change) {
        const std::string path = folder.write("list.csv", text);
        const auto reader = Reader::open(path, {}, in_blocks_of(100000));
        Block block;
        REQUIRE(reader->next(block));
        change(path);
        const std::string failure = failure_of([&] {
            while (reader->next(block)) {
            }
        });
        CHECK(failure_of([&] { reader->next(block); }) == failure); // it is said again to whoever asks
        return failure;
    };
    const std::string says =
        folder.path("list.csv") +
        ": the file changed while it was being read (size, inode or modification time differ); "
        "run again when nothing writes to it";
    CHECK(changed([](const std::string&) {}).empty());
    CHECK(changed([](const std::string& path) { std::ofstream(path, std::ios::app) << "1,2\n"; }) == says);
    CHECK(changed([](const std::string& path) { REQUIRE(::truncate(path.c_str(), 500000) == 0); }) == says);
    CHECK(changed([&](const std::string& path) {
              std::filesystem::rename(folder.write("new.csv", text), path); // another inode
          }) == says);
    CHECK(changed([](const std::string& path) {
              const timespec now[2] = {{0, UTIME_OMIT}, {1000, 0}};
              REQUIRE(::utimensat(AT_FDCWD, path.c_str(), now, 0) == 0);
          }) == says);
}

TEST_CASE("a pipe is read to its end, however slowly it comes") {
    const Folder folder;
    const std::string path = folder.path("pipe");
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    const std::string text = rows_of(3000);
    std::thread writer([&] {
        std::ofstream out(path, std::ios::binary);
        for (std::size_t at = 0; at < text.size(); at += 1000) out << text.substr(at, 1000) << std::flush;
    });
    const Result result = read_file(path, in_blocks_of(5000));
    writer.join();
    CHECK(result.failure.empty());
    CHECK(result.records.size() == 3000);
}

TEST_CASE("a pipe of one-byte text is judged by what was read of it") {
    const Folder folder;
    const std::string path = folder.path("pipe");
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    std::thread writer([&] { std::ofstream(path, std::ios::binary) << "a,b\nM\xFCller,\x80\n"; });
    const Result result = read_file(path);
    writer.join();
    CHECK(result.encoding == Encoding::windows1252);
}

TEST_CASE("- is standard input") {
    const Folder folder;
    const std::string text = rows_of(100);
    const std::string path = folder.write("list.csv", text);
    const int kept = ::dup(STDIN_FILENO);
    const int file = ::open(path.c_str(), O_RDONLY);
    REQUIRE(::dup2(file, STDIN_FILENO) == STDIN_FILENO);
    const Result result = read_file("-");
    REQUIRE(::dup2(kept, STDIN_FILENO) == STDIN_FILENO);
    ::close(file);
    ::close(kept);
    CHECK(result.failure.empty());
    CHECK(result.records.size() == 100);
}

TEST_CASE("what is known about a file") {
    const Folder folder;
    const std::string path = folder.write("list.csv", "a\n1\n");
    const timespec times[2] = {{0, UTIME_OMIT}, {1700000000, 5}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
    const auto source = Source::open(path);
    CHECK(source->facts().size == 4);
    CHECK(source->facts().modified == 1'700'000'000'000'000'005);
    CHECK(source->facts().regular);
    CHECK(source->facts().compression == Compression::none);
    CHECK(Source::open(folder.write("z", zstd("a\n1\n")))->facts().compression == Compression::zstd);
    const auto reader = Reader::open(path);
    Block block;
    while (reader->next(block)) {
    }
    CHECK(reader->consumed() == 4);
}

TEST_CASE("the digest is that of the file on disk") {
    const Folder folder;
    const auto digest = [](const std::string& path, std::size_t block) {
        const auto reader = Reader::open(path, {}, in_blocks_of(block));
        std::vector<std::thread> threads;
        for (int i = 0; i < 3; ++i)
            threads.emplace_back([&] {
                for (Block out; reader->next(out);) {
                }
            });
        for (auto& thread : threads) thread.join();
        return reader->digest();
    };
    const auto sha256sum = [](const std::string& path) {
        FILE* pipe = ::popen(("sha256sum '" + path + "'").c_str(), "r");
        char hex[65] = {};
        REQUIRE(std::fread(hex, 1, 64, pipe) == 64);
        ::pclose(pipe);
        return std::string(hex);
    };
    const std::string text = rows_of(60000);
    for (const std::string& bytes : {text, gzip(text), zstd(text), utf16(text, true), std::string("a\n")}) {
        const std::string path = folder.write("file", bytes);
        for (const std::size_t block : {3000, 1 << 19})
            CHECK(digest(path, block) == Digest{sha256sum(path), bytes.size()});
    }
}
