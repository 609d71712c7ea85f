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

/// How the list's rows are written.
report::RowStyle style_of(const Context& context, const Opened& list);

struct Rendered;
struct MergeSide;

/// Judges every block of the list on all threads. `pass` takes what they become in the order of the list, one at a time.
/// Fills in everything of `out` but the tallies.
void render_list(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
                 const std::vector<std::string>& files, const MergeSide& side, const std::function<void(Rendered&)>& pass, ScrubbedList& out);

/// The outputs of a list while its rows come in order: writes the headers, then takes out what is on the clean list
/// already and writes the rest.
class ListWriter {
public:
    ListWriter(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
               const std::vector<std::string>& files, const ListOutputs& outputs, const MergeSide& side);
    ~ListWriter();
    /// Mends and writes; adds what is left to `tallies`.
    void pass(Rendered& rendered, report::Tallies& tallies);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Failure (internal) if rows in are not clean + rejected.
void require_balance(const Opened& list, const ScrubbedList& scrubbed);

/// `files`: names of the gathered inputs, and behind them, at list.reading.file, that of the list.
/// Failure (internal) if rows in are not clean + rejected.
ScrubbedList scrub(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
                   const std::vector<std::string>& files, const ListOutputs& outputs);

} // namespace callscrub::app
