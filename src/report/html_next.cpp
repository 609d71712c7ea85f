#include "base/text.h"
#include "report/html_calendar.h"
#include "report/html_sections.h"
#include <algorithm>

namespace callscrub::report {

namespace {

constexpr std::size_t peaks_shown = 3, reasons_shown = 7;

/// The few days on which much lapses at once: at least a twentieth of the year's total each, by date.
std::vector<std::pair<facts::Day, std::uint64_t>> peaks(const Summary& summary, const Year& year) {
    const auto sum = sum_in(summary.total.lapses, year);
    std::vector<std::pair<facts::Day, std::uint64_t>> out;
    for (const auto& [day, n] : summary.total.lapses)
        if (day >= year.from && day <= year.until && n > 0 && n * 20 >= sum) out.emplace_back(day, n);
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    if (out.size() > peaks_shown) out.resize(peaks_shown);
    std::sort(out.begin(), out.end());
    return out;
}

void add_lapses(std::vector<Step>& out, const Words& words, const Summary& summary) {
    const Year year = year_after(summary.call_from);
    auto rest = sum_in(summary.total.lapses, year);
    const bool any = rest > 0;
    const auto days = peaks(summary, year);
    for (const auto& [day, n] : days) {
        out.push_back({n, words.count("next.lapse", n, {{"day", words.day(day)}})});
        rest -= n;
    }
    if (rest > 0) out.push_back({rest, words.count(days.empty() ? "next.year" : "next.more", rest)});
    if (!any) return;
    for (const auto& [jurisdiction, rows] : summary.total.jurisdictions)
        if (const auto note = find_phrase("next.note." + jurisdiction, words.language()); note && rows > 0)
            out.push_back({0, prose(*note)});
}

/// In the report's language. What comes from outside is masked; a count is not, however long.
Markup said(const Words& words, Warning warning) {
    for (auto& [slot, value] : warning.slots)
        value = base::mask_numbers(slot == "article" ? words.plain_law(value) : value);
    return name(warning.text(words.language()));
}

} // namespace

std::vector<Step> steps(const Words& words, const Summary& summary) {
    std::vector<Step> out;
    const auto& total = summary.total;
    if (total.rows > 0 && total.matched == 0) out.push_back({total.rows, words.say("next.no_match")});
    add_lapses(out, words, summary);
    std::size_t shown = 0;
    for (const auto& [reason, rows] : reason_counts(total)) {
        const auto advice = find_phrase("do." + std::string(law::code(reason)), words.language());
        if (!advice || shown++ >= reasons_shown) continue;
        out.push_back({rows, prose(*advice)});
    }
    for (const auto& input : summary.inputs)
        if (input.bad > 0 && input.role != "list")
            out.push_back({input.bad, words.say("next.bad_rows", {{"file", name(file_name(input.path))}})});
    return out;
}

Markup next_steps(const Words& words, const Summary& summary) {
    Markup body;
    for (const auto& step : steps(words, summary)) {
        body.tags("<li><b>")
            .add(step.count > 0 ? words.number(step.count) : escaped("§"))
            .tags("</b><span>")
            .add(step.text)
            .tags("</span></li>\n");
    }
    Markup out;
    for (const auto& warning : summary.warnings) {
        if (warning.key == no_match) continue; // it is the first step
        out.tags("<p class=\"warning\">").add(said(words, warning)).tags("</p>\n");
    }
    if (body.empty())
        out.tags("<p>").add(words.say("next.nothing")).tags("</p>");
    else
        out.tags("<ol class=\"steps\">").add(body).tags("</ol>");
    return section(words, "next", "next.title", {}, out);
}

} // namespace callscrub::report
