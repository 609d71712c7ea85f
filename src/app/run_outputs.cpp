#include "app/run_outputs.h"
#include <set>

namespace callscrub::app {

report::PublishOptions publish_options(const Job& job) {
    report::PublishOptions out;
    out.wait_lock = std::chrono::seconds(job.wait_lock);
    for (const auto& input : job.inputs) out.inputs.push_back(input.path);
    return out;
}

std::unique_ptr<report::Publication> open_publication(const Job& job) {
    auto options = publish_options(job);
    options.replace = job.output.replace;
    if (job.dry_run) return report::open_nowhere();
    if (!job.output.dir.empty()) return report::open_directory(job.output.dir, options);
    std::vector<std::string> targets;
    for (const auto* target : {&job.output.clean, &job.output.rejected})
        if (!target->empty()) targets.push_back(*target);
    return report::open_files(targets, options);
}

bool whole_directory(const Job& job) { return !job.output.dir.empty() || (job.output.clean.empty() && job.output.rejected.empty()); }

std::vector<std::string> stems(const std::vector<const InputSpec*>& lists) {
    std::vector<std::string> out;
    std::set<std::string> used;
    for (const auto* list : lists) {
        const auto base = output_stem(list->path);
        std::string stem = base;
        for (int n = 2; !used.insert(stem).second; ++n) stem = base + "-" + std::to_string(n);
        out.push_back(stem);
    }
    return out;
}

ListOutputs outputs_of(const Job& job, report::Publication& publication, const std::string& stem, report::ManifestList& names) {
    ListOutputs out;
    if (!whole_directory(job)) {
        if (!job.output.clean.empty()) out.clean = &publication.create(job.output.clean);
        if (!job.output.rejected.empty()) out.rejected = &publication.create(job.output.rejected);
        return out;
    }
    names.clean_file = stem + ".clean.csv";
    names.rejected_file = stem + ".rejected.csv";
    names.evidence_file = stem + ".evidence.csv";
    out.clean = &publication.create(names.clean_file);
    out.rejected = &publication.create(names.rejected_file);
    out.evidence = &publication.create(names.evidence_file);
    if (job.output.renew_within) out.renew = &publication.create(stem + ".renew.csv");
    return out;
}

void describe_list(const Context& context, const Opened& list, report::ManifestList& out) {
    out.path = list.spec->path;
    out.delimiter = std::string(1, list.reader->dialect().delimiter);
    if (list.reader->dialect().quote != 0) out.quote = std::string(1, list.reader->dialect().quote);
    out.encoding = std::string(csv::name(list.reader->encoding()));
    for (const auto phone : list.columns.phones) out.phone_columns.push_back(static_cast<std::uint32_t>(phone + 1));
    for (const auto& join : list.columns.joins) {
        auto& told = out.phone_joins.emplace_back();
        told.column = static_cast<std::uint32_t>(join.at + 1);
        for (const auto part : join.before) told.before.push_back(static_cast<std::uint32_t>(part + 1));
        told.plus = join.plus;
    }
    out.header = list.reader->header().present;
    if (list.columns.has(facts::Column::country)) out.country_column = static_cast<std::uint32_t>(list.columns[facts::Column::country] + 1);
    out.region = (list.spec->region.known() ? list.spec->region : context.region).text();
}

void finish(const Job& job, const ListOutputs& outputs) {
    for (auto* file : {outputs.clean, outputs.rejected, outputs.evidence, outputs.renew})
        if (file && whole_directory(job)) file->finish();
}

} // namespace callscrub::app
