/// What a run tells about itself: summary, report, manifest, sums, ledger, and the table on the terminal.
#pragma once
#include "app/doubts.h"
#include "app/guards.h"
#include "app/scrub.h"
#include "app/terminal.h"
#include "report/ledger.h"
#include "report/publish.h"
#include <optional>

namespace callscrub::app {

class RunReport {
public:
    RunReport(const Context& context, Console& console);

    /// The summary of the run directory that is to be replaced, if there is one that can be read.
    void load_previous();
    /// Phase one is over; it took `seconds`. Failure (stale, guard) for inputs that are too old or too small.
    void add(const Gathered& gathered, double seconds);
    void add(const Opened& list, const ScrubbedList& scrubbed, report::ListSummary summary);
    /// Phase two is over. Failure (guard) if a bound is passed.
    void guard(double seconds);
    /// summary.json, report.html, manifest.json and SHA256SUMS into the run's directory.
    void write(report::Publication& publication);
    /// Commits, with the ledger's line where one is kept.
    void publish(report::Publication& publication, double seconds, double total);
    /// The table for people, and the summary on standard output if JSON is asked for.
    void tell(double seconds);

private:
    void record(double seconds);
    void add_input(const InputSpec& spec, const csv::SourceFacts& source, const csv::Digest& digest, const csv::Tally& tally,
                   csv::Encoding encoding, char delimiter);
    void warn_of_registers(const law::Jurisdiction& law);
    void warn_of_doubts(const law::Jurisdiction& law);
    std::vector<report::Setting> settings() const;
    report::Manifest manifest(const report::Publication* publication);
    void finish_timings(double seconds);

    const Context& context_;
    const Job& job_;
    Console& console_;
    report::Summary summary_;
    report::Manifest manifest_;
    std::optional<report::Summary> previous_;
    std::string manifest_sha_, sums_sha_;
    UnheededColumns unheeded_;
    std::vector<std::string> persons_only_; ///< files of facts
    bool list_names_persons_ = false;
    std::vector<report::Warning> nameless_; ///< consent files that name no entity: what is said if that costs permissions
};

} // namespace callscrub::app
