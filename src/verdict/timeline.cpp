#include "verdict/timeline.h"

namespace callscrub::verdict {

using facts::day_max;
using facts::day_min;

namespace {

// The gap's reasons are shown, but what had carried the call until then is the record that decides.
void lapse(Verdict& out, const law::BasisRule* rule, facts::Source source, Day given) {
    const law::Citation* citation = out.judgement.reasons.citation(out.judgement.reasons.first());
    const auto decided = out.judgement.reasons.source(out.judgement.reasons.first());
    out.judgement.reasons.add(Reason::lapses_in_window, citation, decided.known() ? decided : source);
    out.judgement.rule = rule;
    out.judgement.source = source;
    out.judgement.given_day = given;
}

} // namespace

void decide(const Matter& matter, Window window, Verdict& out) {
    auto& now = out.judgement;
    judge(matter, window.from, now);
    out.clean = now.callable;
    out.callable_until = day_min;
    if (!now.callable) return;
    const auto* rule = now.rule;
    const auto source = now.source;
    const auto given = now.given_day;
    const auto* regime = now.regime;
    const auto doubts = now.doubts;
    while (now.until != day_max) {
        const Day next = now.until + 1;
        judge(matter, next, now);
        if (now.callable) continue;
        out.callable_until = next - 1;
        if (next <= window.until && !matter.campaign.switches.trim) {
            out.clean = false;
            lapse(out, rule, source, given);
            return;
        }
        break;
    }
    if (out.callable_until == day_min) out.callable_until = day_max;
    now.callable = true;
    now.rule = rule;
    now.source = source;
    now.given_day = given;
    now.regime = regime;
    now.doubts = doubts;
}

std::vector<Stretch> timeline(const Matter& matter, Day from, Day until) {
    std::vector<Stretch> out;
    for (Day day = from; day <= until;) {
        Stretch stretch;
        judge(matter, day, stretch.judgement);
        stretch.from = day;
        stretch.until = std::min(stretch.judgement.until, until);
        const auto same = [](const Judgement& a, const Judgement& b) {
            if (a.callable != b.callable || a.regime != b.regime) return false;
            if (a.callable) return a.rule == b.rule && a.source == b.source;
            return a.reasons.first() == b.reasons.first() &&
                   a.reasons.source(a.reasons.first()) == b.reasons.source(b.reasons.first());
        };
        if (!out.empty() && same(out.back().judgement, stretch.judgement)) out.back().until = stretch.until;
        else out.push_back(stretch);
        if (stretch.until == day_max) break;
        day = stretch.until + 1;
    }
    return out;
}

} // namespace callscrub::verdict
