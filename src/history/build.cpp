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

// Facts side by side, their persons (or null) with them.
struct Lot {
    Fact* facts = nullptr;
    PersonKey* persons = nullptr;
    std::size_t count = 0;

    Lot part(std::size_t from, std::size_t size) const { return {facts + from, persons == nullptr ? nullptr : persons + from, size}; }
};

// Copies each fact to where its place (a number that `place_of` gives) goes on; `next` is that, and moves on.
template <class PlaceOf> void deal(const Lot& from, const Lot& to, std::uint32_t* next, PlaceOf place_of) {
    for (std::size_t i = 0; i < from.count; ++i) {
        const std::uint32_t at = next[place_of(from.facts[i])]++;
        to.facts[at] = from.facts[i];
        if (from.persons != nullptr) to.persons[at] = from.persons[i];
    }
}

// The facts of one bucket in order.
void order(const Lot& lot, std::vector<std::pair<Fact, PersonKey>>& scratch) {
    if (lot.count < 2) return;
    if (lot.persons == nullptr) return std::sort(lot.facts, lot.facts + lot.count, before);
    scratch.clear();
    for (std::size_t i = 0; i < lot.count; ++i) scratch.emplace_back(lot.facts[i], lot.persons[i]);
    std::sort(scratch.begin(), scratch.end(), [](const auto& a, const auto& b) { return before(a.first, b.first); });
    for (std::size_t i = 0; i < lot.count; ++i) std::tie(lot.facts[i], lot.persons[i]) = scratch[i];
}

// Puts a partition's facts into buckets by key, and each bucket in order, where they lie. One for each thread; keeps its
// memory, which is as large as the largest partition.
class Sorter {
public:
    // `buckets`: zero; becomes the begin of each bucket, and one more for the end.
    void sort(const Lot& lot, std::uint32_t* buckets) {
        const unsigned bits = bucket_bits(lot.count), shift = 64 - bits;
        const std::size_t last = bucket_count(lot.count) - 1;
        for (std::size_t i = 0; i < lot.count; ++i) ++buckets[bucket_of(lot.facts[i].key, shift) + 1];
        for (std::size_t b = 1; b <= last; ++b) buckets[b] += buckets[b - 1];
        // Aside into shares that fit a cache, then back, each share into its buckets: either step stays within a cache.
        unsigned share_bits = 0;
        while (share_bits < bits && lot.count * sizeof(Fact) >> share_bits > share_bytes) ++share_bits;
        const unsigned bits_within = bits - share_bits;
        next_.resize(std::size_t{1} << share_bits);
        for (std::size_t share = 0; share < next_.size(); ++share) next_[share] = buckets[share << bits_within];
        const Lot aside = room(lot);
        deal(lot, aside, next_.data(), [&](const Fact& fact) { return bucket_of(fact.key, shift) >> bits_within; });
        next_.assign(buckets, buckets + last);
        deal(aside, lot, next_.data(), [&](const Fact& fact) { return bucket_of(fact.key, shift); });
        for (std::size_t b = 0; b < last; ++b) order(lot.part(buckets[b], buckets[b + 1] - buckets[b]), scratch_);
    }

private:
    static constexpr std::size_t share_bytes = std::size_t{192} << 10;

    Lot room(const Lot& lot) {
        if (facts_.size() < lot.count) facts_.resize(lot.count);
        if (lot.persons != nullptr && persons_.size() < lot.count) persons_.resize(lot.count);
        return {facts_.data(), lot.persons == nullptr ? nullptr : persons_.data(), lot.count};
    }

    std::vector<std::uint32_t> next_;
    std::vector<Fact> facts_;
    std::vector<PersonKey> persons_;
    std::vector<std::pair<Fact, PersonKey>> scratch_;
};

} // namespace

class History::Builder {
public:
    Builder(History& history, Gathering& gathering) : history_(history), gathering_(gathering), overflow_(gathering.room_.overflow.get()) {
        outside_ = overflow_ != nullptr && gathering.bytes() > gathering.room_.limit;
        for (std::size_t i = 0; i < partition_count; ++i) first_bucket_[i + 1] = first_bucket_[i] + bucket_count(gathering.piles_[i].total);
        history.persons_named_ = persons_ = gathering.persons_named_;
        history.buckets_ = Array<std::uint32_t>(first_bucket_.back());
    }

    void build(std::size_t i, Sorter& sorter) {
        auto& pile = gathering_.piles_[i];
        fetch(pile);
        const Lot lot{pile.facts.data(), persons_ ? pile.persons.data() : nullptr, pile.used};
        auto& out = history_.partitions_[i];
        out.buckets = history_.buckets_.data() + first_bucket_[i];
        out.count = static_cast<std::uint32_t>(lot.count);
        out.shift = 64 - bucket_bits(lot.count);
        sorter.sort(lot, history_.buckets_.data() + first_bucket_[i]);
        if (outside_) {
            out.facts_at = overflow_->put(lot.facts, lot.count * sizeof(Fact));
            out.persons_at = overflow_->put(lot.persons, persons_ ? lot.count * sizeof(PersonKey) : 0);
            pile.facts = {};
            pile.persons = {};
            return;
        }
        out.facts = lot.facts;
        out.persons = lot.persons;
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
            Sorter sorter;
            for (std::size_t i = next++; i < partition_count; i = next++) builder.build(i, sorter);
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
