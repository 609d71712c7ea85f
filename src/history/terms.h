/// The table of Terms: each combination once.
#pragma once
#include "history/array.h"
#include "history/fact.h"
#include <mutex>
#include <vector>

namespace callscrub::history {

/// Shared by all workers while facts are read; read-only afterwards.
class TermsTable {
public:
    /// Id of equal terms; adds them if they are new. Thread-safe.
    TermsId id(const Terms& terms);
    /// Not to be called while terms are still added.
    const Terms& operator[](TermsId id) const { return all_.data()[id]; }
    std::size_t size() const { return count_; }
    /// Terms that were gathered before, read where they lie. Nothing may be added.
    void lie_over(std::span<const Terms> terms) {
        all_ = Array<Terms>::over(terms);
        count_ = terms.size();
    }

private:
    void grow();

    std::mutex mutex_;
    Array<Terms> all_;
    std::size_t count_ = 0; ///< of all_
    std::vector<TermsId> slots_ = std::vector<TermsId>(1024, 0); ///< id + 1; 0 = free; size is a power of two
};

/// A worker's memory of the terms it saw last, so that most rows need no lock.
class TermsCache {
public:
    explicit TermsCache(TermsTable& table) : table_(table), entries_(4096) {}
    TermsId id(const Terms& terms);

private:
    struct Entry {
        Terms terms;
        TermsId id = 0;
        bool used = false;
    };
    TermsTable& table_;
    std::vector<Entry> entries_;
};

} // namespace callscrub::history
