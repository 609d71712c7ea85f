/// Rule packs with one value changed by one step, to see which values the cases hold.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace callscrub {

struct Mutant {
    std::size_t line = 0; ///< in the pack, from 1
    std::string what;     ///< "US-1.purchase regime.basis.after_end: months 19 instead of 18"
    std::string text;     ///< the whole pack, changed
    bool stated = true;   ///< false: the pack leaves the value out, and its default was changed
};

/// Every mutant of a pack:
/// - each number and day one more and one less (of packs and of the defaults of switches), each word of a
/// switch another;
/// - of each list, each member left out and each word of its vocabulary added;
/// - each yes turned into a no; each kind of basis and each kind of record another; each zone one hour off;
/// - each basis left out or put behind the next one, each rule that hangs on a switch taken for granted, and
/// what a
///   regime may also hold (verification, staleness, limits on calls, a waiver) left out;
/// - what is left out and so means "all", "none" or a default: each member left out, each condition added,
/// each default
///   turned.
/// Left alone: texts and sources, certainties, and what no case can show (see tests/law/packs_test.cpp).
std::vector<Mutant> mutants_of(std::string_view pack);

} // namespace callscrub
