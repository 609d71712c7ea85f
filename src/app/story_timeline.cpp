#include "app/story_timeline.h"
#include <algorithm>
#include <chrono>

namespace callscrub::app {

using facts::Day;
using facts::day_max;
using facts::day_min;

namespace {

int year_of(Day day) {
    return static_cast<int>(
        std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day))).year());
}

/// The scale of a picture.
class Scale {
public:
    Scale(const Span& span, std::size_t width) : span_(span), width_(width) {}
    std::size_t column(Day day) const {
        return static_cast<std::size_t>((std::int64_t{day} - span_.from) * static_cast<std::int64_t>(width_) /
                                        span_.days());
    }
    /// First day of a column; that of the column behind the last is the day after the span.
    Day first_day(std::size_t column) const {
        const auto days = static_cast<std::int64_t>(column) * span_.days();
        const auto width = static_cast<std::int64_t>(width_);
        return static_cast<Day>(span_.from + (days + width - 1) / width);
    }

private:
    Span span_;
    std::size_t width_;
};

std::string bar(const NumberTold& told, const Scale& scale, std::size_t width) {
    std::string out;
    for (std::size_t i = 0; i < width; ++i) {
        const Day from = scale.first_day(i), until = std::max(from, scale.first_day(i + 1) - 1);
        bool yes = false, no = false;
        for (const auto& stretch : told.timeline) {
            if (stretch.until < from || stretch.from > until) continue;
            (stretch.judgement.callable ? yes : no) = true;
        }
        out += yes && no ? "▒" : yes ? "█" : "░";
    }
    return out;
}

std::string years(const Span& span, const Scale& scale, std::size_t width) {
    std::string out(width, ' ');
    std::size_t free_from = 0;
    for (int year = year_of(span.from); year <= year_of(span.until); ++year) {
        const auto first = facts::make_day(year, 1, 1);
        const std::size_t at = !first || *first < span.from ? 0 : scale.column(*first);
        const auto digits = std::to_string(year);
        if (at < free_from || at + digits.size() > width) continue;
        out.replace(at, digits.size(), digits);
        free_from = at + digits.size() + 1;
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
}

std::string row_of(const std::vector<std::string>& columns) {
    std::string out;
    for (const auto& column : columns) out += column;
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
}

// One row of marks; a second one where both would stand in the same column.
std::vector<std::string> marks(const NumberTold& told, const Span& span, const Scale& scale,
                               std::size_t width) {
    std::vector<std::string> law(width, " "), asked(width, " ");
    for (const Day day : law_changes(told, span)) law[scale.column(day)] = "§";
    const auto at = scale.column(told.window.from);
    const bool free = law[at] == " ";
    (free ? law : asked)[at] = "^";
    if (free) return {row_of(law)};
    return {row_of(law), row_of(asked)};
}

} // namespace

Span span_of(const NumberTold& told) {
    Span out{told.begin, told.window.until};
    if (!told.timeline.empty()) out.until = std::max(out.until, told.timeline.back().from);
    const auto beyond = std::clamp<std::int64_t>(out.days() / 10, 14, 365);
    out.until += static_cast<Day>(beyond);
    return out;
}

std::vector<Day> law_changes(const NumberTold& told, const Span& span) {
    std::vector<Day> out;
    for (const auto& regime : told.law->regimes)
        for (const Day day : {regime.from, regime.until == day_max ? day_max : regime.until + 1})
            if (day != day_min && day > span.from && day <= span.until) out.push_back(day);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Picture draw(const NumberTold& told, std::size_t wanted) {
    const Span span = span_of(told);
    const auto width =
        std::min<std::size_t>(std::max<std::size_t>(wanted, 20), static_cast<std::size_t>(span.days()));
    const Scale scale(span, width);
    Picture out{{years(span, scale, width), bar(told, scale, width)}};
    for (auto& row : marks(told, span, scale, width)) out.rows.push_back(std::move(row));
    return out;
}

} // namespace callscrub::app
