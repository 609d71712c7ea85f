/// Where facts lie that are more than `--memory` allows: a file without a name, gone when the program ends, however it
/// ends.
#pragma once
#include "history/overflow.h"
#include <atomic>

namespace callscrub::app {

class OverflowFile final : public history::Overflow {
public:
    /// In $TMPDIR, else /var/tmp, readable by nobody else. Failure (output) if no file can be made there; put() the
    /// same when the disk is full.
    OverflowFile();
    ~OverflowFile() override;
    OverflowFile(const OverflowFile&) = delete;
    OverflowFile& operator=(const OverflowFile&) = delete;

    std::uint64_t put(const void* bytes, std::size_t size) override;
    void get(std::uint64_t position, void* into, std::size_t size) const override;

private:
    [[noreturn]] void fail(const char* what) const;

    std::string folder_;
    int fd_ = -1;
    std::atomic<std::uint64_t> end_{0};
};

/// The room that a job grants: all, or `limits.memory` and an overflow file.
history::Room room_for_facts(std::uint64_t memory);

} // namespace callscrub::app
