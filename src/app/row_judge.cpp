#include "app/row_judge.h"
#include "verdict/cases.h"
#include <algorithm>

namespace callscrub::app {

using law::Reason;

verdict::Campaign campaign_of(const Context& context, history::History& history) {
    const auto& spec = context.job.campaign;
    verdict::Campaign out;
    out.caller = spec.caller_type;
    out.purpose = spec.purpose;
    out.dialing = spec.dialing;
    out.caller_id_shown = spec.caller_id_shown;
    out.switches = verdict::switches_of(context.rules.policy());
    out.products = &history.products();
    for (const auto& similar : spec.similar)
        if (const auto id = history.products().product(similar)) out.similar.push_back(id);
    return out;
}

RowJudge::RowJudge(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list)
    : context_(context), history_(history), campaign_(campaign), list_(list), rows_(context, history.products(), list) {}

void reject(JudgedCell& out, Reason reason, facts::Source source) {
    out.verdict.clean = false;
    out.verdict.callable_until = facts::day_min;
    out.verdict.judgement.rule = nullptr;
    out.verdict.judgement.doubts = 0;
    out.verdict.judgement.reasons.clear();
    out.verdict.judgement.reasons.add(reason, nullptr, source);
}

void RowJudge::judge_under(const law::Jurisdiction& law, JudgedCell& out, facts::Number number, facts::PersonKey person) {
    if (!history_.covers(number, person))
        throw base::Failure(base::Exit::input, {list_.spec->path, 0, 0}, "this list changed while the run read it; run again when it is complete");
    history_.subject(number, person, *law.zone, facts_);
    out.law = &law;
    out.window = context_.window(law);
    out.on_record = !facts_.empty();
    out.last_call = facts::day_min;
    for (const auto& call : facts_.calls) out.last_call = std::max(out.last_call, call.day);
    verdict::decide({law, campaign_, contact_, facts_}, out.window, out.verdict);
}

void RowJudge::judge_cell(const Question& question, const std::optional<facts::PhoneReading>& phone, JudgedCell& out) {
    out.law = nullptr;
    out.other_law = nullptr;
    out.on_record = false;
    if (!phone || question.unreadable) {
        out.phone = {};
        return reject(out, Reason::unreadable_row);
    }
    out.phone = *phone;
    if (const auto trouble = verdict::trouble_of(out.phone.status)) return reject(out, *trouble);
    contact_.line = verdict::line_type(out.phone.type);
    const auto* by_number = context_.rules.find(out.phone.region);
    const auto* law = context_.fixed ? context_.fixed : question.country_stated ? question.country_law : by_number;
    if (!law) return reject(out, Reason::jurisdiction_unknown);
    judge_under(*law, out, out.phone.number, question.person);
    if (context_.fixed || !question.country_stated || !by_number || by_number == law) return;

    // Country and number disagree: the call must be lawful under both.
    JudgedCell other;
    other.phone = out.phone;
    judge_under(*by_number, other, out.phone.number, question.person);
    const bool other_is_stricter =
        out.verdict.clean && (!other.verdict.clean || other.verdict.callable_until < out.verdict.callable_until);
    const auto doubts = out.verdict.judgement.doubts | other.verdict.judgement.doubts; // either law may warn
    if (other_is_stricter) out = other;
    if (out.verdict.clean) out.verdict.judgement.doubts = doubts;
    out.other_law = other_is_stricter ? law : by_number;
}

void RowJudge::prefetch_place(const Question& question) const {
    for (const auto& phone : question.phones)
        if (phone && phone->number != 0) history_.prefetch_place(phone->number);
}

void RowJudge::prefetch_facts(const Question& question) const {
    for (const auto& phone : question.phones)
        if (phone && phone->number != 0) history_.prefetch_facts(phone->number);
}

void RowJudge::judge(const Question& question, std::vector<JudgedCell>& out) {
    out.resize(std::max<std::size_t>(1, list_.columns.phones.size()));
    if (question.record.damage != csv::Damage::none) {
        for (auto& cell : out) {
            cell = {};
            reject(cell, Reason::unreadable_row);
        }
        return;
    }
    contact_ = question.contact;
    for (std::size_t i = 0; i < out.size(); ++i) judge_cell(question, question.phones[i], out[i]);
}

} // namespace callscrub::app
