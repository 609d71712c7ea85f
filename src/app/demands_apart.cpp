/// What a command appends to (log, ledger) must be none of the files that it reads or writes otherwise, by whatever
/// name.
#include "app/demands.h"
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

std::vector<Named> read_by(const Job& job) {
    std::vector<Named> out;
    out.reserve(job.inputs.size() + job.operands.size() + 2);
    for (const auto& input : job.inputs) out.push_back({"the input", input.path});
    for (const auto& operand : job.operands) out.push_back({"the input", operand});
    out.push_back({"the input", job.tidy.path});
    out.push_back({"the profile", job.profile});
    return out;
}

std::vector<Named> written_by(const Job& job) {
    return {{"the output", job.output.clean},
            {"the output", job.output.rejected},
            {"the output", job.tidy.rejects},
            {"the output", job.command == Command::tidy ? job.tidy.output : std::string()}};
}

void keep_apart(const Named& kept, const std::vector<Named>& others) {
    if (kept.path.empty()) return;
    for (const auto& other : others) {
        if (other.path.empty() || other.path == "-" || !same_file(kept.path, other.path)) continue;
        throw Failure(Exit::usage, kept.what + " '" + base::quoted(kept.path, 200) + "' is " + other.what + " '" +
                                       base::quoted(other.path, 200) + "'; name another file");
    }
}

} // namespace

void demand_apart(const Job& job) {
    const Named log{"the log", job.talk.log}, ledger{"the ledger", job.command == Command::run ? job.output.ledger : std::string()};
    for (const auto& kept : {log, ledger}) {
        keep_apart(kept, read_by(job));
        keep_apart(kept, written_by(job));
        if (job.command == Command::run && !kept.path.empty() && !job.output.dir.empty() && lies_in(kept.path, job.output.dir))
            throw Failure(Exit::usage, kept.what + " '" + base::quoted(kept.path, 200) + "' lies in the folder of the run, '" +
                                           base::quoted(job.output.dir, 200) + "', which appears and goes as a whole; keep it elsewhere");
    }
    keep_apart(log, {ledger});
}

} // namespace callscrub::app
