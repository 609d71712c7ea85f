/// One output file of a run: a large buffered sequential writer that hashes what it writes.
#pragma once
#include "report/digest.h"
#include "report/early_sync.h"
#include "report/fd.h"
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace callscrub::report {

/// A finished output as the manifest names it.
struct FileRecord {
    std::string name; ///< inside the run directory
    std::uint64_t size = 0;
    std::string sha256;
};

/// Owned by its Publication. One thread at a time may write; different files may be written at once.
/// Every failing call throws Failure(Exit::output) with the path and the system's own words, and leaves the
/// file unusable: a later write or finish throws the same again, so a lost error can't become a short file.
class OutputFile {
public:
    /// `fd`: open for writing, or none to count and hash only (a dry run). `path`: for messages.
    OutputFile(std::string name, std::string path, Fd fd);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::string_view bytes);
    /// Writes what is buffered, syncs to disk and closes. Nothing may be written afterwards. Idempotent.
    void finish();

    /// As `finish`, but neither synced nor closed: the descriptor goes to the caller. For files that are
    /// copied on.
    Fd finish_open();

    bool finished() const { return finished_; }
    const std::string& name() const { return record_.name; }
    /// Bytes written so far.
    std::uint64_t size() const { return record_.size; }
    /// Name, size and digest; only after finish.
    const FileRecord& record() const { return record_; }

private:
    void flush();
    void put(std::string_view bytes);
    [[noreturn]] void fail(int error);

    FileRecord record_;
    std::string path_;
    Fd fd_;
    Sha256 hash_;
    std::string buffer_;
    std::uint64_t written_ = 0;
    std::uint64_t asked_ = 0; ///< bytes that were to go to disk early
    int error_ = 0;
    bool finished_ = false;
    bool dry_ = false;
    std::unique_ptr<EarlySync> early_; ///< once the file is large; goes before its descriptor
};

} // namespace callscrub::report
