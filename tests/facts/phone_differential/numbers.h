/// Digits that lead into every corner of the plans: walks over the automata, example numbers, random tails,
/// mutations.
#pragma once
#include "facts/phone.h"
#include "random.h"
#include <functional>
#include <string>
#include <vector>

namespace differential {

/// Digits with a region, to be read with a plus before them or as written in the region.
struct Dialled {
    std::string digits;
    callscrub::facts::Region region;
    bool international = false;
};

class Numbers {
public:
    Numbers();

    /// One number at random.
    Dialled draw(Random& random) const;

    /// For every plan, every node of its automaton and every digit behind it: the shortest way there, the
    /// digit, and the shortest way on to a valid number (or random digits where there is none).
    void every_branch(Random& random, const std::function<void(const Dialled&)>& use) const;

    const std::vector<callscrub::facts::Region>& regions() const { return regions_; }

private:
    std::string national(Random& random, unsigned plan) const;
    std::string walk(Random& random, unsigned root) const;
    Dialled dress(Random& random, unsigned plan, std::string digits) const;

    std::vector<callscrub::facts::Region> regions_; ///< all that have a plan, and one that has none
    std::vector<unsigned> plans_;
    std::vector<callscrub::facts::Region> region_of_plan_;
    std::vector<Dialled> examples_; ///< the library's, national digits without prefix; region set
};

} // namespace differential
