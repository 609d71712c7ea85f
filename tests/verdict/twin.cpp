#include "twin.h"
#include "base/text.h"
#include <algorithm>

namespace callscrub::twin {

using law::Basis;
using law::Condition;
using law::Needs;
using law::Reason;

namespace {

constexpr Day always = facts::day_min;

DayAnswer no_call(Reason reason) { return {false, Basis::none, reason}; }

bool is_company(const std::string& party, facts::Party wanted) {
    switch (wanted) {
    case facts::Party::sole_trader:
        return party == "sole_trader";
    case facts::Party::partnership:
        return party == "partnership";
    case facts::Party::legal_person:
        return party == "legal_person";
    case facts::Party::consumer:
        break;
    }
    return party != "sole_trader" && party != "partnership" && party != "legal_person";
}

bool protects(const law::Set<facts::Party>& parties, const std::string& party) {
    for (const auto one : {facts::Party::consumer, facts::Party::sole_trader, facts::Party::partnership,
                           facts::Party::legal_person})
        if (parties.has(one) && is_company(party, one)) return true;
    return false;
}

bool lists_kind(const law::Set<facts::RelationKind>& kinds, const std::string& kind) {
    using Kind = facts::RelationKind;
    for (const auto& [word, value] : {std::pair{"sale", Kind::sale},
                                      {"subscription", Kind::subscription},
                                      {"quotation", Kind::quotation},
                                      {"donation", Kind::donation},
                                      {"volunteer", Kind::volunteer},
                                      {"event", Kind::event},
                                      {"inquiry", Kind::inquiry}})
        if (kind == word) return kinds.has(value);
    return false;
}

std::string status_of(Needs needs) {
    switch (needs) {
    case Needs::consent:
        return "opt_in";
    case Needs::request:
        return "requested";
    case Needs::publication:
        return "published";
    case Needs::nothing:
    case Needs::relation:
        break;
    }
    return "";
}

// The later of two failures in the contract's order is the nearer miss.
void nearer(std::optional<Reason>& nearest, Reason reason) {
    if (!nearest || reason > *nearest) nearest = reason;
}

const law::Regime* regime_on(const law::Jurisdiction& law, Day day) {
    for (const auto& regime : law.regimes)
        if (regime.from <= day && day <= regime.until) return &regime;
    return nullptr;
}

} // namespace

bool Twin::open_to_contact(const law::BasisRule& rule) const {
    const auto among = [&](const std::vector<std::string>& words) {
        return std::find(words.begin(), words.end(), world_.product) != words.end();
    };
    return protects(rule.parties, world_.party) && rule.lines.has(world_.line) &&
           (rule.products.empty() || among(rule.products)) && !among(rule.not_products);
}

bool Twin::open(const law::BasisRule& rule) const {
    return open_to_contact(rule) && rule.callers.has(world_.caller) && rule.purposes.has(world_.purpose);
}

// The number agrees; a row without any number speaks of its person.
bool Twin::on_record(const Who& who) const {
    return who.number.empty() ? !who.person.empty() && who.person == world_.contact.person
                              : who.number == world_.contact.number;
}

bool Twin::other_person(const Who& who) const {
    return !who.person.empty() && !world_.contact.person.empty() && who.person != world_.contact.person;
}

// --- consents
// ------------------------------------------------------------------------------------------------------

Twin::Miss Twin::consent_miss(const Permission& one, const law::Regime& regime, Day day) const {
    const bool any = one.channel.empty() || one.channel == "any";
    if (one.channel != "phone" && !(any && regime.any_channel)) return Reason::consent_channel_mismatch;
    // Consents and requests name who may call; a number is published to everybody unless it says to whom.
    const bool to_everybody = one.status == "published" && one.entities.empty();
    if (!is_own(one.entities) && !to_everybody) return Reason::consent_entity_mismatch;
    if (one.products.empty() ? policy_.word("unscoped_consent") == "reject"
                             : !one.products.contains(world_.product))
        return Reason::consent_scope;
    if (other_person(one.who)) return Reason::consent_person_mismatch;
    if (!one.evidence && policy_.word("evidence") == "required") return Reason::no_evidence;
    const bool verified = one.verified.dated && one.verified.day <= day && (!one.given.dated || one.given.day > day || one.verified.day >= one.given.day);
    if (one.status == "opt_in" && day >= regime.verification_from && !verified) return Reason::not_verified;
    if (!one.given.dated || one.given.day > day) return Reason::not_yet_granted;
    if (expired(one, day)) return Reason::consent_expired;
    if (stale(one, regime, day)) return Reason::consent_stale;
    if (used(one, regime, day)) return Reason::request_used;
    return std::nullopt;
}

bool Twin::expired(const Permission& one, Day day) const {
    if (one.valid_until.empty()) return false;
    if (!one.valid_until.starts_with("contract_end"))
        return day > read_event(one.valid_until, *law_.zone).day;
    bool found = false;
    for (const auto& relation : world_.relations) {
        if (one.contract.empty() || relation.contract != one.contract || !own_or_none(relation.entities)) continue;
        found = true;
        if (end_is_missing(relation)) return true;
        const auto end = last_active(relation);
        if (!end) continue;
        const auto term = one.valid_until.substr(std::string("contract_end").size());
        Day last = *end;
        if (!term.empty()) {
            std::size_t digits = 0;
            const int length = std::stoi(term.substr(1), &digits);
            const auto unit = term.substr(1 + digits);
            last = unit == "cy"  ? facts::end_of_year(*end, length)
                   : unit == "y" ? facts::add_months(*end, 12 * length)
                   : unit == "m" ? facts::add_months(*end, length)
                                 : *end + length;
        }
        if (day > last) return true;
    }
    return !found;
}

Day Twin::fresh_until(const Permission& one, Day day, int months) const {
    Day fresh = one.given.day;
    if (one.verified.dated && one.verified.day <= day) fresh = std::max(fresh, one.verified.day);
    for (const auto& call : world_.calls)
        if (call.who.number == world_.contact.number && call.at.day <= day)
            fresh = std::max(fresh, call.at.day);
    return facts::add_months(fresh, months);
}

bool Twin::stale(const Permission& one, const law::Regime& regime, Day day) const {
    if (!one.valid_until.empty()) return false;
    if (one.status == "requested")
        return day > one.given.day + static_cast<Day>(policy_.number("request_max_age_days"));
    const int stated = static_cast<int>(policy_.number("consent_without_period_months"));
    const int of_law = one.status == "opt_in" ? regime.stale_months.value : 0; // publications are no consents
    for (const int months : {stated, of_law})
        if (months != 0 && day > fresh_until(one, day, months)) return true;
    return false;
}

bool Twin::used(const Permission& one, const law::Regime& regime, Day day) const {
    if (one.status != "requested") return false;
    int calls = 0;
    for (const auto& call : world_.calls) {
        if (call.at.day > day) continue;
        const bool named = !one.id.empty() && call.ids.contains(one.id);
        const bool unnamed =
            call.ids.empty() && call.who.number == world_.contact.number && !later(one.given, call.at);
        if (named || unnamed) ++calls;
    }
    return calls >= regime.request_calls;
}

// --- relations
// -----------------------------------------------------------------------------------------------------

bool Twin::end_is_missing(const Relation& one) const {
    if (one.end) return false;
    if (!one.status.empty() && one.status != "running" && one.status != "active") return true;
    return one.kind != "subscription" && one.kind != "volunteer" && !one.start.dated;
}

std::optional<Day> Twin::last_active(const Relation& one) const {
    if (one.end) return one.end;
    if (one.kind == "subscription" || one.kind == "volunteer") return std::nullopt;
    return one.start.day;
}

Twin::Miss Twin::relation_miss(const Relation& one, const law::BasisRule& rule, Day day) const {
    const auto asked = [&](Condition condition) { return rule.conditions.has(condition); };
    const bool charity = rule.basis == Basis::charity_relationship;
    if (!is_own(one.entities)) return Reason::relation_other_entity;
    if (!lists_kind(rule.kinds, one.kind))
        return charity ? Reason::relation_kind_not_listed : Reason::no_sale;
    if (asked(Condition::paid) && one.paid != "yes") return Reason::no_sale;
    if (other_person(one.who)) return Reason::relation_person_mismatch;
    if (asked(Condition::number_from_customer) && one.number_source != "customer")
        return Reason::number_not_from_sale;
    if (asked(Condition::informed) && one.informed != "yes") return Reason::not_informed;
    const bool waived = one.start.dated && one.start.day < rule.objection_waived_before;
    if (asked(Condition::objection_offered) && one.objection_offered != "yes" && !waived)
        return Reason::objection_not_offered;
    if (asked(Condition::similar)) {
        const bool same = one.products.contains(world_.product);
        const bool similar = std::any_of(one.products.begin(), one.products.end(), [&](const auto& product) {
            return world_.similar.contains(product);
        });
        if (!same && !similar) return Reason::not_similar;
    }
    if (!one.start.dated || one.start.day > day) return Reason::not_yet_started;
    if (end_is_missing(one)) return Reason::end_date_missing;
    if (!within_term(one, rule, day)) return Reason::term_expired;
    return std::nullopt;
}

bool Twin::within_term(const Relation& one, const law::BasisRule& rule, Day day) const {
    const auto end = last_active(one);
    if (end && *end < one.start.day) return false;
    if (!end || day <= *end || rule.term.unlimited || day < rule.term.in_force_from) return true;
    Day from = *end;
    for (const auto& other : world_.relations)
        if (lists_kind(rule.term.renewed_by, other.kind) && is_own(other.entities) &&
            other.who.number == world_.contact.number && !other_person(other.who) && other.start.dated &&
            other.start.day <= day)
            from = std::max(from, other.start.day);
    const Day last = facts::add_months(from, rule.term.months) + rule.term.days;
    return day <= from || day < last || (day == last && policy_.word("term_boundary") == "inclusive");
}

bool Twin::given_in_contract(const Permission& one, const law::BasisRule& rule, Day day) const {
    if (!rule.given_in_contract) return true;
    return std::any_of(world_.relations.begin(), world_.relations.end(), [&](const Relation& relation) {
        if (relation.who.number != world_.contact.number || relation_miss(relation, rule, day)) return false;
        const auto end = last_active(relation);
        return relation.start.day <= one.given.day && (!end || one.given.day <= *end);
    });
}

// --- noes
// ----------------------------------------------------------------------------------------------------------

// Whether it is against such calls and was made by that day.
bool Twin::was_made(const No& no, Day day) const {
    const bool ours = no.who.number == world_.contact.number ||
                      (!no.who.person.empty() && no.who.person == world_.contact.person);
    const bool telephone = no.channel != "email" && no.channel != "sms" && no.channel != "post";
    return ours && telephone && own_or_none(no.entities) && (!no.at.dated || no.at.day <= day);
}

// A no is answered by the person who said it, or by nobody in particular on the same number; and a yes answers all noes
// of its day or none.
bool Twin::may_answer(const Permission& one, Day day) const {
    return std::all_of(world_.noes.begin(), world_.noes.end(), [&](const No& no) {
        if (!was_made(no, day)) return true;
        if (no.who.number != world_.contact.number) return one.who.person == no.who.person;
        return no.who.person.empty() || one.who.person.empty() || no.who.person == one.who.person;
    });
}

bool Twin::stands(const No& no, const law::Regime& regime, Day day) const {
    if (!was_made(no, day)) return false;
    return std::none_of(world_.permissions.begin(), world_.permissions.end(), [&](const Permission& one) {
        return (one.status == "opt_in" || one.status == "requested") && on_record(one.who) && may_answer(one, day) &&
               later(one.given, no.at) && has_rule(one, regime) && !consent_miss(one, regime, day);
    });
}

bool Twin::has_rule(const Permission& one, const law::Regime& regime) const {
    return std::any_of(regime.bases.begin(), regime.bases.end(), [&](const law::BasisRule& rule) {
        return open(rule) && one.status == status_of(rule.needs);
    });
}

// A no blocks every basis but the later yes that answers it: what was there before it does not come back.
bool Twin::answers_every_no(const Permission* one, Day day) const {
    return std::none_of(world_.noes.begin(), world_.noes.end(), [&](const No& no) {
        if (!was_made(no, day)) return false;
        return one == nullptr || one->status == "published" || !may_answer(*one, day) || !later(one->given, no.at);
    });
}

bool Twin::suppressed(Day day) const {
    return std::any_of(world_.suppressions.begin(), world_.suppressions.end(), [&](const Suppression& one) {
        const bool ours = one.who.number == world_.contact.number ||
                          (!one.who.person.empty() && one.who.person == world_.contact.person);
        return ours && own_or_none(one.entities) && one.since.value_or(always) <= day &&
               day <= one.until.value_or(facts::day_max);
    });
}

bool Twin::over_cap(const law::Regime& regime, Day day) const {
    if (regime.calls.max_calls == 0) return false;
    return std::count_if(world_.calls.begin(), world_.calls.end(), [&](const Call& call) {
               return call.who.number == world_.contact.number && call.at.day <= day &&
                      call.at.day > day - regime.calls.within_days;
           }) >= regime.calls.max_calls;
}

bool Twin::pausing(const law::Regime& regime, Day day) const {
    if (regime.calls.pause_days_after_refusal == 0) return false;
    return std::any_of(world_.calls.begin(), world_.calls.end(), [&](const Call& call) {
        return call.refused && call.who.number == world_.contact.number && call.at.day <= day &&
               day <= call.at.day + regime.calls.pause_days_after_refusal;
    });
}

// Whether a listing takes the rule away from a record of that moment.
bool Twin::falls(const law::BasisRule& rule, const law::Regime& regime, const Event& given, Day day) const {
    for (const auto& effect : rule.registers) {
        const auto& listed_in = regime.registers[effect.register_index];
        for (const auto& listing : world_.listings) {
            if (listing.name != listed_in.name || listing.who.number != world_.contact.number) continue;
            if (listing.at.dated && day < listing.at.day + listed_in.grace_days) continue;
            if (effect.beats == law::ListingBeats::always || !later(given, listing.at)) return true;
        }
    }
    return false;
}

bool Twin::holds(const law::BasisRule& rule, const law::Regime& regime, Day day, bool& fell) const {
    const auto take = [&](const Event& given) {
        if (!falls(rule, regime, given, day)) return true;
        fell = true;
        return false;
    };
    if (rule.needs == Needs::nothing) return answers_every_no(nullptr, day) && take({});
    bool out = false;
    if (rule.needs == Needs::relation) {
        if (!answers_every_no(nullptr, day)) return false;
        for (const auto& one : world_.relations)
            if (one.who.number == world_.contact.number && !relation_miss(one, rule, day) && take(one.start))
                out = true;
        return out;
    }
    for (const auto& one : world_.permissions)
        if (one.status == status_of(rule.needs) && on_record(one.who) && !consent_miss(one, regime, day) &&
            given_in_contract(one, rule, day) && answers_every_no(&one, day) && take(one.given))
            out = true;
    return out;
}

// --- a day
// ---------------------------------------------------------------------------------------------------------

Twin::Miss Twin::no_of(const law::Regime& regime, Day day, bool fell) const {
    for (const bool withdrawal : {false, true})
        for (const auto& no : world_.noes)
            if (no.withdrawal == withdrawal && stands(no, regime, day))
                return withdrawal ? Reason::consent_withdrawn : Reason::objection;
    if (suppressed(day)) return Reason::suppressed;
    if (fell) return Reason::register_listed;
    if (over_cap(regime, day)) return Reason::call_cap;
    if (pausing(regime, day)) return Reason::refusal_pause;
    return std::nullopt;
}

Twin::Miss Twin::nearest_consent(const law::Regime& regime, Day day) const {
    Miss nearest;
    for (const auto& rule : regime.bases)
        for (const auto& one : world_.permissions)
            if (open(rule) && one.status == status_of(rule.needs) && on_record(one.who))
                if (const auto miss = consent_miss(one, regime, day)) nearer(nearest, *miss);
    return nearest;
}

Twin::Miss Twin::nearest_relation(const law::Regime& regime, Day day) const {
    std::vector<const Relation*> known;
    for (const auto& one : world_.relations)
        if (one.who.number == world_.contact.number) known.push_back(&one);
    if (known.empty()) return std::nullopt;

    Miss nearest;
    bool open_now = false, has_one = false, had_one = false, has_for_caller = false;
    for (const auto& rule : regime.bases) {
        if (rule.needs != Needs::relation) continue;
        has_one = has_one || open_to_contact(rule);
        has_for_caller = has_for_caller || (open_to_contact(rule) && rule.callers.has(world_.caller));
        if (!open(rule)) continue;
        open_now = true;
        for (const auto* one : known)
            if (const auto miss = relation_miss(*one, rule, day)) nearer(nearest, *miss);
    }
    if (open_now) return nearest;
    if (has_for_caller) return Reason::caller_type_not_exempt; // for another purpose: a charity selling
    for (const auto& earlier : law_.regimes)
        for (const auto& rule : earlier.bases)
            if (earlier.until < regime.from && rule.needs == Needs::relation && open(rule)) had_one = true;
    if (had_one) return Reason::customer_exception_ended;
    return has_one ? Reason::caller_type_not_exempt : Reason::customer_exception_none;
}

DayAnswer Twin::judge_service(Day day) const {
    if (suppressed(day)) return no_call(Reason::suppressed);
    return {true, Basis::not_restricted, {}};
}

DayAnswer Twin::judge(Day day) const {
    const auto* regime = regime_on(law_, day);
    if (regime == nullptr) return no_call(Reason::no_rule_in_force);
    if (!world_.caller_id_shown && regime->caller_id_required) return no_call(Reason::caller_id_withheld);
    if (world_.automatic && regime->machine_needs_consent && world_.purpose == facts::Purpose::service)
        return no_call(Reason::machine_needs_consent);
    if (world_.purpose == facts::Purpose::service) return judge_service(day);

    Basis basis = Basis::none;
    bool fell = false;
    for (const auto& rule : regime->bases) {
        if (!open(rule)) continue;
        const bool machine =
            world_.automatic && regime->machine_needs_consent && rule.basis != Basis::explicit_consent;
        bool fell_here = false;
        if (holds(rule, *regime, day, fell_here) && !machine && basis == Basis::none) basis = rule.basis;
        fell = fell || fell_here;
    }
    if (world_.automatic && regime->machine_needs_consent && basis == Basis::none)
        return no_call(Reason::machine_needs_consent);
    if (const auto no = no_of(*regime, day, fell && basis == Basis::none)) return no_call(*no);
    if (basis != Basis::none) return {true, basis, {}};
    if (const auto miss = nearest_consent(*regime, day)) return no_call(*miss);
    if (const auto miss = nearest_relation(*regime, day)) return no_call(*miss);
    return no_call(Reason::no_basis);
}

Answer Twin::decide(Day from, Day until, int horizon) const {
    Answer out;
    const auto first = judge(from);
    if (!first.callable) {
        out.reason = first.reason;
        return out;
    }
    out.basis = first.basis;
    Day day = from;
    while (day < until + horizon && judge(day + 1).callable) ++day;
    out.beyond = day == until + horizon;
    if (!out.beyond) out.until = day;
    out.clean = day >= until || policy_.word("on_lapse") == "trim";
    if (!out.clean) out.reason = Reason::lapses_in_window;
    return out;
}

} // namespace callscrub::twin
