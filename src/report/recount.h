/// What the rows of a published list add up to, read again from its CSV files.
#pragma once
#include "csv/dialect.h"
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace callscrub::report {

/// Lines of a list in one of its outputs.
struct LineCount {
    std::uint64_t lines = 0;
    std::map<std::string, std::uint64_t, std::less<>> by_word; ///< the same by reason or basis
};

/// Data rows of a CSV file. Failure(Exit::input) as with csv::Reader; so below.
std::uint64_t count_rows(const std::string& path, const csv::Stated& form);

/// Lines that the evidence proves, by the basis of their first number: the one that speaks for the row.
LineCount count_proven(const std::string& evidence);

/// Lines that are rejected as a whole, by their reason: a clean row some of whose cells were emptied stands in both files.
LineCount count_rejected(const std::string& rejected, const csv::Stated& form, const std::string& evidence);

} // namespace callscrub::report
