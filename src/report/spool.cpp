#include "report/spool.h"
#include "base/failure.h"
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace callscrub::report {
using base::Exit;
using base::Failure;
using base::Place;

Fd open_spool() {
    const char* const asked = std::getenv("TMPDIR");
    const std::string folder = asked != nullptr && *asked != '\0' ? asked : "/tmp";
    Fd fd(open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!fd.open() && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
        std::string name = folder + "/.callscrub-XXXXXX";
        fd = Fd(mkostemp(name.data(), O_CLOEXEC));
        if (fd.open()) unlink(name.c_str());
    }
    if (!fd.open())
        throw Failure(Exit::output, Place{folder},
                      "no temporary file can be made there: " + errno_text(errno) +
                          "; set TMPDIR to another folder");
    return fd;
}

void unspool(const Fd& spool, const Fd& stream, const std::string& stream_name) {
    const auto fail = [&stream_name](int error) {
        const std::string why = error == EPIPE ? "its reader has gone (Broken pipe)" : errno_text(error);
        throw Failure(Exit::output, Place{stream_name}, "can't be written: " + why);
    };
    std::vector<char> buffer(std::size_t{256} << 10);
    off_t at = 0;
    for (;;) {
        const ssize_t got = pread(spool.get(), buffer.data(), buffer.size(), at);
        if (got == 0) break;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(errno);
        if (const int error = write_all(stream.get(), {buffer.data(), static_cast<std::size_t>(got)});
            error != 0)
            fail(error);
        at += got;
    }
    struct stat st {};
    if (fstat(stream.get(), &st) == 0 && S_ISREG(st.st_mode))
        if (const int error = sync(stream.get()); error != 0) fail(error);
}

} // namespace callscrub::report
