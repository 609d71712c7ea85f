#include "report/html_calendar.h"
#include "report/html_charts.h"
#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace callscrub::report {

namespace {

using Lapses = std::map<facts::Day, std::uint64_t>;

// Geometry: rows in pixels, columns in per cent. 19 % month, 31 fields of 1.95 %, the rest the month's sum.
constexpr int head_height = 18, row_height = 22, baseline = 13;
constexpr std::uint64_t first_field = 1900, field_pitch = 195; // in hundredths of a per cent

constexpr std::size_t levels = 5;

/// Shades in equal ratios from the least to the largest count, so that single large days leave the small ones
/// readable.
class Shades {
public:
    Shades(const Lapses& lapses, const Year& year) {
        for (auto at = lapses.lower_bound(year.from); at != lapses.end() && at->first <= year.until; ++at) {
            if (at->second == 0) continue;
            least_ = least_ == 0 ? at->second : std::min(least_, at->second);
            most_ = std::max(most_, at->second);
        }
        while (step(levels) <= most_) ++ratio_;
    }
    /// 1 … levels; 0 for none.
    std::size_t of(std::uint64_t n) const {
        std::size_t level = n == 0 ? 0 : 1;
        while (level > 0 && level < levels && n >= step(level)) ++level;
        return level;
    }

private:
    /// least · ratio^power, or the largest number where that is out of reach.
    std::uint64_t step(std::size_t power) const {
        std::uint64_t out = std::max<std::uint64_t>(least_, 1);
        for (; power > 0; --power) {
            if (out > most_) return UINT64_MAX;
            out *= ratio_;
        }
        return out;
    }
    std::uint64_t least_ = 0, most_ = 0, ratio_ = 2;
};

std::chrono::year_month_day civil(facts::Day day) { return std::chrono::sys_days{std::chrono::days{day}}; }
unsigned day_of_month(facts::Day day) { return static_cast<unsigned>(civil(day).day()); }
facts::Day first_of_month(facts::Day day) { return day - static_cast<facts::Day>(day_of_month(day)) + 1; }

std::string across(unsigned of_month) {
    return width_of(first_field + field_pitch * (of_month - 1), 10'000) + "%";
}

Markup field(const Words& words, facts::Day day, int y, std::uint64_t n, const Shades& shades,
             bool in_window) {
    Markup out;
    out.tags("<rect class=\"").text("l" + std::to_string(shades.of(n)));
    if (in_window) out.tags(" window");
    out.tags("\" x=\"").text(across(day_of_month(day))).tags("\" y=\"").text(std::to_string(y));
    out.tags("\" width=\"1.65%\" height=\"17\" rx=\"3");
    if (n == 0) return out.tags("\"/>");
    return out.tags("\"><title>")
        .add(words.plain_day(day))
        .text(": ")
        .add(words.number(n))
        .tags("</title></rect>");
}

Markup label(Tags kind, const std::string& x, int y, const Markup& text) {
    return Markup()
        .tags("<text class=\"")
        .tags(kind)
        .tags("\" x=\"")
        .text(x)
        .tags("\" y=\"")
        .text(std::to_string(y))
        .tags("\">")
        .add(text)
        .tags("</text>");
}

Markup scale(const Words& words, const Lapses& lapses, const Year& year, const Shades& shades) {
    std::array<std::pair<std::uint64_t, std::uint64_t>, levels + 1> range{};
    for (const auto& [day, n] : lapses) {
        if (n == 0 || day < year.from || day > year.until) continue;
        auto& [least, largest] = range[shades.of(n)];
        least = least == 0 ? n : std::min(least, n);
        largest = std::max(largest, n);
    }
    Markup out;
    out.tags("<p class=\"scale\">").add(words.say("calendar.scale"));
    for (std::size_t i = 1; i <= levels; ++i) {
        const auto& [least, largest] = range[i];
        if (largest == 0) continue;
        out.tags(" <span><svg class=\"key\" aria-hidden=\"true\"><rect class=\"l")
            .plain(i)
            .tags("\"/></svg>")
            .add(words.number(least));
        if (largest != least) out.text("–").add(words.number(largest));
        out.tags("</span>");
    }
    out.tags(" <span><svg class=\"key\" aria-hidden=\"true\"><rect class=\"l0 window\"/></svg>");
    return out.add(words.say("calendar.window")).tags("</span></p>");
}

} // namespace

Year year_after(facts::Day from) { return {from, facts::add_months(from, 12) - 1}; }

std::uint64_t sum_in(const Lapses& lapses, const Year& year) {
    std::uint64_t out = 0;
    for (auto at = lapses.lower_bound(year.from); at != lapses.end() && at->first <= year.until; ++at)
        out += at->second;
    return out;
}

Markup calendar(const Words& words, const Lapses& lapses, const Year& year, facts::Day window_until) {
    const Shades shades(lapses, year);
    Markup body;
    for (const unsigned tick : {1U, 5U, 10U, 15U, 20U, 25U, 31U})
        body.add(label("tick", across(tick), baseline - 1, escaped(std::to_string(tick))));
    int y = head_height;
    for (auto month = first_of_month(year.from); month <= year.until;
         month = facts::add_months(month, 1), y += row_height) {
        const Year days{std::max(month, year.from), std::min(facts::add_months(month, 1) - 1, year.until)};
        body.add(label("month", "0", y + baseline, words.month(month)));
        for (auto day = days.from; day <= days.until; ++day) {
            const auto found = lapses.find(day);
            body.add(
                field(words, day, y, found == lapses.end() ? 0 : found->second, shades, day <= window_until));
        }
        body.add(label("sum", "100%", y + baseline, words.number(sum_in(lapses, days)))).tags("\n");
    }
    Markup out;
    out.tags("<svg class=\"calendar\" role=\"img\" aria-labelledby=\"calendar-title calendar-sum\" height=\"")
        .text(std::to_string(y));
    out.tags("\"><title id=\"calendar-title\">").add(words.say("calendar.title"));
    out.tags("</title><desc id=\"calendar-sum\">").add(words.count("calendar.sum", sum_in(lapses, year)));
    return out.tags("</desc>").add(body).tags("</svg>").add(scale(words, lapses, year, shades));
}

} // namespace callscrub::report
