/// Counts words and phone cells while the inputs are read.
#pragma once
#include "app/gather.h"
#include <array>
#include <map>
#include <mutex>

namespace callscrub::app {

/// What was counted of one file.
struct CellCounts {
    std::array<std::uint64_t, 6> phones{}; ///< by facts::PhoneStatus
    std::uint64_t unreadable = 0;          ///< cells of used columns that hold no text
    std::map<facts::Column, std::map<std::string, std::uint64_t, std::less<>>> words;
    std::uint64_t dated = 0; ///< a bit for each column of dates in which one stands

    /// `again`: the row was counted before, with another of its numbers.
    void count(const Context& context, const Opened& opened, const facts::Cells& cells, bool again);
    void count_phone(facts::PhoneStatus status) { ++phones[static_cast<std::size_t>(status)]; }
    void count_words(const Opened& opened, const facts::Cells& cells);
    void see_dates(const Opened& opened, const facts::Cells& cells);
    CellCounts& operator+=(const CellCounts& other);
};

/// The columns of a kind of file that have a vocabulary.
std::span<const facts::Column> word_columns(facts::FileKind kind);
/// The name of a column's vocabulary, as for facts::WordMap.
std::string_view vocabulary_name(facts::FileKind kind, facts::Column column);
const facts::WordMap& words_of(const facts::Vocabulary& words, facts::FileKind kind, facts::Column column);

/// Counts of all files, from many threads.
class Counting {
public:
    Counting(const Context& context, std::size_t files) : context_(context), files_(files) {}
    Onlooker onlooker();
    /// Of the file with that Source::file.
    CellCounts of(std::size_t file) const;

private:
    struct Stripe {
        std::mutex mutex;
        unsigned attempt = 0;
        std::vector<CellCounts> files;
    };
    void see(const SeenRow& row);

    const Context& context_;
    std::size_t files_;
    std::array<Stripe, 32> stripes_; ///< each thread has mostly one for itself
};

} // namespace callscrub::app
