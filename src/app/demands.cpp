#include "app/demands.h"
#include "app/part_reach.h"
#include "base/text.h"
#include <map>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

[[noreturn]] void fail(const std::string& what) { throw Failure(Exit::usage, what); }

std::string see(Command command) {
    return "; see `callscrub " + std::string(info(command).name) + " --help`";
}

void demand_entity(const Job& job) {
    if (job.campaign.entity.empty())
        fail("no entity: state on whose behalf the calls are made, with --entity NAME or `entity` in "
             "[campaign] of the profile");
}

/// What hangs on today is checked when today is known (context.h).
void demand_window(const CampaignSpec& campaign) {
    using K = DaySpec::Kind;
    const auto &from = campaign.call_from, &until = campaign.call_until;
    if (from.kind != K::fixed || until.kind != K::fixed || until.day >= from.day) return;
    fail("the calling window ends on " + facts::to_string(until.day) + ", before it begins on " +
         facts::to_string(from.day) + "; correct --call-from or --call-until");
}

void demand_lists(const Job& job) {
    const auto lists = job.inputs_of(Role::list);
    if (lists.empty())
        fail("no call list: name one or more files, or state [[list]] in the profile" + see(job.command));
    std::map<std::string, std::string> paths; // by stem
    for (const auto* list : lists) {
        const auto [earlier, fresh] = paths.emplace(output_stem(list->path), list->path);
        if (fresh || (job.output.dir.empty() && job.parts.dir.empty())) continue;
        if (earlier->second == list->path)
            fail("the list '" + base::quoted(list->path, 200) + "' is named twice");
        fail("the lists '" + base::quoted(earlier->second, 200) + "' and '" + base::quoted(list->path, 200) +
             "' would both be written to '" + base::quoted(earlier->first) +
             ".clean.csv'; rename one of them");
    }
}

void demand_run(const Job& job) {
    demand_entity(job);
    demand_window(job.campaign);
    demand_lists(job);
    const auto& output = job.output;
    const bool files = !output.clean.empty() || !output.rejected.empty();
    if (!files && output.dir.empty() && !job.dry_run)
        fail("nowhere to write: state --out DIR, or --clean FILE and --rejected FILE for one list, or "
             "--dry-run");
    if (files && job.inputs_of(Role::list).size() != 1)
        fail("--clean and --rejected are for one list, and there are " +
             std::to_string(job.inputs_of(Role::list).size()) + "; state --out DIR");
    if (files && output.clean == output.rejected)
        fail("--clean and --rejected name the same file; they need two");
    if (job.talk.json && (output.clean == "-" || output.rejected == "-"))
        fail("--json and a list on standard output exclude each other; write the list to a file");
}

/// All that a part is told stands in its directory.
void demand_one_part(const Arguments& arguments) {
    if (arguments.operands.size() != 1)
        fail("--part takes one operand, the directory that `callscrub part` has made" + see(Command::run));
    for (const auto& typed : arguments.options) {
        const auto& option = *typed.option;
        if (option.name == "part" || ((option.group == Group::limits || option.group == Group::general) && option.name != "profile" &&
                                      option.name != "phone-engine" && option.name != "json"))
            continue;
        fail("--" + std::string(option.name) + " and --part exclude each other; what a part does was stated when the inputs were split");
    }
}

void demand_parts(const Job& job) {
    demand_entity(job);
    demand_window(job.campaign);
    demand_lists(job);
    if (job.parts.count < 1 || job.parts.count > most_parts) fail("into how many parts? state --parts N, 1 to " + std::to_string(most_parts));
    if (job.parts.dir.empty()) fail("nowhere to write: state -o DIR");
}

void demand_explain(const Job& job) {
    const auto& asked = job.explain;
    if (asked.list.empty() != (asked.line == 0))
        fail("--list FILE and --line N belong together" + see(job.command));
    if (asked.list.empty() == asked.number.empty())
        fail(asked.number.empty()
                 ? "no number: name one, or a row with --list FILE --line N" + see(job.command)
                 : "a number and --list exclude each other; name one of them");
    if (asked.html && job.talk.json) fail("--html and --json exclude each other");
    if (!asked.list.empty() && !asked.person.empty())
        fail("--person and --list exclude each other; the row says who the person is");
    demand_entity(job);
    demand_window(job.campaign);
}

void demand_tidy(const Job& job) {
    const auto& tidy = job.tidy;
    if (tidy.path.empty()) fail("the file's path is empty");
    if (tidy.output == tidy.rejects) fail("-o and --rejects name the same file; they need two");
    if (job.talk.json && (tidy.output == "-" || tidy.rejects == "-"))
        fail("--json and a file on standard output exclude each other; state -o FILE");
}

void demand_action(const Job& job) {
    const std::size_t count = job.operands.size();
    const std::string start = std::string(info(job.command).name) + " " + job.action;
    if (job.action == "list" && count != 0) fail("'" + start + "' takes nothing more" + see(job.command));
    if (job.action == "show" && count != 1)
        fail("'" + start + "' takes one name, see `callscrub " + std::string(info(job.command).name) +
             " list`");
    if (job.action == "test" && count == 0)
        fail("'" + start + "' takes one or more case files" + see(job.command));
}

} // namespace

void demand_operands(const Arguments& arguments) {
    const auto& command = info(arguments.command);
    const std::size_t count = arguments.operands.size();
    if (count >= command.least && count <= command.most) return;
    fail("'" + std::string(command.name) + "' takes " + std::string(command.operands) + " and got " +
         (count == 0 ? "nothing" : std::to_string(count)) + see(arguments.command));
}

void demand(const Job& job, const Arguments& arguments) {
    demand_apart(job);
    switch (job.command) {
    case Command::run:
        if (arguments.has("part")) demand_one_part(arguments);
        else demand_run(job);
        break;
    case Command::part:
        demand_parts(job);
        break;
    case Command::explain:
        demand_explain(job);
        break;
    case Command::check:
        if (job.inputs.empty()) fail("nothing to check: name files, or state a profile" + see(job.command));
        break;
    case Command::tidy:
        demand_tidy(job);
        break;
    case Command::rules:
    case Command::presets:
        demand_action(job);
        break;
    case Command::diff:
        if (arguments.has("csv") && job.talk.json) fail("--csv and --json exclude each other");
        break;
    case Command::index:
        demand_entity(job);
        if (job.index.empty()) fail("nowhere to write: state -o FILE");
        break;
    default:
        break;
    }
}

} // namespace callscrub::app
