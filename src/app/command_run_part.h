/// `run --part K/N DIR`: one part of a scrub that `part` has split.
#pragma once
#include "app/job.h"
#include "app/terminal.h"

namespace callscrub::app {

/// A part that is done is not done again. Failure as for run, and (input) for parts that do not belong together.
int run_one_part(const Job& job, Console& console);

} // namespace callscrub::app
