#include "history/history.h"
#include <algorithm>

namespace callscrub::history {

using facts::Match;
using facts::Moment;
using facts::PersonKey;

namespace {

// The last day as stated; none is open.
facts::Day end_day(const Fact& fact, const Terms& terms, const facts::Zone& zone) {
    if (fact.until != Fact::no_until) return Fact::first_until + static_cast<facts::Day>(fact.until);
    if (terms.until_kind == Moment::Kind::missing) return facts::day_max;
    return zone.day_of({terms.until_ms, terms.until_kind}) - (terms.until_before ? 1 : 0);
}

} // namespace

History::Bucket History::bucket(std::uint64_t key) const {
    const Partition& partition = partitions_[partition_of(key)];
    const std::size_t bucket = bucket_of(key, partition.shift);
    if (sheets_) sheets_->check(partition.buckets + bucket, 2 * sizeof(std::uint32_t));
    const std::size_t begin = partition.buckets[bucket], count = partition.buckets[bucket + 1] - begin;
    if (sheets_) {
        sheets_->check(partition.facts + begin, count * sizeof(Fact));
        if (partition.persons != nullptr) sheets_->check(partition.persons + begin, count * sizeof(PersonKey));
    }
    if (partition.facts != nullptr || count == 0)
        return {partition.facts + begin, partition.persons == nullptr ? nullptr : partition.persons + begin, count};
    thread_local std::vector<Fact> facts; // their memory serves the next call
    thread_local std::vector<PersonKey> persons;
    const auto& overflow = *gathering_->room_.overflow;
    facts.resize(count);
    overflow.get(partition.facts_at + begin * sizeof(Fact), facts.data(), count * sizeof(Fact));
    if (!persons_named_) return {facts.data(), nullptr, count};
    persons.resize(count);
    overflow.get(partition.persons_at + begin * sizeof(PersonKey), persons.data(), count * sizeof(PersonKey));
    return {facts.data(), persons.data(), count};
}

const Terms& History::terms(TermsId id) const {
    const Terms& out = gathering_->terms[id];
    if (sheets_) sheets_->check(&out, sizeof out);
    return out;
}

template <class Visit> void History::each(std::uint64_t key, Visit&& visit) const {
    const auto [facts, persons, end] = bucket(key);
    std::size_t at = 0;
    // A bucket that many keys share on purpose is still searched in logarithmic time.
    if (end > 16)
        at = static_cast<std::size_t>(std::lower_bound(facts, facts + end, key, [](const Fact& f, std::uint64_t k) { return f.key < k; }) - facts);
    for (; at < end && facts[at].key <= key; ++at)
        if (facts[at].key == key) visit(facts[at], persons == nullptr ? 0 : persons[at]);
}

bool History::covers(facts::Number number, PersonKey person) const {
    const Wanted* const wanted = gathering_->wanted.get();
    if (wanted == nullptr) return true;
    return (number == 0 || wanted->may_hold(key_of(number))) && (person == 0 || wanted->may_hold(person));
}

void History::prefetch_place(facts::Number number) const {
    const std::uint64_t key = key_of(number);
    if (gathering_->wanted) gathering_->wanted->prefetch(key);
    const Partition& partition = partitions_[partition_of(key)];
    __builtin_prefetch(&partition.buckets[bucket_of(key, partition.shift)]);
}

void History::prefetch_facts(facts::Number number) const {
    constexpr std::size_t line = 64;
    const std::uint64_t key = key_of(number);
    const Partition& partition = partitions_[partition_of(key)];
    if (partition.facts == nullptr) return;
    const std::size_t bucket = bucket_of(key, partition.shift);
    const auto* at = reinterpret_cast<const char*>(partition.facts + partition.buckets[bucket]);
    const auto* const end = reinterpret_cast<const char*>(partition.facts + partition.buckets[bucket + 1]);
    for (unsigned lines = 0; at < end && lines < 6; at += line, ++lines) __builtin_prefetch(at);
}

facts::Consent History::consent(const Fact& fact, const Terms& terms, Match match, const facts::Zone& zone) const {
    facts::Consent out;
    out.given = fact.moment();
    out.given_day = out.given.known() ? zone.day_of(out.given) : facts::day_max;
    if (terms.moment_kind != Moment::Kind::missing) out.verified_day = zone.day_of({terms.moment_ms, terms.moment_kind});
    out.status = terms.status;
    out.channel = terms.channel;
    out.entity = terms.entity;
    out.match = match;
    out.evidence = terms.evidence;
    out.products = terms.products;
    out.id = terms.name;
    out.source = fact.source();
    out.period_stated = terms.period != Period::none;
    if (terms.period == Period::none) return out;
    if (terms.period == Period::until_day) {
        out.last_day = end_day(fact, terms, zone);
        return out;
    }
    const facts::Day end = gathering_->contracts_.end(terms.contract, zone);
    if (end == facts::day_min || end == facts::day_max) out.last_day = end;
    else if (terms.period == Period::contract_years) out.last_day = facts::end_of_year(end, terms.period_length);
    else if (terms.period == Period::contract_months) out.last_day = facts::add_months(end, terms.period_length);
    else out.last_day = end + terms.period_length;
    return out;
}

void History::decode(const Fact& fact, PersonKey named, Match match, const facts::Zone& zone, facts::SubjectFacts& out) const {
    const Terms& terms = this->terms(fact.terms);
    const Moment at = fact.moment();
    const facts::Day day = at.known() ? zone.day_of(at) : facts::day_min;
    switch (fact.fact_kind()) {
    case FactKind::permission:
    case FactKind::permission_person:
        out.consents.push_back(consent(fact, terms, match, zone));
        out.consents.back().person = named;
        break;
    case FactKind::no:
    case FactKind::no_person: out.noes.push_back({at, day, terms.withdrawal, fact.source(), named, match == Match::person_only}); break;
    case FactKind::suppression:
    case FactKind::suppression_person: out.suppressions.push_back({day, end_day(fact, terms, zone), fact.source()}); break;
    case FactKind::listing: out.listings.push_back({terms.register_id, at, day, fact.source()}); break;
    case FactKind::call:
    case FactKind::call_name:
        out.calls.push_back({at, day, terms.outcome, terms.name, fact.source(), fact.fact_kind() == FactKind::call});
        break;
    case FactKind::relation: {
        facts::Relation relation;
        relation.start = at.known() ? day : facts::day_max;
        relation.end = end_day(fact, terms, zone);
        relation.end_missing = terms.end_missing;
        relation.kind = terms.relation_kind;
        relation.paid = terms.paid;
        relation.informed = terms.informed;
        relation.objection_offered = terms.objection_offered;
        relation.number_from_customer = terms.number_from_customer;
        relation.entity = terms.entity;
        relation.match = match;
        relation.products = terms.products;
        relation.source = fact.source();
        out.relations.push_back(relation);
        break;
    }
    case FactKind::aside:
    case FactKind::aside_person:
    case FactKind::aside_contract: break;
    }
}

void History::subject(facts::Number number, PersonKey person, const facts::Zone& zone, facts::SubjectFacts& out) const {
    out.clear();
    if (number != 0)
        each(key_of(number), [&](const Fact& fact, PersonKey named) {
            if (!is_by_number(fact.fact_kind())) return;
            const bool differ = person != 0 && named != 0 && person != named;
            decode(fact, named, differ ? Match::other_person : Match::agrees, zone, out);
        });
    if (person != 0)
        each(person & key_mask, [&](const Fact& fact, PersonKey named) {
            const auto kind = fact.fact_kind();
            if (named != person) return;
            if (kind == FactKind::permission_person) decode(fact, named, Match::agrees, zone, out);
            if (kind == FactKind::suppression_person) decode(fact, named, Match::person_only, zone, out);
            const auto known = [&](const facts::No& no) { return no.source == fact.source(); }; // by its number
            if (kind == FactKind::no_person && std::none_of(out.noes.begin(), out.noes.end(), known)) decode(fact, named, Match::person_only, zone, out);
        });
    for (std::size_t i = 0, count = out.consents.size(); i < count; ++i) {
        const auto name = out.consents[i].id;
        if (out.consents[i].status != facts::ConsentStatus::requested || name == 0) continue;
        each(name & key_mask, [&](const Fact& fact, PersonKey named) {
            if (fact.fact_kind() != FactKind::call_name || terms(fact.terms).name != name) return;
            const auto known = [&](const facts::Call& call) { return call.source == fact.source(); };
            if (std::none_of(out.calls.begin(), out.calls.end(), known)) decode(fact, named, Match::agrees, zone, out);
        });
    }
}

void History::rows_about(facts::Number number, PersonKey person, const std::function<void(facts::Source)>& visit) const {
    if (number != 0)
        each(key_of(number), [&](const Fact& fact, PersonKey) {
            if (is_by_number(fact.fact_kind())) visit(fact.source());
        });
    if (person != 0)
        each(person & key_mask, [&](const Fact& fact, PersonKey named) {
            if (named == person && !is_by_number(fact.fact_kind())) visit(fact.source());
        });
}

void History::rows_of_contract(facts::TextKey contract, const std::function<void(facts::Source)>& visit) const {
    each(contract & key_mask, [&](const Fact& fact, PersonKey) {
        if (fact.fact_kind() == FactKind::aside_contract) visit(fact.source());
    });
}

std::uint64_t History::facts() const {
    std::uint64_t count = 0;
    for (const auto& partition : partitions_) count += partition.count;
    return count;
}

std::string History::name_of(facts::Source source) const {
    if (source.file >= gathering_->names_.size()) return {};
    return gathering_->names_[source.file].find(source.line);
}

const char* History::prefetch_name_place(facts::Source source) const {
    return source.file < gathering_->names_.size() ? gathering_->names_[source.file].prefetch_place(source.line) : nullptr;
}

} // namespace callscrub::history
