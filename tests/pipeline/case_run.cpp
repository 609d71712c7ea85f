#include "case_run.h"
#include "app/commands.h"
#include "base/text.h"
#include "csv/writer.h"
#include "report/reread.h"
#include <doctest/doctest.h>
#include <fcntl.h>
#include <map>
#include <unistd.h>

namespace callscrub::pipeline {

using report::test::put;
using report::test::Scratch;

namespace {

constexpr app::Role role_of(facts::FileKind kind) {
    switch (kind) {
    case facts::FileKind::consents:
        return app::Role::consents;
    case facts::FileKind::relations:
        return app::Role::relations;
    case facts::FileKind::suppress:
        return app::Role::suppress;
    case facts::FileKind::registers:
        return app::Role::registers;
    case facts::FileKind::calls:
        return app::Role::calls;
    default:
        return app::Role::list;
    }
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i != 0) out += ',';
        csv::append_cell(out, cells[i]);
    }
    return out + "\n";
}

/// One file for each kind of fact (and register), under canonical headers.
class CaseFiles {
public:
    CaseFiles(const std::vector<verdict::Case>& cases, const Scratch& folder) : folder_(folder) {
        std::string list = csv_line({"phone", "person_id", "party", "product"});
        for (const auto& one : cases) {
            const bool own = one.product != cases.front().product;
            list += csv_line({one.phone, one.person_id, one.party, own ? one.product : ""});
            for (const auto& row : one.rows) add(row);
        }
        put_file({app::Role::list, ""}, list);
        for (const auto& [what, text] : texts_) put_file(what, text);
    }

    std::vector<app::InputSpec> inputs;

private:
    using What = std::pair<app::Role, std::string>;

    void add(const verdict::CaseRow& row) {
        const auto columns = facts::columns_of(row.kind);
        auto& text = texts_[{role_of(row.kind), row.register_name}];
        std::vector<std::string> names, cells;
        for (const auto column : columns) {
            names.emplace_back(facts::name(column));
            const auto cell = row.cells.find(names.back());
            cells.push_back(cell == row.cells.end() ? "" : cell->second);
        }
        if (text.empty()) text = csv_line(names);
        text += csv_line(cells);
    }

    void put_file(const What& what, const std::string& text) {
        app::InputSpec spec;
        spec.role = what.first;
        spec.name = what.second;
        spec.path = folder_ / (std::string(app::name(what.first)) + what.second + ".csv");
        put(spec.path, text);
        inputs.push_back(std::move(spec));
    }

    const Scratch& folder_;
    std::map<What, std::string> texts_;
};

app::Job job_of(const std::vector<verdict::Case>& cases, const Scratch& folder) {
    const auto& one = cases.front();
    app::Job job;
    job.command = app::Command::run;
    job.inputs = CaseFiles(cases, folder).inputs;
    auto& campaign = job.campaign;
    campaign.entity = one.entity;
    campaign.caller_type = one.caller;
    campaign.purpose = one.purpose;
    campaign.dialing = one.dialing;
    campaign.caller_id_shown = one.caller_id_shown;
    campaign.product = one.product;
    campaign.similar = one.similar;
    campaign.jurisdiction = one.jurisdiction;
    campaign.call_from = {app::DaySpec::Kind::fixed, one.window.from, 0};
    campaign.call_until = {app::DaySpec::Kind::fixed, one.window.until, 0};
    job.policy.base = one.policy_base;
    job.policy.switches = one.policy;
    job.output.dir = folder / "out";
    job.limits.threads = 2;
    job.hash_inputs = false;
    return job;
}

/// The columns of interest of each row of an output file, by the line of the list.
std::map<std::size_t, std::pair<std::string, std::string>> rows_of(const std::string& path, const char* word, const char* until) {
    report::OutputRows rows(path);
    std::map<std::size_t, std::pair<std::string, std::string>> out;
    const auto line = rows.column("scrub_line"), a = rows.column(word), b = rows.column(until);
    while (rows.next()) {
        const auto at = std::stoul(std::string(rows.cell(line)));
        REQUIRE(out.emplace(at, std::pair(rows.cell(a), rows.cell(b))).second);
    }
    return out;
}

std::vector<Found> read_run(const std::string& out, std::size_t count) {
    const auto proofs = rows_of(out + "/list.evidence.csv", "basis", "callable_until");
    const auto rejections = rows_of(out + "/list.rejected.csv", "scrub_reason", "scrub_callable_until");
    report::OutputRows clean(out + "/list.clean.csv");
    std::size_t clean_rows = 0;
    while (clean.next()) ++clean_rows;
    REQUIRE(clean_rows == proofs.size());
    REQUIRE(proofs.size() + rejections.size() == count);
    std::vector<Found> all;
    for (std::size_t line = 2; line < count + 2; ++line) { // cells of cases hold no line ends
        Found found;
        found.callable = proofs.contains(line);
        REQUIRE(found.callable != rejections.contains(line));
        std::tie(found.word, found.until) = found.callable ? proofs.at(line) : rejections.at(line);
        found.text = (found.callable ? "callable " : "rejected ") + found.word;
        if (found.callable || !found.until.empty()) found.text += " until " + found.until;
        all.push_back(std::move(found));
    }
    return all;
}

} // namespace

std::vector<Found> run_cases(const std::vector<verdict::Case>& cases, const Scratch& folder, std::string& failure) {
    const auto said = folder / "said.txt";
    const int fd = ::open(said.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
    REQUIRE(fd >= 0);
    failure.clear();
    {
        app::Log::Settings quiet;
        quiet.quiet = true;
        quiet.err_fd = fd;
        app::Console console(quiet, fd, fd);
        try {
            app::run_run(job_of(cases, folder), console);
        } catch (const base::Failure& failed) {
            failure = failed.what();
        }
    }
    ::close(fd);
    if (!failure.empty()) return {};
    return read_run(folder / "out", cases.size());
}

} // namespace callscrub::pipeline
