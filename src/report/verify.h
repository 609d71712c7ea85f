/// Rechecks a finished run directory against itself: digests, sizes, missing and extra files, balances, and
/// on request the ledger. Every file is read; nothing is written.
#pragma once
#include <string>
#include <vector>

namespace callscrub::report {

/// One mismatch: where, and what was found and expected.
struct Finding {
    std::string place; ///< "out/list.clean.csv", "ledger.jsonl:12"
    std::string text;
};

struct VerifyOptions {
    std::string ledger; ///< path; "" = don't look
};

/// Empty = the run is as it was published. What is checked:
/// manifest.json and SHA256SUMS are there, readable and agree; every file has its digest and size; nothing is
/// missing, nothing extra (hidden files, not directories, are let pass); the run id follows from the manifest; for each list
/// rows = clean + rejected, recounted in the CSV files by reason and basis, and each clean row has its evidence; summary.json
/// counts the same; what was changed with all digests computed anew (a text) only the ledger tells; the ledger's
/// chain holds and has this manifest (a ledger that can't be read is a finding too). Failure(Exit::usage) if `directory` is none.
std::vector<Finding> verify_run(const std::string& directory, const VerifyOptions& options = {});

} // namespace callscrub::report
