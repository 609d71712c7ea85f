#include "law/phrases.h"
#include <algorithm>

namespace callscrub::law {

namespace {

void switch_item(Page& page, const Switch& one) {
    const auto allowed = one.words.empty() ? std::to_string(one.least) + " to " + std::to_string(one.most)
                                           : joined(one.words, "or");
    page.item(0, "", page.code(one.name) + ": " + one.says);
    page.item(1, "default",
              page.code(one.standard) + ", under the strict policy " + page.code(one.strict) + " (" +
                  allowed + ")");
    page.item(1, "why", one.source + " " + std::to_string(one.certainty) + "% certain.");
}

/// Writes one law; numbers its sources in the order in which they are first cited.
class Describer {
public:
    Describer(const Jurisdiction& law, Format format) : law_(law), page_(format) {}
    std::string write();

private:
    std::string cited(const Citation& citation);
    std::string hangs_on(const Citation& citation) const;
    void head();
    void regime(const Regime& regime);
    void basis(const BasisRule& rule, const Regime& regime);
    void relation(const BasisRule& rule);
    void registers(const Regime& regime);
    void in_any_case(const Regime& regime);
    void noes(const Regime& regime);
    void dormant(const Regime& regime);
    void products();
    void retention();
    void switches();
    void sources();
    void notes();

    const Jurisdiction& law_;
    Page page_;
    std::vector<const Citation*> sources_;
};

std::string Describer::cited(const Citation& citation) {
    const auto same = [&](const Citation* other) {
        return other->source == citation.source && other->where == citation.where;
    };
    auto found = std::find_if(sources_.begin(), sources_.end(), same);
    if (found == sources_.end()) found = sources_.insert(sources_.end(), &citation);
    return citation.article + " [" + std::to_string(found - sources_.begin() + 1) + ", " +
           std::to_string(citation.certainty) + "%]";
}

std::string Describer::hangs_on(const Citation& citation) const {
    return citation.when.empty() ? std::string() : " (with " + page_.code(citation.when) + ")";
}

void Describer::head() {
    page_.heading(0, law_.names.at("en") + " (" + law_.id + ")");
    page_.paragraph(
        "Rule pack " + law_.version + ". Days are civil days of " + law_.zone_name +
        ", both ends of a period inclusive; a term in months ends on the same day of the month, or on "
        "the last day of a shorter one. In [n, p%] n is the source below and p how certain the value is.");
    for (const auto& regime : law_.regimes) page_.item(0, regime.id + ", " + period(regime), regime.says);
}

void Describer::relation(const BasisRule& rule) {
    const auto conditions = each_of(rule.conditions, condition_words);
    if (!conditions.empty()) page_.item(1, "if", conditions);
    if (rule.objection_waived_before != facts::day_min)
        page_.item(1, "objection",
                   "need not have been offered if the relation began before " +
                       facts::to_string(rule.objection_waived_before) + hangs_on(rule.waiver) + "; " +
                       cited(rule.waiver));
    if (rule.term.unlimited)
        page_.item(1, "after its end", "without limit: " + rule.no_term);
    else
        page_.item(1, "after its end", after_end(page_, rule.term) + "; " + cited(rule.term.citation));
}

void Describer::basis(const BasisRule& rule, const Regime& regime) {
    page_.item(0, plain(rule.basis),
               page_.code(rule.id) + hangs_on(rule.citation) + ", " + cited(rule.citation));
    page_.item(1, "stands on", stands_on(rule));
    if (const auto whom = addressees(rule); !whom.empty()) page_.item(1, "for", whom);
    if (rule.needs == Needs::relation || rule.given_in_contract) relation(rule);
    if (const auto listed = when_listed(rule, regime); !listed.empty()) page_.item(1, "listed", listed);
}

void Describer::registers(const Regime& regime) {
    if (regime.registers.empty()) return;
    page_.heading(2, "Registers");
    for (const auto& one : regime.registers) {
        page_.item(0, one.name, how_it_binds(page_, one) + "; " + cited(one.citation));
        const bool fresh = !one.freshness.article.empty();
        page_.item(1, "export", how_fresh(page_, one) + (fresh ? "; " + cited(one.freshness) : ""));
    }
}

void Describer::in_any_case(const Regime& regime) {
    const auto article = [&](Reason reason) {
        const auto it = regime.cites.find(reason);
        return cited(it == regime.cites.end() ? regime.citation : it->second);
    };
    page_.heading(2, "In any case");
    if (regime.caller_id_required)
        page_.item(0, "caller's number", "is shown; " + article(Reason::caller_id_withheld));
    if (regime.machine_needs_consent)
        page_.item(0, "calling machines", "need explicit consent; " + article(Reason::machine_needs_consent));
    if (const auto often = how_often(page_, regime.calls); !often.empty())
        page_.item(0, "number of calls",
                   often + hangs_on(regime.calls.citation) + "; " + cited(regime.calls.citation));
    if (regime.verification_from != facts::day_max)
        page_.item(0, "verification",
                   "consents count only if verified with the person, from " +
                       facts::to_string(regime.verification_from) + " on" + hangs_on(regime.verification) +
                       "; " + cited(regime.verification));
    if (regime.stale_months != 0 || !regime.stale_months.by.empty())
        page_.item(0, "old consents",
                   "without a stated period and unused count for " +
                       amount(page_, regime.stale_months, "month") +
                       (regime.stale_months == 0 ? ", that is without limit" : "") + hangs_on(regime.stale) +
                       "; " + cited(regime.stale));
    page_.item(0, "channels",
               regime.any_channel ? "one declaration may cover several, the telephone among them"
                                  : "a consent must name the telephone");
    page_.item(0, "requests", "are used up by " + amount(page_, Amount(regime.request_calls), "call"));
}

void Describer::noes(const Regime& regime) {
    page_.heading(2, "Articles cited for rejections");
    for (const auto& [reason, citation] : regime.cites)
        if (reason != Reason::caller_id_withheld && reason != Reason::machine_needs_consent)
            page_.item(0, "", page_.code(code(reason)) + ": " + cited(citation));
}

void Describer::dormant(const Regime& regime) {
    if (regime.dormant.empty() && regime.dormant_bases.empty()) return;
    page_.heading(2, "Only under another policy");
    for (const auto& rule : regime.dormant_bases) basis(rule, regime);
    for (const auto& one : regime.dormant)
        page_.item(0, one.says,
                   hangs_on(one.citation).substr(1) + (one.warns ? "; under this policy the run warns" : "") + "; " +
                       cited(one.citation));
}

void Describer::regime(const Regime& regime) {
    page_.heading(1, regime.id + ": " + period(regime));
    page_.paragraph(regime.says + " " + cited(regime.citation));
    if (!regime.gap_before.empty()) page_.paragraph("No rule is in force just before: " + regime.gap_before);
    page_.heading(2, "A call may be made on");
    for (const auto& rule : regime.bases) basis(rule, regime);
    registers(regime);
    in_any_case(regime);
    noes(regime);
    dormant(regime);
}

void Describer::products() {
    if (law_.products.empty()) return;
    page_.heading(1, "Products with rules of their own");
    page_.paragraph("A row is about such a product if its product is one of these words.");
    for (const auto& group : law_.products) {
        std::string words;
        for (const auto& word : group.words) words += (words.empty() ? "" : ", ") + page_.code(word);
        page_.item(0, group.name, group.says + " Words: " + words);
    }
}

void Describer::retention() {
    const auto& keep = law_.retention;
    page_.heading(1, "Keeping evidence");
    if (keep.years == 0)
        page_.paragraph("No term is recorded for this law.");
    else
        page_.paragraph(std::to_string(keep.years) + " years from the consent" +
                        (keep.from_each_use ? " and again from each use" : "") + "; " + cited(keep.citation));
}

void Describer::switches() {
    page_.heading(1, "Switches");
    if (law_.switches.empty()) page_.paragraph("This law has none of its own.");
    for (const auto& one : law_.switches) switch_item(page_, one);
}

void Describer::sources() {
    page_.heading(1, "Sources");
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const auto& one = *sources_[i];
        page_.item(0, "[" + std::to_string(i + 1) + "]",
                   one.source + "; " + one.where + "; checked " + facts::to_string(one.checked));
    }
}

void Describer::notes() {
    if (law_.notes.empty()) return;
    page_.heading(1, "Notes");
    for (const auto& note : law_.notes) page_.item(0, "", note);
}

std::string Describer::write() {
    head();
    for (const auto& one : law_.regimes) regime(one);
    products();
    retention();
    switches();
    notes();
    sources();
    return page_.take();
}

} // namespace

std::string describe(const Jurisdiction& law, Format format) { return Describer(law, format).write(); }

std::string describe_index(std::span<const Jurisdiction> laws) {
    Page page(Format::markdown);
    page.heading(0, "The law, country by country");
    page.paragraph(
        "These pages are made from the rule packs in src/law/packs, with the values of the standard policy; "
        "a "
        "test keeps them up to date. What the packs hold is a reading of the sources they name, not legal "
        "advice. On days before the first regime of a law no rule is in force and nobody is called.");
    for (const auto& law : laws) {
        page.item(0, "", "[" + law.names.at("en") + "](jurisdictions/" + law.id + ".md)");
        for (const auto& regime : law.regimes) page.item(1, regime.id + ", " + period(regime), regime.says);
    }
    page.heading(1, "Switches of every law");
    for (const auto& one : general_switches()) switch_item(page, one);
    return page.take();
}

} // namespace callscrub::law
