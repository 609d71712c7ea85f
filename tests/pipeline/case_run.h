/// Cases as CSV files through the whole of `run`.
#pragma once
#include "report/scratch.h"
#include "verdict/cases.h"
#include <string>
#include <vector>

namespace callscrub::pipeline {

/// What the files of a finished run say of one row.
struct Found {
    bool callable = false;
    std::string word;  ///< basis or reason
    std::string until; ///< ISO day, "" = no end known or not stated
    std::string text;  ///< "callable BASIS until DAY", "rejected REASON until DAY"
};

/// Writes the subjects and facts of the cases into one list and one file of each kind of fact, runs the campaign of
/// the first case, and reads what was published: one Found for each case. `failure`: the message of a run that ended
/// with one, else "". A case's row states its product if it differs from the campaign's.
std::vector<Found> run_cases(const std::vector<verdict::Case>& cases, const report::test::Scratch& folder,
                             std::string& failure);

} // namespace callscrub::pipeline
