#include "history/contracts.h"
#include <algorithm>
#include <tuple>

namespace callscrub::history {

void Contracts::add(std::vector<End> ends) {
    if (ends_.empty()) ends_ = std::move(ends);
    else ends_.insert(ends_.end(), ends.begin(), ends.end());
}

void Contracts::finish() {
    std::sort(ends_.begin(), ends_.end(), [](const End& a, const End& b) { return std::tie(a.contract, a.last) < std::tie(b.contract, b.last); });
}

facts::Day Contracts::last_day(const End& end, const facts::Zone& zone) {
    if (end.last == unknown) return facts::day_min;
    const auto kind = static_cast<facts::Moment::Kind>(end.last & 3);
    return kind == facts::Moment::Kind::missing ? facts::day_max : zone.day_of({end.last >> 2, kind});
}

facts::Day Contracts::end(facts::TextKey contract, const facts::Zone& zone) const {
    auto it = std::lower_bound(ends_.begin(), ends_.end(), contract,
                               [](const End& a, facts::TextKey key) { return a.contract < key; });
    if (it == ends_.end() || it->contract != contract) return facts::day_min;
    facts::Day out = facts::day_max;
    for (; it != ends_.end() && it->contract == contract; ++it) out = std::min(out, last_day(*it, zone));
    return out;
}

} // namespace callscrub::history
