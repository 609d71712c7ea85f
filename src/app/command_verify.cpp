#include "app/commands.h"
#include "report/verify.h"
#include <nlohmann/json.hpp>

namespace callscrub::app {

int run_verify(const Job& job, Console& console) {
    const auto& run = job.operands.front();
    const auto findings = report::verify_run(run, {job.ledger});
    if (job.talk.json) {
        nlohmann::ordered_json out = {
            {"run", run}, {"ok", findings.empty()}, {"findings", nlohmann::ordered_json::array()}};
        for (const auto& finding : findings)
            out["findings"].push_back({{"place", finding.place}, {"text", finding.text}});
        console.print(out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    } else {
        for (const auto& finding : findings)
            console.print(harmless(finding.place + ": " + finding.text) + "\n");
        if (findings.empty())
            console.print(harmless(run) + ": as it was published" +
                          (job.ledger.empty() ? "" : ", and the ledger has it") + "\n");
    }
    console.log().debug("verified", {Field::whole("run", run), {"findings", findings.size()}});
    return static_cast<int>(findings.empty() ? base::Exit::done : base::Exit::finding);
}

} // namespace callscrub::app
