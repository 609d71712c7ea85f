/// The days of a story as a picture.
#pragma once
#include "app/story.h"
#include <string>
#include <vector>

namespace callscrub::app {

/// The days that a picture shows: the whole story, and a little beyond its last change.
struct Span {
    facts::Day from = 0, until = 0;
    std::int64_t days() const { return std::int64_t{until} - from + 1; }
};
Span span_of(const NumberTold& told);

/// Days on which the law changes, within the span.
std::vector<facts::Day> law_changes(const NumberTold& told, const Span& span);

/// Lines of equal scale: years, days (█ callable, ░ not, ▒ both in one column), marks (§ law, ^ first day
/// asked).
struct Picture {
    std::vector<std::string> rows;
};
/// `width`: columns, at least 20.
Picture draw(const NumberTold& told, std::size_t width);

} // namespace callscrub::app
