/// Everything known about a number or a person, gathered once and then read by many threads without locks.
///
/// Facts are split by a hash of their key into partitions, and within a partition into buckets of a few facts that
/// lie side by side: finding a subject costs two cache misses, and nothing is kept per number.
#pragma once
#include "facts/products.h"
#include "facts/zone.h"
#include "history/array.h"
#include "history/contracts.h"
#include "history/overflow.h"
#include "history/record_ids.h"
#include "history/sheets.h"
#include "history/terms.h"
#include "history/wanted.h"
#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace callscrub::history {

inline constexpr std::size_t partition_count = 64;

constexpr std::size_t partition_of(std::uint64_t key) { return spread(key) >> 58; }
/// Within a partition of 2^(64 - shift) buckets.
constexpr std::size_t bucket_of(std::uint64_t key, unsigned shift) { return static_cast<std::size_t>((spread(key) << 6) >> shift); }

/// Facts on their way in. One for a run; workers fill it through a Feed each.
class Gathering {
public:
    explicit Gathering(Room room = {}) : room_(std::move(room)) {}

    TermsTable terms;
    facts::Products products;
    std::atomic<bool> contract_periods{false}; ///< some consent's period hangs on a contract's end
    /// Every row is to be found again by the number, person and contract it names, whether it becomes a fact or not.
    bool trace = false;
    /// Of others nothing is kept; null: of nobody.
    std::shared_ptr<const Wanted> wanted;

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
    void put_names(std::uint16_t file, std::uint64_t index, const RecordNames& names);

private:
    friend class History;
    friend class SnapshotParts;
    /// Facts in the overflow, then their persons.
    struct Spilled {
        std::uint64_t position;
        std::size_t facts;
    };
    /// One partition's facts, side by side.
    struct Pile {
        std::mutex mutex;
        Array<Fact> facts;
        Array<facts::PersonKey> persons; ///< of each fact, once somebody is named
        std::size_t used = 0;            ///< of both
        std::vector<Spilled> spilled;
        std::size_t total = 0; ///< facts here and in the overflow
    };
    void spill(Pile& pile);
    void take(Pile& pile, std::span<const Fact> facts, std::span<const facts::PersonKey> persons);
    std::size_t bytes_each(const Pile& pile) const;
    std::uint64_t bytes() const;

    Room room_;
    std::atomic<std::uint64_t> held_{0};     ///< bytes of facts in memory
    std::atomic<bool> persons_named_{false}; ///< piles have persons from now on
    std::array<Pile, partition_count> piles_;
    std::mutex rest_mutex_;
    Contracts contracts_;
    std::vector<FileNames> names_;
};

class History {
public:
    /// Sorts what was gathered, with so many threads. The gathering's memory is used up. What is more than its room
    /// lies in the overflow and is read from there.
    History(std::unique_ptr<Gathering> gathering, unsigned threads);

    /// All facts about a number and a person (0 = none) as the zone's days. `out` is cleared first; its memory is
    /// reused. Thread-safe.
    void subject(facts::Number number, facts::PersonKey person, const facts::Zone& zone, facts::SubjectFacts& out) const;
    /// Whether all that was read of them was kept: false if they are not among those that were wanted (0 = none).
    bool covers(facts::Number number, facts::PersonKey person) const;
    /// Asks the processor to fetch what subject(number, …) will read: first where the facts lie, then they themselves.
    void prefetch_place(facts::Number number) const;
    void prefetch_facts(facts::Number number) const;

    /// Calls visit(source) for each row that is about the number or the person (0 = none); some more than once. Of rows
    /// that became no fact only where they were traced. Thread-safe.
    void rows_about(facts::Number number, facts::PersonKey person, const std::function<void(facts::Source)>& visit) const;
    /// The same for the relations with that contract.
    void rows_of_contract(facts::TextKey contract, const std::function<void(facts::Source)>& visit) const;

    /// Facts, and rows that were traced.
    std::uint64_t facts() const;
    const facts::Products& products() const { return gathering_->products; }
    facts::Products& products() { return gathering_->products; }
    /// consent_id or contract_id of a record; "" if it has none.
    std::string name_of(facts::Source source) const;
    /// Asks the processor to fetch what name_of() will read first, and tells where that is, for history::prefetch_name.
    const char* prefetch_name_place(facts::Source source) const;

private:
    friend class SnapshotParts;
    History(std::unique_ptr<Gathering> gathering, std::shared_ptr<const Sheets> sheets) : gathering_(std::move(gathering)), sheets_(std::move(sheets)) {}

    struct Partition {
        const Fact* facts = nullptr;               ///< null: they lie in the overflow
        const facts::PersonKey* persons = nullptr; ///< of each fact; null if nobody is named
        const std::uint32_t* buckets = nullptr;    ///< begin of each bucket; one more for the end
        std::uint32_t count = 0;
        unsigned shift = 63;                       ///< for bucket_of
        std::uint64_t facts_at = 0, persons_at = 0; ///< positions in the overflow
    };
    /// The facts of a bucket, wherever they lie.
    struct Bucket {
        const Fact* facts;
        const facts::PersonKey* persons;
        std::size_t count;
    };
    Bucket bucket(std::uint64_t key) const;
    const Terms& terms(TermsId id) const;
    class Builder;
    template <class Visit> void each(std::uint64_t key, Visit&& visit) const;
    void decode(const Fact& fact, facts::PersonKey named, facts::Match match, const facts::Zone& zone, facts::SubjectFacts& out) const;
    facts::Consent consent(const Fact& fact, const Terms& terms, facts::Match match, const facts::Zone& zone) const;

    std::unique_ptr<Gathering> gathering_; ///< its tables, its piles and its overflow live on
    std::array<Partition, partition_count> partitions_;
    // What the partitions point into, besides the piles.
    std::shared_ptr<const Sheets> sheets_; ///< of a history that was saved; else null
    bool persons_named_ = false;
    Array<std::uint32_t> buckets_;
};

} // namespace callscrub::history
