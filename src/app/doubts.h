/// What a run and `check` say of inputs that may be misunderstood, though nothing in them is wrong.
#pragma once
#include "app/job.h"
#include "facts/unheeded.h"
#include "report/summary.h"
#include <set>

namespace callscrub::app {

/// Columns that look as if they said no, or ended a permission, and that no input reads. A file that is given twice (as a
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
        facts::Unheeded what;
        std::string header;
        bool objections = false; ///< a column of days of objection is there already
    };
    std::vector<Candidate> candidates_;
    std::set<std::pair<std::string, std::string>> read_; ///< path and header of what is read
};

/// A file of calls or relations without rows, which are no guard's matter; nothing for others.
std::optional<report::Warning> without_rows(const InputSpec& spec, std::uint64_t rows);

} // namespace callscrub::app
