/// Room outside memory for facts that are more than memory may hold. This room knows no files: whoever does brings one.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>

namespace callscrub::history {

class Overflow {
public:
    virtual ~Overflow() = default;

    /// Keeps the bytes and gives the position where they lie, a multiple of 8. Thread-safe. Throws if there is no room.
    virtual std::uint64_t put(const void* bytes, std::size_t size) = 0;
    /// What lies at `position`. Thread-safe.
    virtual void get(std::uint64_t position, void* into, std::size_t size) const = 0;
};

/// How much memory facts on their way in may take, and where the rest goes.
struct Room {
    std::uint64_t limit = UINT64_MAX; ///< bytes
    std::unique_ptr<Overflow> overflow;
};

} // namespace callscrub::history
