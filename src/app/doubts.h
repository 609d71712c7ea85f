/// What a run and `check` say of inputs that may be misunderstood, though nothing in them is wrong.
#pragma once
#include "app/gather.h"
#include "facts/unheeded.h"
#include "report/summary.h"
#include <set>

namespace callscrub::app {

/// Columns that look as if they said no or yes, ended a permission or held numbers, and that no input reads. A file that is given twice (as a
/// list and as consents) may read in one role what it does not read in the other.
class UnheededColumns {
public:
    /// Nothing of the headers that the input states as `unread`; Failure (usage) if one of those is read.
    void add(const InputSpec& spec, std::span<const std::string> headers, const facts::ColumnMap& columns);

    struct Found {
        std::string path;
        Role role;
        report::Warning warning;
    };
    /// In the order added.
    std::vector<Found> found() const;

private:
    struct Candidate {
        std::string path;
        Role role;
        std::optional<facts::Unheeded> what; ///< nothing: its cells look like telephone numbers
        std::string header;
        std::string setting;
        bool objections = false; ///< a column of days of objection is there already
    };
    static std::string key_of(const Candidate& one);

    std::vector<Candidate> candidates_;
    std::set<std::pair<std::string, std::string>> read_; ///< path and header of what is read
};

/// A file of calls or relations without rows, which are no guard's matter; nothing for others.
std::optional<report::Warning> without_rows(const InputSpec& spec, std::uint64_t rows);

/// Rows of facts that can't be used and were allowed; nothing if there are none.
std::optional<report::Warning> left_out(const GatheredFile& file);

/// Whether only who has the same person's id on the list can match its rows.
bool names_persons_only(const facts::ColumnMap& columns);

/// Of rows that may be mistakes.
std::vector<report::Warning> strange_rows(const GatheredFile& file);

} // namespace callscrub::app
