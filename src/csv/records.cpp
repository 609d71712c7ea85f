#include "csv/records.h"
#include "base/wide.h"
#include "csv/framer.h"
#include "csv/scan.h"
#include "csv/strict.h"
#include <algorithm>
#include <bit>

namespace callscrub::csv {

std::string_view name(Damage damage) {
    switch (damage) {
    case Damage::none:
        return "";
    case Damage::stray_quote:
        return "stray_quote";
    case Damage::text_after_quote:
        return "text_after_quote";
    case Damage::unclosed_quote:
        return "unclosed_quote";
    case Damage::too_few:
        return "too_few";
    case Damage::too_many:
        return "too_many";
    }
    return "";
}

std::string_view says(Damage damage) {
    switch (damage) {
    case Damage::none:
        return "";
    case Damage::stray_quote:
        return "a quote inside a cell that does not begin with a quote";
    case Damage::text_after_quote:
        return "something between a closing quote and the end of the cell";
    case Damage::unclosed_quote:
        return "a quote that is never closed";
    case Damage::too_few:
        return "fewer cells than the header has";
    case Damage::too_many:
        return "more cells than the header has";
    }
    return "";
}

Tally& Tally::operator+=(const Tally& other) {
    records += other.records;
    damaged += other.damaged;
    blank += other.blank;
    crlf += other.crlf;
    lf += other.lf;
    return *this;
}

Records::Records(const Format& format) : format_(&format) {}

/// Finds the delimiters and line ends outside quotes of the whole block, 64 bytes at a time.
template <bool with_quotes> CALLSCRUB_WIDE void Records::mark() {
    const char delimiter = format_->dialect.delimiter, quote = format_->dialect.quote;
    std::uint64_t inside = 0; // all ones if the byte before the chunk is inside quotes
    std::size_t count = 0;
    constexpr std::size_t room = 64 + 1; // of a chunk, and of the end of the last record
    for (std::size_t chunk = 0; chunk < size_; chunk += 64) {
        if (marks_.size() < count + room) marks_.resize(count + room); // memory at least doubles when there is too little
        const Chunk bytes(data_ + chunk);
        std::uint64_t line_ends = bytes.equal('\n');
        std::uint64_t marks = (line_ends | bytes.equal(delimiter)) & low_bits(size_ - chunk);
        if constexpr (with_quotes) {
            const std::uint64_t quotes = bytes.equal(quote);
            if ((quotes | inside) != 0) {
                const std::uint64_t in = prefix_parity(quotes) ^ inside;
                inside = static_cast<std::uint64_t>(static_cast<std::int64_t>(in) >> 63);
                if ((line_ends & in) != 0) broken_until_ = chunk + 64;
                marks &= ~in;
            }
        }
        std::uint32_t* out = marks_.data() + count;
        count += static_cast<std::size_t>(count_bits(marks));
        // Eight at a time, whether there are so many or not: what is too much is overwritten by the next chunk, and a
        // loop that ends where the bits end is guessed wrong in every other chunk.
        for (; marks != 0; out += 8)
            for (unsigned i = 0; i < 8; ++i, marks &= marks - 1) {
                const unsigned bit = static_cast<unsigned>(std::countr_zero(marks | 1ULL << 63)); // of none left: whatever
                out[i] = static_cast<std::uint32_t>((chunk + bit) << 1 | (line_ends >> bit & 1));
            }
    }
    // The last record of the file may have no line end.
    if (size_ != 0 && (count == 0 || marks_[count - 1] != ((size_ - 1) << 1 | 1)))
        marks_[count++] = static_cast<std::uint32_t>(size_ << 1 | 1);
    mark_count_ = count;
}

bool Records::next_by_marks(Record& record) {
    while (next_mark_ < mark_count_) {
        const std::uint32_t* const marks = marks_.data() + next_mark_;
        std::size_t count = 0;
        while ((marks[count] & 1) == 0) ++count;
        const std::size_t line_end = marks[count++] >> 1;
        next_mark_ += count;
        const Fields fields(marks, count, data_, static_cast<std::uint32_t>(at_), block_.quotes ? format_->dialect.quote : '\0');
        if (finish(record, std::min(line_end + 1, size_), fields)) return true;
    }
    return false;
}

void Records::reset(const Block& block) {
    block_ = block;
    data_ = block.bytes.data();
    size_ = block.bytes.size();
    at_ = 0;
    line_ = block.first_line;
    next_mark_ = 0;
    broken_until_ = block.well_quoted ? 0 : size_;
    if (!block.well_quoted) strict_ = std::make_unique<Strict>(data_, size_, format_->dialect);
    else if (block.quotes) mark<true>();
    else mark<false>();
}

bool Records::next(Record& record) {
    if (!block_.well_quoted) return next_strictly(record);
    return next_by_marks(record);
}

struct Records::Strict {
    Marks marks;
    std::vector<Field> fields;
    Strict(const char* data, std::size_t size, const Dialect& dialect) : marks(data, size, dialect) {}
};
Records::~Records() = default;

bool Records::next_strictly(Record& record) {
    while (at_ < size_) {
        const Verdict verdict = decide(strict_->marks, data_, at_, size_, true, *format_, &strict_->fields);
        // The reader cuts blocks behind decided records only, so there is always a decision.
        const std::size_t end = verdict.kind == Verdict::Kind::decided ? verdict.end : size_;
        if (finish(record, end, strict_->fields, verdict.damage)) return true;
    }
    return false;
}

/// Fills the record from `at_` to `end` and moves on; false for an empty line.
bool Records::finish(Record& record, std::size_t end, const Fields& fields, Damage damage) {
    const std::size_t begin = at_;
    const std::uint64_t line = line_;
    const bool ended = data_[end - 1] == '\n';
    const std::size_t bare = end - (ended ? 1 : 0);
    const bool cr = bare > begin && data_[bare - 1] == '\r';
    at_ = end;
    if (ended) ++(cr ? tally_.crlf : tally_.lf);
    line_ += begin < broken_until_ ? line_ends({data_ + begin, end - begin}) : 1;
    if (bare - begin == (cr ? 1 : 0)) {
        ++tally_.blank;
        return false;
    }
    if (damage == Damage::none && format_->columns != 0 && fields.size() != format_->columns)
        damage = fields.size() < format_->columns ? Damage::too_few : Damage::too_many;
    ++tally_.records;
    if (damage != Damage::none) ++tally_.damaged;
    record.raw = {data_ + begin, end - begin};
    record.line = line;
    record.offset = block_.offset + begin;
    record.fields = fields;
    record.damage = damage;
    record.encoding = block_.encoding;
    record.plain = block_.plain;
    record.format = format_;
    return true;
}

} // namespace callscrub::csv
