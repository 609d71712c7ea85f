/// A history as bytes: written once, then read where it lies by whoever maps them. This room knows no files.
///
///   facts · persons of the facts · buckets · terms · ends of contracts · names of records · products · directory
///
/// each at a multiple of 64 bytes, numbers as this machine has them. The same facts give the same bytes, whatever the
/// threads that gathered them. What may be read of it is checked by its sheets.
#pragma once
#include "history/history.h"
#include <functional>

namespace callscrub::history {

/// Takes the bytes in order, hands them on in sheets and sums these up.
class SnapshotWriter {
public:
    explicit SnapshotWriter(std::function<void(std::string_view)> out) : out_(std::move(out)) { sheet_.reserve(sheet_bytes); }

    /// Appends the bytes and gives the position where they begin, a multiple of 64.
    std::uint64_t put(const void* bytes, std::size_t size);
    template <class T> std::uint64_t put(std::span<const T> things) { return put(things.data(), things.size_bytes()); }
    /// Goes on with what was put last.
    void more(const void* bytes, std::size_t size);
    /// Hands the last sheet on. Nothing may be put afterwards.
    void finish();
    std::uint64_t size() const { return size_; }
    const std::vector<std::uint64_t>& sums() const { return sums_; }

private:
    void hand_on();

    std::function<void(std::string_view)> out_;
    std::string sheet_;
    std::uint64_t size_ = 0;
    std::vector<std::uint64_t> sums_;
};

/// Writes all of the history. Gives the position of its directory.
std::uint64_t save(const History& history, SnapshotWriter& out);

/// The history that was saved. Failure (input) if the directory, or what is read at once, is damaged.
std::unique_ptr<History> over(std::shared_ptr<const Sheets> sheets, std::uint64_t directory);

} // namespace callscrub::history
