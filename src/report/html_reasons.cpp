#include "report/html_charts.h"
#include "report/html_sections.h"
#include <algorithm>

namespace callscrub::report {

namespace {

/// Which of the contract's groups a reason belongs to: the key of a phrase.
std::string_view group_of(law::Reason reason) {
    using law::Reason;
    if (reason <= Reason::no_rule_in_force) return "group.row";
    if (reason <= Reason::machine_needs_consent) return "group.campaign";
    if (reason <= Reason::refusal_pause) return "group.no";
    if (law::is_consent_miss(reason)) return "group.consent";
    if (law::is_relation_miss(reason)) return "group.relation";
    return reason == Reason::no_basis ? "group.nothing" : "group.window";
}

Markup articles_of(const Words& words, const Articles& articles) {
    Markup out;
    for (const auto& article : articles) {
        if (!out.empty()) out.text("; ");
        out.add(words.law(article));
    }
    return out;
}

Markup articles_of(const Words& words, const Summary& summary, law::Basis basis) {
    const auto found = summary.basis_articles.find(basis);
    return found == summary.basis_articles.end() ? Markup() : articles_of(words, found->second);
}

/// Articles of all reasons with the same code.
Markup articles_of(const Words& words, const Summary& summary, law::Reason wanted) {
    Articles out;
    for (const auto& [reason, articles] : summary.articles)
        if (law::code(reason) == law::code(wanted)) out.insert(articles.begin(), articles.end());
    return articles_of(words, out);
}

} // namespace

std::vector<ReasonCount> reason_counts(const Tallies& tallies) {
    std::vector<ReasonCount> out;
    for (std::size_t i = 0; i < tallies.reasons.size(); ++i) {
        const auto reason = static_cast<law::Reason>(i);
        const auto same = std::find_if(out.begin(), out.end(), [&](const ReasonCount& one) {
            return law::code(one.reason) == law::code(reason);
        });
        if (same != out.end())
            same->rows += tallies.reasons[i];
        else
            out.push_back({reason, tallies.reasons[i]});
    }
    std::erase_if(out, [](const ReasonCount& one) { return one.rows == 0; });
    std::stable_sort(out.begin(), out.end(),
                     [](const ReasonCount& a, const ReasonCount& b) { return a.rows > b.rows; });
    return out;
}

Markup reasons(const Words& words, const Summary& summary) {
    std::vector<Bar> all;
    std::vector<std::vector<Markup>> rows;
    for (const auto& [reason, n] : reason_counts(summary.total)) {
        const Markup sentence = prose(text(reason, words.language())),
                     article = articles_of(words, summary, reason);
        const Markup group = words.say(group_of(reason)),
                     code = Markup().tags("<code>").text(law::code(reason)).tags("</code>");
        Markup note = code;
        note.text(" · ").add(group);
        if (!article.empty()) note.text(" · ").add(article);
        all.push_back({sentence, escaped(law::code(reason)), note, n});
        rows.push_back({code, words.number(n), words.share(n, summary.total.rejected), group, sentence,
                        article.empty() ? escaped("–") : article});
    }
    if (all.empty()) return section(words, "reasons", "reasons.title", words.say("reasons.none"), {});
    Markup out = bars(words, "reason", all, summary.total.rejected, Tone::no);
    out.add(folded_table(words, words.say("reasons.title"),
                         {{words.say("code")},
                          {words.say("rows"), true},
                          {words.say("share"), true},
                          {words.say("group")},
                          {words.say("meaning")},
                          {words.say("article")}},
                         rows));
    return section(words, "reasons", "reasons.title", words.say("reasons.intro"), out);
}

Markup bases(const Words& words, const Summary& summary) {
    const auto& counts = summary.total.bases;
    std::vector<law::Basis> order;
    for (std::size_t i = 1; i < counts.size(); ++i)
        if (counts[i] > 0) order.push_back(static_cast<law::Basis>(i));
    const auto rows_of = [&](law::Basis basis) { return counts[static_cast<std::size_t>(basis)]; };
    std::stable_sort(order.begin(), order.end(),
                     [&](law::Basis a, law::Basis b) { return rows_of(a) > rows_of(b); });
    std::vector<Bar> all;
    std::vector<std::vector<Markup>> rows;
    for (const auto basis : order) {
        const Markup label = escaped(text(basis, words.language())),
                     code = Markup().tags("<code>").text(law::name(basis)).tags("</code>");
        const Markup article = articles_of(words, summary, basis);
        Markup note = code;
        if (!article.empty()) note.text(" · ").add(article);
        all.push_back({label, label, note, rows_of(basis)});
        rows.push_back({label, code, words.number(rows_of(basis)),
                        words.share(rows_of(basis), summary.total.clean),
                        article.empty() ? escaped("–") : article});
    }
    if (all.empty()) return section(words, "bases", "bases.title", words.say("bases.none"), {});
    Markup out = bars(words, "basis", all, summary.total.clean, Tone::yes);
    out.add(folded_table(words, words.say("bases.title"),
                         {{words.say("basis")},
                          {words.say("code")},
                          {words.say("rows"), true},
                          {words.say("share"), true},
                          {words.say("article")}},
                         rows));
    return section(words, "bases", "bases.title", words.say("bases.intro"), out);
}

} // namespace callscrub::report
