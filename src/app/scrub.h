/// Phase two: a call list streamed through the judge; each row becomes bytes of the clean list, the rejected list and
/// the evidence, in the order of the list.
#pragma once
#include "app/gather.h"
#include "app/row_judge.h"
#include "report/output_file.h"
#include "report/rows.h"
#include "report/summary.h"

namespace callscrub::app {

/// Where the rows go; null = not wanted. Owned by the Publication.
struct ListOutputs {
    report::OutputFile* clean = nullptr;
    report::OutputFile* rejected = nullptr;
    report::OutputFile* evidence = nullptr;
    report::OutputFile* renew = nullptr;
};

/// What became of a list beside the bytes.
struct ScrubbedList {
    report::Tallies tallies;
    csv::Tally records;
    csv::SourceFacts source;
    csv::Digest digest;
    std::map<law::Reason, report::Articles> articles; ///< that rows were rejected by
    std::map<law::Basis, report::Articles> basis_articles;
};

/// `files`: names of the gathered inputs, and behind them, at list.reading.file, that of the list.
/// Failure (internal) if rows in are not clean + rejected.
ScrubbedList scrub(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
                   const std::vector<std::string>& files, const ListOutputs& outputs);

} // namespace callscrub::app
