#include "app/command_run_part.h"
#include "app/part_result.h"
#include "app/part_rows.h"
#include "app/run_outputs.h"
#include "base/text.h"
#include "report/leftover.h"
#include <algorithm>
#include <fcntl.h>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

/// One part: the same two phases over its share of the records.
class RunPart {
public:
    RunPart(const PartPlan& plan, std::uint32_t part, report::Publication& publication)
        : plan_(plan), part_(part), publication_(publication), context_(plan.job, plan.now_ms),
          progress_(Progress::when(plan.job.talk.progress), plan.job.talk.quiet) {
        context_.progress = &progress_;
    }

    PartResult go() {
        PartResult out;
        out.plan = plan_.sha256;
        out.part = part_;
        out.parts = plan_.parts;
        auto gathered = gather(context_, {}, [&](const InputSpec&, std::uint16_t file, Dates) {
            if (file == 0) begin_phase("gather", 0, plan_.first_list()); // gather counts the whole inputs
            return open(file);
        });
        for (std::size_t i = 0; i < gathered.files.size(); ++i) {
            auto& file = gathered.files[i];
            require(i, file.digest);
            refuse_too_many(file, plan_.inputs[i]);
            out.fact_files.push_back({file.kept, file.bad, file.facts, file.newest_ms, file.later, file.outcomes, std::move(file.troubles)});
        }
        const auto campaign = campaign_of(context_, *gathered.history);
        auto files = gathered.paths();
        files.emplace_back();
        begin_phase("scrub", plan_.first_list(), plan_.inputs.size());
        for (std::size_t i = plan_.first_list(); i < plan_.inputs.size(); ++i) {
            const Opened list = open(i);
            files.back() = list.spec->path;
            out.lists.push_back(judge(i, list, *gathered.history, campaign, files));
        }
        out.files = publication_.files();
        return out;
    }

private:
    std::string name(std::size_t input, std::string_view ending) const { return part_file(part_ - 1, input, ending); }

    Opened open(std::size_t input) const {
        const auto lines_name = name(input, "lines");
        std::string bytes;
        if (const int error = report::read_file(AT_FDCWD, plan_.path(lines_name), bytes); error != 0)
            throw Failure(Exit::input, {plan_.path(lines_name), 0, 0}, "can't be read: " + report::errno_text(error) + "; split the inputs again");
        if (report::sha256_hex(bytes) != plan_.file(lines_name).sha256) changed(lines_name);
        auto lines = std::make_shared<const PartLines>(bytes, plan_.inputs[input].encoding_line);
        return open_part(context_, plan_, input, csv::Source::open(plan_.path(name(input, "csv"))), std::move(lines), true);
    }

    /// Of the progress line, over these inputs' share.
    void begin_phase(std::string_view phase, std::size_t from, std::size_t end) {
        std::uint64_t bytes = 0;
        for (; from < end; ++from) bytes += plan_.file(name(from, "csv")).size;
        progress_.phase(phase, bytes);
    }

    [[noreturn]] void changed(const std::string& file) const {
        throw Failure(Exit::input, {plan_.path(file), 0, 0},
                      "is not the file that was written when the inputs were split (size or SHA-256 differ); split the inputs again");
    }

    void require(std::size_t input, const csv::Digest& digest) const {
        const auto file = name(input, "csv");
        const auto& written = plan_.file(file);
        if (digest.sha256 != written.sha256 || digest.bytes != written.size) changed(file);
    }

    /// More than the limit in one part are more than the limit in all: no need to wait for the others.
    static void refuse_too_many(const GatheredFile& file, const PartInput& input) {
        const auto bad = file.bad + input.damaged;
        if (bad <= file.spec->allow_bad_rows) return;
        const auto& first = file.bad != 0 ? file.troubles.front() : input.troubles.front();
        throw Failure(Exit::input, first.place,
                      first.text + ". At least " + std::to_string(bad) + (bad == 1 ? " row" : " rows") + " of this file can't be used, " +
                          std::to_string(file.spec->allow_bad_rows) + " are allowed, and a lost row may be a no. Correct the file, or state more "
                          "allow_bad_rows for this input, and split again");
    }

    PartList judge(std::size_t input, const Opened& list, history::History& history, const verdict::Campaign& campaign,
                   const std::vector<std::string>& files) {
        auto& rows = publication_.create(rows_file(input));
        std::uint64_t last_line = 0;
        std::string frames;
        ScrubbedList scrubbed;
        MergeSide side;
        side.keep = true;
        render_list(context_, history, campaign, list, files, side,
                    [&](Rendered& rendered) {
                        frames.clear();
                        put_rows(frames, rendered, last_line);
                        rows.write(frames);
                        scrubbed.tallies += rendered.tallies;
                    },
                    scrubbed);
        rows.finish();
        require(input, scrubbed.digest);
        return {scrubbed.tallies, scrubbed.articles, scrubbed.basis_articles};
    }

    const PartPlan& plan_;
    const std::uint32_t part_;
    report::Publication& publication_;
    Context context_;
    Progress progress_; ///< goes first: what ends the part is told on a line of its own
};

void require_part(const PartPlan& plan, const PartsSpec& asked) {
    if (asked.count != plan.parts)
        throw Failure(Exit::usage, "--part names one of " + std::to_string(asked.count) + " parts, and '" + base::quoted(plan.dir, 200) + "' holds " +
                                       std::to_string(plan.parts) + "; state --part " + std::to_string(std::min(asked.part, plan.parts)) + "/" +
                                       std::to_string(plan.parts));
}

} // namespace

int run_one_part(const Job& job, Console& console) {
    Stopwatch watch;
    PartPlan plan = read_plan(job.parts.dir);
    require_part(plan, job.parts);
    refuse_changed(plan);
    plan.job.limits = job.limits;
    plan.job.talk = job.talk;
    plan.job.hash_inputs = true; // of the part's own files
    const auto dir = plan.path(result_dir(job.parts.part - 1));
    const std::string which = "part " + std::to_string(job.parts.part) + " of " + std::to_string(plan.parts);
    if (is_done(dir, plan, job.parts.part)) {
        console.say(which + " is done already; nothing to do\n");
        return static_cast<int>(Exit::done);
    }
    // What is there is half of something else, or of another split.
    (void)report::remove_tree(AT_FDCWD, dir);
    report::PublishOptions options;
    options.wait_lock = std::chrono::seconds(job.wait_lock);
    const auto publication = report::open_directory(dir, options);
    const auto result = RunPart(plan, job.parts.part, *publication).go();
    auto& file = publication->create(std::string(result_name));
    file.write(to_json(result));
    publication->commit();
    std::uint64_t rows = 0, facts = 0;
    for (const auto& list : result.lists) rows += list.tallies.rows;
    for (const auto& one : result.fact_files) facts += one.facts;
    char pace[64];
    std::snprintf(pace, sizeof pace, "%.2f s\n", watch.total());
    console.say(which + ": " + with_commas(rows) + " rows and " + with_commas(facts) + " facts in " + pace);
    return static_cast<int>(Exit::done);
}

} // namespace callscrub::app
