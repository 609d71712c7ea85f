/// What a command appends to (log, ledger) must be none of the files that it reads or writes otherwise, by whatever
/// name; and what it writes none of those that say how inputs are read and judged.
#include "app/demands.h"
#include "app/part_plan.h"
#include "app/presets.h"
#include "base/text.h"
#include <filesystem>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

namespace fs = std::filesystem;

struct Named {
    std::string what, path;
};

bool same_file(const std::string& a, const std::string& b) {
    std::error_code error;
    if (fs::equivalent(a, b, error)) return true;
    return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

bool lies_in(const std::string& path, const std::string& folder) {
    std::error_code error;
    const fs::path top = fs::weakly_canonical(folder + "/.", error);
    for (fs::path at = fs::weakly_canonical(path, error); at.has_relative_path(); at = at.parent_path())
        if (at == top || at / "" == top) return true;
    return false;
}

/// What says how the inputs are read and judged.
std::vector<Named> guidance_of(const Job& job) {
    std::vector<Named> out{{"the profile", job.profile}};
    for (const auto& input : job.inputs)
        if (is_preset_file(input.preset)) out.push_back({"the preset", input.preset});
    std::error_code error;
    if (!job.rules_dir.empty())
        for (fs::directory_iterator it(job.rules_dir, error), end; !error && it != end; it.increment(error))
            if (it->path().extension() == ".toml" || it->path().extension() == ".csv") out.push_back({"the rule pack", it->path().string()});
    if (job.command != Command::index) out.push_back({"the index", job.index});
    return out;
}

std::vector<Named> read_by(const Job& job) {
    std::vector<Named> out = guidance_of(job);
    for (const auto& input : job.inputs) out.push_back({"the input", input.path});
    for (const auto& operand : job.operands) out.push_back({"the input", operand});
    out.push_back({"the input", job.tidy.path});
    out.push_back({"the ledger", job.ledger});
    return out;
}

std::vector<Named> written_by(const Job& job) {
    return {{"the output", job.output.clean},
            {"the output", job.output.rejected},
            {"the output", job.tidy.rejects},
            {"the index", job.command == Command::index ? job.index : std::string()},
            {"the output", job.command == Command::tidy ? job.tidy.output : std::string()}};
}

void keep_apart(const Named& kept, const std::vector<Named>& others) {
    if (kept.path.empty() || kept.path == "-") return;
    for (const auto& other : others) {
        if (other.path.empty() || other.path == "-" || !same_file(kept.path, other.path)) continue;
        throw Failure(Exit::usage, kept.what + " '" + base::quoted(kept.path, 200) + "' is " + other.what + " '" +
                                       base::quoted(other.path, 200) + "'; name another file");
    }
}

/// A folder that a log or ledger must not lie in, and why.
struct Folder {
    std::string what, path, why;
};

void keep_out(const Named& kept, const std::vector<Folder>& folders) {
    if (kept.path.empty()) return;
    for (const auto& folder : folders)
        if (!folder.path.empty() && lies_in(kept.path, folder.path))
            throw Failure(Exit::usage, kept.what + " '" + base::quoted(kept.path, 200) + "' lies in " + folder.what + ", '" +
                                           base::quoted(folder.path, 200) + "', " + folder.why + "; keep it elsewhere");
}

std::vector<Folder> folders_of(const Job& job) {
    const std::string as_a_whole = "which appears and goes as a whole", untouched = "whose files stay as they are";
    std::vector<Folder> out;
    if (job.command == Command::run || job.command == Command::merge) out.push_back({"the folder of the run", job.output.dir, as_a_whole});
    if (job.command == Command::part) out.push_back({"the folder of the parts", job.parts.dir, as_a_whole});
    else out.push_back({"the folder of the parts", job.parts.dir, untouched});
    if (job.command == Command::verify || job.command == Command::diff)
        for (const auto& operand : job.operands) out.push_back({"the folder of the run", operand, untouched});
    return out;
}

/// A step of a scrub in parts with what its plan says of inputs and outputs.
Job planned(const Job& job) {
    Job out = read_plan(job.parts.dir).job;
    out.command = job.command;
    out.parts = job.parts;
    out.talk = job.talk;
    if (!job.output.dir.empty()) out.output.dir = job.output.dir;
    if (!job.output.ledger.empty()) out.output.ledger = job.output.ledger;
    return out;
}

void demand_apart_of(const Job& job) {
    const bool appends = job.command == Command::run || job.command == Command::merge;
    const Named log{"the log", job.talk.log}, ledger{"the ledger", appends ? job.output.ledger : std::string()};
    for (const auto& kept : {log, ledger}) {
        keep_apart(kept, read_by(job));
        keep_apart(kept, written_by(job));
        keep_out(kept, folders_of(job));
    }
    keep_apart(log, {ledger});
    auto written = written_by(job);
    written.push_back({"the output", job.output.dir});
    for (const auto& output : written) keep_apart(output, guidance_of(job));
}

} // namespace

// The plan of parts is read here only if something is appended to, for that must not be one of its inputs.
void demand_apart(const Job& job) {
    const bool step = job.command == Command::merge || (job.command == Command::run && !job.parts.dir.empty());
    const bool appends = !job.talk.log.empty() || !job.output.ledger.empty();
    demand_apart_of(step && appends ? planned(job) : job);
}

} // namespace callscrub::app
