/// What a part became: a directory result-KKK beside the files of the parts, published whole.
///
///   list-III.rows   judged rows of list I (part_rows.h)
///   result.json     this
#pragma once
#include "app/part_plan.h"
#include "app/scrub.h"

namespace callscrub::app {

/// What the rows of a fact file came to that are at home in this part.
struct PartFile {
    std::uint64_t kept = 0, bad = 0, facts = 0;
    std::int64_t newest_ms = INT64_MIN;
    StrangeRows later, outcomes;
    std::vector<RowTrouble> troubles;
};

/// What the rows of a list came to in this part.
struct PartList {
    report::Tallies tallies; ///< before the same number in another part, or earlier in this one, was seen
    std::map<law::Reason, report::Articles> articles;
    std::map<law::Basis, report::Articles> basis_articles;
};

struct PartResult {
    std::string plan; ///< SHA-256 of the plan that it was made by
    std::uint32_t part = 0, parts = 0; ///< part from 1
    std::vector<PartFile> fact_files;  ///< in the order of the plan's inputs
    std::vector<PartList> lists;
    std::vector<report::FileRecord> files;
};

inline constexpr std::string_view result_name = "result.json";
std::string rows_file(std::size_t input);

std::string to_json(const PartResult& result);
/// Failure (input) if there is no result in `dir`, or it is none.
PartResult read_result(const std::string& dir);
/// Whether `dir` holds the whole result of that part by that plan, byte for byte.
bool is_done(const std::string& dir, const PartPlan& plan, std::uint32_t part);

/// The results of all parts, in their order. Failure (input) if one is missing, there twice, or made by another plan.
std::vector<PartResult> read_results(const PartPlan& plan, std::vector<std::string>& dirs);

} // namespace callscrub::app
