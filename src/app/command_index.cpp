#include "app/commands.h"
#include "app/facts_index.h"
#include "app/run_outputs.h"
#include "app/value.h"

namespace callscrub::app {

namespace {

void tell(const Job& job, const Gathered& gathered, std::uint64_t bytes, double seconds, Console& console) {
    std::uint64_t rows = 0;
    for (const auto& file : gathered.files) rows += file.tally.records;
    char text[160];
    std::snprintf(text, sizeof text, "%s facts from %s rows of %zu %s, %.1f MB, %.2f s\n", with_commas(gathered.facts()).c_str(), with_commas(rows).c_str(),
                  gathered.files.size(), gathered.files.size() == 1 ? "file" : "files", static_cast<double>(bytes) / 1e6, seconds);
    console.say(text + std::string("next: callscrub explain NUMBER --index ") + job.index + ", or callscrub run --index " + job.index + ", with the same profile\n");
}

} // namespace

int run_index(const Job& job, Console& console) {
    Stopwatch watch;
    Progress progress(Progress::when(job.talk.progress), job.talk.quiet);
    Context context(job);
    context.progress = &progress;
    demand_files(job);
    const auto publication = report::open_files({job.index}, publish_options(job));
    const Gathered gathered = gather(context);
    progress.rest();
    refuse_bad_rows(gathered.files);
    auto& out = publication->create(job.index);
    write_index(context, gathered, out);
    const auto bytes = out.size();
    publication->commit();
    tell(job, gathered, bytes, watch.total(), console);
    return static_cast<int>(base::Exit::done);
}

} // namespace callscrub::app
