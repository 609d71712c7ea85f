/// The names that records have in their files (consent_id, contract_id), kept small: exports number their rows, so
/// each name is stored as what differs from the one before it.
#pragma once
#include "history/overflow.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::history {

/// The names of the records of one block of a file, in order of their lines. Filled by one thread, then read-only.
class RecordNames {
public:
    /// `line` grows from call to call.
    void add(std::uint32_t line, std::string_view name);
    bool empty() const { return anchors_.empty(); }
    std::uint32_t first_line() const { return anchors_.empty() ? 0 : anchors_.front().line; }
    /// What find_name reads: every eighth name's line and place, then the names.
    std::string packed() const;

private:
    friend std::string find_name(std::string_view packed, std::uint32_t line);
    static constexpr unsigned run = 12;///< names from one anchor to the next
    struct Anchor {
        std::uint32_t line;
        std::uint32_t at;
    };
    void put(std::uint32_t number);

    std::vector<Anchor> anchors_;
    std::string text_; ///< per name: lines since the last, bytes kept of it, bytes added, the added bytes
    std::string last_;
    std::uint32_t last_line_ = 0;
    unsigned in_run_ = 0;
};

/// The name of the record on that line; "" if there is none.
std::string find_name(std::string_view packed, std::uint32_t line);

/// All names of one file: its blocks' names in order.
class FileNames {
public:
    /// Blocks may come in any order; `index` is that of the block. Not thread-safe. With an overflow the names go there.
    void put(std::uint64_t index, const RecordNames& names, Overflow* overflow = nullptr);
    /// Call it once, when all is put. `overflow`: the one that put() was given, if any.
    void finish(const Overflow* overflow);
    std::string find(std::uint32_t line) const;
    /// Bytes kept in memory.
    std::size_t bytes() const { return bytes_; }

private:
    struct Kept {
        std::uint32_t first_line = 0;
        std::uint32_t size = 0;     ///< 0: the block holds no names
        std::uint64_t position = 0; ///< in the overflow
        std::string own;            ///< or here
    };
    std::vector<Kept> blocks_;
    std::vector<std::uint32_t> first_lines_; ///< of `blocks_`, once finished: only those with names are left
    std::size_t bytes_ = 0;
    const Overflow* overflow_ = nullptr;
};

} // namespace callscrub::history
