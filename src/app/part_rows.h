/// The judged rows of a list on their way from a part to the merge, in the order of the list: one frame for each row
/// with its bytes of the four outputs, and of a clean row what taking it out again needs.
#pragma once
#include "app/rendered.h"
#include "report/digest.h"
#include "report/fd.h"

namespace callscrub::app {

/// Frames of a block of judged rows (Renderer with MergeSide::keep). `last_line`: of the frame before; kept up to date.
void put_rows(std::string& out, const Rendered& rendered, std::uint64_t& last_line);
/// The frame of a damaged row, which nobody has judged.
void put_damaged(std::string& out, const csv::Record& record);

/// One frame, as views that are good until the next one is read.
struct PartRow {
    std::uint64_t line = 0;
    std::size_t bytes = 0; ///< of the frame
    bool damaged = false, clean = false;
    csv::Encoding encoding = csv::Encoding::utf8;
    std::array<std::string_view, 4> pieces; ///< in the order of Pieces
    std::string_view raw;                   ///< of a clean or damaged row
    std::string_view kept;                  ///< cells of a clean row (KeptCells)
    law::Basis basis = law::Basis::none;
    facts::Day until = facts::day_max;
    std::uint32_t emptied = 0;
    std::uint64_t doubts = 0;
    std::vector<facts::Number> numbers;
};

/// Reads a file of frames from begin to end.
class PartRowReader {
public:
    /// Failure (input) if it can't be opened. `expected`: size and digest, checked at the end.
    PartRowReader(const std::string& path, report::FileRecord expected);

    /// The next row; false at the end, after the file was found to be the one expected. Failure (input).
    bool next();
    const PartRow& row() const { return row_; }

private:
    bool fill(std::size_t wanted);
    void unpack(std::string_view frame);
    [[noreturn]] void fail(const std::string& what) const;

    std::string path_;
    report::FileRecord expected_;
    report::Fd fd_;
    report::Sha256 hash_;
    std::string buffer_;
    std::size_t begin_ = 0, end_ = 0;
    std::uint64_t read_ = 0;
    PartRow row_;
};

} // namespace callscrub::app
