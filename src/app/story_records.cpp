#include "app/story_records.h"
#include <algorithm>
#include <set>

namespace callscrub::app {

using facts::Consent;
using facts::ConsentStatus;
using facts::Day;
using facts::day_max;
using facts::day_min;
using facts::No;
using facts::Relation;
using facts::Source;
using law::Reason;

namespace {

std::string day_text(Day day) { return facts::to_string(day); }

Deed deed_of(ConsentStatus status) {
    if (status == ConsentStatus::requested) return Deed::request;
    return status == ConsentStatus::published ? Deed::publication : Deed::consent;
}

/// Tells the facts of one subject on one day.
class RecordTeller {
public:
    RecordTeller(const Story& story, const verdict::Matter& matter, const verdict::Judgement& first, Day day,
                 facts::Number number, const std::vector<WitnessedRow>& rows)
        : story_(story), m_(matter), first_(first), regime_(first.regime), day_(day), number_(number),
          rows_(rows) {
        service_ = regime_ && first.rule == &regime_->service;
        service_ |= regime_ && m_.campaign.purpose == facts::Purpose::service &&
                    !(m_.campaign.dialing == facts::Dialing::automatic && regime_->machine_needs_consent);
        wiped_ = std::any_of(m_.facts.noes.begin(), m_.facts.noes.end(),
                             [&](const No& no) { return no.day <= day_; });
    }

    std::vector<RecordTold> tell() {
        for (const auto& one : m_.facts.consents) consent(one);
        for (const auto& one : m_.facts.relations) relation(one);
        for (const auto& one : m_.facts.noes) no(one);
        for (const auto& one : m_.facts.suppressions) suppression(one);
        for (const auto& one : m_.facts.listings) listing(one);
        for (const auto& one : m_.facts.calls) call(one);
        return std::move(out_);
    }

private:
    RecordTold& begin(Deed deed, Source source, facts::Moment at, Day day);
    bool told_already(Deed deed, Source source) const;
    void consent(const Consent& one);
    void relation(const Relation& one);
    void no(const No& one);
    void suppression(const facts::Suppression& one);
    void listing(const facts::Listing& one);
    void call(const facts::Call& one);
    void call_limits(const facts::Call& one, RecordTold& told) const;
    template <class Record>
    void finish_trial(RecordTold& told, TrialTold trial, const Record& record, facts::Moment given);
    void asked_nothing(RecordTold& told) const;

    const Story& story_;
    const verdict::Matter& m_;
    const verdict::Judgement& first_;
    const law::Regime* regime_;
    Day day_;
    facts::Number number_;
    const std::vector<WitnessedRow>& rows_;
    bool service_ = false, wiped_ = false;
    std::vector<RecordTold> out_;
};

RecordTold& RecordTeller::begin(Deed deed, Source source, facts::Moment at, Day day) {
    RecordTold& told = out_.emplace_back();
    told.deed = deed;
    told.source = source;
    told.place = story_.place(source);
    told.at = at;
    told.day = day;
    for (const auto& row : rows_) {
        if (row.source != source) continue;
        told.cells = row.cells;
        if (row.outcome == history::Intake::Outcome::bad) told.sayings.push_back({"bad_no", {}});
        const bool a_no = deed == Deed::objection || deed == Deed::withdrawal || deed == Deed::suppression;
        if (a_no && !row.names(number_)) told.sayings.push_back({"by_person", {}});
        if (deed == Deed::call && !row.names(number_)) told.sayings.push_back({"by_request", {}});
        if (deed == Deed::consent && row.numbers.empty()) told.sayings.push_back({"consent_by_person", {}});
    }
    return told;
}

// A no stands once for the number and once for the person.
bool RecordTeller::told_already(Deed deed, Source source) const {
    return std::any_of(out_.begin(), out_.end(),
                       [&](const RecordTold& told) { return told.deed == deed && told.source == source; });
}

void RecordTeller::asked_nothing(RecordTold& told) const {
    if (!regime_)
        told.sayings.push_back({"no_regime", {{"day", day_text(day_)}}, nullptr, true});
    else if (service_)
        told.sayings.push_back({"service", {}});
}

// What stands in the way of a record that passed: a no that it does not lift, a listing.
template <class Record>
void RecordTeller::finish_trial(RecordTold& told, TrialTold trial, const Record& record,
                                facts::Moment given) {
    trial.carries = first_.callable && first_.rule == trial.rule && first_.source == told.source;
    if (trial.passed) {
        std::set<Source> nos_told; // a no stands once for the number and once for the person
        for (const auto& no : m_.facts.noes) {
            if (no.day > day_ || !nos_told.insert(no.source).second) continue;
            bool lifts = false;
            if constexpr (std::is_same_v<Record, Consent>)
                lifts = verdict::lifts(m_, *regime_, day_, record, no);
            if (!lifts)
                trial.sayings.push_back({"under_no", {{"place", story_.place(no.source)}}, nullptr, true});
        }
        const verdict::View view{m_, *regime_, *trial.rule, day_};
        for (const auto& effect : trial.rule->registers)
            for (const auto& listing : m_.facts.listings)
                if (verdict::takes_away(view, effect, listing, given).ok)
                    trial.sayings.push_back({"under_listing",
                                             {{"register", regime_->registers[effect.register_index].name},
                                              {"place", story_.place(listing.source)}},
                                             nullptr,
                                             true});
    }
    told.trials.push_back(std::move(trial));
}

void RecordTeller::consent(const Consent& one) {
    auto& told =
        begin(deed_of(one.status), one.source, one.given, one.given_day == day_max ? day_min : one.given_day);
    if (!regime_ || service_) return asked_nothing(told);
    bool known = false;
    for (const auto& rule : regime_->bases) {
        if (!verdict::concerns(rule.needs, one.status)) continue;
        known = true;
        if (verdict::applies(rule, m_))
            finish_trial(told, trial_of({m_, *regime_, rule, day_}, one), one, one.given);
    }
    if (told.trials.empty())
        told.sayings.push_back({known ? "rule_not_open" : "no_such_rule", {}, &regime_->citation, true});
}

void RecordTeller::relation(const Relation& one) {
    const bool dated = one.start != day_max;
    auto& told = begin(Deed::relation, one.source, dated ? facts::Moment::of_day(one.start) : facts::Moment{},
                       dated ? one.start : day_min);
    if (!regime_ || service_) return asked_nothing(told);
    for (const auto& rule : regime_->bases)
        if (rule.needs == law::Needs::relation && verdict::applies(rule, m_))
            finish_trial(told, trial_of({m_, *regime_, rule, day_}, one), one,
                         facts::Moment::of_day(one.start));
    if (!told.trials.empty()) return;
    for (const auto reason :
         {Reason::customer_exception_none, Reason::customer_exception_ended, Reason::caller_type_not_exempt})
        if (first_.reasons.has(reason))
            told.sayings.push_back({"reason",
                                    {{"code", std::string(law::code(reason))}},
                                    first_.reasons.citation(reason),
                                    true});
}

void RecordTeller::no(const No& one) {
    const Deed deed = one.withdrawal ? Deed::withdrawal : Deed::objection;
    if (told_already(deed, one.source)) return;
    auto& told = begin(deed, one.source, one.at, one.day);
    if (!regime_ || service_) return asked_nothing(told);
    if (one.day > day_) {
        told.sayings.push_back({"not_yet", {{"day", day_text(one.day)}}});
        return;
    }
    const auto reason = one.withdrawal ? Reason::consent_withdrawn : Reason::objection;
    for (const auto& consent : m_.facts.consents) {
        if (!verdict::lifts(m_, *regime_, day_, consent, one)) continue;
        told.sayings.push_back({"lifted", {{"place", story_.place(consent.source)}}});
        return;
    }
    told.sayings.push_back(
        {one.at.known() ? "no_stands" : "no_stands_undated", {}, &verdict::article(*regime_, reason), true});
}

void RecordTeller::suppression(const facts::Suppression& one) {
    if (told_already(Deed::suppression, one.source)) return;
    const bool dated = one.since != day_min;
    auto& told = begin(Deed::suppression, one.source,
                       dated ? facts::Moment::of_day(one.since) : facts::Moment{}, one.since);
    const auto hold = verdict::between(one.since, one.until, day_);
    if (!regime_) return asked_nothing(told);
    if (!hold.ok) {
        const bool over = day_ > one.until;
        told.sayings.push_back(
            {over ? "suppression_over" : "not_yet", {{"day", day_text(over ? one.until : one.since)}}});
        return;
    }
    const auto* citation = &verdict::article(*regime_, Reason::suppressed);
    if (one.until == day_max)
        told.sayings.push_back({"suppressed", {}, citation, true});
    else
        told.sayings.push_back({"suppressed_until", {{"day", day_text(one.until)}}, citation, true});
}

void RecordTeller::listing(const facts::Listing& one) {
    auto& told = begin(Deed::listing, one.source, one.at, one.day);
    if (!regime_ || service_) return asked_nothing(told);
    const auto listed_in =
        std::find_if(regime_->registers.begin(), regime_->registers.end(),
                     [&](const law::Register& known) { return known.id == one.register_id; });
    if (listed_in == regime_->registers.end()) {
        told.sayings.push_back({"register_unknown", {}});
        return;
    }
    const auto index = static_cast<std::uint8_t>(listed_in - regime_->registers.begin());
    bool any = false, binds = false;
    Day from = day_;
    for (const auto& rule : regime_->bases)
        for (const auto& effect : rule.registers) {
            if (effect.register_index != index || !verdict::applies(rule, m_)) continue;
            any = true;
            const auto hold = verdict::takes_away({m_, *regime_, rule, day_}, effect, one, {});
            binds |= hold.ok;
            if (!hold.ok && hold.until != day_max) from = hold.until + 1;
            if (hold.ok)
                told.sayings.push_back(
                    {effect.beats == law::ListingBeats::always ? "listing_takes" : "listing_takes_earlier",
                     {{"register", listed_in->name}, {"basis", std::string(law::name(rule.basis))}},
                     &listed_in->citation,
                     true});
        }
    if (!any)
        told.sayings.push_back({"listing_harmless", {{"register", listed_in->name}}, &listed_in->citation});
    else if (!binds)
        told.sayings.push_back({"not_yet", {{"day", day_text(from)}}, &listed_in->citation});
}

void RecordTeller::call_limits(const facts::Call& one, RecordTold& told) const {
    if (!one.to_number) return;
    const auto& limits = regime_->calls;
    const Day counts_until = one.day + limits.within_days - 1;
    if (limits.max_calls != 0 && day_ <= counts_until)
        told.sayings.push_back({"call_counts",
                                {{"day", day_text(counts_until)},
                                 {"most", std::to_string(limits.max_calls.value)},
                                 {"days", std::to_string(limits.within_days.value)}},
                                &limits.citation,
                                first_.reasons.has(Reason::call_cap)});
    if (limits.pause_days_after_refusal == 0 || one.outcome == facts::CallOutcome::other) return;
    const Day pause = one.day + limits.pause_days_after_refusal;
    const bool runs = day_ <= pause;
    told.sayings.push_back(
        {runs ? "pause" : "pause_over", {{"day", day_text(pause)}}, &limits.citation, runs});
}

void RecordTeller::call(const facts::Call& one) {
    auto& told = begin(Deed::call, one.source, one.at, one.day);
    if (!regime_ || service_) return asked_nothing(told);
    if (one.day > day_) {
        told.sayings.push_back({"not_yet", {{"day", day_text(one.day)}}});
        return;
    }
    call_limits(one, told);
    for (const auto& consent : m_.facts.consents)
        if (consent.status == ConsentStatus::requested && verdict::answers(one, consent, *m_.law.zone))
            told.sayings.push_back({"uses_request", {{"place", story_.place(consent.source)}}});
    if (told.sayings.empty()) told.sayings.push_back({"call_harmless", {}});
}

} // namespace

std::vector<RecordTold> records_of(const Story& story, const verdict::Matter& matter,
                                   const verdict::Judgement& first, const JudgedCell& cell,
                                   facts::PersonKey person, const std::vector<WitnessedRow>& rows) {
    auto out = RecordTeller(story, matter, first, cell.window.from, cell.phone.number, rows).tell();
    add_asides(story, cell.phone.number, person, rows, out);
    const auto& zone = *matter.law.zone;
    for (auto& told : out)
        if (told.at.known() && !told.concerns) told.day = zone.day_of(told.at);
    const auto when = [&](const RecordTold& told) {
        return told.at.known() ? zone.earliest(told.at) : INT64_MIN;
    };
    std::stable_sort(out.begin(), out.end(), [&](const RecordTold& a, const RecordTold& b) {
        const auto at = when(a), bt = when(b);
        return at != bt ? at < bt : a.source < b.source;
    });
    return out;
}

} // namespace callscrub::app
