#include "base/failure.h"
#include "base/text.h"
#include "report/manifest.h"
#include "report/publish.h"
#include "report/signals.h"
#include "report/target.h"
#include <algorithm>
#include <cerrno>
#include <dirent.h>
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

/// What stands at the target: nothing, an empty directory, or a run that may be replaced.
enum class Found { nothing, empty, run };

/// The entries of a directory without "." and "..".
std::vector<std::string> entries_of(const Target& target) {
    const int fd =
        openat(target.parent.get(), target.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR* const entries = fd < 0 ? nullptr : fdopendir(fd);
    if (entries == nullptr) {
        const int error = errno;
        if (fd >= 0) ::close(fd);
        refuse(target.path, "can't be looked into: " + errno_text(error));
    }
    std::vector<std::string> names;
    while (const dirent* entry = readdir(entries)) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..") names.push_back(name);
    }
    closedir(entries);
    return names;
}

/// Hidden files are those of file managers and office programs. A hidden directory may hold anything.
bool is_hidden_file(const Fd& directory, const std::string& name) {
    struct stat st {};
    return name.front() == '.' && fstatat(directory.get(), name.c_str(), &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
}

/// Only a directory that a run has made may be removed, and only with what the run put there.
void require_run(const Target& target, const std::vector<std::string>& names) {
    const Fd directory(
        openat(target.parent.get(), target.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    std::string text;
    const int error = directory.open() ? read_file(directory.get(), std::string(manifest_name), text) : errno;
    const std::string advice = "; --replace replaces only the directory of an earlier run, name another one";
    if (error != 0)
        refuse(target.path,
               "is not empty and has no readable manifest.json (" + errno_text(error) + ")" + advice);
    std::vector<std::string> known;
    try {
        known = files_of(read_manifest(text, target.path + "/" + std::string(manifest_name)));
    } catch (const Failure& failure) {
        refuse(target.path, "is no run of callscrub (" + std::string(failure.what()) + ")" + advice);
    }
    for (const std::string& name : names) {
        if (is_hidden_file(directory, name) || std::find(known.begin(), known.end(), path_text(name)) != known.end())
            continue;
        refuse(target.path, "holds '" + base::quoted(name) + "'" +
                                ", which is not of the run that would be replaced; move it away first");
    }
}

Found look(const Target& target, bool replace) {
    struct stat st {};
    if (fstatat(target.parent.get(), target.name.c_str(), &st, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) return Found::nothing;
        refuse(target.path, "can't be looked at: " + errno_text(errno));
    }
    if (S_ISLNK(st.st_mode)) refuse(target.path, "is a symbolic link; name the directory itself");
    if (!S_ISDIR(st.st_mode))
        refuse(target.path, "is there already and is not a directory; name another one");
    const std::vector<std::string> names = entries_of(target);
    if (names.empty()) return Found::empty;
    if (!replace)
        refuse(target.path, "is there already; name another directory, or replace it with --replace");
    require_run(target, names);
    return Found::run;
}

class DirectoryPublication final : public Publication {
public:
    DirectoryPublication(const std::string& path, const PublishOptions& options);
    OutputFile& create(const std::string& name) override;
    std::vector<FileRecord> files() const override;
    void commit(const Seal& seal) override;

private:
    void make_directory();
    void probe_exchange();
    int rename_into_place(Found found) const;
    void put_back(Found found);
    void publish(const Seal& seal);

    bool replace_;
    Target target_;
    TargetLock lock_;
    std::unique_ptr<Leftover> temporary_;
    Fd directory_; ///< holds the flock by which a living run is known
    std::vector<std::unique_ptr<OutputFile>> files_;
};

DirectoryPublication::DirectoryPublication(const std::string& path, const PublishOptions& options)
    : replace_(options.replace), target_(open_target(path)), lock_(target_, options.wait_lock) {
    sweep_leftovers(target_);
    const Found found = look(target_, replace_);
    refuse_inputs(target_, options.inputs);
    make_directory();
    if (found == Found::run) probe_exchange();
}

void DirectoryPublication::make_directory() {
    const std::lock_guard gate(leftover_gate());
    temporary_ = std::make_unique<Leftover>(target_.parent.get(), temporary_name(target_.name));
    const char* name = temporary_->name().c_str();
    if (mkdirat(target_.parent.get(), name, 0700) != 0)
        refuse(target_.path, "can't be made: " + errno_text(errno));
    directory_ = Fd(openat(target_.parent.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    const int error = directory_.open() ? lock_now(directory_.get()) : errno;
    if (error != 0) refuse(target_.path, "can't be made: " + errno_text(error));
}

/// Not every file system can exchange two directories in one step. Better to know before the work than after
/// it.
void DirectoryPublication::probe_exchange() {
    const Leftover other(target_.parent.get(), temporary_name(target_.name));
    if (mkdirat(target_.parent.get(), other.name().c_str(), 0700) != 0)
        refuse(target_.path, "can't be replaced: " + errno_text(errno));
    if (renameat2(target_.parent.get(), other.name().c_str(), target_.parent.get(),
                  temporary_->name().c_str(), RENAME_EXCHANGE) != 0) {
        const int error = errno;
        refuse(target_.path, "can't be replaced in one step on this file system (" + errno_text(error) +
                                 "); give each run a directory of its own");
    }
    if (renameat2(target_.parent.get(), other.name().c_str(), target_.parent.get(),
                  temporary_->name().c_str(), RENAME_EXCHANGE) != 0)
        refuse(target_.path, "can't be replaced: " + errno_text(errno));
}

OutputFile& DirectoryPublication::create(const std::string& name) {
    const std::string path = target_.path + "/" + name;
    if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos)
        throw Failure(Exit::internal, Place{path}, "is no name for an output");
    const std::lock_guard gate(leftover_gate());
    Fd fd(openat(directory_.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd.open()) {
        const int error = errno;
        refuse(path, error == EEXIST ? "two outputs of this run would have this name; rename one of the lists"
                                     : "can't be made: " + errno_text(error));
    }
    return *files_.emplace_back(std::make_unique<OutputFile>(name, path, std::move(fd)));
}

std::vector<FileRecord> DirectoryPublication::files() const {
    const std::lock_guard gate(leftover_gate());
    std::vector<FileRecord> out;
    for (const auto& file : files_)
        if (file->finished()) out.push_back(file->record());
    return out;
}

void DirectoryPublication::commit(const Seal& seal) {
    for (const auto& file : files_) file->finish();
    if (const int error = sync(directory_.get()); error != 0)
        refuse(target_.path, "can't be written: " + errno_text(error));
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
        refuse(target_.path, "was interrupted; nothing was published");
    }
    temporary_.reset(); // the earlier run, if there was one
}

int DirectoryPublication::rename_into_place(Found found) const {
    const int parent = target_.parent.get();
    const unsigned flags = found == Found::run       ? RENAME_EXCHANGE
                           : found == Found::nothing ? RENAME_NOREPLACE
                                                     : 0;
    if (renameat2(parent, temporary_->name().c_str(), parent, target_.name.c_str(), flags) == 0) return 0;
    // A file system without this flag: the lock and the look a moment ago stand in for it.
    if (errno == EINVAL && found == Found::nothing &&
        renameat(parent, temporary_->name().c_str(), parent, target_.name.c_str()) == 0)
        return 0;
    return errno;
}

void DirectoryPublication::put_back(Found found) {
    const int parent = target_.parent.get();
    const unsigned flags = found == Found::run ? RENAME_EXCHANGE : 0;
    if (renameat2(parent, target_.name.c_str(), parent, temporary_->name().c_str(), flags) != 0) {
        const int error = errno;
        temporary_->keep();
        refuse(target_.path,
               "was published but could not be secured, nor taken back: " + errno_text(error) +
                   (found == Found::run ? "; the earlier run is in " + temporary_->name() : ""));
    }
    if (found == Found::empty) (void)mkdirat(parent, target_.name.c_str(), 0700);
}

void DirectoryPublication::publish(const Seal& seal) {
    const Found found = look(target_, replace_);
    struct stat ours {
    }, named{};
    if (fstat(directory_.get(), &ours) != 0 ||
        fstatat(target_.parent.get(), temporary_->name().c_str(), &named, AT_SYMLINK_NOFOLLOW) != 0 ||
        file_id(ours) != file_id(named))
        refuse(target_.path,
               "its temporary directory '" + temporary_->name() + "' has vanished; nothing was published");
    if (seal.set) seal.set();
    const char* what = "can't be put in place: ";
    int error = rename_into_place(found);
    if (error == 0) {
        error = sync(target_.parent.get());
        if (error != 0) {
            what = "can't be secured on disk: ";
            put_back(found);
        }
    }
    if (error != 0) {
        if (seal.revoke) seal.revoke();
        refuse(target_.path, what + errno_text(error) + "; nothing was published");
    }
    if (found != Found::run) temporary_->keep(); // otherwise that name now is the earlier run's
    Signals::published(seal.code);
}

} // namespace

std::unique_ptr<Publication> open_directory(const std::string& target, const PublishOptions& options) {
    return std::make_unique<DirectoryPublication>(target, options);
}

} // namespace callscrub::report
