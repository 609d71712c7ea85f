/// What must hold before anything is published: ages of inputs, shares and counts that the profile bounds.
#pragma once
#include "app/gather.h"
#include "report/summary.h"

namespace callscrub::app {

/// Failure (stale) for an input older than its max_age, and for a register older than its law allows; also where the
/// age can't be told: a pipe, no event, no or no readable PATH.timestamp, a time more than a day in the future.
void refuse_stale(const Context& context, const InputSpec& spec, const csv::SourceFacts& source, std::int64_t newest_ms);

/// Failure (guard) if a bound of [guard] is passed; says which number, the bound and by how much. `previous`: of the
/// run that is to be replaced; null if there is none.
void refuse_by_guards(const GuardSpec& guard, const report::Summary& now, const report::Summary* previous);

/// Failure (guard) for a consent or suppression input without rows, unless allowed. Of other inputs it says nothing.
void refuse_empty(const InputSpec& spec);

/// The same for all inputs, and Failure (guard) if a consent or suppression input holds fewer rows than in the run before,
/// or all of a role together (a file has another name, or is left out), unless allowed.
void refuse_shrunken(const std::vector<GatheredFile>& files, const report::Summary* previous);

} // namespace callscrub::app
