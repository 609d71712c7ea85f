#include "history/terms.h"
#include <algorithm>

namespace callscrub::history {

namespace {
// Of its eight words, mixed side by side; only the place in a table hangs on it.
std::uint64_t hash_of(const Terms& terms) {
    std::uint64_t words[8];
    static_assert(sizeof words == sizeof terms);
    std::memcpy(words, &terms, sizeof words);
    constexpr std::uint64_t odd[8] = {0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
                                      0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63};
    std::uint64_t sum = 0;
    for (unsigned i = 0; i < 8; ++i) sum += (words[i] ^ words[i] >> 31) * odd[i];
    return spread(sum);
}
} // namespace

void TermsTable::grow() {
    std::vector<TermsId> larger(slots_.size() * 2, 0);
    for (TermsId id = 0; id < count_; ++id) {
        std::size_t at = hash_of((*this)[id]) & (larger.size() - 1);
        while (larger[at] != 0) at = (at + 1) & (larger.size() - 1);
        larger[at] = id + 1;
    }
    slots_ = std::move(larger);
}

TermsId TermsTable::id(const Terms& terms) {
    const std::uint64_t hash = hash_of(terms);
    const std::lock_guard lock(mutex_);
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
        if ((*this)[slots_[at] - 1].same(terms)) return slots_[at] - 1;
    if (count_ == all_.size()) all_.grow(std::max<std::size_t>(64, 2 * count_));
    all_.data()[count_++] = terms;
    slots_[at] = static_cast<TermsId>(count_);
    if (count_ * 2 > slots_.size()) grow();
    return static_cast<TermsId>(count_ - 1);
}

TermsId TermsCache::id(const Terms& terms) {
    Entry& entry = entries_[hash_of(terms) & (entries_.size() - 1)];
    if (!entry.used || !entry.terms.same(terms)) entry = {terms, table_.id(terms), true};
    return entry.id;
}

} // namespace callscrub::history
