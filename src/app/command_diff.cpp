#include "app/commands.h"
#include "app/terminal.h"
#include "report/diff.h"
#include <algorithm>
#include <sstream>

namespace callscrub::app {

namespace {

// Names of files and records come from elsewhere.
std::string harmless_lines(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        out += harmless(std::string_view(text).substr(at, end - at)) + "\n";
        at = end + 1;
    }
    return out;
}

} // namespace

int run_diff(const Job& job, Console& console) {
    const auto diff = report::diff_runs(job.operands[0], job.operands[1]);
    std::ostringstream out;
    const bool text = job.diff == DiffFormat::text;
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
    console.print(text ? harmless_lines(out.str()) : out.str());
    return static_cast<int>(diff.different() ? base::Exit::finding : base::Exit::done);
}

} // namespace callscrub::app
