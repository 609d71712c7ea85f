/// Everything known about a number or a person, gathered once and then read by many threads without locks.
///
/// Facts are split by a hash of their key into partitions, and within a partition into buckets of a few facts that
/// lie side by side: finding a subject costs two cache misses, and nothing is kept per number.
#pragma once
#include "facts/products.h"
#include "facts/zone.h"
#include "history/contracts.h"
#include "history/record_ids.h"
#include "history/terms.h"
#include <array>
#include <atomic>
#include <memory>
#include <mutex>

namespace callscrub::history {

inline constexpr std::size_t partition_count = 64;

/// Spreads keys evenly; partition and bucket are taken from its top bits.
constexpr std::uint64_t spread(std::uint64_t key) {
    key *= 0x9E3779B97F4A7C15ULL;
    key ^= key >> 32;
    return key * 0xD6E8FEB86659FD93ULL;
}
constexpr std::size_t partition_of(std::uint64_t key) { return spread(key) >> 58; }

/// Facts on their way in. One for a run; workers fill it through a Feed each.
class Gathering {
public:
    TermsTable terms;
    facts::Products products;
    std::atomic<bool> contract_periods{false}; ///< some consent's period hangs on a contract's end

    /// One worker's end of it. Not thread-safe; flushes when it is destroyed.
    class Feed {
    public:
        explicit Feed(Gathering& gathering);
        ~Feed();
        Feed(const Feed&) = delete;
        Feed& operator=(const Feed&) = delete;
        void add(const Fact& fact, facts::PersonKey person);
        TermsId terms(const Terms& terms) { return cache_.id(terms); }
        /// Seen by this worker; taken over on flush.
        std::vector<Contracts::End> contract_ends;
        void flush();

    private:
        struct Staged {
            std::vector<Fact> facts;
            std::vector<facts::PersonKey> persons;
            bool any_person = false;
        };
        void flush(std::size_t partition);

        Gathering& gathering_;
        TermsCache cache_;
        std::array<Staged, partition_count> staged_;
    };

    /// Names of the records of block `index` of file `file`. Thread-safe.
    void put_names(std::uint16_t file, std::uint64_t index, RecordNames names);

private:
    friend class History;
    struct Chunk {
        std::vector<Fact> facts;
        std::vector<facts::PersonKey> persons; ///< empty if nobody is named
    };
    struct Pile {
        std::mutex mutex;
        std::vector<Chunk> chunks;
        std::size_t facts = 0;
        bool any_person = false;
    };
    std::array<Pile, partition_count> piles_;
    std::mutex rest_mutex_;
    Contracts contracts_;
    std::vector<FileNames> names_;
};

class History {
public:
    /// Sorts what was gathered, with so many threads. The gathering's memory is used up.
    History(std::unique_ptr<Gathering> gathering, unsigned threads);

    /// All facts about a number and a person (0 = none) as the zone's days. `out` is cleared first; its memory is
    /// reused. Thread-safe.
    void subject(facts::Number number, facts::PersonKey person, const facts::Zone& zone, facts::SubjectFacts& out) const;
    /// Asks the processor to fetch what subject(number, …) will read.
    void prefetch(facts::Number number) const;

    std::uint64_t facts() const;
    const facts::Products& products() const { return gathering_->products; }
    facts::Products& products() { return gathering_->products; }
    /// consent_id or contract_id of a record; "" if it has none.
    std::string name_of(facts::Source source) const;

private:
    struct Partition {
        std::vector<Fact> facts;
        std::vector<facts::PersonKey> persons; ///< empty if nobody is named
        std::vector<std::uint32_t> buckets;    ///< begin of each bucket; one more for the end
        unsigned shift = 63;                   ///< spread(key) << 6 >> shift = bucket
    };
    static void sort(Gathering::Pile& pile, Partition& partition);
    template <class Visit> void each(std::uint64_t key, Visit&& visit) const;
    void decode(const Fact& fact, facts::Match match, const facts::Zone& zone, facts::SubjectFacts& out) const;
    facts::Consent consent(const Fact& fact, const Terms& terms, facts::Match match, const facts::Zone& zone) const;

    std::unique_ptr<Gathering> gathering_; ///< its tables live on
    std::array<Partition, partition_count> partitions_;
};

} // namespace callscrub::history
