#include "base/failure.h"
#include "report/signals.h"
#include "report/target.h"
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

namespace callscrub::report {
namespace {
using base::Exit;
using base::Failure;
using base::Place;
using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds between_tries{25};

std::string holder(int fd) {
    std::array<char, 24> text{};
    const ssize_t got = pread(fd, text.data(), text.size() - 1, 0);
    std::string pid;
    for (ssize_t i = 0; i < got && text[i] >= '0' && text[i] <= '9'; ++i) pid += text[i];
    return pid.empty() ? "another run" : "another run (process " + pid + ")";
}

std::string lock_name(const std::string& name) {
    const std::string prefix = temporary_prefix(name);
    return prefix.substr(0, prefix.size() - std::string_view("callscrub-").size()) + "lock";
}
} // namespace

TargetLock::TargetLock(const Target& target, std::chrono::milliseconds wait) : name_(lock_name(target.name)) {
    const auto deadline = Clock::now() + wait;
    while (!try_once(target)) {
        Signals::settle();
        if (Clock::now() >= deadline) {
            throw Failure(Exit::locked, Place{target.path},
                          holder(fd_.get()) + " holds the lock '" + target.parent_path + "/" + name_ +
                              "'; wait for its end, or let this one wait with --wait-lock");
        }
        std::this_thread::sleep_for(between_tries);
    }
    // The number is for messages only: an error here is none of the run.
    const std::string pid = std::to_string(getpid()) + "\n";
    if (ftruncate(fd_.get(), 0) == 0) (void)!pwrite(fd_.get(), pid.data(), pid.size(), 0);
}

bool TargetLock::try_once(const Target& target) {
    const auto fail = [&](int error) {
        throw Failure(Exit::output, Place{target.path},
                      "the lock '" + target.parent_path + "/" + name_ +
                          "' can't be taken: " + errno_text(error));
    };
    const std::lock_guard gate(leftover_gate());
    fd_ = Fd(openat(target.parent.get(), name_.c_str(),
                    O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (!fd_.open()) fail(errno);
    auto file = std::make_unique<Leftover>(target.parent.get(), name_);
    file->keep();
    if (const int error = lock_now(fd_.get()); error != 0) {
        if (error != EWOULDBLOCK) fail(error);
        return false;
    }
    // The run that held it has removed the file before it let go: then this lock is on a file without a name.
    struct stat mine {
    }, named{};
    if (fstat(fd_.get(), &mine) != 0) fail(errno);
    const bool found = fstatat(target.parent.get(), name_.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0;
    if (!found && errno != ENOENT) fail(errno);
    if (!found || file_id(mine) != file_id(named)) return false;
    file->arm();
    file_ = std::move(file);
    return true;
}

TargetLock::~TargetLock() {
    file_.reset(); // the name goes while the lock is held, so nobody else's lock is ever removed
    fd_.reset();
}

} // namespace callscrub::report
