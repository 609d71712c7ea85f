/// The parts of report.html, each a <section> or "" where there is nothing to show.
#pragma once
#include "report/html_words.h"
#include "report/summary.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::report {

Markup headline(const Words& words, const Summary& summary);
Markup what_ran(const Words& words, const Summary& summary);
Markup next_steps(const Words& words, const Summary& summary);
Markup changes(const Words& words, const Summary& now, const Summary& before);
Markup lists(const Words& words, const Summary& summary);
Markup reasons(const Words& words, const Summary& summary);
Markup bases(const Words& words, const Summary& summary);
Markup lapses(const Words& words, const Summary& summary);
Markup inputs(const Words& words, const Summary& summary);
Markup ending(const Words& words, const Summary& summary);

/// A section with a heading (phrase `title`) and, below it, one sentence (`intro`, may be empty).
Markup section(const Words& words, Tags id, std::string_view title, const Markup& intro, const Markup& body);

/// A path without its folders: those may name people or machines.
std::string file_name(std::string_view path);

/// Rows for each code of reasons, largest first; equal ones in the order of the contract. Two reasons with
/// the same code are one.
struct ReasonCount {
    law::Reason reason;
    std::uint64_t rows;
};
std::vector<ReasonCount> reason_counts(const Tallies& tallies);

/// What a user can do, the most urgent first.
struct Step {
    std::uint64_t count; ///< rows it concerns; 0 = none in particular
    Markup text;
};
std::vector<Step> steps(const Words& words, const Summary& summary);

} // namespace callscrub::report
