/// Two runs compared: who left the clean list, who joined it, whose reason changed, and why.
///
/// If both runs scrubbed the same list (same digest), rows are matched by line. Otherwise numbers are
/// matched: clean rows by the E.164 number in the evidence, rejected rows by the number read again from the
/// phone columns that the manifest names; of several rows with one number the clean one speaks, else the
/// first that is no duplicate. A rejected row in which no number can be read is matched by the text of its
/// phone cells.
#pragma once
#include "report/manifest.h"
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace callscrub::report {

enum class State : std::uint8_t { absent, clean, rejected };
enum class Move : std::uint8_t {
    left,    ///< was clean, is not
    joined,  ///< is clean, was not
    changed, ///< clean or rejected in both, for another reason or on another basis
};

/// What became of a number in one run. Empty for absent: not on the list, or its cell emptied in a row that
/// stays.
struct Fate {
    State state = State::absent;
    std::uint64_t line = 0; ///< in the list
    std::string code;       ///< basis of a clean row, reason of a rejected one
    std::string article;
    std::string decided_by; ///< "file:line"
    std::string until;      ///< callable until
};

struct Change {
    Move move = Move::left;
    std::string list;  ///< path of the list in run B (of run A if it is only there)
    std::string phone; ///< E.164 where known, else the cell as it stood: data, to be masked in messages
    Fate before;
    Fate after;
};

/// A setting, input or pack that is not the same in both runs: the likely cause of a change.
struct Circumstance {
    std::string what; ///< "setting campaign.call_from", "input consents a.csv", "pack NL"
    std::string before;
    std::string after;
};

struct Diff {
    std::string run_a, run_b; ///< directories as given
    std::string id_a, id_b;
    std::vector<Circumstance> circumstances;
    std::vector<Change> changes;                               ///< by list, then by line
    std::uint64_t left = 0, joined = 0, changed = 0, same = 0; ///< numbers
    std::uint64_t absent_before = 0,
                  absent_after = 0; ///< rejected numbers that only the other run has; not listed
    bool different() const { return !changes.empty(); }
};

/// Failure(Exit::input) if one of them is no finished run or its files don't hold together.
Diff diff_runs(const std::string& run_a, const std::string& run_b);

/// For people: totals, circumstances, then changes grouped by kind and reason with at most `examples` masked
/// numbers for each.
void write_text(std::ostream& out, const Diff& diff, std::size_t examples = 5);
/// One row for each change, as the header row says; formulas neutralised.
void write_csv(std::ostream& out, const Diff& diff);
/// One object with everything.
void write_json(std::ostream& out, const Diff& diff);

} // namespace callscrub::report
