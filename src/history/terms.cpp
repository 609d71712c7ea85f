#include "history/terms.h"
#include "base/text.h"

namespace callscrub::history {

namespace {
std::uint64_t hash_of(const Terms& terms) {
    return base::hash({reinterpret_cast<const char*>(&terms), sizeof terms});
}
} // namespace

void TermsTable::grow() {
    std::vector<TermsId> larger(slots_.size() * 2, 0);
    for (TermsId id = 0; id < all_.size(); ++id) {
        std::size_t at = hash_of(all_[id]) & (larger.size() - 1);
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
        if (all_[slots_[at] - 1].same(terms)) return slots_[at] - 1;
    all_.push_back(terms);
    slots_[at] = static_cast<TermsId>(all_.size());
    if (all_.size() * 2 > slots_.size()) grow();
    return static_cast<TermsId>(all_.size() - 1);
}

TermsId TermsCache::id(const Terms& terms) {
    Entry& entry = entries_[hash_of(terms) & (entries_.size() - 1)];
    if (!entry.used || !entry.terms.same(terms)) entry = {terms, table_.id(terms), true};
    return entry.id;
}

} // namespace callscrub::history
