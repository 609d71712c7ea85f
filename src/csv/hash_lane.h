/// SHA-256 of a stream whose pieces are handed in by several threads, out of order, without a thread of its
/// own.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace callscrub::csv {

struct Digest {
    std::string sha256; ///< 64 hex digits, as sha256sum prints them
    std::uint64_t bytes = 0;
    friend bool operator==(const Digest&, const Digest&) = default;
};

/// Whoever hands in a piece hashes what is ready, unless another thread is doing so already: it will take
/// the new piece along. If too much waits, submit() waits too. Thread-safe.
class HashLane {
public:
    /// `backlog`: the number of pieces that may wait before submit() blocks.
    explicit HashLane(std::size_t backlog = 32);
    ~HashLane();
    HashLane(const HashLane&) = delete;
    HashLane& operator=(const HashLane&) = delete;

    /// Piece number `index` (0, 1, 2, …, each exactly once). `owner` keeps `bytes` alive until they are
    /// hashed. Whoever holds an earlier piece must not wait for this call to return.
    void submit(std::uint64_t index, std::shared_ptr<const void> owner, std::string_view bytes);

    /// Waits for the pieces 0 … `pieces` - 1 and gives their digest. Call it once.
    Digest finish(std::uint64_t pieces);

private:
    struct Piece {
        std::shared_ptr<const void> owner;
        std::string_view bytes;
    };
    void drain(std::unique_lock<std::mutex>& held);

    std::mutex lock_; // guards everything below but the hash itself
    std::condition_variable moved_;
    std::map<std::uint64_t, Piece> waiting_;
    std::uint64_t next_ = 0;
    std::uint64_t bytes_ = 0;
    std::size_t backlog_;
    bool hashing_ = false; // some thread is in drain(); it alone touches the context
    struct Context;
    std::unique_ptr<Context> context_;
};

} // namespace callscrub::csv
