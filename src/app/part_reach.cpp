#include "app/part_reach.h"
#include <algorithm>

namespace callscrub::app {

Reach::Reach(unsigned parts, std::uint64_t bytes)
    : width_(std::bit_ceil(std::max(parts, 8U))), slots_(std::bit_floor(std::max<std::uint64_t>(bytes, 1024) * 8 / width_)),
      words_(slots_ * width_ / 64) {}

Reach::Slots Reach::slots(KeyKind kind, std::uint64_t key) const {
    const std::uint64_t one = history::spread(key + (std::uint64_t{static_cast<std::uint8_t>(kind)} << 60));
    return {one & (slots_ - 1), history::spread(one ^ 0x5851F42D4C957F2DULL) & (slots_ - 1)};
}

void Reach::put(std::uint64_t slot, PartSet parts) {
    const std::uint64_t bit = slot * width_;
    std::atomic_ref(words_[bit / 64]).fetch_or(parts << bit % 64, std::memory_order_relaxed);
}

PartSet Reach::get(std::uint64_t slot) const {
    const std::uint64_t bit = slot * width_;
    return words_[bit / 64] >> bit % 64 & (~PartSet{0} >> (64 - width_));
}

void Reach::add(KeyKind kind, std::uint64_t key, PartSet parts) {
    const auto at = slots(kind, key);
    put(at.first, parts);
    put(at.second, parts);
}

PartSet Reach::of(KeyKind kind, std::uint64_t key) const {
    const auto at = slots(kind, key);
    return get(at.first) & get(at.second);
}

} // namespace callscrub::app
