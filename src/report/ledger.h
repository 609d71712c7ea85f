/// The ledger: an append-only file outside the run directories with one JSON line for each published run,
/// each line with the digest of the line before it and, as its last member, of itself ("sha256": of the object
/// without it), so that a changed, removed or inserted line shows. Lines cut off at the end, or made anew up to
/// the end with all digests, don't show by themselves; the run directories and any copy of a line do tell.
#pragma once
#include "report/fd.h"
#include "report/manifest.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::report {

struct LedgerEntry {
    std::string time; ///< UTC, "2026-03-02T03:15:00Z", of the publication
    std::string run_id;
    std::string out; ///< the run directory as given
    std::vector<Count> counts;
    std::string manifest_sha256; ///< of manifest.json
    std::string sums_sha256;     ///< of SHA256SUMS, hence of every file of the run
    std::string prev;            ///< SHA-256 of the previous line without its line end; 64 zeros in the first
};

/// An open ledger, locked (flock) against other runs from construction to destruction.
class Ledger {
public:
    /// Makes the file (0600) if it is not there. A line that a crash left unfinished is cut off.
    /// Failure(Exit::locked) if another process holds it for more than ten seconds; Failure(Exit::output) if
    /// it is a symbolic link, no regular file, or can't be opened.
    explicit Ledger(const std::string& path);
    /// A ledger that was made here and got no line is removed again.
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    /// Fills in `prev`, appends one line and syncs. On Failure(Exit::output) the file is as before.
    void append(LedgerEntry entry);
    /// Takes the line of this object back: the run was not published after all.
    void revoke() noexcept;

private:
    bool try_once();
    void find_end();
    [[noreturn]] void fail(const std::string& what) const;

    std::string path_;
    Fd fd_;
    std::string prev_;       ///< digest of the last line
    std::string lead_;       ///< a line end that the last line lacks
    std::uint64_t size_ = 0; ///< bytes before the line of this object
    bool created_ = false;
    bool written_ = false;
};

struct LedgerBreak {
    std::uint64_t line = 0; ///< first line that is wrong; 0 = the chain holds
    std::string what;
};

struct LedgerCheck {
    LedgerBreak broken;
    std::vector<LedgerEntry> entries; ///< the lines before the break
};

/// Reads the chain. Failure(Exit::input) only if the file can't be read.
LedgerCheck check_ledger(const std::string& path);

std::string to_line(const LedgerEntry& entry);

} // namespace callscrub::report
