#include "history/contracts.h"
#include <algorithm>

namespace callscrub::history {

void Contracts::add(std::vector<End> ends) {
    if (ends_.empty()) ends_ = std::move(ends);
    else ends_.insert(ends_.end(), ends.begin(), ends.end());
}

void Contracts::finish() {
    std::sort(ends_.begin(), ends_.end(), [](const End& a, const End& b) {
        return a.contract != b.contract ? a.contract < b.contract : a.last_day < b.last_day;
    });
}

facts::Day Contracts::end(facts::TextKey contract) const {
    const auto it = std::lower_bound(ends_.begin(), ends_.end(), contract,
                                     [](const End& a, facts::TextKey key) { return a.contract < key; });
    return it == ends_.end() || it->contract != contract ? facts::day_min : it->last_day;
}

} // namespace callscrub::history
