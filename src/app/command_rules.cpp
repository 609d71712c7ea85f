#include "app/commands.h"
#include "app/context.h"
#include "app/rules_json.h"
#include "app/toml_file.h"
#include "base/text.h"
#include "law/describe.h"
#include "verdict/cases.h"
#include <nlohmann/json.hpp>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

int list(const Job& job, const law::Rulebook& rules, Console& console) {
    if (job.talk.json) {
        console.print(packs_json(rules));
        return 0;
    }
    Table table(std::vector<Table::Align>(5, Table::Align::left));
    table.row({"pack", "country", "version", "regimes", "in force since"}, Tint::strong);
    for (const auto& one : rules.jurisdictions())
        table.row({one.id, one.names.at("en"), one.version, std::to_string(one.regimes.size()), facts::to_string(one.regimes.back().from)});
    console.print(table.text(0, console.out().colour));
    return 0;
}

int show(const Job& job, const law::Rulebook& rules, Console& console) {
    if (job.operands.empty()) throw Failure(Exit::usage, "name the pack to show, for example: callscrub rules show NL");
    for (const auto& id : job.operands) {
        const auto* law = rules.by_any_name(id);
        if (!law) {
            std::vector<std::string_view> known;
            for (const auto& one : rules.jurisdictions()) known.push_back(one.id);
            throw Failure(Exit::usage, "there is no rule pack '" + base::quoted(id) + "'; `callscrub rules list` names them" + base::did_you_mean(id, known));
        }
        console.print(job.talk.json ? law_json(*law, rules.policy()) : law::describe(*law, law::Format::text));
    }
    return 0;
}

int test(const Job& job, const Context& context, Console& console) {
    if (job.operands.empty()) throw Failure(Exit::usage, "name the case files to run, for example: callscrub rules test cases/nl.toml");
    std::uint64_t passed = 0, failed = 0;
    auto failures = nlohmann::ordered_json::array();
    verdict::CaseJudge judge(context.packs, context.phones);
    for (const auto& path : job.operands)
        for (const auto& one : verdict::read_cases(toml_text(path, "the case file", {path}), path)) {
            const auto result = judge.judge(one);
            ++(result.passed ? passed : failed);
            if (result.passed) continue;
            if (job.talk.json)
                failures.push_back({{"place", one.place.text()}, {"id", one.id}, {"says", one.says}, {"expected", result.expected}, {"found", result.found}});
            else
                console.print(one.place.text() + ": " + one.id + ": expected " + result.expected + ", found " + result.found +
                              (one.says.empty() ? "" : "  (" + one.says + ")") + "\n");
        }
    if (job.talk.json) {
        const nlohmann::ordered_json out{{"passed", passed}, {"failed", failed}, {"failures", std::move(failures)}};
        console.print(out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    } else {
        console.print(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed\n");
    }
    return failed == 0 ? static_cast<int>(Exit::done) : static_cast<int>(Exit::finding);
}

} // namespace

int run_rules(const Job& job, Console& console) {
    const Context context(job);
    if (job.action == "list") return list(job, context.rules, console);
    if (job.action == "show") return show(job, context.rules, console);
    return test(job, context, console);
}

} // namespace callscrub::app
