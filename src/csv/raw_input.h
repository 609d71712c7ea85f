/// The bytes of an input as they are on disk, before anything is unpacked. Inside this room only.
#pragma once
#include "csv/source.h"
#include <atomic>
#include <memory>
#include <string>

namespace callscrub::csv {

class RawInput {
public:
    /// See Source::open and Source::memory.
    static std::unique_ptr<RawInput> open(const std::string& path);
    static std::unique_ptr<RawInput> memory(std::string name, std::shared_ptr<const std::string> bytes);
    virtual ~RawInput() = default;

    const SourceFacts& facts() const { return facts_; }
    /// The first bytes (at most 4), which read() will yield again.
    std::string_view magic();
    /// Up to `room` bytes; 0 only at the end, after check_unchanged().
    std::size_t read(char* to, std::size_t room);
    std::uint64_t consumed() const { return consumed_.load(std::memory_order_relaxed); }
    virtual std::unique_ptr<RawInput> again() const = 0;

    [[noreturn]] void fail(const std::string& what) const;

protected:
    virtual std::size_t read_some(char* to, std::size_t room) = 0;
    virtual void check_unchanged() {}
    SourceFacts facts_;

private:
    std::string ahead_; // read to see the magic number, not yet given out
    bool looked_ = false;
    std::atomic<std::uint64_t> consumed_ = 0;
};

/// For messages: the path, or "standard input" for "-".
std::string shown_name(const std::string& path);

} // namespace callscrub::csv
