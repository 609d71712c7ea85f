/// An input that is open and understood: how its bytes, columns, dates and words are read.
#pragma once
#include "app/context.h"
#include "app/part_lines.h"
#include "app/phone_cells.h"
#include "app/progress.h"
#include "csv/reader.h"
#include "facts/columns.h"

namespace callscrub::app {

struct Opened {
    const InputSpec* spec = nullptr; ///< with what its preset adds
    std::shared_ptr<const InputSpec> merged; ///< behind `spec` if there is a preset
    std::unique_ptr<csv::Reader> reader;
    facts::FileKind kind = facts::FileKind::consents;
    facts::ColumnMap columns;
    facts::Reading reading;
    const law::Rulebook* rules = nullptr; ///< which know the names of countries
    std::vector<std::shared_ptr<const facts::Zone>> zones; ///< that the date readers refer to
    std::shared_ptr<const PartLines> lines; ///< of a file of a part; null: the records stand where they are read
    bool dates_guessed = false; ///< some date column was decided from the first rows only
};

/// How sure the dates must be.
enum class Dates : std::uint8_t {
    first_rows, ///< decide from the first rows; a column found to be ISO stays a guess until all rows are read
    all_rows,   ///< read the whole file first where nothing is stated
};

/// Opens an input. Failure (input, usage) for whatever can't be understood, with what to state.
Opened open_input(const Context& context, const InputSpec& spec, std::uint16_t file, Dates dates, bool digest);

/// How the cells of an input are read, but for its dates. `spec`: with what its preset adds.
facts::Reading reading_of(const Context& context, const InputSpec& spec, std::uint16_t file);

/// Begins a phase of the progress line: bytes to come are those of the inputs on disk.
void begin_phase(const Context& context, std::string_view name, const std::vector<const InputSpec*>& inputs);
/// While it lives, the progress line counts what `reader` takes from the disk.
Progress::Reading follow(const Context& context, const csv::Reader& reader);

facts::FileKind kind_of(Role role);
std::string_view word_of(Role role);

/// Why a damaged row can't be read, for messages; names the setting if it looks like the escape character.
std::string damage_of(const csv::Record& record);

/// Takes the canonical cells out of a record. One thread. In files of facts a country by any name that the rules know becomes
/// its ISO code; what they do not know stays as it is.
class CellReader {
public:
    explicit CellReader(const Opened& opened);
    /// Views are good until the next call or the end of the record's block.
    const facts::Cells& read(const csv::Record& record);
    /// The same cells of the same record with another of its phone columns.
    const facts::Cells& with_phone(const csv::Record& record, std::size_t column);

private:
    std::string code_of(std::string_view country) const;
    void name_country();

    const Opened& opened_;
    facts::Cells cells_;
    bool names_countries_ = false;
    std::string stated_country_; ///< the same in every row
    facts::LastSeen<std::string> countries_;
    std::vector<std::pair<facts::Column, std::size_t>> wanted_; ///< column and its index in the file
    std::vector<std::string> scratch_;
    PhoneCells phone_cells_;
    bool joined_ = false; ///< the phone is put together from several cells
};

} // namespace callscrub::app
