#include "report/counts.h"
#include <algorithm>

namespace callscrub::report {

namespace {

void add(std::vector<Count>& to, std::string_view name, std::uint64_t count) {
    if (count == 0) return;
    const auto known = std::find_if(to.begin(), to.end(), [&](const Count& one) { return one.first == name; });
    if (known != to.end()) known->second += count;
    else to.emplace_back(name, count);
}

} // namespace

std::vector<Count> reasons_of(const Tallies& tallies) {
    std::vector<Count> out;
    for (std::size_t i = 0; i < tallies.reasons.size(); ++i) add(out, law::code(static_cast<law::Reason>(i)), tallies.reasons[i]);
    return out;
}

std::vector<Count> bases_of(const Tallies& tallies) {
    std::vector<Count> out;
    for (std::size_t i = 1; i < tallies.bases.size(); ++i) add(out, law::name(static_cast<law::Basis>(i)), tallies.bases[i]);
    return out;
}

std::vector<Count> counts_of(const Tallies& tallies) {
    std::vector<Count> out{{"rows", tallies.rows}, {"clean", tallies.clean}, {"rejected", tallies.rejected}};
    for (const auto& some : {reasons_of(tallies), bases_of(tallies)}) out.insert(out.end(), some.begin(), some.end());
    return out;
}

} // namespace callscrub::report
