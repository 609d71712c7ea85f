/// What a run counted, as named numbers: for the manifest and the ledger, and for whoever compares these.
#pragma once
#include "report/summary.h"

namespace callscrub::report {

/// rows, clean, rejected, then each reason and basis that counts any. Two reasons share a code (PERSON_MISMATCH); their
/// counts belong together.
std::vector<Count> counts_of(const Tallies& tallies);
std::vector<Count> reasons_of(const Tallies& tallies);
std::vector<Count> bases_of(const Tallies& tallies);

} // namespace callscrub::report
