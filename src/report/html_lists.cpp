#include "report/html_charts.h"
#include "report/html_sections.h"
#include <algorithm>
#include <set>

namespace callscrub::report {

namespace {

constexpr std::size_t lists_shown = 30;

/// Names as short as they can be told apart: without folders, unless two files bear the same name.
std::vector<std::string> list_names(const Summary& summary) {
    std::multiset<std::string> all;
    for (const auto& list : summary.lists) all.insert(file_name(list.files.path));
    std::vector<std::string> out;
    for (const auto& list : summary.lists) {
        const auto short_name = file_name(list.files.path);
        out.push_back(all.count(short_name) == 1 ? short_name : list.files.path);
    }
    return out;
}

/// The largest lists, in the order of the run.
std::vector<std::size_t> shown(const Summary& summary) {
    std::vector<std::size_t> out(summary.lists.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
    if (out.size() <= lists_shown) return out;
    std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
        return summary.lists[a].tallies.rows > summary.lists[b].tallies.rows;
    });
    out.resize(lists_shown);
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

Markup lists(const Words& words, const Summary& summary) {
    const auto names = list_names(summary);
    Markup out;
    out.tags("<ol class=\"bars\">");
    for (const auto i : shown(summary)) {
        const auto& tallies = summary.lists[i].tallies;
        out.tags("<li><div class=\"head\"><span class=\"label\">")
            .add(name(names[i]))
            .tags("</span><span class=\"n\">");
        out.add(words.number(tallies.clean))
            .tags(" <small>")
            .add(words.say("of.rows", {{"rows", words.number(tallies.rows)},
                                       {"share", words.share(tallies.clean, tallies.rows)}}));
        out.tags("</small></span></div>")
            .add(
                split(words, "list-" + std::to_string(i), escaped(names[i]), tallies.clean, tallies.rejected))
            .tags("</li>\n");
    }
    out.tags("</ol>\n");
    if (summary.lists.size() > lists_shown)
        out.tags("<p class=\"note\">")
            .add(words.count("lists.more", summary.lists.size() - lists_shown))
            .tags("</p>\n");
    std::vector<std::vector<Markup>> rows;
    for (std::size_t i = 0; i < summary.lists.size(); ++i) {
        const auto& t = summary.lists[i].tallies;
        rows.push_back({name(names[i]), words.number(t.rows), words.number(t.clean), words.number(t.rejected),
                        words.share(t.clean, t.rows), words.number(t.emptied)});
    }
    const auto& t = summary.total;
    rows.push_back({words.say("all.lists"), words.number(t.rows), words.number(t.clean),
                    words.number(t.rejected), words.share(t.clean, t.rows), words.number(t.emptied)});
    out.add(folded_table(words, words.say("lists.title"),
                         {{words.say("list")},
                          {words.say("rows"), true},
                          {words.say("clean"), true},
                          {words.say("rejected"), true},
                          {words.say("share"), true},
                          {words.say("cells.emptied"), true}},
                         rows));
    return section(words, "lists", "lists.title", words.say("lists.intro"), out);
}

} // namespace callscrub::report
