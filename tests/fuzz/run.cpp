/// A whole run over small files: it ends with a refusal or with a run that balances, whose clean rows are rows of the
/// list, and which gives the same once more when it is scrubbed again. Input: choices, then the rows of each file,
/// NUL between them; the headers are given.
#include "app/commands.h"
#include "fuzz/input.h"
#include "report/reread.h"
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

using namespace callscrub;
namespace fs = std::filesystem;

namespace {

struct Part {
    app::Role role;
    std::string name, header;
};
const Part parts[] = {
    {app::Role::list, "list.csv", "phone,person_id,party,country,product,note\n"},
    {app::Role::consents, "consents.csv",
     "phone,person_id,channel,status,entity,product,timestamp,valid_until,contract_id,evidence,verified_at,consent_id\n"},
    {app::Role::relations, "relations.csv",
     "phone,person_id,contract_id,entity,kind,product,start,end,status,paid,number_source,informed,objection_offered,objected_at\n"},
    {app::Role::suppress, "suppress.csv", "phone,person_id,entity,since,until\n"},
    {app::Role::registers, "register.csv", "phone,listed_at\n"},
    {app::Role::calls, "calls.csv", "phone,called_at,consent_id,outcome\n"},
};

const fs::path& folder() {
    static const fs::path out = [] {
        std::string name = (fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path().string()) + "/callscrub-fuzz-XXXXXX";
        const char* made = ::mkdtemp(name.data());
        fuzz::require(made != nullptr, "a folder can be made");
        std::atexit([] { fs::remove_all(folder()); });
        return fs::path(made);
    }();
    return out;
}

std::string slurp(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

app::Job job_of(fuzz::Input& in) {
    static constexpr const char* laws[] = {"auto", "NL", "DE", "GB", "FR", "US"};
    static constexpr int days[] = {20269, 20635, 20634, 18809, 20000, 12000}; // 2025-06-30, 2026-07-01, …
    app::Job job;
    job.command = app::Command::run;
    auto& campaign = job.campaign;
    campaign.entity = "E1";
    campaign.product = "energy";
    campaign.jurisdiction = in.pick(laws);
    campaign.region = facts::make_region("NL");
    campaign.caller_type = static_cast<facts::CallerType>(in.byte() % 4);
    const auto from = in.pick(days);
    campaign.call_from = {app::DaySpec::Kind::fixed, from, 0};
    campaign.call_until = {app::DaySpec::Kind::fixed, from + in.byte(), 0};
    const unsigned bits = in.byte();
    job.policy.base = (bits & 1U) != 0 ? "strict" : "standard";
    job.limits.threads = (bits & 2U) != 0 ? 2 : 1;
    job.output.dir = folder() / "out";
    job.output.replace = true;
    job.hash_inputs = false;
    for (const auto& part : parts) {
        const auto rows = in.text();
        if (rows.empty() && part.role != app::Role::list) continue;
        app::InputSpec spec;
        spec.role = part.role;
        spec.path = folder() / part.name;
        if (part.role == app::Role::registers) spec.name = "BMNR";
        if ((bits & 4U) != 0) spec.allow_bad_rows = 3;
        std::ofstream(spec.path, std::ios::binary) << part.header << rows;
        job.inputs.push_back(std::move(spec));
    }
    return job;
}

/// "" or the message of the refusal.
std::string run(const app::Job& job) {
    static const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    app::Log::Settings quiet;
    quiet.quiet = true;
    quiet.err_fd = nowhere;
    app::Console console(quiet, nowhere, nowhere);
    try {
        app::run_run(job, console);
    } catch (const base::Failure& failure) {
        const auto code = failure.code();
        fuzz::require(code == base::Exit::usage || code == base::Exit::input || code == base::Exit::guard, "refused with 2, 3 or 5", failure.what());
        return failure.what();
    }
    return {};
}

std::size_t rows_of(const fs::path& file) {
    report::OutputRows rows(file);
    std::size_t count = 0;
    while (rows.next()) ++count;
    return count;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    fs::remove_all(folder() / "out");
    auto job = job_of(in);
    const fs::path out = folder() / "out";
    const auto refusal = run(job);
    if (!refusal.empty()) {
        fuzz::require(!fs::exists(out), "a run that ends with a failure publishes nothing", refusal);
        return 0;
    }
    const auto clean = slurp(out / "list.clean.csv"), list = slurp(job.inputs[0].path);
    const auto proven = rows_of(out / "list.evidence.csv");
    fuzz::require(rows_of(out / "list.clean.csv") == proven, "one proof for each clean row", clean);
    fuzz::require(clean.size() <= list.size() && clean.starts_with(parts[0].header), "clean is a part of the list", clean);
    if (proven == 0) return 0;
    std::ofstream(job.inputs[0].path, std::ios::binary) << clean;
    fuzz::require(run(job).empty(), "a clean list is a list", clean);
    fuzz::require(slurp(out / "list.clean.csv") == clean, "scrub(scrub(x)) = scrub(x)", clean);
    return 0;
}
