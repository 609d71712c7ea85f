/// Phase one: consents, relations, suppressions, registers and calls, read completely into a history.
#pragma once
#include "app/opened.h"
#include "history/intake.h"
#include <functional>

namespace callscrub::app {

/// A row that could not be used, for people.
struct RowTrouble {
    base::Place place; ///< file, line, column (number of the cell, from 1; 0 = the whole row)
    std::string text;  ///< column and what is wrong
};

/// Of a record that is no row of cells.
RowTrouble unreadable(const Opened& opened, const csv::Record& record);

/// Where a block of a file begins.
struct BlockPlace {
    std::uint64_t line = 0;   ///< from 1
    std::uint64_t offset = 0; ///< bytes from 0, in the file as decoded
};

/// Rows that were read and may be mistakes all the same: how many, and where the first stands.
struct StrangeRows {
    std::uint64_t rows = 0;
    std::uint64_t line = 0; ///< from 1; 0 = there is none
    void add(std::uint64_t count, std::uint64_t first) {
        rows += count;
        if (first != 0 && (line == 0 || first < line)) line = first;
    }
};

/// What was read of one input.
struct GatheredFile {
    const InputSpec* spec = nullptr;
    csv::SourceFacts source;
    csv::Digest digest; ///< empty unless asked for
    csv::Dialect dialect;
    csv::Encoding encoding = csv::Encoding::utf8;
    csv::Understanding understanding;
    csv::Tally tally;
    facts::ColumnMap columns;
    std::vector<std::string> headers;
    std::shared_ptr<const facts::Vocabulary> words;
    std::uint64_t header_line = 1;
    bool header = true; ///< the first record names the columns
    std::array<facts::DateFormat, facts::column_count> dates{};
    std::uint64_t kept = 0, bad = 0;
    std::uint64_t facts = 0;          ///< that its rows became
    std::vector<RowTrouble> troubles; ///< the first ones
    std::int64_t newest_ms = INT64_MIN; ///< of the column that dates the events; INT64_MIN: none
    StrangeRows later, outcomes;        ///< dated after today; calls with a word for their outcome that is not known
    std::vector<BlockPlace> blocks;     ///< in order
};

struct Gathered {
    std::shared_ptr<const void> mapped; ///< the file that the history lies in, if it does; goes last
    std::unique_ptr<history::History> history;
    std::vector<GatheredFile> files; ///< index = Source::file
    std::uint64_t facts() const;     ///< of all files
    std::vector<std::string> paths() const; ///< of the files
};

/// A row that was read, for those who want to look on (explain). Called by several threads.
struct SeenRow {
    const Opened& opened;
    const csv::Record& record;
    const facts::Cells& cells;
    facts::Number number;
    facts::PersonKey person;
    history::Intake::Outcome outcome;
    bool again = false;   ///< the row was seen before with another of its phone columns
    unsigned attempt = 0; ///< grows when all is read anew because a date format was guessed wrong
};
using Onlooker = std::function<void(const SeenRow&)>;

/// Opens the input that becomes Source::file `file`.
using Opener = std::function<Opened(const InputSpec& spec, std::uint16_t file, Dates dates)>;

/// The inputs but the lists, as they are read: index = Source::file. Consents come before relations: whether the ends
/// of contracts matter is known from them.
std::vector<const InputSpec*> in_reading_order(const Job& job);

/// Reads every input of the job but the lists. Bad rows are counted, listed and left to the caller. Without `open`
/// inputs are opened by open_input. `wanted`: of others nothing is kept; null: of nobody.
Gathered gather(const Context& context, const Onlooker& look = {}, const Opener& open = {},
                const std::shared_ptr<const history::Wanted>& wanted = {});

/// Whom the job's lists ask for; null where it is not worth a second reading of them or they can be read only once.
/// Rows that can't be read ask for nobody. Failure as open_input.
std::shared_ptr<const history::Wanted> wanted_by_lists(const Context& context);

/// Shows single rows of an input as gather() would, and gathers nothing. One thread; references outlive it.
class RowViewer {
public:
    RowViewer(const Context& context, const Opened& opened, const Onlooker& look);
    ~RowViewer();
    void show(const csv::Record& record);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// So many of the first bad rows of a file are kept for people, by line.
inline constexpr std::size_t shown_troubles = 20;
void keep_first(std::vector<RowTrouble>& troubles);

/// Failure (input) if a file has more bad rows than the profile allows; names the first ones.
void refuse_bad_rows(const std::vector<GatheredFile>& files);

} // namespace callscrub::app
