/// What was typed is not what will be done: arguments, profile and environment → a job that was checked as
/// far as it can be without opening an input. A flag beats the profile; the profile is that of --profile,
/// else of $CALLSCRUB_PROFILE.
///
/// Inputs: files of a kind given by flags replace those of the profile. Such a file is read by the mapping of
/// the profile's table that names it, else of the only table of its kind (for registers: and name), or of
/// several that agree in everything but the path; where tables differ, it is refused rather than guessed.
#pragma once
#include "app/job.h"
#include "app/parse.h"
#include <string>

namespace callscrub::app {

struct Surroundings {
    std::string profile; ///< $CALLSCRUB_PROFILE; "" = not set
};

/// Not for --help, --version and --generate. Failure(usage).
Job resolve(const Arguments& arguments, const Surroundings& surroundings);

} // namespace callscrub::app
