/// Splits blocks into records and records into cells: strictly, without allocation per row.
///
/// A record is *sound* if each cell is either free of quotes or enclosed by one pair of them with the
/// quotes inside doubled, and if it has as many cells as the header. Anything else is damaged, and a
/// damaged record is never repaired, padded or shifted:
/// * blanks between a quote and the delimiter belong to no rule, so they are damage too;
/// * a record with damaged quotes ends at the first line end behind the beginning of the cell that is
///   damaged. So it never swallows the rows after it, and sound cells before the damage may hold line
///   breaks;
/// * an empty line is no record: it is passed over and counted. In a file of one column an empty value is
///   written as "".
///
/// NUL and bytes that are no text are left alone here; Record::utf8 refuses them cell by cell.
#pragma once
#include "csv/block.h"
#include "csv/dialect.h"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::csv {

/// A cell within Record::raw, without its outer quotes.
class Field {
public:
    Field() = default;
    Field(std::uint32_t begin, std::uint32_t length, std::uint32_t quoted)
        : begin_(begin), length_(length << 1 | quoted) {}
    std::uint32_t begin() const { return begin_; }
    std::uint32_t length() const { return length_ >> 1; }
    bool quoted() const { return (length_ & 1) != 0; }

private:
    std::uint32_t begin_ = 0;
    std::uint32_t length_ = 0; // the lowest bit: quoted
};
static_assert(sizeof(Field) == 8);

/// The cells of a record. Those of a well quoted block are worked out of its marks when they are asked for: most
/// cells of most rows never are.
class Fields {
public:
    Fields() = default;
    Fields(const std::vector<Field>& fields) : fields_(fields.data()), count_(fields.size()) {}
    /// `marks`: one for each cell, position in the block << 1 | whether it is a line end. `data`: the block;
    /// `quote`: 0 if the block has none.
    Fields(const std::uint32_t* marks, std::size_t count, const char* data, std::uint32_t begin, char quote)
        : marks_(marks), count_(count), data_(data), begin_(begin), quote_(quote) {}
    std::size_t size() const { return count_; }
    /// No cell is quoted, and text() may be asked.
    bool bare() const { return marks_ != nullptr && quote_ == 0; }
    /// The cell's bytes, if bare().
    std::string_view text(std::size_t i) const {
        const Bounds at = bounds(i);
        return {data_ + at.begin, at.end - at.begin};
    }
    Field operator[](std::size_t i) const {
        if (fields_ != nullptr) return fields_[i];
        const auto [begin, end] = bounds(i);
        // In a well quoted block a cell that begins with a quote ends with its closing one.
        const std::uint32_t quoted = quote_ != 0 && begin < end && data_[begin] == quote_ ? 1 : 0;
        return {begin - begin_ + quoted, end - begin - 2 * quoted, quoted};
    }

private:
    struct Bounds {
        std::uint32_t begin, end;
    };
    /// Of the cell in the block; a CR before the record's line end belongs to that.
    Bounds bounds(std::size_t i) const {
        const std::uint32_t begin = i == 0 ? begin_ : (marks_[i - 1] >> 1) + 1;
        const std::uint32_t end = marks_[i] >> 1;
        const bool cr = i + 1 == count_ && end > begin && data_[end - 1] == '\r';
        return {begin, end - (cr ? 1U : 0U)};
    }

    const Field* fields_ = nullptr;
    const std::uint32_t* marks_ = nullptr;
    std::size_t count_ = 0;
    const char* data_ = nullptr;
    std::uint32_t begin_ = 0;
    char quote_ = 0;
};

enum class Damage : std::uint8_t {
    none,
    stray_quote,      ///< a quote within a cell that does not begin with one
    text_after_quote, ///< something between the closing quote and the delimiter or line end
    unclosed_quote,   ///< a quote that is never closed, or not within the longest record allowed
    too_few,          ///< cells, compared with the header
    too_many,
};
/// The word of it for reports: "stray_quote", … ; "" for none.
std::string_view name(Damage damage);
/// For people: "a quote in the middle of a cell", …
std::string_view says(Damage damage);

/// What is the same for all records of a file.
struct Format {
    Dialect dialect;
    std::uint32_t columns = 0; ///< cells per record; 0 = not known, any number is right
    std::size_t record_limit = std::size_t{16} << 20;
};

/// One record. Views point into its block.
struct Record {
    std::string_view raw;     ///< with its line end, if it has one
    std::uint64_t line = 0;   ///< physical line on which it starts, from 1
    std::uint64_t offset = 0; ///< of its first byte in the file as decoded, from 0
    Fields fields; ///< valid until the next record; of a sound one in a well quoted block, as long as `raw`.
                   ///< With damaged quotes: those before the damage
    Damage damage = Damage::none;
    Encoding encoding = Encoding::utf8;
    bool plain = false; ///< its block holds ASCII without NUL only
    const Format* format = nullptr;

    /// `raw` without its line end.
    std::string_view body() const;
    /// The cell as the file's bytes: outer quotes gone, doubled ones undone. The view points into the block
    /// or into `scratch`.
    std::string_view text(std::size_t field, std::string& scratch) const;
    /// The cell as UTF-8, or nothing if it holds NUL or bytes that are no text. Views as with text().
    std::optional<std::string_view> utf8(std::size_t field, std::string& scratch) const {
        if (plain) {
            const Field at = fields[field];
            if (!at.quoted()) return raw.substr(at.begin(), at.length());
        }
        return checked(field, scratch);
    }

private:
    std::optional<std::string_view> checked(std::size_t field, std::string& scratch) const;
};

/// Whether a damaged record looks as if a backslash stood for the escape character, which has to be stated.
bool looks_escaped(const Record& record);

/// Counts that a run over records yields by the way.
struct Tally {
    std::uint64_t records = 0; ///< damaged ones included
    std::uint64_t damaged = 0;
    std::uint64_t blank = 0; ///< empty lines passed over
    std::uint64_t crlf = 0;  ///< records and blank lines that end with CRLF …
    std::uint64_t lf = 0;    ///< … and with LF alone
    Tally& operator+=(const Tally& other);
};

/// The records of one block, in order. One thread; `reset` to use it (and its memory) for the next block.
class Records {
public:
    /// `format` must stay where it is while this object and its records live.
    explicit Records(const Format& format);
    Records(const Format& format, const Block& block) : Records(format) { reset(block); }
    /// Starts with another block and keeps it alive. The tally goes on.
    void reset(const Block& block);
    /// False at the end of the block.
    bool next(Record& record);
    ~Records();
    const Tally& tally() const { return tally_; }

private:
    struct Strict;
    bool next_by_marks(Record& record);
    bool next_strictly(Record& record);
    template <bool with_quotes> void mark();
    bool finish(Record& record, std::size_t end, const Fields& fields, Damage damage = Damage::none);

    const Format* format_;
    Block block_;
    Tally tally_;
    const char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t at_ = 0;     // begin of the next record
    std::uint64_t line_ = 0; // its line
    // Of a well quoted block: its delimiters and line ends outside quotes, as Fields takes them.
    std::vector<std::uint32_t> marks_;
    std::size_t mark_count_ = 0;
    std::size_t next_mark_ = 0;
    std::size_t broken_until_ = 0; // records that hold line breaks begin before this position
    std::unique_ptr<Strict> strict_;
};

} // namespace callscrub::csv
