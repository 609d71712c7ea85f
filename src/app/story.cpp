#include "app/story.h"
#include "app/story_records.h"
#include "verdict/cases.h"
#include <algorithm>

namespace callscrub::app {

using facts::Day;
using facts::day_max;
using facts::day_min;
using law::Needs;

std::string_view name(Deed deed) {
    constexpr std::string_view names[] = {"consent",  "request",     "publication", "withdrawal", "objection",
                                          "relation", "suppression", "listing",     "call",       "nothing"};
    return names[static_cast<std::size_t>(deed)];
}

std::string_view name(WayTold::End end) {
    constexpr std::string_view names[] = {"carries",    "passes",       "missed",       "no_record",
                                          "taken_away", "other_caller", "other_contact"};
    return names[static_cast<std::size_t>(end)];
}

std::string Story::place(facts::Source source) const {
    if (!source.known() || source.file >= files.size()) return {};
    return files[source.file] + ":" + std::to_string(source.line);
}

std::string Story::record_id(facts::Source source) const {
    return source.known() && history ? history->name_of(source) : std::string();
}

const RecordTold* NumberTold::record(facts::Source source) const {
    for (const auto& one : records)
        if (one.source == source && one.deed != Deed::nothing) return &one;
    return nullptr;
}

namespace {

WayTold::End end_of(const law::BasisRule& rule, const verdict::Matter& matter, Day day,
                    const verdict::Judgement& first, const std::vector<RecordTold>& records) {
    using End = WayTold::End;
    if (!rule.callers.has(matter.campaign.caller) || !rule.purposes.has(matter.campaign.purpose))
        return End::other_caller;
    if (!verdict::fits_contact(rule, matter)) return End::other_contact;
    if (first.rule == &rule) return End::carries;
    if (rule.needs == Needs::nothing) {
        const bool wiped = std::any_of(matter.facts.noes.begin(), matter.facts.noes.end(),
                                       [&](const facts::No& no) { return no.day <= day; });
        return wiped || first.reasons.has(law::Reason::register_listed) ? End::taken_away : End::passes;
    }
    bool tried = false, passed = false;
    for (const auto& record : records)
        for (const auto& trial : record.trials) {
            if (trial.rule != &rule) continue;
            tried = true;
            passed |= trial.passed;
        }
    return passed ? End::passes : tried ? End::missed : End::no_record;
}

std::vector<WayTold> ways_of(const verdict::Matter& matter, Day day, const verdict::Judgement& first,
                             const std::vector<RecordTold>& records) {
    std::vector<WayTold> out;
    if (!first.regime) return out;
    if (first.rule == &first.regime->service) return {{first.rule, WayTold::End::carries}};
    for (const auto& rule : first.regime->bases)
        out.push_back({&rule, end_of(rule, matter, day, first, records)});
    return out;
}

// What the carrying consent fails, though the law, or one of two, only warns of it.
std::vector<Saying> doubts_of(const JudgedCell& cell) {
    std::vector<Saying> out;
    if (!cell.verdict.clean) return out;
    for (const auto* law : {cell.law, cell.other_law}) {
        const auto* regime = law ? law->on(cell.window.from) : nullptr;
        if (!regime) continue;
        for (const auto& doubt : regime->doubts) {
            if (((cell.verdict.judgement.doubts >> doubt.id) & 1U) == 0) continue;
            out.push_back({doubt.reason == law::Reason::not_verified ? "not_verified" : "too_old",
                           {{"months", std::to_string(doubt.months.value)}, {"switch", doubt.citation.when}},
                           &doubt.citation});
        }
    }
    return out;
}

// Registers that could take the carrying rule away, but of which no export is among the inputs.
std::vector<std::string> registers_missing(const Job& job, const verdict::Judgement& first) {
    std::vector<std::string> out;
    if (!first.rule || !first.regime) return out;
    for (const auto& effect : first.rule->registers) {
        const auto& asked = first.regime->registers[effect.register_index].name;
        const auto inputs = job.inputs_of(Role::registers);
        if (std::none_of(inputs.begin(), inputs.end(),
                         [&](const InputSpec* one) { return one->name == asked; }))
            out.push_back(asked);
    }
    return out;
}

Day first_event(const facts::SubjectFacts& known, Day otherwise) {
    Day out = otherwise;
    const auto use = [&](Day day) {
        if (day != day_min && day != day_max) out = std::min(out, day);
    };
    for (const auto& one : known.consents) use(one.given_day);
    for (const auto& one : known.relations) use(one.start);
    for (const auto& one : known.noes) use(one.day);
    for (const auto& one : known.suppressions) use(one.since);
    for (const auto& one : known.listings) use(one.day);
    for (const auto& one : known.calls) use(one.day);
    return out;
}

} // namespace

NumberTold tell(const Story& story, const JudgedCell& cell, const verdict::Contact& contact,
                facts::PersonKey person, const verdict::Campaign& campaign,
                const std::vector<WitnessedRow>& rows) {
    NumberTold out;
    out.phone = cell.phone;
    out.law = cell.law;
    out.other_law = cell.other_law;
    out.window = cell.window;
    out.verdict = cell.verdict;
    out.contact = contact;
    out.contact.line = verdict::line_type(cell.phone.type);
    facts::SubjectFacts known;
    if (!cell.law) {
        out.records = records_without_law(story, cell.phone.number, person, rows);
        return out;
    }
    story.history->subject(cell.phone.number, person, *cell.law->zone, known);
    const verdict::Matter matter{*cell.law, campaign, out.contact, known};
    verdict::judge(matter, cell.window.from, out.first);
    out.records = records_of(story, matter, out.first, cell, person, rows);
    out.ways = ways_of(matter, cell.window.from, out.first, out.records);
    out.doubts = doubts_of(cell);
    out.registers_missing = registers_missing(*story.job, out.first);
    out.begin = first_event(known, cell.window.from);
    out.timeline = verdict::timeline(matter, out.begin);
    return out;
}

} // namespace callscrub::app
