/// The rows that an index names, read again where they stand: for explain.
#pragma once
#include "app/witness.h"

namespace callscrub::app {

/// Lets the witness see every row about the numbers and the person, as gather() would. `gathered`: from an index, whose
/// inputs have not changed. Of plain files only the blocks with such rows are read; others from their begin.
void witness_rows(const Context& context, const Gathered& gathered, const std::vector<facts::Number>& numbers, facts::PersonKey person,
                  Witness& witness);

} // namespace callscrub::app
