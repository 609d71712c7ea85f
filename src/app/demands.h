/// What a command line must have before any file is opened. Each demand that is not met is a Failure(usage)
/// that says what to state.
#pragma once
#include "app/job.h"
#include "app/parse.h"

namespace callscrub::app {

/// The number of operands.
void demand_operands(const Arguments& arguments);
/// Everything else.
void demand(const Job& job, const Arguments& arguments);

} // namespace callscrub::app
