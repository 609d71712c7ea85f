/// Where outputs go: the parent directory and the name in it, looked at without following a symbolic link.
#pragma once
#include "report/fd.h"
#include "report/leftover.h"
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace callscrub::report {

/// A path split into an open parent directory and one name. Later steps use only these two, so a parent that
/// is renamed meanwhile does no harm.
struct Target {
    std::string path;        ///< as the user wrote it, without trailing slashes
    std::string parent_path; ///< for messages
    std::string name;
    Fd parent;
};

/// Failure(Exit::usage) for a path that names no entry ("", "/", "."); Failure(Exit::output) if the parent is
/// not there or can't be used.
Target open_target(const std::string& path);

/// Start of the names of this target's temporary files: ".<name>.callscrub-"; long names are cut and hashed.
std::string temporary_prefix(const std::string& name);
/// prefix + "<pid>-<random>.tmp".
std::string temporary_name(const std::string& name);

/// Removes what runs that died have left for this target: entries ".<name>.callscrub-*.tmp" whose own flock
/// is free. A living run holds a flock on its temporary directory or file for as long as it lives, whatever
/// its pid and whichever container it runs in. Call with the target's lock held. What can't be removed stays.
void sweep_leftovers(const Target& target);

/// The lock of one target: the file ".<name>.lock" beside it, locked by flock and removed at the end.
class TargetLock {
public:
    /// Failure(Exit::locked) if another run still holds it after `wait`; Failure(Exit::output) if it can't be
    /// made.
    TargetLock(const Target& target, std::chrono::milliseconds wait);
    ~TargetLock();
    TargetLock(const TargetLock&) = delete;
    TargetLock& operator=(const TargetLock&) = delete;

private:
    bool try_once(const Target& target);

    std::string name_;
    Fd fd_;
    std::unique_ptr<Leftover> file_;
};

/// Failure(Exit::usage) if the file or directory that `target` leads to is one of `inputs`, by whatever name
/// (symbolic or hard link), or a directory that holds one of them. "-" among the inputs is standard input.
void refuse_inputs(const Target& target, const std::vector<std::string>& inputs);

} // namespace callscrub::report
