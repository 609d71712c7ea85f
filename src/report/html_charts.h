/// Charts of the report: SVG drawn here, each with an accessible name, widths in per cent so that text keeps
/// its size on any screen. Colours and hatching come from the style sheet (texts/report.css).
#pragma once
#include "report/html_words.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::report {

/// What a bar is about: permitted, not permitted, or neither.
enum class Tone : unsigned char { yes, no, plain };

struct Bar {
    Markup label; ///< may hold tags
    Markup title; ///< the same without tags: the accessible name begins with it
    Markup note;  ///< small print below the bar
    std::uint64_t count = 0;
};

/// Horizontal bars, the longest as wide as the page; shares are of `total`. `id` begins the ids in it.
Markup bars(const Words& words, std::string_view id, const std::vector<Bar>& all, std::uint64_t total,
            Tone tone);

/// One bar cut into clean and rejected. `title` without tags.
Markup split(const Words& words, std::string_view id, const Markup& title, std::uint64_t clean,
             std::uint64_t rejected);

struct Shift {
    Markup label, title;
    std::uint64_t before = 0, now = 0;
};
/// Bars to the left (fewer) and right (more) of a middle line.
Markup shifts(const Words& words, std::string_view id, const std::vector<Shift>& all);

/// The hatching that the bars refer to; once in a page, before the first chart.
Markup chart_patterns();

/// n / of in per cent with two decimals, for attributes; "0" if `of` is 0.
std::string width_of(std::uint64_t n, std::uint64_t of);

struct Column {
    Markup head;
    bool number = false; ///< set to the right
};
/// A table behind a fold, as it stands below each chart. The first cell of a row is its head. `label`: the
/// phrase to click at.
Markup folded_table(const Words& words, const Markup& caption, const std::vector<Column>& columns,
                    const std::vector<std::vector<Markup>>& rows, std::string_view label = "table");

} // namespace callscrub::report
