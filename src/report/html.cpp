#include "report/html.h"
#include "report/html_charts.h"
#include "report/html_sections.h"
#include "report/html_style.h"

namespace callscrub::report {

namespace {

/// Links to the sections, in the order of the page.
Markup contents(const Words& words, bool compared) {
    Markup out;
    out.tags("<nav aria-label=\"").add(words.say("contents")).tags("\"><ul>");
    const auto link = [&](Tags id, std::string_view title) {
        out.tags("<li><a href=\"#").tags(id).tags("\">").add(words.say(title)).tags("</a></li>");
    };
    link("next", "nav.next");
    if (compared) link("changes", "nav.changes");
    link("lists", "nav.lists");
    link("reasons", "nav.reasons");
    link("bases", "nav.bases");
    link("lapses", "nav.lapses");
    link("inputs", "nav.inputs");
    link("run", "nav.run");
    return out.tags("</ul></nav>\n");
}

} // namespace

std::string html_page(Language language, const Markup& title, const Markup& body) {
    const Words words(language);
    Markup out;
    out.tags("<!DOCTYPE html>\n<html lang=\"").text(words.code());
    out.tags("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
             "content=\"default-src 'none'; "
             "style-src ");
    out.text(style_source()).tags("; img-src data:; base-uri 'none'; form-action 'none'\">\n");
    out.tags("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
             "content=\"no-referrer\">\n"
             "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"format-detection\" "
             "content=\"telephone=no\">\n"
             "<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
             "viewBox='0 0 16 16'%3E%3Crect "
             "x='1' y='3' width='14' height='4' fill='%230072b2'/%3E%3Crect x='1' y='9' width='8' height='4' "
             "fill='%23d55e00'/%3E%3C/svg%3E\">\n<title>");
    out.add(title).tags("</title>\n");
    std::string page = out.bytes();
    page += style_element();
    page += "</head>\n<body>\n";
    page += chart_patterns().bytes();
    page += "<main>\n";
    page += body.bytes();
    return page += "</main>\n</body>\n</html>\n";
}

std::string to_html(const Summary& summary, const Summary* previous, Language language,
                    const law::Translations& law) {
    const Words words(language, &law);
    Markup body = headline(words, summary);
    body.add(contents(words, previous != nullptr)).add(next_steps(words, summary));
    if (previous != nullptr) body.add(changes(words, summary, *previous));
    body.add(lists(words, summary)).add(reasons(words, summary)).add(bases(words, summary));
    body.add(lapses(words, summary))
        .add(inputs(words, summary))
        .add(what_ran(words, summary))
        .add(ending(words, summary));
    return html_page(language, Markup(words.say("report")).text(" · ").text(summary.entity), body);
}

} // namespace callscrub::report
