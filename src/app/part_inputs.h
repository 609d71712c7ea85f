/// Whether the inputs of a split are still what they were, looked at more closely than refuse_changed does.
#pragma once
#include "app/part_plan.h"

namespace callscrub::app {

/// An input that was written to or replaced since the split may have its size and times put back. The time of its last
/// change can't be: where it is later than the split, the file is read and its SHA-256 compared, so that a true copy
/// passes. Failure (input) if it is another, or if no SHA-256 was taken (--no-input-hashes). Inputs that are not there
/// are passed over.
void refuse_rewritten(const PartPlan& plan);

} // namespace callscrub::app
