/// From piles of facts to the history: each partition's facts are dealt into buckets by key and put in order.
#include "history/history.h"
#include <algorithm>
#include <atomic>
#include <bit>
#include <thread>

namespace callscrub::history {

using facts::PersonKey;

namespace {

// The order in which facts of one key lie; total, so that the same input always gives the same history.
bool before(const Fact& a, const Fact& b) {
    if (a.key != b.key) return a.key < b.key;
    if (a.kind != b.kind) return a.kind < b.kind;
    if (a.time != b.time) return a.time < b.time;
    return a.source() < b.source();
}

unsigned bucket_bits(std::size_t facts) { return facts < 8 ? 1U : static_cast<unsigned>(std::bit_width(facts / 4)); }
std::size_t bucket_count(std::size_t facts) { return (std::size_t{1} << bucket_bits(facts)) + 1; }

std::size_t bucket_of(const Fact& fact, unsigned shift) { return static_cast<std::size_t>((spread(fact.key) << 6) >> shift); }

// Deals `count` facts into their buckets where they stand, their persons (or null) with them. `buckets`: zero; becomes
// the begin of each bucket, and one more for the end.
void deal(Fact* facts, PersonKey* persons, std::size_t count, std::uint32_t* buckets) {
    const unsigned shift = 64 - bucket_bits(count);
    const std::size_t last = bucket_count(count) - 1;
    for (std::size_t i = 0; i < count; ++i) ++buckets[bucket_of(facts[i], shift) + 1];
    for (std::size_t b = 1; b <= last; ++b) buckets[b] += buckets[b - 1];
    std::vector<std::uint32_t> next(buckets, buckets + last);
    for (std::size_t b = 0; b < last; ++b)
        while (next[b] < buckets[b + 1]) {
            Fact& here = facts[next[b]];
            const std::size_t home = bucket_of(here, shift);
            if (home == b) {
                ++next[b];
                continue;
            }
            const std::uint32_t there = next[home]++;
            std::swap(here, facts[there]);
            if (persons != nullptr) std::swap(persons[next[b]], persons[there]);
        }
}

// The facts of one bucket in order, their persons with them.
void order(Fact* facts, PersonKey* persons, std::size_t count, std::vector<std::pair<Fact, PersonKey>>& scratch) {
    if (count < 2) return;
    if (persons == nullptr) return std::sort(facts, facts + count, before);
    scratch.clear();
    for (std::size_t i = 0; i < count; ++i) scratch.emplace_back(facts[i], persons[i]);
    std::sort(scratch.begin(), scratch.end(), [](const auto& a, const auto& b) { return before(a.first, b.first); });
    for (std::size_t i = 0; i < count; ++i) std::tie(facts[i], persons[i]) = scratch[i];
}

} // namespace

class History::Builder {
public:
    Builder(History& history, Gathering& gathering) : history_(history), gathering_(gathering), overflow_(gathering.room_.overflow.get()) {
        outside_ = overflow_ != nullptr && gathering.bytes() > gathering.room_.limit;
        for (std::size_t i = 0; i < partition_count; ++i)
            first_bucket_[i + 1] = first_bucket_[i] + bucket_count(gathering.piles_[i].total);
        history.persons_named_ = persons_ = gathering.persons_named_;
        history.buckets_ = Array<std::uint32_t>(first_bucket_.back());
    }

    void build(std::size_t i) {
        auto& pile = gathering_.piles_[i];
        fetch(pile);
        PersonKey* const persons = persons_ ? pile.persons.data() : nullptr;
        std::uint32_t* const buckets = history_.buckets_.data() + first_bucket_[i];
        deal(pile.facts.data(), persons, pile.used, buckets);
        std::vector<std::pair<Fact, PersonKey>> scratch;
        for (std::size_t b = 0; b + 1 < bucket_count(pile.used); ++b)
            order(pile.facts.data() + buckets[b], persons != nullptr ? persons + buckets[b] : nullptr, buckets[b + 1] - buckets[b], scratch);
        auto& out = history_.partitions_[i];
        out.buckets = buckets;
        out.count = static_cast<std::uint32_t>(pile.used);
        out.shift = 64 - bucket_bits(pile.used);
        if (outside_) {
            out.facts_at = overflow_->put(pile.facts.data(), pile.used * sizeof(Fact));
            out.persons_at = overflow_->put(persons, persons_ ? pile.used * sizeof(PersonKey) : 0);
            pile.facts = {};
            pile.persons = {};
            return;
        }
        history_.facts_[i] = std::move(pile.facts);
        history_.persons_[i] = std::move(pile.persons);
        out.facts = history_.facts_[i].data();
        out.persons = persons;
    }

private:
    // Brings all facts of the pile into memory, side by side.
    void fetch(Gathering::Pile& pile) const {
        pile.facts.grow(pile.total);
        if (persons_) pile.persons.grow(std::max(pile.facts.size(), pile.total));
        for (const auto& spilled : pile.spilled) {
            const std::size_t bytes = spilled.facts * sizeof(Fact);
            overflow_->get(spilled.position, pile.facts.data() + pile.used, bytes);
            if (persons_) overflow_->get(spilled.position + bytes, pile.persons.data() + pile.used, spilled.facts * sizeof(PersonKey));
            pile.used += spilled.facts;
        }
        pile.spilled.clear();
    }

    History& history_;
    Gathering& gathering_;
    Overflow* const overflow_;
    bool outside_ = false;
    bool persons_ = false; ///< somebody is named
    std::array<std::size_t, partition_count + 1> first_bucket_{};
};

History::History(std::unique_ptr<Gathering> gathering, unsigned threads) : gathering_(std::move(gathering)) {
    gathering_->contracts_.finish();
    Builder builder(*this, *gathering_);
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto work = [&] {
        try {
            for (std::size_t i = next++; i < partition_count; i = next++) builder.build(i);
        } catch (...) {
            const std::lock_guard lock(mutex);
            failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
        work();
    }
    if (failure) std::rethrow_exception(failure);
    for (auto& names : gathering_->names_) names.finish(gathering_->room_.overflow.get());
}

} // namespace callscrub::history
