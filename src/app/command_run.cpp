#include "app/command_run_part.h"
#include "app/commands.h"
#include "app/facts_index.h"
#include "app/run_outputs.h"
#include "app/run_report.h"
#include "app/scrub.h"

namespace callscrub::app {

using base::Exit;

namespace {

/// One run from inputs to published files.
class Run {
public:
    Run(const Job& job, Console& console)
        : job_(job), console_(console), context_(job), publication_(open_publication(job)), report_(context_, console),
          progress_(Progress::when(job.talk.progress), job.talk.quiet) {
        context_.progress = &progress_;
    }

    void go() {
        report_.load_previous();
        gathered_ = job_.index.empty() ? gather(context_, {}, {}, wanted_by_lists(context_)) : read_index(context_);
        progress_.rest();
        refuse_bad_rows(gathered_.files);
        report_.add(gathered_, watch_.lap());
        const auto campaign = campaign_of(context_, *gathered_.history);
        begin_phase(context_, "scrub", job_.inputs_of(Role::list));
        scrub_lists(campaign);
        progress_.rest();
        report_.guard(watch_.lap());
        publish();
    }

private:
    void scrub_lists(const verdict::Campaign& campaign) {
        const auto lists = job_.inputs_of(Role::list);
        const auto names = stems(lists);
        auto files = gathered_.paths();
        files.emplace_back();
        for (std::size_t i = 0; i < lists.size(); ++i) {
            files.back() = lists[i]->path;
            const Opened list = open_input(context_, *lists[i], static_cast<std::uint16_t>(files.size() - 1), Dates::first_rows, job_.hash_inputs);
            report::ListSummary summary;
            const auto outputs = outputs_of(job_, *publication_, names[i], summary.files);
            const auto scrubbed = scrub(context_, *gathered_.history, campaign, list, files, outputs);
            describe_list(context_, list, summary.files);
            finish(job_, outputs);
            report_.add(list, scrubbed, std::move(summary));
        }
    }

    void publish() {
        if (whole_directory(job_)) report_.write(*publication_);
        report_.publish(*publication_, watch_.lap(), watch_.total());
        report_.tell(watch_.total());
    }

    const Job& job_;
    Console& console_;
    Stopwatch watch_;
    Context context_;
    std::unique_ptr<report::Publication> publication_;
    Gathered gathered_;
    RunReport report_;
    Progress progress_; ///< goes first: what ends the run is told on a line of its own
};

} // namespace

int run_run(const Job& job, Console& console) {
    if (!job.parts.dir.empty()) return run_one_part(job, console);
    Run(job, console).go();
    return static_cast<int>(Exit::done);
}

} // namespace callscrub::app
