/// The plan of a scrub in parts: what `part` decided and wrote down once, so that every part and the merge do the same
/// job. It stands in the directory of the parts, beside their files.
///
///   plan.json           this
///   KKK.III.csv         part K, input I: its records as they stood, without header (K and I from 0)
///   KKK.III.lines       where each of them stood (part_lines.h)
///   damaged.III         damaged rows of a list, for the merge (part_rows.h)
///   rules/*.toml        rule packs, if stated
///   result-KKK/         what part K became (part_result.h)
#pragma once
#include "app/gather.h"
#include "app/part_reach.h"
#include "report/output_file.h"

namespace callscrub::app {

/// An input as it was read when it was split.
struct PartInput {
    std::uint64_t of = 0;             ///< index in Job::inputs
    std::optional<InputSpec> merged;  ///< with what its preset adds
    csv::Known known;
    csv::SourceFacts source;
    csv::Digest digest;
    csv::Tally tally;
    facts::ColumnMap columns;
    std::array<facts::DateFormat, facts::column_count> dates{};
    std::uint64_t encoding_line = 0;  ///< the first one read in known.encoding when that was found out on the way
    std::uint64_t damaged = 0;        ///< rows of a fact file that can't be split into cells: bad rows
    std::vector<RowTrouble> troubles; ///< the first of these
};

struct PartPack {
    std::string id, sha256;
};

struct PartPlan {
    std::string version, phone_metadata;
    std::vector<PartPack> packs;
    std::uint32_t parts = 0;
    std::int64_t now_ms = 0;        ///< the clock when the inputs were split: today is that day
    Job job;                        ///< inputs, campaign, policy, outputs, guards; no command, no limits
    std::vector<PartInput> inputs;  ///< index = Source::file; behind the fact files the lists
    std::vector<report::FileRecord> files;

    // Not stored:
    std::string dir, sha256; ///< where it was read, and of its text

    /// Index of the first list in `inputs`.
    std::size_t first_list() const;
    const report::FileRecord& file(const std::string& name) const;
    std::string path(const std::string& name) const { return dir + "/" + name; }
};

inline constexpr std::string_view plan_name = "plan.json";
std::string part_file(unsigned part, std::size_t input, std::string_view ending);
std::string damaged_file(std::size_t input);
std::string result_dir(unsigned part);

std::string to_json(const PartPlan& plan);
/// Failure (input) if there is no plan in `dir`, or none that this version of the program can use; (usage) if the rule
/// packs or the numbers' metadata are not those that it was made with.
PartPlan read_plan(const std::string& dir);
/// Failure (input) if an original file is still there and is not the one that was split.
void refuse_changed(const PartPlan& plan);

/// An input of the plan, with `bytes` for its records. `lines` may be null.
Opened open_part(const Context& context, const PartPlan& plan, std::size_t input, std::unique_ptr<csv::Source> bytes,
                 std::shared_ptr<const PartLines> lines, bool digest);

/// Digests of the packs in use.
std::vector<PartPack> part_packs(const std::vector<law::PackText>& packs);

} // namespace callscrub::app
