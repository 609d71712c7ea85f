#include "csv/raw_input.h"
#include "base/failure.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace callscrub::csv {

std::string shown_name(const std::string& path) { return path == "-" ? "standard input" : path; }

void RawInput::fail(const std::string& what) const {
    throw base::Failure(base::Exit::input, base::Place{shown_name(facts_.name)}, what);
}

std::string_view RawInput::magic() {
    constexpr std::size_t wanted = 4;
    while (!looked_) {
        char bytes[wanted];
        const std::size_t got = read_some(bytes, wanted - ahead_.size());
        ahead_.append(bytes, got);
        looked_ = got == 0 || ahead_.size() == wanted;
    }
    return ahead_;
}

std::size_t RawInput::read(char* to, std::size_t room) {
    std::size_t got = std::min(room, ahead_.size());
    if (got != 0) {
        std::copy_n(ahead_.data(), got, to);
        ahead_.erase(0, got);
    } else {
        got = read_some(to, room);
        if (got == 0 && room != 0) check_unchanged();
    }
    consumed_.fetch_add(got, std::memory_order_relaxed);
    return got;
}

namespace {

std::string reason(int error) { return std::generic_category().message(error); }

/// What tells whether a file is still the one that was opened.
struct Identity {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    std::int64_t modified = 0;
    Identity() = default;
    explicit Identity(const struct stat& s)
        : device(s.st_dev), inode(s.st_ino), size(s.st_size),
          modified(std::int64_t{s.st_mtim.tv_sec} * 1'000'000'000 + s.st_mtim.tv_nsec) {}
    bool operator==(const Identity&) const = default;
};

class FileInput : public RawInput {
public:
    explicit FileInput(const std::string& path) {
        facts_.name = path;
        standard_ = path == "-";
        fd_ = standard_ ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
        if (fd_ < 0) fail("cannot be opened: " + reason(errno) + "; expected a readable file");
        try {
            look_at();
        } catch (...) {
            close();
            throw;
        }
    }
    ~FileInput() override { close(); }
    FileInput(const FileInput&) = delete;
    FileInput& operator=(const FileInput&) = delete;

    std::unique_ptr<RawInput> again() const override {
        if (standard_ || !facts_.regular) return nullptr;
        auto other = std::make_unique<FileInput>(facts_.name);
        if (!(other->opened_ == opened_)) fail(changed);
        return other;
    }

protected:
    std::size_t read_some(char* to, std::size_t room) override {
        for (;;) {
            const ssize_t got = facts_.regular ? ::pread(fd_, to, room, position_) : ::read(fd_, to, room);
            if (got >= 0) {
                position_ += got;
                return static_cast<std::size_t>(got);
            }
            if (errno != EINTR)
                fail("reading stopped at byte " + std::to_string(position_) + ": " + reason(errno));
        }
    }

    void check_unchanged() override {
        if (!facts_.regular) return;
        struct stat now {};
        const bool same = ::fstat(fd_, &now) == 0 && Identity(now) == opened_ && position_ == opened_.size &&
                          (standard_ || (::stat(facts_.name.c_str(), &now) == 0 && Identity(now) == opened_));
        if (!same) fail(changed);
    }

private:
    static constexpr const char* changed =
        "the file changed while it was being read (size, inode or modification time differ); run again when "
        "nothing writes to it";

    void look_at() {
        struct stat s {};
        if (::fstat(fd_, &s) != 0) fail("cannot be examined: " + reason(errno));
        if (S_ISDIR(s.st_mode)) fail("is a directory; expected a CSV file");
        // Standard input may be a terminal; anything else that is no file or pipe is a mistake.
        const bool stream = S_ISFIFO(s.st_mode) || (standard_ && (S_ISCHR(s.st_mode) || S_ISSOCK(s.st_mode)));
        if (!S_ISREG(s.st_mode) && !stream) fail("is a device or socket; expected a file or a pipe");
        opened_ = Identity(s);
        // Redirected standard input may have been read from already: taken as a stream.
        facts_.regular = S_ISREG(s.st_mode) && !standard_;
        if (!S_ISREG(s.st_mode)) return;
        facts_.size = static_cast<std::uint64_t>(s.st_size);
        facts_.modified = opened_.modified;
        if (facts_.regular) ::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
    }

    void close() {
        if (!standard_ && fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

    int fd_ = -1;
    bool standard_ = false;
    off_t position_ = 0;
    Identity opened_;
};

class MemoryInput : public RawInput {
public:
    MemoryInput(std::string name, std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {
        facts_.name = std::move(name);
        facts_.regular = true;
        facts_.size = bytes_->size();
    }
    std::unique_ptr<RawInput> again() const override {
        return std::make_unique<MemoryInput>(facts_.name, bytes_);
    }

protected:
    std::size_t read_some(char* to, std::size_t room) override {
        const std::size_t got = std::min(room, bytes_->size() - position_);
        std::copy_n(bytes_->data() + position_, got, to);
        position_ += got;
        return got;
    }

private:
    std::shared_ptr<const std::string> bytes_;
    std::size_t position_ = 0;
};

} // namespace

std::unique_ptr<RawInput> RawInput::open(const std::string& path) {
    return std::make_unique<FileInput>(path);
}
std::unique_ptr<RawInput> RawInput::memory(std::string name, std::shared_ptr<const std::string> bytes) {
    return std::make_unique<MemoryInput>(std::move(name), std::move(bytes));
}

} // namespace callscrub::csv
