#include "history/history.h"
#include <algorithm>
#include <atomic>
#include <bit>
#include <thread>

namespace callscrub::history {

using facts::Match;
using facts::Moment;
using facts::PersonKey;

namespace {

// The order in which facts of one key lie; total, so that the same input always gives the same history.
bool before(const Fact& a, const Fact& b) {
    if (a.key != b.key) return a.key < b.key;
    if (a.kind != b.kind) return a.kind < b.kind;
    if (a.time != b.time) return a.time < b.time;
    return a.source() < b.source();
}

// The last day as stated; none is open.
facts::Day end_day(const Fact& fact, const Terms& terms, const facts::Zone& zone) {
    if (fact.until != Fact::no_until) return Fact::first_until + static_cast<facts::Day>(fact.until);
    return terms.until_kind == Moment::Kind::missing ? facts::day_max : zone.day_of({terms.until_ms, terms.until_kind});
}

std::size_t bucket_of(std::uint64_t key, unsigned shift) { return static_cast<std::size_t>((spread(key) << 6) >> shift); }

} // namespace

void History::sort(Gathering::Pile& pile, Partition& partition) {
    const std::size_t count = pile.facts;
    const unsigned bits = count < 8 ? 1U : static_cast<unsigned>(std::bit_width(count / 4));
    partition.shift = 64 - bits;
    partition.buckets.assign((std::size_t{1} << bits) + 1, 0);
    for (const auto& chunk : pile.chunks)
        for (const auto& fact : chunk.facts) ++partition.buckets[bucket_of(fact.key, partition.shift) + 1];
    for (std::size_t i = 1; i < partition.buckets.size(); ++i) partition.buckets[i] += partition.buckets[i - 1];

    partition.facts.resize(count);
    if (pile.any_person) partition.persons.assign(count, 0);
    std::vector<std::uint32_t> next(partition.buckets.begin(), partition.buckets.end() - 1);
    for (auto& chunk : pile.chunks) {
        for (std::size_t i = 0; i < chunk.facts.size(); ++i) {
            const std::uint32_t at = next[bucket_of(chunk.facts[i].key, partition.shift)]++;
            partition.facts[at] = chunk.facts[i];
            if (!chunk.persons.empty()) partition.persons[at] = chunk.persons[i];
        }
        chunk = {};
    }
    pile.chunks = {};

    std::vector<std::pair<Fact, PersonKey>> bucket;
    for (std::size_t b = 0; b + 1 < partition.buckets.size(); ++b) {
        const std::size_t begin = partition.buckets[b], end = partition.buckets[b + 1];
        if (end - begin < 2) continue;
        if (partition.persons.empty()) {
            std::sort(partition.facts.begin() + static_cast<std::ptrdiff_t>(begin),
                      partition.facts.begin() + static_cast<std::ptrdiff_t>(end), before);
            continue;
        }
        bucket.clear();
        for (std::size_t i = begin; i < end; ++i) bucket.emplace_back(partition.facts[i], partition.persons[i]);
        std::sort(bucket.begin(), bucket.end(), [](const auto& a, const auto& b2) { return before(a.first, b2.first); });
        for (std::size_t i = begin; i < end; ++i) std::tie(partition.facts[i], partition.persons[i]) = bucket[i - begin];
    }
}

History::History(std::unique_ptr<Gathering> gathering, unsigned threads) : gathering_(std::move(gathering)) {
    gathering_->contracts_.finish();
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < partition_count; i = next++) sort(gathering_->piles_[i], partitions_[i]);
    };
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
    work();
}

template <class Visit> void History::each(std::uint64_t key, Visit&& visit) const {
    const Partition& partition = partitions_[partition_of(key)];
    const std::size_t bucket = bucket_of(key, partition.shift);
    const Fact* const facts = partition.facts.data();
    std::size_t at = partition.buckets[bucket];
    const std::size_t end = partition.buckets[bucket + 1];
    // A bucket that many keys share on purpose is still searched in logarithmic time.
    if (end - at > 16)
        at = static_cast<std::size_t>(std::lower_bound(facts + at, facts + end, key, [](const Fact& f, std::uint64_t k) { return f.key < k; }) - facts);
    for (; at < end && facts[at].key <= key; ++at)
        if (facts[at].key == key) visit(facts[at], partition.persons.empty() ? 0 : partition.persons[at]);
}

void History::prefetch(facts::Number number) const {
    const std::uint64_t key = key_of(number);
    const Partition& partition = partitions_[partition_of(key)];
    __builtin_prefetch(&partition.buckets[bucket_of(key, partition.shift)]);
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

void History::decode(const Fact& fact, Match match, const facts::Zone& zone, facts::SubjectFacts& out) const {
    const Terms& terms = gathering_->terms[fact.terms];
    const Moment at = fact.moment();
    const facts::Day day = at.known() ? zone.day_of(at) : facts::day_min;
    switch (fact.fact_kind()) {
    case FactKind::permission:
    case FactKind::permission_person: out.consents.push_back(consent(fact, terms, match, zone)); break;
    case FactKind::no:
    case FactKind::no_person: out.noes.push_back({at, day, terms.withdrawal, fact.source()}); break;
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
    }
}

void History::subject(facts::Number number, PersonKey person, const facts::Zone& zone, facts::SubjectFacts& out) const {
    out.clear();
    if (number != 0)
        each(key_of(number), [&](const Fact& fact, PersonKey named) {
            const auto kind = fact.fact_kind();
            if (kind == FactKind::permission_person || kind == FactKind::no_person || kind == FactKind::suppression_person ||
                kind == FactKind::call_name)
                return;
            const bool differ = person != 0 && named != 0 && person != named;
            decode(fact, differ ? Match::other_person : Match::agrees, zone, out);
        });
    if (person != 0)
        each(person & key_mask, [&](const Fact& fact, PersonKey named) {
            const auto kind = fact.fact_kind();
            if (named != person) return;
            if (kind == FactKind::permission_person) decode(fact, Match::agrees, zone, out);
            if (kind == FactKind::no_person || kind == FactKind::suppression_person) decode(fact, Match::person_only, zone, out);
        });
    for (std::size_t i = 0, count = out.consents.size(); i < count; ++i) {
        const auto name = out.consents[i].id;
        if (out.consents[i].status != facts::ConsentStatus::requested || name == 0) continue;
        each(name & key_mask, [&](const Fact& fact, PersonKey) {
            if (fact.fact_kind() != FactKind::call_name || gathering_->terms[fact.terms].name != name) return;
            const auto known = [&](const facts::Call& call) { return call.source == fact.source(); };
            if (std::none_of(out.calls.begin(), out.calls.end(), known)) decode(fact, Match::agrees, zone, out);
        });
    }
}

std::uint64_t History::facts() const {
    std::uint64_t count = 0;
    for (const auto& partition : partitions_) count += partition.facts.size();
    return count;
}

std::string History::name_of(facts::Source source) const {
    if (source.file >= gathering_->names_.size()) return {};
    return gathering_->names_[source.file].find(source.line);
}

} // namespace callscrub::history
