#include "report/digest.h"
#include "report/disk_writer.h"
#include "report/output_file.h"
#include "report/scratch.h"
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace callscrub;
using report::DiskWriter;
using report::Fd;
using report::OutputFile;
using report::Way;
using report::test::slurp;

namespace {
/// What the system is to do: counted are writes with O_DIRECT only.
struct System {
    std::atomic<int> direct{0};       ///< such writes so far
    std::atomic<int> failing{0};      ///< the one that fails, from 1
    std::atomic<int> error{0};        ///< with this, or
    std::atomic<std::size_t> some{0}; ///< takes only so many bytes
    std::atomic<bool> refuses{false}; ///< sets no O_DIRECT

    void reset() {
        direct = failing = error = 0;
        some = 0;
        refuses = false;
    }
};
System now;

bool is_direct(int fd) { return (syscall(SYS_fcntl, fd, F_GETFL) & O_DIRECT) != 0; }
} // namespace

extern "C" ssize_t write(int fd, const void* bytes, size_t size) {
    if (size >= 4096 && is_direct(fd) && ++now.direct == now.failing) {
        if (now.error == 0) return syscall(SYS_write, fd, bytes, std::size_t{now.some});
        errno = now.error;
        return -1;
    }
    return syscall(SYS_write, fd, bytes, size);
}

extern "C" int fcntl(int fd, int command, ...) {
    va_list all;
    va_start(all, command);
    const auto value = va_arg(all, long);
    va_end(all);
    if (command == F_SETFL && now.refuses && (value & O_DIRECT) != 0) {
        errno = EINVAL;
        return -1;
    }
    return static_cast<int>(syscall(SYS_fcntl, fd, command, value));
}

namespace {
constexpr std::size_t large = std::size_t{16} << 20, step = DiskWriter::step;

/// Bytes of which no two blocks are alike.
std::string text_of(std::size_t size) {
    std::string out;
    for (std::size_t row = 0; out.size() < size; ++row) out += std::to_string(row * 2654435761U) + ";+4915112345678\n";
    out.resize(size);
    return out;
}

struct Disk {
    explicit Disk(std::string at = "") : path(at.empty() ? scratch / "out.csv" : std::move(at)) { now.reset(); }
    ~Disk() {
        now.reset();
        ::unlink(path.c_str());
    }
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;
    Fd open(int mode = O_WRONLY) const { return Fd(::open(path.c_str(), O_CREAT | O_TRUNC | mode, 0600)); }
    report::test::Scratch scratch;
    std::string path;
};

/// Adds in pieces; the first error.
int add_all(DiskWriter& writer, std::string_view text, std::size_t piece) {
    for (std::size_t at = 0; at < text.size(); at += piece)
        if (const int error = writer.add(text.substr(at, piece)); error != 0) return error;
    return 0;
}

void write_all(OutputFile& file, std::string_view text, std::size_t piece) {
    for (std::size_t at = 0; at < text.size(); at += piece) file.write(text.substr(at, piece));
}

/// Writes all of it as a direct file; the file then holds it, and the record tells size and digest.
void check_whole(const Disk& disk, const std::string& text, std::size_t piece, Way way = Way::direct) {
    CAPTURE(text.size());
    CAPTURE(piece);
    OutputFile file("out.csv", "out.csv", disk.open(), way);
    write_all(file, text, piece);
    file.finish();
    CHECK(file.record().size == text.size());
    report::Sha256 hash;
    hash.add(text);
    CHECK(file.record().sha256 == hash.hex());
    CHECK((slurp(disk.path) == text));
}

bool takes_direct(const Disk& disk) {
    const Fd fd = disk.open();
    const bool takes = DiskWriter::open(fd.get()) != nullptr;
    if (!takes) MESSAGE("no O_DIRECT here");
    return takes;
}
} // namespace

TEST_CASE("a file of any size is what was added, in whatever pieces") {
    const Disk disk;
    if (!takes_direct(disk)) return;
    const std::string all = text_of(12 * step + 1);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{4095}, std::size_t{4096}, std::size_t{4097}, step - 1, step, step + 1, 3 * step,
                                   4 * step - 1, 4 * step, 4 * step + 1, 5 * step + 4096, 12 * step - 4097, 12 * step + 1}) {
        for (const std::size_t piece : {std::size_t{97}, step + 1, all.size()}) {
            CAPTURE(size);
            CAPTURE(piece);
            now.reset();
            const Fd fd = disk.open();
            const auto writer = DiskWriter::open(fd.get());
            REQUIRE(writer != nullptr);
            CHECK(add_all(*writer, std::string_view(all).substr(0, size), piece) == 0);
            CHECK(writer->finish() == 0);
            CHECK(writer->finish() == 0);
            CHECK(!is_direct(fd.get()));
            CHECK(static_cast<std::size_t>(now.direct) == size / step);
            CHECK((slurp(disk.path) == all.substr(0, size)));
        }
    }
}

TEST_CASE("outputs around the size from which on they go past the cache") {
    const Disk disk;
    const std::string all = text_of(large + 5 * step + 4097);
    std::size_t turn = 0;
    for (const std::size_t size : {large - 1, large, large + 1, large + 4095, large + 4096, large + step - 1, large + step, large + step + 1,
                                   large + 4 * step - 1, large + 4 * step, large + 4 * step + 1, all.size()}) {
        constexpr std::size_t pieces[] = {31, 4096, 250001, 256 << 10, 64 << 20};
        check_whole(disk, all.substr(0, size), pieces[turn++ % std::size(pieces)]);
    }
}

TEST_CASE("only what is asked to goes past the cache") {
    const Disk disk;
    const std::string text = text_of(large + 3 * step);
    if (!takes_direct(disk)) return;
    check_whole(disk, text, 100000, Way::cached);
    CHECK(now.direct == 0);
    check_whole(disk, text.substr(0, large - 1), 100000);
    CHECK(now.direct == 0);
    check_whole(disk, text, 100000);
    CHECK(now.direct == 3);
}

TEST_CASE("a file that is copied on can be read from any byte") {
    const Disk disk;
    const std::string text = text_of(large + 2 * step + 77);
    OutputFile file("out.csv", "out.csv", disk.open(O_RDWR), Way::direct);
    write_all(file, text, 100000);
    const Fd fd = file.finish_open();
    CHECK(!is_direct(fd.get()));
    std::string got(text.size() - 1, '\0');
    CHECK(pread(fd.get(), got.data(), got.size(), 1) == static_cast<ssize_t>(got.size()));
    CHECK((got == text.substr(1)));
}

TEST_CASE("where nothing goes past the cache, the file is written all the same") {
    const Disk disk;
    const std::string text = text_of(large + 3 * step + 5);
    SUBCASE("refused at once") {
        now.refuses = true;
        const Fd fd = disk.open();
        CHECK(DiskWriter::open(fd.get()) == nullptr);
        check_whole(disk, text, 100000);
        CHECK(now.direct == 0);
    }
    SUBCASE("refused by the first write, or by a later one") {
        now.error = EINVAL;
        for (const int failing : {1, 2, 3}) {
            now.direct = 0;
            now.failing = failing;
            check_whole(disk, text, 100000);
            if (now.direct > 0) CHECK(now.direct == failing);
        }
    }
    SUBCASE("a write is interrupted") {
        now.error = EINTR;
        now.failing = 2;
        check_whole(disk, text, 100000);
    }
    SUBCASE("a write takes less than all") {
        for (const std::size_t some : {std::size_t{4096}, std::size_t{8192}, step - 4096}) {
            now.reset();
            now.failing = 2;
            now.some = some;
            check_whole(disk, text, 100000);
        }
    }
    SUBCASE("no thread can be had") {
        pthread_attr_t before;
        REQUIRE(pthread_getattr_default_np(&before) == 0);
        pthread_attr_t huge = before;
        pthread_attr_setstacksize(&huge, std::size_t{1} << 46);
        REQUIRE(pthread_setattr_default_np(&huge) == 0);
        const Fd fd = disk.open();
        CHECK(DiskWriter::open(fd.get()) == nullptr);
        CHECK(!is_direct(fd.get()));
        check_whole(disk, text, 100000);
        CHECK(pthread_setattr_default_np(&before) == 0);
    }
}

TEST_CASE("a write that fails in the background ends the run, at the latest at the file's end, and again") {
    const Disk disk;
    if (!takes_direct(disk)) return;
    now.error = ENOSPC;
    const std::string text = text_of(large + 8 * step);
    for (const int failing : {1, 2, 8}) {
        now.direct = 0;
        now.failing = failing;
        OutputFile file("out.csv", "out.csv", disk.open(), Way::direct);
        const auto all = [&] {
            write_all(file, text, 100000);
            file.finish();
        };
        report::test::check_fails(base::Exit::output, "No space left on device", all);
        report::test::check_fails(base::Exit::output, "No space left on device", [&] { file.finish(); });
        report::test::check_fails(base::Exit::output, "No space left on device", [&] { file.write("more"); });
        CHECK(now.direct == failing); // nothing is written behind a gap
    }
}

TEST_CASE("the limit for the size of a file is told, wherever it lies") {
    const Disk disk;
    const std::string text = text_of(large + 6 * step + 100);
    for (const std::size_t limit : {large + step, large + step + 100, large + 6 * step + 99}) {
        const pid_t child = report::test::in_child([&] {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit most{limit, limit};
            REQUIRE(setrlimit(RLIMIT_FSIZE, &most) == 0);
            OutputFile file("out.csv", "out.csv", disk.open(), Way::direct);
            write_all(file, text, 100000);
            file.finish();
        });
        CHECK(report::test::end_of(child) == static_cast<int>(base::Exit::output));
    }
}

TEST_CASE("a file system in memory, whether it takes O_DIRECT or not") {
    const Disk disk("/dev/shm/callscrub-test-" + std::to_string(getpid()));
    if (!disk.open().open()) return;
    check_whole(disk, text_of(large + 2 * step + 1), 100000);
}

TEST_CASE("a file that is given up leaves nothing running") {
    const Disk disk;
    OutputFile file("out.csv", "out.csv", disk.open(), Way::direct);
    write_all(file, text_of(large + 3 * step + 1), 1 << 20);
}
