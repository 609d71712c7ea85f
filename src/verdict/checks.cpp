#include "verdict/checks.h"
#include <algorithm>

namespace callscrub::verdict {

using facts::add_months;
using facts::Channel;
using facts::Consent;
using facts::day_max;
using facts::EntityFit;
using facts::Match;
using facts::Relation;
using facts::YesNo;
using law::Condition;
using law::Needs;

namespace {

constexpr Hold always(bool ok) { return {ok, day_max}; }

// --- consents ---

Hold channel_fits(const View& view, const Consent& consent) {
    if (consent.channel == Channel::phone) return always(true);
    return always(view.regime.any_channel && (consent.channel == Channel::any || consent.channel == Channel::empty));
}

// A published number is addressed to nobody; if a row names entities, the campaign's must be among them.
Hold entity_fits(const View& view, const Consent& consent) {
    const bool open = view.rule.needs == Needs::publication && consent.entity == EntityFit::unstated;
    return always(open || consent.entity == EntityFit::own);
}

Hold scope_fits(const View& view, const Consent& consent) {
    if (consent.products == 0) return always(view.matter.campaign.switches.unscoped_accepted);
    return always(view.matter.campaign.products->contains(consent.products, view.matter.contact.product));
}

Hold consent_person_agrees(const View&, const Consent& consent) { return always(consent.match == Match::agrees); }

Hold evidence_is_there(const View& view, const Consent& consent) {
    return always(consent.evidence || !view.matter.campaign.switches.evidence_required);
}

// What was verified before it was given was not verified. Of what is yet to be given that is not asked.
Hold verified(const Consent& consent, Day day) {
    Hold out = between(consent.verified_day, day_max, day);
    if (consent.given_day == day_max || consent.verified_day >= consent.given_day) return out;
    if (day >= consent.given_day) return always(false);
    out.until = std::min(out.until, consent.given_day - 1);
    return out;
}

// Asked of consents only: a request is an answer to nobody's question.
Hold verified_where_needed(const View& view, const Consent& consent) {
    if (view.rule.needs != Needs::consent) return always(true);
    const Day from = view.regime.verification_from;
    if (from == day_max) return always(true);
    if (view.day < from) return {true, from - 1};
    return verified(consent, view.day);
}

Hold granted(const View& view, const Consent& consent) {
    if (consent.given_day == day_max) return always(false);
    return between(consent.given_day, day_max, view.day);
}

// A consent that lives in a contract counts while the relation behind it carries: one that meets the rule and that was
// running when the consent was given.
Hold within_contract(const View& view, const Consent& consent) {
    Hold out{false, day_max};
    for (const auto& relation : view.matter.facts.relations) {
        if (consent.given_day < relation.start || consent.given_day > relation.end) continue;
        const Passage passage = pass(view, relation);
        out.ok |= passage.passed;
        out.until = std::min(out.until, passage.until);
    }
    return out;
}

Hold within_period(const View& view, const Consent& consent) {
    const Hold stated = between(facts::day_min, consent.last_day, view.day);
    if (!stated.ok || !view.rule.given_in_contract) return stated;
    const Hold contract = within_contract(view, consent);
    return {contract.ok, std::min(stated.until, contract.until)};
}

// The later of two age limits' first days; the policy's general limit and the law's own one both bind.
int age_limit_months(const View& view) {
    const int general = view.matter.campaign.switches.period_months;
    const int own = view.rule.needs == Needs::consent ? view.regime.stale_months.value : 0;
    if (general == 0 || own == 0) return general + own;
    return std::min(general, own);
}

// What keeps a consent fresh: its own day, a verification, a call to the number; as far as known on the day judged.
// `until` becomes the day before the next such event.
Day freshest(const View& view, const Consent& consent, Day& until) {
    Day fresh = consent.given_day;
    const auto use = [&](Day day) {
        if (day == day_max || day <= fresh) return;
        if (day <= view.day) fresh = day;
        else until = std::min(until, day - 1);
    };
    use(consent.verified_day);
    for (const auto& call : view.matter.facts.calls)
        if (call.to_number) use(call.day);
    return fresh;
}

Hold fresh_enough(const View& view, const Consent& consent) {
    if (consent.period_stated) return always(true);
    if (view.rule.needs == Needs::request)
        return between(facts::day_min, consent.given_day + view.matter.campaign.switches.request_days, view.day);
    const int months = age_limit_months(view);
    if (months == 0) return always(true);
    Day until = day_max;
    Hold hold = between(facts::day_min, add_months(freshest(view, consent, until), months), view.day);
    hold.until = std::min(hold.until, until);
    return hold;
}

// A request carries so many calls.
Hold request_unused(const View& view, const Consent& consent) {
    if (view.rule.needs != Needs::request) return always(true);
    int used = 0;
    Day next = day_max;
    for (const auto& call : view.matter.facts.calls) {
        if (!answers(call, consent, *view.matter.law.zone)) continue;
        if (call.day <= view.day) ++used;
        else next = std::min(next, call.day);
    }
    if (used >= view.regime.request_calls) return always(false);
    return {true, next == day_max ? day_max : next - 1};
}

constexpr ConsentCheck consent_table[] = {
    {Reason::consent_channel_mismatch, channel_fits},
    {Reason::consent_entity_mismatch, entity_fits},
    {Reason::consent_scope, scope_fits},
    {Reason::consent_person_mismatch, consent_person_agrees},
    {Reason::no_evidence, evidence_is_there},
    {Reason::not_verified, verified_where_needed},
    {Reason::not_yet_granted, granted},
    {Reason::consent_expired, within_period},
    {Reason::consent_stale, fresh_enough},
    {Reason::request_used, request_unused},
};

// --- relations ---

bool kind_and_payment_fit(const View& view, const Relation& relation) {
    return view.rule.kinds.has(relation.kind) &&
           (!view.rule.conditions.has(Condition::paid) || relation.paid == YesNo::yes);
}

// Charities have kinds of their own; for every other caller the question is whether there was a sale.
bool is_for_charities(const law::BasisRule& rule) {
    return rule.callers.has(facts::CallerType::charity) && !rule.callers.has(facts::CallerType::commercial);
}

Hold own_entity(const View&, const Relation& relation) { return always(relation.entity == EntityFit::own); }

Hold kind_is_listed(const View& view, const Relation& relation) {
    return always(!is_for_charities(view.rule) || kind_and_payment_fit(view, relation));
}

Hold is_a_sale(const View& view, const Relation& relation) {
    return always(is_for_charities(view.rule) || kind_and_payment_fit(view, relation));
}

Hold relation_person_agrees(const View&, const Relation& relation) { return always(relation.match == Match::agrees); }

Hold number_from_customer(const View& view, const Relation& relation) {
    return always(!view.rule.conditions.has(Condition::number_from_customer) || relation.number_from_customer);
}

Hold informed(const View& view, const Relation& relation) {
    return always(!view.rule.conditions.has(Condition::informed) || relation.informed == YesNo::yes);
}

Hold objection_offered(const View& view, const Relation& relation) {
    return always(!view.rule.conditions.has(Condition::objection_offered) || relation.objection_offered == YesNo::yes ||
                  relation.start < view.rule.objection_waived_before);
}

Hold similar(const View& view, const Relation& relation) {
    if (!view.rule.conditions.has(Condition::similar)) return always(true);
    const auto& campaign = view.matter.campaign;
    const auto has = [&](facts::ProductId product) { return campaign.products->contains(relation.products, product); };
    return always(has(view.matter.contact.product) || std::any_of(campaign.similar.begin(), campaign.similar.end(), has));
}

Hold started(const View& view, const Relation& relation) {
    if (relation.start == day_max) return always(false);
    return between(relation.start, day_max, view.day);
}

Hold end_is_known(const View&, const Relation& relation) { return always(!relation.end_missing); }

Day term_from(const law::Term& term, Day end, const Switches& switches) {
    const Day last = term.months != 0 ? add_months(end, term.months) : end + term.days;
    const bool some_time_after = term.months != 0 || term.days != 0;
    return switches.exclusive_boundary && some_time_after ? last - 1 : last;
}

// The day from which the term counts: the end, or what the same people did with the entity later, as far as known on
// the day judged. `until` becomes the day before the next such event.
Day term_begins(const View& view, const Relation& relation, Day& until) {
    Day begin = relation.end;
    for (const auto& other : view.matter.facts.relations) {
        if (!view.rule.term.renewed_by.has(other.kind) || other.entity != EntityFit::own || other.match != Match::agrees)
            continue;
        if (other.start == day_max || other.start <= begin) continue;
        if (other.start <= view.day) begin = other.start;
        else until = std::min(until, other.start - 1);
    }
    return begin;
}

Hold within_term(const View& view, const Relation& relation) {
    const auto& term = view.rule.term;
    if (relation.end < relation.start) return always(false); // over before it began: a doubt
    if (relation.end == day_max || term.unlimited) return always(true);
    if (view.day < term.in_force_from) return {true, term.in_force_from - 1};
    Day until = day_max;
    const Day begin = term_begins(view, relation, until);
    Hold hold = between(facts::day_min, term_from(term, begin, view.matter.campaign.switches), view.day);
    hold.until = std::min(hold.until, until);
    return hold;
}

constexpr RelationCheck relation_table[] = {
    {Reason::relation_other_entity, own_entity},
    {Reason::relation_kind_not_listed, kind_is_listed},
    {Reason::no_sale, is_a_sale},
    {Reason::relation_person_mismatch, relation_person_agrees},
    {Reason::number_not_from_sale, number_from_customer},
    {Reason::not_informed, informed},
    {Reason::objection_not_offered, objection_offered},
    {Reason::not_similar, similar},
    {Reason::not_yet_started, started},
    {Reason::end_date_missing, end_is_known},
    {Reason::term_expired, within_term},
};

template <class Record, std::size_t N, class Check>
Passage pass_all(const View& view, const Record& record, const Check (&checks)[N]) {
    Passage out;
    for (const auto& check : checks) {
        const Hold hold = check.holds(view, record);
        out.until = std::min(out.until, hold.until);
        if (!hold.ok) {
            out.failed = check.reason;
            return out;
        }
    }
    out.passed = true;
    return out;
}

} // namespace

std::span<const ConsentCheck> consent_checks() { return consent_table; }
std::span<const RelationCheck> relation_checks() { return relation_table; }

Passage pass(const View& view, const Consent& consent) { return pass_all(view, consent, consent_table); }
Passage pass(const View& view, const Relation& relation) { return pass_all(view, relation, relation_table); }

const law::Citation& article(const law::Regime& regime, Reason reason) {
    const auto cite = regime.cites.find(reason);
    return cite != regime.cites.end() ? cite->second : regime.citation;
}

const law::Citation& article(const law::Regime& regime, const law::BasisRule& rule, Reason failure) {
    const auto stated = [&](const law::Citation& own) -> const law::Citation& {
        return own.article.empty() ? rule.citation : own; // the law asks nothing of the kind
    };
    if (law::is_relation_miss(failure)) return failure == Reason::term_expired ? stated(rule.term.citation) : rule.citation;
    if (failure == Reason::not_verified) return stated(regime.verification);
    const bool own_limit = rule.needs == Needs::consent && regime.stale_months != 0;
    if (failure == Reason::consent_stale && own_limit) return regime.stale;
    const auto cite = regime.cites.find(failure);
    return cite != regime.cites.end() ? cite->second : rule.citation;
}

bool asked(const View& view, Reason failure) {
    const auto& conditions = view.rule.conditions;
    switch (failure) {
    case Reason::no_evidence: return view.matter.campaign.switches.evidence_required;
    case Reason::not_verified: return view.rule.needs == Needs::consent && view.day >= view.regime.verification_from;
    case Reason::consent_stale: return view.rule.needs == Needs::request || age_limit_months(view) != 0;
    case Reason::request_used: return view.rule.needs == Needs::request;
    case Reason::relation_kind_not_listed: return is_for_charities(view.rule);
    case Reason::no_sale: return !is_for_charities(view.rule);
    case Reason::number_not_from_sale: return conditions.has(Condition::number_from_customer);
    case Reason::not_informed: return conditions.has(Condition::informed);
    case Reason::objection_not_offered: return conditions.has(Condition::objection_offered);
    case Reason::not_similar: return conditions.has(Condition::similar);
    case Reason::term_expired: return !view.rule.term.unlimited && view.day >= view.rule.term.in_force_from;
    default: return true;
    }
}

bool doubtful(const View& view, const law::Doubt& doubt, const Consent& consent) {
    if (view.rule.needs != Needs::consent || view.day < doubt.from) return false;
    if (doubt.reason == Reason::not_verified) return !verified(consent, view.day).ok;
    Day until = day_max;
    return !consent.period_stated && view.day > add_months(freshest(view, consent, until), doubt.months);
}

bool may_lift(const Matter& matter, const law::Regime& regime, Day day, const Consent& consent) {
    if (consent.status == facts::ConsentStatus::published) return false;
    return std::any_of(regime.bases.begin(), regime.bases.end(), [&](const law::BasisRule& rule) {
        return concerns(rule.needs, consent.status) && applies(rule, matter) &&
               pass({matter, regime, rule, day}, consent).passed;
    });
}

bool may_answer(const Consent& consent, const facts::No& no) {
    if (no.person_only) return consent.person == no.person;
    return consent.person == 0 || no.person == 0 || consent.person == no.person;
}

bool lifts(const Matter& matter, const law::Regime& regime, Day day, const Consent& consent, const facts::No& no) {
    return may_answer(consent, no) && strictly_later(consent.given, no.at, *matter.law.zone) && may_lift(matter, regime, day, consent);
}

// What is not clearly before the request may have been its answer.
bool answers(const facts::Call& call, const Consent& request, const facts::Zone& zone) {
    if (call.names != 0) return call.names == request.id;
    return !strictly_later(request.given, call.at, zone);
}

Hold takes_away(const View& view, const law::RegisterEffect& effect, const facts::Listing& listing, const facts::Moment& given) {
    const auto& listed_in = view.regime.registers[effect.register_index];
    if (listing.register_id != listed_in.id) return always(false);
    if (listing.day > view.day - listed_in.grace_days) return {false, listing.day + listed_in.grace_days - 1};
    const bool withstands = effect.beats == law::ListingBeats::earlier_or_same;
    return always(!withstands || !strictly_later(given, listing.at, *view.matter.law.zone));
}

bool fits_contact(const law::BasisRule& rule, const Matter& matter) {
    const auto& contact = matter.contact;
    if (!rule.parties.has(contact.party) || !rule.lines.has(contact.line)) return false;
    if (rule.products.empty() && rule.not_products.empty()) return true;
    const auto product = matter.campaign.products->name(contact.product);
    const auto lists = [&](const std::vector<std::string>& names) {
        return std::find(names.begin(), names.end(), product) != names.end();
    };
    return (rule.products.empty() || lists(rule.products)) && !lists(rule.not_products);
}

bool applies(const law::BasisRule& rule, const Matter& matter) {
    return rule.callers.has(matter.campaign.caller) && rule.purposes.has(matter.campaign.purpose) &&
           fits_contact(rule, matter);
}

} // namespace callscrub::verdict
