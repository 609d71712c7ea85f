/// Where the records of a part stood in the file that was split: their original lines, and in which part each is
/// counted.
#pragma once
#include "csv/records.h"
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::app {

/// One record: 8 bytes, as they stand in the file of a part (little-endian).
struct PartLine {
    std::uint64_t line = 0;  ///< on which it starts in the original file; below 2^39
    std::uint32_t lines = 1; ///< physical lines that it takes; below 2^24
    bool guest = false;      ///< counted in another part

    std::uint64_t packed() const;
    static PartLine unpacked(std::uint64_t word);
};

/// All records of one file of a part, in order. Read-only once made; shared by threads.
class PartLines {
public:
    /// `bytes`: packed records. `encoding_line`: from this original line on records count as of the reader's
    /// encoding; before it they are plain ASCII, as they were when the whole file was read.
    PartLines(std::string_view bytes, std::uint64_t encoding_line);

    std::size_t size() const { return words_.size(); }

    /// One thread's way through a block.
    class Cursor {
    public:
        /// Null: the file is no part; records stay as they are.
        explicit Cursor(const PartLines* lines) : lines_(lines) {}
        void begin(const csv::Block& block) {
            if (lines_) at_ = lines_->find(block.first_line);
        }
        /// To be called with each record of the block in order: gives it its original line. False for a guest.
        bool place(csv::Record& record) {
            return lines_ == nullptr || lines_->place(at_++, record);
        }

    private:
        const PartLines* lines_;
        std::size_t at_ = 0;
    };

private:
    friend class Cursor;
    static constexpr std::size_t stride = 1024;
    /// The record that starts on that line of the part's file.
    std::size_t find(std::uint64_t local_line) const;
    bool place(std::size_t at, csv::Record& record) const;

    std::vector<std::uint64_t> words_;
    std::vector<std::uint64_t> anchors_; ///< local line of every stride-th record
    std::uint64_t encoding_line_;
};

} // namespace callscrub::app
