/// Told to stop: INT, TERM and HUP remove the leftovers of the run and end the process by the same signal, so
/// that a shell sees 130, 143 or 129. PIPE and XFSZ are ignored: a closed pipe or a file size limit is then a
/// failing write, hence Exit::output.
///
/// The handler only sets a flag and writes one byte to a pipe; a thread of its own reads it, takes the gate
/// of report/leftover.h, cleans up and raises the signal again with its default action. A signal that was
/// ignored when the program started (nohup, a background job) stays ignored.
#pragma once
#include <memory>

namespace callscrub::report {

/// std::terminate (memory runs out inside a destructor) removes the leftovers too and ends with
/// Exit::internal, or with `outcome` if the outputs stand.
///
/// Install once, first thing in main. Failure(Exit::internal) if the thread can't be started. The destructor
/// gives the earlier handlers back; after `published` signals stay ignored.
class Signals {
public:
    Signals();
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    /// True once one of the signals has arrived. Cheap enough for every chunk.
    static bool interrupted() noexcept;

    /// Returns at once if no signal has arrived; otherwise the process ends here. Call it before
    /// an error is reported and before main returns: what failed while cleaning up is no error of its own.
    static void settle() noexcept;

    /// The outputs stand: from now on a signal ends the process with `code`, 0 or the command's finding.
    /// Called by Publication under the gate.
    static void published(int code) noexcept;

    /// The code given to `published`, or -1 before it. What fails from there on (the table on the terminal)
    /// is a warning: the contract has no failure beside new outputs.
    static int outcome() noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Standard streams that were closed by the caller are opened so that using them fails, and no output file
/// can get their number by accident. Call before anything is opened.
void guard_standard_streams() noexcept;

} // namespace callscrub::report
