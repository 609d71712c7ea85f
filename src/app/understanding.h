/// What would be understood of the inputs, read as run reads them: for check and init.
#pragma once
#include "app/gather.h"
#include "app/guess.h"
#include "app/terminal.h"
#include <map>

namespace callscrub::app {

/// A word of a column that has a vocabulary.
struct WordSeen {
    std::string word; ///< as it stands, masked and cut for people
    std::uint64_t count = 0;
    std::string meaning;  ///< ours; "" = not known
    std::string near;     ///< a known word that may have been meant; "" = none
    bool harmful = false; ///< not known, and what it may mean matters
    bool whole = true;    ///< `word` is the cell as it stands
};

struct ColumnSeen {
    facts::Column column{};
    std::size_t index = 0; ///< in the file, from 0
    std::string header, why;
    std::string dates; ///< format of a date column
    bool dated = false; ///< a date stands in it
    std::vector<WordSeen> words;
};

inline constexpr std::size_t phone_status_count =
    static_cast<std::size_t>(facts::PhoneStatus::not_diallable) + 1;
std::string_view name(facts::PhoneStatus status);

struct FileSeen {
    InputSpec spec; ///< its role may be a guess
    Guess guess;
    bool read = false; ///< else it could not be opened or understood; the problems say why

    csv::SourceFacts source;
    csv::Understanding understanding;
    csv::Dialect dialect;
    csv::Encoding encoding = csv::Encoding::utf8;
    csv::Tally tally;
    std::vector<std::string> headers;
    std::uint64_t header_line = 1;
    bool header = true;
    std::vector<ColumnSeen> columns;
    std::vector<std::string> unused;

    std::uint64_t kept = 0, bad = 0;
    std::array<std::uint64_t, phone_status_count> phones{}; ///< cells
    std::uint64_t unreadable_cells = 0; ///< of the columns used: NUL or bytes that are no text
    std::int64_t newest_ms = INT64_MIN;
    std::uint64_t matched = 0; ///< rows of a list whose number or person is on record

    std::vector<RowTrouble> problems; ///< the first ones
    std::uint64_t problem_count = 0;
    std::vector<std::string> notes; ///< what a user may want to state

    /// `stop`: to be counted as a problem.
    void problem(base::Place place, std::string text);
};

struct Seen {
    std::vector<FileSeen> files; ///< in the order of the job's inputs
    bool facts = false;          ///< some file besides the lists was read
    std::uint64_t problems() const;
};

/// Reads all inputs of the job; roles that are not stated are guessed. What is wrong with a file is a problem
/// of that file; Failure (usage) is thrown for what is wrong with the job.
Seen understand(const Job& job);

/// For people and for machines. `now_ms`: for ages.
std::string to_text(const Seen& seen, std::int64_t now_ms, const Manners& manners);
std::string to_json(const Seen& seen, std::int64_t now_ms);

/// How the encoding and the delimiter are known: "stated", "found: …".
std::string encoding_why(const FileSeen& file);
std::string delimiter_why(const FileSeen& file);

} // namespace callscrub::app
