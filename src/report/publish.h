/// All or nothing: the outputs of a run appear complete or not at all.
///
/// Everything is written to a temporary sibling of the target (".<name>.callscrub-<pid>-<random>.tmp", files
/// 0600, directories 0700), synced, and then renamed in one step. Until `commit` has returned, earlier
/// outputs stand untouched; a Publication that is destroyed without commit leaves nothing behind, and neither
/// does a process that is told to stop (report/signals.h). A process that is killed leaves its temporary
/// sibling, which the next run for the same target sweeps. The target is locked from construction to
/// destruction.
///
/// Failures: Exit::usage for an impossible order (target is an input, both outputs the same file),
/// Exit::locked, and Exit::output for everything that the file system refuses.
#pragma once
#include "report/output_file.h"
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace callscrub::report {

struct PublishOptions {
    /// An earlier run's directory may be replaced. Files (open_files) are always replaced, as by `sort -o`.
    bool replace = false;
    /// How long to wait for another run's lock before Failure(Exit::locked).
    std::chrono::milliseconds wait_lock{0};
    /// Paths of everything the run reads ("-" = standard input): never to be overwritten, by whatever name.
    std::vector<std::string> inputs;
};

/// Something that must hold together with the rename: the ledger's line. `set` is called when everything is
/// on disk and before the rename; if it throws, nothing is published. `revoke` undoes it if the rename then
/// fails.
struct Seal {
    std::function<void()> set;
    std::function<void()> revoke;
    /// What the process ends with from the rename on, whatever comes: 0, or the finding of the command.
    int code = 0;
};

class Publication {
public:
    virtual ~Publication() = default;

    /// A new output file. In a directory: its name there (no slash; a name can be given once). With
    /// open_files: one of the targets as given. The file lives as long as the Publication. May be called from
    /// any thread.
    virtual OutputFile& create(const std::string& name) = 0;

    /// The finished files in order of creation: name, size, digest.
    virtual std::vector<FileRecord> files() const = 0;

    /// Finishes every file, seals and renames. At most once. After it returned the outputs stand and a signal
    /// no longer counts as an interruption: the process then ends with `seal.code`.
    virtual void commit(const Seal& seal = {}) = 0;
};

/// `target` becomes a directory with all files of the run. It must not be there yet, or be an empty
/// directory, or, with `replace`, the directory of an earlier run (its manifest.json says so; nothing but
/// that run's files, apart from hidden ones, may be in it). A symbolic link is refused.
std::unique_ptr<Publication> open_directory(const std::string& target, const PublishOptions& options);

/// Each of `targets` becomes one file; "-" (at most once) is standard output. Pipes and devices are written
/// to directly, but only at commit: until then their bytes wait in an unnamed temporary file, so a run that
/// fails has sent nothing. Regular files are renamed only when all are complete, streams having been served
/// before.
std::unique_ptr<Publication> open_files(const std::vector<std::string>& targets,
                                        const PublishOptions& options);

/// A dry run: files are counted and hashed, and nothing is written anywhere.
std::unique_ptr<Publication> open_nowhere();

} // namespace callscrub::report
