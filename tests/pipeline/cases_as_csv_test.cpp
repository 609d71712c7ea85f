/// Every case of tests/cases goes once more through the whole pipeline: its facts are written as CSV files,
/// `run` reads them, and what it publishes must be what the case expects.
#include "app/commands.h"
#include "base/text.h"
#include "csv/writer.h"
#include "report/reread.h"
#include "report/scratch.h"
#include "verdict/cases.h"
#include <algorithm>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <map>

using namespace callscrub;
using report::test::put;
using report::test::Scratch;
using report::test::slurp;
namespace fs = std::filesystem;

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

/// One file for each kind of fact (and register) of the case, under canonical headers.
class CaseFiles {
public:
    CaseFiles(const verdict::Case& one, const Scratch& folder) : folder_(folder) {
        add({app::Role::list, ""},
            csv_line({"phone", "person_id", "party"}) + csv_line({one.phone, one.person_id, one.party}));
        for (const auto& row : one.rows) {
            const auto columns = facts::columns_of(row.kind);
            auto& text = texts_[{role_of(row.kind), row.register_name}];
            if (text.empty()) {
                std::vector<std::string> names;
                for (const auto column : columns) names.emplace_back(facts::name(column));
                text = csv_line(names);
            }
            std::vector<std::string> cells;
            for (const auto column : columns) {
                const auto cell = row.cells.find(std::string(facts::name(column)));
                cells.push_back(cell == row.cells.end() ? "" : cell->second);
            }
            text += csv_line(cells);
        }
        for (const auto& [what, text] : texts_) add(what, text);
    }

    std::vector<app::InputSpec> inputs;

private:
    using What = std::pair<app::Role, std::string>;

    void add(const What& what, const std::string& text) {
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

app::Job job_of(const verdict::Case& one, const Scratch& folder) {
    app::Job job;
    job.command = app::Command::run;
    job.inputs = CaseFiles(one, folder).inputs;
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

/// The one row of an output file, by column name; empty if the file has no rows.
std::map<std::string, std::string> only_row(const std::string& path, const std::vector<std::string>& names) {
    report::OutputRows rows(path);
    std::map<std::string, std::string> out;
    if (!rows.next()) return out;
    for (const auto& name : names) out[name] = rows.cell(rows.column(name));
    REQUIRE_FALSE(rows.next());
    return out;
}

/// "callable BASIS until DAY" or "rejected REASON until DAY", as the files of a finished run say.
struct Found {
    bool callable = false;
    std::string word, until, text;
};

Found read_run(const std::string& out) {
    auto proof = only_row(out + "/list.evidence.csv", {"basis", "callable_until"});
    auto rejection = only_row(out + "/list.rejected.csv", {"scrub_reason", "scrub_callable_until"});
    report::OutputRows clean(out + "/list.clean.csv");
    Found found;
    found.callable = clean.next();
    REQUIRE(found.callable == !proof.empty());
    REQUIRE(found.callable == rejection.empty());
    found.word = found.callable ? proof["basis"] : rejection["scrub_reason"];
    found.until = found.callable ? proof["callable_until"] : rejection["scrub_callable_until"];
    found.text = (found.callable ? "callable " : "rejected ") + found.word + " until " + found.until;
    return found;
}

void check(const verdict::Case& one) {
    INFO(one.place.text() << ": case " << one.id << ": " << one.says);
    const Scratch folder;
    const auto said = folder / "said.txt";
    const int fd = ::open(said.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
    REQUIRE(fd >= 0);
    std::string failure;
    {
        app::Log::Settings quiet;
        quiet.quiet = true;
        quiet.err_fd = fd;
        app::Console console(quiet, fd, fd);
        try {
            app::run_run(job_of(one, folder), console);
        } catch (const base::Failure& failed) {
            failure = failed.what();
        }
    }
    ::close(fd);
    REQUIRE(failure == "");
    const auto found = read_run(folder / "out");
    INFO("found: " << found.text);
    CHECK(found.callable == one.expect.callable);
    if (found.callable && !one.expect.basis.empty()) CHECK(found.word == one.expect.basis);
    if (!found.callable && !one.expect.reason.empty()) CHECK(found.word == one.expect.reason);
    if (one.expect.until) CHECK(found.until == *one.expect.until);
}

} // namespace

TEST_CASE("every case comes out of run as it comes out of the judge") {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "tests/cases"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::size_t cases = 0;
    for (const auto& file : files)
        for (const auto& one : verdict::read_cases(slurp(file.string()), file.filename().string())) {
            ++cases;
            check(one);
        }
    MESSAGE(cases << " cases of " << files.size() << " files");
    CHECK(cases >= 124);
}
