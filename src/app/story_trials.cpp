#include "app/story_records.h"

namespace callscrub::app {

namespace {

template <class Record, class Check>
TrialTold told(const verdict::View& view, const Record& record, std::span<const Check> checks) {
    TrialTold out;
    out.rule = &view.rule;
    const auto passage = verdict::pass(view, record);
    out.passed = passage.passed;
    out.until = passage.until;
    for (const auto& check : checks) {
        const auto hold = check.holds(view, record);
        out.checks.push_back({check.reason, verdict::asked(view, check.reason), hold.ok,
                              !passage.passed && check.reason == passage.failed, hold.until,
                              &verdict::article(view.regime, view.rule, check.reason)});
    }
    return out;
}

} // namespace

TrialTold trial_of(const verdict::View& view, const facts::Consent& consent) {
    return told(view, consent, verdict::consent_checks());
}

TrialTold trial_of(const verdict::View& view, const facts::Relation& relation) {
    return told(view, relation, verdict::relation_checks());
}

} // namespace callscrub::app
