/// Which numbers and persons a history will be asked for, known before it is gathered: what is known of others need not
/// be kept.
#pragma once
#include "history/array.h"
#include "history/fact.h"
#include <atomic>

namespace callscrub::history {

/// A set of keys that may hold some more than were added, never fewer: a Bloom filter whose bits of a key lie in one word,
/// so that asking costs one cache miss (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom Filters, 2007).
/// Numbers and persons share it, as they share the space of keys.
class Wanted {
public:
    /// `bytes`: of memory; with two for each key about one key in a hundred is kept for nothing. std::bad_alloc.
    explicit Wanted(std::size_t bytes) : words_(bytes / sizeof(std::uint64_t) + 1) {}

    /// Any number of threads may add at once; none may ask meanwhile.
    void add(std::uint64_t key) {
        const std::uint64_t hash = spread(key & key_mask);
        std::atomic_ref(words_.data()[place(hash)]).fetch_or(bits(hash), std::memory_order_relaxed);
    }
    bool may_hold(std::uint64_t key) const {
        const std::uint64_t hash = spread(key & key_mask), wanted = bits(hash);
        return (words_.data()[place(hash)] & wanted) == wanted;
    }
    /// Asks the processor to fetch what may_hold(key) will read.
    void prefetch(std::uint64_t key) const { __builtin_prefetch(words_.data() + place(spread(key & key_mask))); }

private:
    // The top bits of the hash tell the word, the low ones its four bits.
    std::size_t place(std::uint64_t hash) const {
        return static_cast<std::size_t>((hash >> 32) * words_.size() >> 32); // sizes below 2^32 words, 32 GiB
    }
    static std::uint64_t bits(std::uint64_t hash) {
        return 1ULL << (hash & 63) | 1ULL << (hash >> 6 & 63) | 1ULL << (hash >> 12 & 63) | 1ULL << (hash >> 18 & 63);
    }

    Array<std::uint64_t> words_;
};

} // namespace callscrub::history
