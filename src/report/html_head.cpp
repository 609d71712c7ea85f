#include "report/html_charts.h"
#include "report/html_sections.h"

namespace callscrub::report {

namespace {

Markup fact(const Markup& what, const Markup& value) {
    return Markup().tags("<div><dt>").add(what).tags("</dt><dd>").add(value).tags("</dd></div>");
}

/// As part of a sentence ("on every day from …").
Markup window_said(const Words& words, const Summary& summary) {
    if (summary.call_from == summary.call_until)
        return words.say("window.day", {{"day", words.day(summary.call_from)}});
    return words.say("window.days",
                     {{"from", words.day(summary.call_from)}, {"until", words.day(summary.call_until)}});
}

Markup window(const Words& words, const Summary& summary) {
    if (summary.call_from == summary.call_until) return words.day(summary.call_from);
    return words.say("window.span",
                     {{"from", words.day(summary.call_from)}, {"until", words.day(summary.call_until)}});
}

Markup figure_of(const Words& words, std::string_view key, std::uint64_t n, const Markup& beside) {
    return Markup()
        .tags("<div class=\"figure\"><b>")
        .add(words.number(n))
        .tags("</b> <small>")
        .add(beside)
        .tags("</small><span>")
        .add(words.say(key))
        .tags("</span></div>");
}

Markup span_of(const Words& words, const RegimeSummary& regime) {
    if (regime.until != facts::day_max && regime.from != facts::day_min)
        return words.say("regime.days",
                         {{"from", words.day(regime.from)}, {"until", words.day(regime.until)}});
    if (regime.until != facts::day_max)
        return words.say("regime.until", {{"until", words.day(regime.until)}});
    if (regime.from != facts::day_min) return words.say("regime.from", {{"from", words.day(regime.from)}});
    return {};
}

Markup law_of(const Words& words, const PackSummary& pack) {
    Markup out;
    for (const auto& regime : pack.regimes) {
        if (!out.empty()) out.tags("<br>");
        out.add(words.law(regime.article)).tags(" <small>").add(span_of(words, regime)).tags("</small>");
    }
    return out;
}

Markup country(const Words& words, const PackSummary& pack) {
    const auto known = pack.names.find(std::string(words.code()));
    Markup out;
    if (known != pack.names.end()) out.text(known->second).text(" ");
    return out.tags("<code>").text(pack.id).tags("</code>");
}

std::uint64_t rows_under(const Summary& summary, const std::string& law) {
    const auto found = summary.total.jurisdictions.find(law);
    return found == summary.total.jurisdictions.end() ? 0 : found->second;
}

/// The laws that judged a row: a run may load many that no row asks for. The manifest names them all.
std::vector<const PackSummary*> laws_used(const Summary& summary) {
    std::vector<const PackSummary*> out;
    for (const auto& pack : summary.packs)
        if (rows_under(summary, pack.id) > 0) out.push_back(&pack);
    return out;
}

/// These in one line.
Markup law_line(const Words& words, const Summary& summary) {
    Markup all;
    for (const auto* pack : laws_used(summary)) {
        if (!all.empty()) all.text(", ");
        all.add(country(words, *pack));
    }
    if (all.empty()) all.text("–");
    return words.say("law.line", {{"laws", all}, {"policy", words.word("policy", summary.policy)}});
}

Markup laws(const Words& words, const Summary& summary) {
    Markup out;
    out.tags("<ul class=\"laws\">");
    for (const auto* pack : laws_used(summary)) {
        out.tags("<li><strong>").add(country(words, *pack)).tags("</strong> ");
        out.tags("<small>").add(words.count("law.rows", rows_under(summary, pack->id))).text(" · ");
        out.add(words.say("law.pack", {{"version", escaped(pack->version)}})).tags("</small>");
        if (!pack->regimes.empty()) out.tags("<br>").add(law_of(words, *pack));
        out.tags("</li>");
    }
    return out.tags("</ul>");
}

Markup policy(const Words& words, const Summary& summary) {
    if (summary.switches.empty()) return {};
    std::vector<std::vector<Markup>> rows;
    rows.reserve(summary.switches.size());
    for (const auto& [key, value] : summary.switches)
        rows.push_back({Markup().tags("<code>").text(key).tags("</code>"), escaped(value)});
    return folded_table(words, words.say("policy.switches"), {{words.say("switch")}, {words.say("value")}},
                        rows, "policy.switches");
}

} // namespace

Markup section(const Words& words, Tags id, std::string_view title, const Markup& intro, const Markup& body) {
    Markup out;
    out.tags("<section id=\"")
        .tags(id)
        .tags("\" aria-labelledby=\"h-")
        .tags(id)
        .tags("\"><h2 id=\"h-")
        .tags(id);
    out.tags("\">").add(words.say(title)).tags("</h2>\n");
    if (!intro.empty()) out.tags("<p class=\"intro\">").add(intro).tags("</p>\n");
    return out.add(body).tags("</section>\n");
}

Markup headline(const Words& words, const Summary& summary) {
    const auto& total = summary.total;
    const auto soon = summary.expiring_within(30);
    Markup out;
    out.tags("<header><p class=\"kind\">")
        .add(words.say("report"))
        .tags("</p><h1>")
        .add(name(summary.entity))
        .tags("</h1><p class=\"when\">");
    out.add(words.say("question", {{"window", window_said(words, summary)}}))
        .tags("</p><p class=\"law\">")
        .add(law_line(words, summary))
        .tags("</p></header>\n");
    out.tags("<section class=\"answer\" aria-label=\"")
        .add(words.say("answer"))
        .tags("\"><p class=\"big\"><b>")
        .add(words.share(total.clean, total.rows));
    out.tags("</b> ")
        .add(words.say("answer.clean",
                       {{"clean", words.number(total.clean)}, {"rows", words.number(total.rows)}}))
        .tags("</p>\n");
    out.add(split(words, "all", words.say("all.lists"), total.clean, total.rejected));
    out.tags("\n<p class=\"legend\"><span class=\"yes\"></span>")
        .add(words.say("clean"))
        .tags(" <span class=\"no\"></span>")
        .add(words.say("rejected"))
        .tags("</p>\n");
    out.tags("<div class=\"figures\">")
        .add(figure_of(words, "figure.rejected", total.rejected, words.share(total.rejected, total.rows)));
    out.add(figure_of(words, "figure.soon", soon, words.share(soon, total.clean)));
    out.add(figure_of(words, "figure.open", total.open_ended, words.share(total.open_ended, total.clean)));
    out.add(figure_of(words, "figure.matched", total.matched, words.share(total.matched, total.rows)));
    return out.tags("</div></section>\n");
}

Markup what_ran(const Words& words, const Summary& summary) {
    Markup out;
    out.tags("<dl class=\"facts\">").add(fact(words.say("entity"), name(summary.entity)));
    out.add(fact(words.say("caller"), words.word("caller", summary.caller_type)));
    out.add(fact(words.say("purpose"), words.word("purpose", summary.purpose)));
    if (!summary.product.empty()) out.add(fact(words.say("product"), name(summary.product)));
    out.add(fact(words.say("window"), window(words, summary)));
    out.add(fact(words.say("policy"), words.word("policy", summary.policy)));
    out.tags("</dl>\n<h3>")
        .add(words.say("law"))
        .tags("</h3>")
        .add(laws(words, summary))
        .add(policy(words, summary));
    return section(words, "run", "run.title", {}, out);
}

Markup ending(const Words& words, const Summary& summary) {
    Markup out;
    out.tags("<footer><p>")
        .add(words.say("ending.privacy"))
        .text(" ")
        .add(words.say("ending.proof"))
        .text(" ")
        .add(words.say("ending.advice"));
    out.tags("</p><p class=\"id\">callscrub ")
        .text(summary.version)
        .text(" · ")
        .add(words.say("run.id"))
        .tags(" <code>")
        .text(summary.run_id)
        .tags("</code>");
    if (!summary.phone_metadata.empty())
        out.text(" · ").add(words.say("phone.metadata")).text(" ").text(summary.phone_metadata);
    return out.tags("</p></footer>\n");
}

} // namespace callscrub::report
