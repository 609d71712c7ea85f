#include "app/commands.h"
#include "report/diff.h"
#include <sstream>

namespace callscrub::app {

int run_diff(const Job& job, Console& console) {
    const auto diff = report::diff_runs(job.operands[0], job.operands[1]);
    std::ostringstream out;
    switch (job.diff) {
    case DiffFormat::text:
        report::write_text(out, diff, job.talk.verbose ? 50 : 5);
        break;
    case DiffFormat::csv:
        report::write_csv(out, diff);
        break;
    case DiffFormat::json:
        report::write_json(out, diff);
        break;
    }
    console.print(out.str());
    return static_cast<int>(diff.different() ? base::Exit::finding : base::Exit::done);
}

} // namespace callscrub::app
