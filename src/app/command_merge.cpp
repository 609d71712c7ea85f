#include "app/commands.h"
#include "app/kept_cells.h"
#include "app/part_inputs.h"
#include "app/part_result.h"
#include "app/part_rows.h"
#include "app/run_outputs.h"
#include "app/run_report.h"

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

/// The rows of one list from all parts, and its damaged ones, in their original order.
class RowsInOrder {
public:
    RowsInOrder(const PartPlan& plan, std::size_t input, const std::vector<PartResult>& results, const std::vector<std::string>& dirs) {
        add(plan.path(damaged_file(input)), plan.file(damaged_file(input)));
        const auto name = rows_file(input);
        for (std::size_t part = 0; part < results.size(); ++part) {
            const auto path = dirs[part] + "/" + name;
            const auto& files = results[part].files;
            const auto file = std::find_if(files.begin(), files.end(), [&](const auto& one) { return one.name == name; });
            if (file == files.end()) throw Failure(Exit::input, {path, 0, 0}, "is not of this result; run the part again");
            add(path, *file);
        }
    }

    /// The row with the smallest line; null at the end. Good until the next call.
    const PartRow* next() {
        if (current_ && !current_->next()) std::erase_if(readers_, [&](const auto& one) { return one.get() == current_; });
        current_ = nullptr;
        for (const auto& reader : readers_)
            if (!current_ || reader->row().line < current_->row().line) current_ = reader.get();
        return current_ ? &current_->row() : nullptr;
    }

private:
    void add(const std::string& path, const report::FileRecord& file) {
        auto reader = std::make_unique<PartRowReader>(path, file);
        if (reader->next()) readers_.push_back(std::move(reader));
    }

    std::vector<std::unique_ptr<PartRowReader>> readers_;
    PartRowReader* current_ = nullptr;
};

/// Rows on their way to the ListWriter, as a Renderer would have made them of one block.
class Collected {
public:
    void add(const PartRow& row) {
        auto& pieces = rendered_.pieces;
        if (row.clean) begin(row);
        for (std::size_t i = 0; auto* piece : {&pieces.clean, &pieces.rejected, &pieces.evidence, &pieces.renew}) *piece += row.pieces[i++];
        if (row.clean) rendered_.rows.back().end = sizes(pieces);
    }
    bool full() const { return raws_.size() + rendered_.pieces.rejected.size() > (std::size_t{1} << 20); }

    /// Everything since the last call. Good until the next one.
    Rendered& take() {
        raws_.append(csv::Buffer::slack, '\0'); // a reader of records may look so far
        for (std::size_t i = 0; i < rendered_.rows.size(); ++i)
            rendered_.rows[i].raw = std::string_view(raws_).substr(raw_at_[i].first, raw_at_[i].second);
        return rendered_;
    }
    Rendered& rendered() { return rendered_; }
    void clear() {
        rendered_ = {};
        raws_.clear();
        raw_at_.clear();
    }

private:
    void begin(const PartRow& row) {
        Rendered::CleanRow out;
        out.line = row.line;
        out.encoding = row.encoding;
        out.kept_begin = rendered_.kept.size();
        rendered_.kept += row.kept;
        out.kept_end = rendered_.kept.size();
        out.first_number = rendered_.numbers.size();
        rendered_.numbers.insert(rendered_.numbers.end(), row.numbers.begin(), row.numbers.end());
        out.begin = sizes(rendered_.pieces);
        out.basis = row.basis;
        out.until = row.until;
        out.emptied = row.emptied;
        out.doubts = row.doubts;
        raw_at_.emplace_back(raws_.size(), row.raw.size());
        raws_ += row.raw;
        count_clean(rendered_.tallies, out, true);
        rendered_.rows.push_back(out);
    }

    Rendered rendered_;
    std::string raws_; ///< of the clean rows
    std::vector<std::pair<std::size_t, std::size_t>> raw_at_;
};

/// One run's outputs from the results of its parts.
class Merge {
public:
    Merge(const PartPlan& plan, Console& console)
        : plan_(plan), job_(plan.job), results_(read_results(plan, dirs_)), context_(plan.job, plan.now_ms), publication_(open_publication(job_)),
          report_(context_, console), nothing_(std::make_unique<history::Gathering>(), 1), campaign_(campaign_of(context_, nothing_)),
          progress_(Progress::when(job_.talk.progress), job_.talk.quiet) {}

    void go() {
        report_.load_previous();
        const auto gathered = this->gathered();
        refuse_bad_rows(gathered.files);
        report_.add(gathered, watch_.lap());
        progress_.phase("merge", bytes_to_read());
        write_lists(gathered);
        progress_.rest();
        report_.guard(watch_.lap());
        report_.write(*publication_);
        report_.publish(*publication_, watch_.lap(), watch_.total());
        report_.tell(watch_.total());
    }

private:
    /// What `gather` would have said of all parts together.
    Gathered gathered() const {
        Gathered out;
        for (std::size_t i = 0; i < plan_.first_list(); ++i) {
            const auto& input = plan_.inputs[i];
            auto& file = out.files.emplace_back();
            file.spec = &job_.inputs[input.of];
            file.source = input.source;
            file.digest = input.digest;
            file.dialect = input.known.format.dialect;
            file.encoding = input.known.encoding;
            file.tally = input.tally;
            file.columns = input.columns;
            file.headers = input.known.header.names;
            file.bad = input.damaged;
            file.troubles = input.troubles;
            for (const auto& result : results_) {
                const auto& part = result.fact_files[i];
                file.kept += part.kept;
                file.bad += part.bad;
                file.facts += part.facts;
                file.newest_ms = std::max(file.newest_ms, part.newest_ms);
                file.later.add(part.later.rows, part.later.line);
                file.outcomes.add(part.outcomes.rows, part.outcomes.line);
                file.troubles.insert(file.troubles.end(), part.troubles.begin(), part.troubles.end());
            }
            keep_first(file.troubles);
        }
        return out;
    }

    std::uint64_t bytes_to_read() const {
        std::uint64_t out = 0;
        for (std::size_t i = plan_.first_list(); i < plan_.inputs.size(); ++i) out += plan_.file(damaged_file(i)).size;
        for (const auto& result : results_)
            for (const auto& file : result.files) out += file.size;
        return out;
    }

    void write_lists(const Gathered& gathered) {
        const auto names = stems(job_.inputs_of(Role::list));
        auto files = gathered.paths();
        files.emplace_back();
        const auto first = plan_.first_list();
        for (std::size_t i = first; i < plan_.inputs.size(); ++i) {
            const Opened list = open_part(context_, plan_, i, csv::Source::memory("", ""), nullptr, false);
            files.back() = job_.inputs[plan_.inputs[i].of].path;
            report::ListSummary summary;
            const auto outputs = outputs_of(job_, *publication_, names[i - first], summary.files);
            const auto scrubbed = write_list(i, list, files, outputs);
            describe_list(context_, list, summary.files);
            finish(job_, outputs);
            report_.add(list, scrubbed, std::move(summary));
        }
    }

    ScrubbedList write_list(std::size_t input, const Opened& list, const std::vector<std::string>& files, const ListOutputs& outputs) {
        ScrubbedList out = judged(input);
        KeptCells kept(context_);
        MergeSide side;
        side.kept = &kept;
        ListWriter writer(context_, nothing_, campaign_, list, files, outputs, side);
        const auto style = style_of(context_, list);
        Renderer damaged(context_, nothing_, campaign_, list, files, style);
        RowsInOrder rows(plan_, input, results_, dirs_);
        Collected collected;
        std::uint64_t bytes = 0, count = 0; // since the last pass
        const auto pass = [&] {
            writer.pass(collected.take(), out.tallies);
            collected.clear();
            progress_.add(std::exchange(bytes, 0), std::exchange(count, 0));
        };
        while (const auto* row = rows.next()) {
            bytes += row->bytes;
            ++count;
            if (row->damaged) render_damaged(*row, damaged, collected.rendered());
            else collected.add(*row);
            if (collected.full()) pass();
        }
        pass();
        damaged.report_articles(out);
        require_balance(list, out);
        return out;
    }

    static void render_damaged(const PartRow& row, Renderer& renderer, Rendered& out) {
        csv::Record record;
        record.raw = row.raw;
        record.line = row.line;
        record.encoding = row.encoding;
        record.damage = csv::Damage::stray_quote; // which one it was, no report tells
        renderer.row(record, out);
    }

    /// What the parts said of the list; which rows stay clean is counted anew.
    ScrubbedList judged(std::size_t input) const {
        ScrubbedList out;
        const auto& stored = plan_.inputs[input];
        for (const auto& result : results_) {
            const auto& list = result.lists[input - plan_.first_list()];
            out.tallies += list.tallies;
            for (const auto& [reason, articles] : list.articles) out.articles[reason].insert(articles.begin(), articles.end());
            for (const auto& [basis, articles] : list.basis_articles) out.basis_articles[basis].insert(articles.begin(), articles.end());
        }
        out.tallies.clean = out.tallies.emptied = out.tallies.open_ended = 0;
        out.tallies.bases = {};
        out.tallies.doubts = {};
        out.tallies.lapses.clear();
        out.records = stored.tally;
        out.source = stored.source;
        out.digest = stored.digest;
        return out;
    }

    const PartPlan& plan_;
    const Job& job_;
    Stopwatch watch_;
    std::vector<std::string> dirs_; ///< of the results
    const std::vector<PartResult> results_;
    const Context context_; ///< the calling window is that of the day of the split; how old inputs are is asked today
    std::unique_ptr<report::Publication> publication_;
    RunReport report_;
    history::History nothing_; ///< rows are mended, not judged
    verdict::Campaign campaign_;
    Progress progress_; ///< goes first: what ends the merge is told on a line of its own
};

/// What is said on the command line beats what was said when the inputs were split.
void put_outputs(const Job& job, Job& into) {
    into.command = Command::merge;
    if (!job.output.dir.empty()) into.output.dir = job.output.dir;
    if (!job.output.ledger.empty()) into.output.ledger = job.output.ledger;
    into.output.replace = into.output.replace || job.output.replace;
    into.output.clean.clear();
    into.output.rejected.clear();
    into.dry_run = job.dry_run;
    into.wait_lock = job.wait_lock;
    into.talk = job.talk;
    into.limits = job.limits;
    if (into.output.dir.empty() && !into.dry_run)
        throw Failure(Exit::usage, "nowhere to write: state --out DIR, or --dry-run");
}

} // namespace

int run_merge(const Job& job, Console& console) {
    PartPlan plan = read_plan(job.parts.dir);
    put_outputs(job, plan.job);
    refuse_changed(plan);
    refuse_rewritten(plan);
    Merge(plan, console).go();
    return static_cast<int>(Exit::done);
}

} // namespace callscrub::app
