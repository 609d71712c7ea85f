#include "base/failure.h"
#include "report/publish.h"
#include "report/signals.h"
#include "report/spool.h"
#include "report/target.h"
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace callscrub::report {
namespace {
using base::Exit;
using base::Failure;
using base::Place;

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
    throw Failure(Exit::output, Place{path}, what);
}

/// One of the files asked for. A stream (standard output, pipe, device) has `stream` and is spooled; a
/// regular file has target, lock and temporary sibling.
struct Slot {
    std::string path;
    Fd stream;
    Target target;
    std::unique_ptr<TargetLock> lock;
    std::unique_ptr<Leftover> temporary;
    Fd alive; ///< the descriptor that holds the flock of a living run
    std::unique_ptr<OutputFile> file;
    enum class Renamed { no, fresh, exchanged, over } renamed = Renamed::no;

    bool regular() const { return !stream.open(); }
};

/// What `path` leads to, links followed: 0 if nothing is there.
mode_t kind_of(const std::string& path) {
    struct stat st {};
    return stat(path.c_str(), &st) == 0 ? st.st_mode & S_IFMT : 0;
}

/// A regular file, or nothing yet, is what a target must be.
void look(const Target& target) {
    struct stat st {};
    if (fstatat(target.parent.get(), target.name.c_str(), &st, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) return;
        refuse(target.path, "can't be looked at: " + errno_text(errno));
    }
    if (S_ISLNK(st.st_mode))
        refuse(target.path, "is a symbolic link; name the file itself, or '-' for standard output");
    if (S_ISDIR(st.st_mode)) refuse(target.path, "is a directory; a file was expected");
    if (!S_ISREG(st.st_mode)) refuse(target.path, "is neither a file nor a pipe");
    if (faccessat(target.parent.get(), target.name.c_str(), W_OK, AT_EACCESS) != 0)
        refuse(target.path, "may not be written: " + errno_text(errno));
}

class FilePublication final : public Publication {
public:
    FilePublication(const std::vector<std::string>& targets, const PublishOptions& options);
    OutputFile& create(const std::string& name) override;
    std::vector<FileRecord> files() const override;
    void commit(const Seal& seal) override;

private:
    void open_stream(Slot& slot, const PublishOptions& options) const;
    void open_regular(Slot& slot, const PublishOptions& options) const;
    void refuse_twins() const;
    void publish(const Seal& seal);
    int rename_all();
    void put_back() noexcept;

    std::vector<Slot> slots_;
};

FilePublication::FilePublication(const std::vector<std::string>& targets, const PublishOptions& options) {
    for (const std::string& path : targets) {
        Slot& slot = slots_.emplace_back();
        slot.path = path;
        const mode_t kind = path == "-" ? S_IFIFO : kind_of(path);
        if (kind == S_IFIFO || kind == S_IFCHR) {
            open_stream(slot, options);
        } else {
            slot.target = open_target(path);
            look(slot.target);
            refuse_inputs(slot.target, options.inputs);
        }
    }
    refuse_twins();
    // Every run takes its locks in the same order, so two that wait for each other can't be.
    std::vector<Slot*> order;
    for (Slot& slot : slots_)
        if (slot.regular()) order.push_back(&slot);
    std::sort(order.begin(), order.end(), [](const Slot* a, const Slot* b) { return a->path < b->path; });
    for (Slot* slot : order) open_regular(*slot, options);
}

void FilePublication::open_stream(Slot& slot, const PublishOptions& options) const {
    const bool standard = slot.path == "-";
    slot.stream = Fd(standard ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
                              : open(slot.path.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC));
    const std::string name = standard ? "standard output" : slot.path;
    if (!slot.stream.open()) refuse(name, "can't be written: " + errno_text(errno));
    if ((fcntl(slot.stream.get(), F_GETFL) & O_ACCMODE) == O_RDONLY) refuse(name, "is closed");
    struct stat st {};
    if (fstat(slot.stream.get(), &st) == 0 && S_ISREG(st.st_mode)) {
        for (const std::string& input : options.inputs) {
            struct stat other {};
            if ((input == "-" ? fstat(STDIN_FILENO, &other) : stat(input.c_str(), &other)) != 0) continue;
            if (file_id(st) == file_id(other))
                throw Failure(Exit::usage, Place{name}, "is the input '" + input + "'; name another output");
        }
    }
    slot.file = std::make_unique<OutputFile>(slot.path, name, open_spool());
}

void FilePublication::open_regular(Slot& slot, const PublishOptions& options) const {
    slot.lock = std::make_unique<TargetLock>(slot.target, options.wait_lock);
    sweep_leftovers(slot.target);
    const std::lock_guard gate(leftover_gate());
    const int parent = slot.target.parent.get();
    slot.temporary = std::make_unique<Leftover>(parent, temporary_name(slot.target.name));
    Fd fd(openat(parent, slot.temporary->name().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                 0600));
    const int error = fd.open() ? lock_now(fd.get()) : errno;
    if (error != 0) refuse(slot.path, "can't be made: " + errno_text(error));
    slot.alive = Fd(fcntl(fd.get(), F_DUPFD_CLOEXEC, 3));
    slot.file = std::make_unique<OutputFile>(slot.path, slot.path, std::move(fd));
}

/// Two outputs that are one file would overwrite each other.
void FilePublication::refuse_twins() const {
    const auto twins = [](const Slot& a, const Slot& b) {
        if (a.path == b.path) return true;
        struct stat left {
        }, right{};
        const auto find = [](const Slot& slot, struct stat& st) {
            return (slot.regular() ? stat(slot.path.c_str(), &st) : fstat(slot.stream.get(), &st)) == 0;
        };
        if (find(a, left) && find(b, right) && S_ISREG(left.st_mode)) return file_id(left) == file_id(right);
        if (!a.regular() || !b.regular() || a.target.name != b.target.name) return false;
        return fstat(a.target.parent.get(), &left) == 0 && fstat(b.target.parent.get(), &right) == 0 &&
               file_id(left) == file_id(right);
    };
    for (std::size_t i = 0; i < slots_.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (twins(slots_[i], slots_[j]))
                throw Failure(Exit::usage, Place{slots_[i].path},
                              "is named for two outputs; each needs its own");
}

OutputFile& FilePublication::create(const std::string& name) {
    for (const Slot& slot : slots_)
        if (slot.path == name) return *slot.file;
    throw Failure(Exit::internal, Place{name}, "is none of the outputs asked for");
}

std::vector<FileRecord> FilePublication::files() const {
    std::vector<FileRecord> out;
    for (const Slot& slot : slots_)
        if (slot.file->finished()) out.push_back(slot.file->record());
    return out;
}

void FilePublication::commit(const Seal& seal) {
    for (const Slot& slot : slots_)
        if (slot.regular()) slot.file->finish();
    for (Slot& slot : slots_)
        if (!slot.regular())
            unspool(slot.file->finish_open(), slot.stream, slot.path == "-" ? "standard output" : slot.path);
    bool published = false;
    {
        const std::lock_guard gate(leftover_gate());
        if (!Signals::interrupted()) {
            publish(seal);
            published = true;
        }
    }
    if (!published) {
        Signals::settle();
        throw Failure(Exit::output, "interrupted; no file was replaced");
    }
    for (Slot& slot : slots_) slot.temporary.reset(); // what stood there before
}

void FilePublication::publish(const Seal& seal) {
    for (const Slot& slot : slots_)
        if (slot.regular()) look(slot.target);
    if (seal.set) seal.set();
    if (const int error = rename_all(); error != 0) {
        put_back();
        if (seal.revoke) seal.revoke();
        throw Failure(Exit::output, "the outputs can't be put in place: " + errno_text(error) +
                                        "; the earlier files stand");
    }
    for (Slot& slot : slots_)
        if (slot.temporary != nullptr && slot.renamed != Slot::Renamed::exchanged) slot.temporary->keep();
    Signals::published(seal.code);
}

int FilePublication::rename_all() {
    for (Slot& slot : slots_) {
        if (!slot.regular()) continue;
        const int parent = slot.target.parent.get();
        const char* from = slot.temporary->name().c_str();
        const char* to = slot.target.name.c_str();
        using Renamed = Slot::Renamed;
        if (renameat2(parent, from, parent, to, RENAME_EXCHANGE) == 0) {
            slot.renamed = Renamed::exchanged;
        } else if (errno == ENOENT && renameat2(parent, from, parent, to, RENAME_NOREPLACE) == 0) {
            slot.renamed = Renamed::fresh;
        } else if (errno == EINVAL && renameat(parent, from, parent, to) == 0) {
            slot.renamed = Renamed::over; // no flags on this file system: replaced in one step, but for good
        } else {
            return errno;
        }
    }
    for (const Slot& slot : slots_) {
        if (!slot.regular()) continue;
        if (const int error = sync(slot.target.parent.get()); error != 0) return error;
    }
    return 0;
}

void FilePublication::put_back() noexcept {
    for (Slot& slot : slots_) {
        const unsigned flags = slot.renamed == Slot::Renamed::exchanged ? RENAME_EXCHANGE : RENAME_NOREPLACE;
        if (slot.renamed == Slot::Renamed::exchanged || slot.renamed == Slot::Renamed::fresh) {
            const int parent = slot.target.parent.get();
            const char* from = slot.target.name.c_str();
            // If even this fails, what stood there before must not be swept away with the temporary name.
            if (renameat2(parent, from, parent, slot.temporary->name().c_str(), flags) != 0)
                slot.temporary->keep();
        }
    }
}

} // namespace

std::unique_ptr<Publication> open_files(const std::vector<std::string>& targets,
                                        const PublishOptions& options) {
    return std::make_unique<FilePublication>(targets, options);
}

} // namespace callscrub::report
