#include "app/part_inputs.h"
#include "app/file_mark.h"
#include "report/digest.h"
#include <filesystem>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

/// The clock of a file server may be behind that of the machine that split.
constexpr std::int64_t clocks_apart_ms = 60'000;

std::string sha256_of(const std::string& path) {
    std::error_code error;
    const auto file = std::filesystem::canonical(path, error); // inputs may be links
    return report::sha256_file(error ? path : file.string()).sha256;
}

} // namespace

void refuse_rewritten(const PartPlan& plan) {
    const std::string advice = "; split the inputs again, so that what was added since, a no among it, counts";
    for (const auto& input : plan.inputs) {
        const auto& path = plan.job.inputs.at(input.of).path;
        const auto now = input.source.regular ? mark_of(path) : std::nullopt;
        const bool hashed = !input.digest.sha256.empty();
        if (!now || now->changed / 1'000'000 < plan.now_ms - (hashed ? clocks_apart_ms : 0)) continue;
        if (!hashed)
            throw Failure(Exit::input, {path, 0, 0},
                          "this input was written to, replaced or copied since it was split into parts, and without its SHA-256 "
                          "(--no-input-hashes) nobody can tell whether it is still the same" + advice);
        if (sha256_of(path) != input.digest.sha256)
            throw Failure(Exit::input, {path, 0, 0},
                          "this input changed since it was split into parts (its SHA-256 differs, though size and modification time do not)" + advice);
    }
}

} // namespace callscrub::app
