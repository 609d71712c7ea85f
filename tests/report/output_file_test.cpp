#include "base/failure.h"
#include "report/output_file.h"
#include "report/scratch.h"
#include <atomic>
#include <cerrno>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace callscrub;
using report::EarlySync;
using report::Fd;
using report::OutputFile;

namespace {
std::atomic<int> early_syncs{0}, early_error{0};
}

/// In place of the system's: counts, and fails as it is told.
extern "C" int fdatasync(int fd) {
    ++early_syncs;
    if (early_error == 0) return static_cast<int>(syscall(SYS_fdatasync, fd));
    errno = early_error;
    return -1;
}

namespace {

struct Disk {
    explicit Disk(int error) {
        early_syncs = 0;
        early_error = error;
    }
    ~Disk() { early_error = 0; }
    Fd open() const { return Fd(::open((scratch / "out.csv").c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600)); }
    report::test::Scratch scratch;
};

constexpr std::size_t large = std::size_t{40} << 20;

/// Writes so much that some of it goes to disk early, and waits for that.
void fill(OutputFile& file) {
    for (std::size_t i = 0; i < large; i += 1 << 20) file.write(std::string(1 << 20, 'x'));
    while (early_syncs == 0) usleep(100);
}

} // namespace

TEST_CASE("a large file goes to disk while it is written, a small one at its end") {
    Disk disk(0);
    OutputFile small("small", "small", disk.open());
    small.write("phone\n");
    small.finish();
    CHECK(early_syncs == 0);
    OutputFile file("out.csv", "out.csv", disk.open());
    fill(file);
    file.finish();
    CHECK(file.record().size == large);
}

TEST_CASE("what could not be brought to disk early fails at the end, though the last sync says nothing of it any more") {
    Disk disk(EIO);
    OutputFile file("out.csv", "out.csv", disk.open());
    fill(file);
    CHECK_THROWS_AS(file.finish(), base::Failure);
    CHECK_THROWS_AS(file.finish(), base::Failure);
    CHECK(early_syncs == 1);
    OutputFile copied("out.csv", "out.csv", disk.open());
    early_syncs = 0;
    fill(copied);
    CHECK_THROWS_AS((void)copied.finish_open(), base::Failure);
}

TEST_CASE("a file system that can't sync such a file counts as synced, and who is not asked does nothing") {
    Disk disk(EINVAL);
    const Fd fd = disk.open();
    EarlySync early(fd.get());
    CHECK(early.finish() == 0);
    CHECK(early_syncs == 0);
    EarlySync asked(fd.get());
    asked.ask();
    while (early_syncs == 0) usleep(100);
    CHECK(asked.finish() == 0);
}
