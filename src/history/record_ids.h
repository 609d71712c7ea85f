/// The names that records have in their files (consent_id, contract_id), kept small: exports number their rows, so
/// each name is stored as what differs from the one before it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::history {

/// The names of the records of one block of a file, in order of their lines. Filled by one thread, then read-only.
class RecordNames {
public:
    /// `line` grows from call to call.
    void add(std::uint32_t line, std::string_view name);
    /// The name of the record on that line; "" if there is none.
    std::string find(std::uint32_t line) const;
    bool empty() const { return anchors_.empty(); }
    std::uint32_t first_line() const { return anchors_.empty() ? 0 : anchors_.front().line; }
    std::size_t bytes() const { return text_.size() + anchors_.size() * sizeof(Anchor); }
    void shrink();

private:
    static constexpr unsigned run = 32; ///< names from one anchor to the next
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

/// All names of one file: its blocks' names in order.
class FileNames {
public:
    /// Blocks may come in any order; `index` is that of the block. Not thread-safe.
    void put(std::uint64_t index, RecordNames names);
    std::string find(std::uint32_t line) const;

private:
    std::vector<std::unique_ptr<RecordNames>> blocks_;
};

} // namespace callscrub::history
