/// The names that records have in their files (consent_id, contract_id), kept small: exports number their rows, so
/// each name is stored as what differs from one a few lines before it.
#pragma once
#include "history/array.h"
#include "history/overflow.h"
#include "history/sheets.h"
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
    bool empty() const { return text_.empty(); }
    std::uint32_t first_line() const { return first_line_; }
    /// What find_name reads: first line and number of runs of lines; for each run how far behind that place its names begin,
    /// and the same for the end; then the names. Of a run of lines the first
    /// name is whole, each other what differs from that one:
    ///   line, counted from the run's first · bytes kept × 16 + bytes added, or 0xF0 and both as numbers · the added bytes
    std::string packed() const;

private:
    friend std::string find_name(std::string_view packed, std::uint32_t line);
    friend const char* name_place(const char* packed, std::uint32_t first_line, std::uint32_t line);
    static constexpr std::uint32_t run = 12; ///< lines
    struct Head {
        std::uint32_t first_line, runs;
    };
    void put(std::uint32_t number);

    std::uint32_t first_line_ = 0;
    std::vector<std::uint32_t> begins_; ///< of each run, in text_
    std::string text_;
    std::string first_; ///< name of the run
};

/// The name of the record on that line; "" if there is none.
std::string find_name(std::string_view packed, std::uint32_t line);
/// Where find_name looks for the begin of the names of the line's run. `first_line`: of the packed names; not behind it.
const char* name_place(const char* packed, std::uint32_t first_line, std::uint32_t line);
/// Asks the processor to fetch the names of a run. `place`: from name_place, or null.
void prefetch_name(const char* place);

/// All names of one file: its blocks' names in order.
class FileNames {
public:
    /// Blocks may come in any order; `index` is that of the block. Not thread-safe. With an overflow the names go there.
    void put(std::uint64_t index, const RecordNames& names, Overflow* overflow = nullptr);
    /// Call it once, when all is put. `overflow`: the one that put() was given, if any.
    void finish(const Overflow* overflow);
    std::string find(std::uint32_t line) const;
    /// Asks the processor to fetch what find() will read first, and tells where it is; null if that is not in memory.
    const char* prefetch_place(std::uint32_t line) const;
    /// Bytes kept in memory.
    std::size_t bytes() const { return bytes_; }

    /// The names of a block that has any.
    struct Kept {
        std::uint32_t first_line = 0;
        std::uint32_t size = 0;     ///< 0: the block holds no names
        std::uint64_t position = 0; ///< in the text, or, with `outside`, in the overflow
    };
    static constexpr std::uint64_t outside = std::uint64_t{1} << 63;
    const std::vector<Kept>& blocks() const { return blocks_; }
    /// The packed names of a block; good until this thread's next call.
    std::string_view packed(const Kept& kept) const;
    /// Names that were put and finished before, their text read where it lies.
    void lie_over(std::span<const Kept> blocks, std::span<const char> text, const Sheets& sheets);

private:
    const Kept* block_of(std::uint32_t line) const;
    void note_first_lines();

    std::vector<Kept> blocks_;
    std::vector<std::uint32_t> first_lines_; ///< of `blocks_`, once finished: only those with names are left
    Array<char> text_;                       ///< of all blocks that are kept here, as they came
    std::size_t bytes_ = 0;                  ///< of it in use
    const Overflow* overflow_ = nullptr;
    const Sheets* sheets_ = nullptr; ///< that `text_` lies on, if it is not our own
};

} // namespace callscrub::history
