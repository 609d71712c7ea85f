/// Which parts a record must go to.
#pragma once
#include "facts/facts.h"
#include "facts/phone.h"
#include "history/history.h"
#include <atomic>
#include <bit>
#include <cstdint>
#include <vector>

namespace callscrub::app {

/// A set of parts, as bits.
using PartSet = std::uint64_t;
inline constexpr unsigned most_parts = 64;
constexpr PartSet only_part(unsigned part) { return PartSet{1} << part; }

/// The part of a key, from 0. Other bits of the hash than those that spread facts over the partitions of a history, so
/// that the facts of a part still spread over all of them.
constexpr unsigned part_of(std::uint64_t key, unsigned parts) {
    return static_cast<unsigned>((history::spread(key) & 0xFFFFFFFFU) * parts >> 32);
}

/// What a key is of; keys of different kinds do not meet.
enum class KeyKind : std::uint8_t { number, person, request, contract };

/// For each key the parts that ask for it, or more: a Bloom filter whose bits are sets of parts. Its size is fixed, and
/// what it says too much costs place on disk only. Thread-safe.
class Reach {
public:
    /// `bytes`: of memory, about. `parts`: 1 to most_parts.
    Reach(unsigned parts, std::uint64_t bytes);

    void add(KeyKind kind, std::uint64_t key, PartSet parts);
    PartSet of(KeyKind kind, std::uint64_t key) const;

private:
    struct Slots {
        std::uint64_t first, second;
    };
    Slots slots(KeyKind kind, std::uint64_t key) const;
    void put(std::uint64_t slot, PartSet parts);
    PartSet get(std::uint64_t slot) const;

    unsigned width_;       ///< bits of a slot, a power of two
    std::uint64_t slots_;  ///< a power of two
    std::vector<std::uint64_t> words_;
};

} // namespace callscrub::app
