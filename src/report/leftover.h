/// What has to vanish if the run does not come to its end: temporary directories and files, lock files.
/// A Leftover removes its file or directory when it is destroyed, and so does the thread of Signals when the
/// process is told to stop. The gate orders the two: what happens under the gate happens wholly before a
/// clean-up or not at all.
#pragma once
#include "report/fd.h"
#include <mutex>
#include <string>

namespace callscrub::report {

class Leftover {
public:
    /// `parent`: directory that holds `name`; the descriptor must outlive this object.
    Leftover(int parent, std::string name);
    ~Leftover();
    Leftover(const Leftover&) = delete;
    Leftover& operator=(const Leftover&) = delete;

    /// From now on it is removed at the end (the state after construction).
    void arm() noexcept;
    /// It has become an output: nobody removes it any more.
    void keep() noexcept;
    /// Removes it now; 0 or errno. Idempotent.
    int remove() noexcept;

    const std::string& name() const { return name_; }
    int parent() const { return parent_; }

private:
    int parent_;
    std::string name_;
    bool live_ = true;
};

/// The gate. Hold it while files are created in, or renamed out of, what a Leftover stands for.
std::recursive_mutex& leftover_gate();

/// For the thread of Signals, which holds the gate: removes everything that is live.
void remove_all_leftovers() noexcept;

/// Removes a file, or a directory with everything in it, without following symbolic links.
/// 0 or the errno of the first trouble; nothing there counts as done.
int remove_tree(int parent, const std::string& name) noexcept;

} // namespace callscrub::report
