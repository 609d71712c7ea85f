#include "app/commands.h"
#include "app/part_fields.h"
#include "app/part_inputs.h"
#include "app/part_split.h"
#include "app/run_outputs.h"
#include "app/version.h"
#include <filesystem>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

PartPlan new_plan(const Context& context) {
    const auto& job = context.job;
    PartPlan out;
    out.version = std::string(version());
    out.phone_metadata = facts::phone_metadata_version();
    out.packs = part_packs(context.packs);
    out.parts = job.parts.count;
    out.now_ms = context.begun_ms;
    out.job = job;
    const auto add = [&](const InputSpec* spec) { out.inputs.emplace_back().of = static_cast<std::uint64_t>(spec - job.inputs.data()); };
    for (const auto* spec : in_reading_order(job)) add(spec);
    if (out.inputs.size() >= history::most_files)
        throw Failure(Exit::usage, "at most " + std::to_string(history::most_files - 1) + " inputs besides the lists are supported");
    for (const auto* spec : job.inputs_of(Role::list)) add(spec);
    return out;
}

/// The inputs in the order in which each tells the next what is asked for.
std::vector<std::size_t> splitting_order(const PartPlan& plan) {
    std::vector<std::size_t> out;
    for (const auto role : {Role::list, Role::consents, Role::relations, Role::suppress, Role::registers, Role::calls})
        for (std::size_t i = 0; i < plan.inputs.size(); ++i)
            if (plan.job.inputs[plan.inputs[i].of].role == role) out.push_back(i);
    return out;
}

std::vector<const InputSpec*> specs_of(const Job& job) {
    std::vector<const InputSpec*> out;
    out.reserve(job.inputs.size());
    for (const auto& input : job.inputs) out.push_back(&input);
    return out;
}

bool same_windows(const Context& a, const Context& b) {
    for (std::size_t i = 0; i < a.windows.size(); ++i)
        if (a.windows[i].from != b.windows[i].from || a.windows[i].until != b.windows[i].until) return false;
    return true;
}

bool all_files(const PartPlan& plan) {
    std::error_code error;
    for (const auto& file : plan.files)
        if (std::filesystem::file_size(plan.path(file.name), error) != file.size || error) return false;
    return true;
}

/// Whether `dir` holds these very parts, from before. Failure (output) if it holds others.
bool split_before(const Context& context, const PartPlan& wanted) {
    const auto& dir = context.job.parts.dir;
    std::error_code error;
    if (!std::filesystem::exists(dir + "/" + std::string(plan_name), error)) return false;
    const auto found = read_plan(dir);
    auto job = found.job;
    job.rules_dir = context.job.rules_dir; // its packs were compared
    const char* differs = found.parts != wanted.parts                               ? "another number of parts"
                          : stored::written(job) != stored::written(wanted.job)     ? "other inputs or settings"
                          : !same_windows(context, Context(context.job, found.now_ms)) ? "another day"
                          : !all_files(found)                                       ? "files that are no longer whole"
                                                                                    : nullptr;
    if (differs)
        throw Failure(Exit::output, {dir, 0, 0}, "holds parts already, but of " + std::string(differs) + "; remove it, or name another directory");
    refuse_changed(found);
    refuse_rewritten(found);
    for (const auto& input : found.inputs)
        if (!input.source.regular)
            throw Failure(Exit::output, {dir, 0, 0}, "holds parts of a pipe, which can't be compared; remove it, or name another directory");
    return true;
}

void put(report::Publication& publication, const std::string& name, const std::string& text) {
    auto& file = publication.create(name);
    file.write(text);
    file.finish();
}

void tell(const PartPlan& plan, Console& console, double seconds) {
    std::uint64_t rows = 0;
    for (const auto& input : plan.inputs) rows += input.tally.records;
    char pace[96];
    std::snprintf(pace, sizeof pace, "%s rows in %u %s, %.2f s\n", with_commas(rows).c_str(), plan.parts, plan.parts == 1 ? "part" : "parts", seconds);
    const std::string dir = plan.job.parts.dir;
    console.say(std::string(pace) + "next: callscrub run --part K/" + std::to_string(plan.parts) + " " + dir + " for K = 1 to " +
                std::to_string(plan.parts) + ", then callscrub merge " + dir + "\n");
}

} // namespace

int run_part(const Job& job, Console& console) {
    Stopwatch watch;
    Context context(job);
    PartPlan plan = new_plan(context);
    if (split_before(context, plan)) {
        console.say(job.parts.dir + " holds these parts already; nothing to do\n");
        return static_cast<int>(Exit::done);
    }
    const auto publication = report::open_directory(job.parts.dir, publish_options(job));
    Progress progress(Progress::when(job.talk.progress), job.talk.quiet);
    context.progress = &progress;
    begin_phase(context, "part", specs_of(job));
    Splitter splitter(context, plan, *publication);
    for (const auto input : splitting_order(plan)) splitter.split(input);
    progress.rest();
    if (!job.rules_dir.empty())
        for (const auto& pack : context.packs) put(*publication, pack.name.substr(pack.name.rfind('/') + 1), pack.text);
    plan.files = publication->files();
    put(*publication, std::string(plan_name), to_json(plan));
    publication->commit();
    tell(plan, console, watch.total());
    return static_cast<int>(Exit::done);
}

} // namespace callscrub::app
