#include "report/html_calendar.h"
#include "report/html_charts.h"
#include "report/html_sections.h"

namespace callscrub::report {

Markup lapses(const Words& words, const Summary& summary) {
    const auto& total = summary.total;
    const Year year = year_after(summary.call_from);
    const auto soon = sum_in(total.lapses, year);
    const auto later = sum_in(total.lapses, {year.until + 1, facts::day_max});
    const Markup rest =
        words.say("lapses.rest", {{"later", words.number(later)}, {"open", words.number(total.open_ended)}});
    if (soon == 0)
        return section(words, "lapses", "lapses.title", words.say("lapses.none"),
                       Markup().tags("<p>").add(rest).tags("</p>"));
    Markup out = calendar(words, total.lapses, year, summary.call_until);
    out.tags("<p class=\"note\">").add(rest).tags("</p>\n");
    std::vector<std::vector<Markup>> rows;
    for (const auto& [day, n] : total.lapses)
        if (day >= year.from && day <= year.until && n > 0) rows.push_back({words.day(day), words.number(n)});
    out.add(folded_table(words, words.say("lapses.title"),
                         {{words.say("last.day")}, {words.say("numbers"), true}}, rows));
    return section(words, "lapses", "lapses.title", words.count("lapses.intro", soon), out);
}

} // namespace callscrub::report
