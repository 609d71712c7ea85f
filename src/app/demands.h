/// What a command line must have before any file is opened. Each demand that is not met is a Failure(usage)
/// that says what to state.
#pragma once
#include "app/job.h"
#include "app/parse.h"

namespace callscrub::app {

/// The number of operands.
void demand_operands(const Arguments& arguments);
/// Log and ledger are appended to: none of the files that the command reads or writes, and not in the folder of the run.
void demand_apart(const Job& job);
/// Everything else.
void demand(const Job& job, const Arguments& arguments);

} // namespace callscrub::app
