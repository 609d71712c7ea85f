#include "csv/records.h"
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

Records::Records(const Format& format) : format_(&format), fields_(std::max(format.columns, 15U) + 1) {}

/// The delimiters and line ends outside quotes among the 64 bytes from `chunk` on.
template <bool with_quotes> std::uint64_t Records::load(std::size_t chunk) {
    const Chunk bytes(data_ + chunk);
    const std::uint64_t valid = low_bits(size_ - chunk);
    const std::uint64_t line_ends = bytes.equal('\n') & valid;
    const std::uint64_t marks = line_ends | (bytes.equal(format_->dialect.delimiter) & valid);
    if constexpr (!with_quotes) return marks;
    const std::uint64_t quotes = bytes.equal(format_->dialect.quote) & valid;
    if ((quotes | inside_) == 0) return marks;
    const std::uint64_t inside = prefix_parity(quotes) ^ inside_;
    inside_ = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63);
    if ((line_ends & inside) != 0) broken_until_ = chunk + 64;
    return marks & ~inside;
}

template <bool with_quotes> bool Records::next_by_parity(Record& record) {
    const char* const data = data_;
    const std::size_t size = size_;
    const char quote = format_->dialect.quote;
    std::uint64_t marks = marks_;
    std::size_t chunk = chunk_;
    for (;;) {
        const std::size_t start = at_;
        if (start >= size) return false;
        std::size_t count = 0;
        std::size_t begin = start;
        std::size_t mark = size;
        bool line_end = false;
        do {
            while (marks == 0 && chunk + 64 < size) marks = load<with_quotes>(chunk += 64);
            line_end = true;
            mark = size; // the last record of the file has no line end
            if (marks != 0) {
                mark = chunk + static_cast<std::size_t>(std::countr_zero(marks));
                marks &= marks - 1;
                line_end = data[mark] == '\n';
            }
            if (count == fields_.size()) fields_.resize(2 * count);
            std::size_t end = mark;
            if (line_end && end > begin && data[end - 1] == '\r') --end;
            // In a well quoted block a cell that begins with a quote ends with its closing one.
            const std::uint32_t quoted = with_quotes && begin < end && data[begin] == quote ? 1 : 0;
            fields_[count++] = Field(static_cast<std::uint32_t>(begin - start) + quoted,
                                     static_cast<std::uint32_t>(end - begin) - 2 * quoted, quoted);
            begin = mark + 1;
        } while (!line_end);
        if (!finish(record, std::min(mark + 1, size), {fields_.data(), count})) continue;
        marks_ = marks;
        chunk_ = chunk;
        return true;
    }
}

void Records::reset(const Block& block) {
    block_ = block;
    data_ = block.bytes.data();
    size_ = block.bytes.size();
    at_ = 0;
    line_ = block.first_line;
    chunk_ = 0;
    marks_ = 0;
    inside_ = 0;
    broken_until_ = 0;
    if (size_ != 0 && block.well_quoted) marks_ = block.quotes ? load<true>(0) : load<false>(0);
    if (!block.well_quoted) strict_ = std::make_unique<Strict>(data_, size_, format_->dialect);
}

bool Records::next(Record& record) {
    if (!block_.well_quoted) return next_strictly(record);
    return block_.quotes ? next_by_parity<true>(record) : next_by_parity<false>(record);
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
        record.damage = verdict.damage;
        record.damage_at = static_cast<std::uint32_t>(verdict.damage_at - at_);
        if (finish(record, end, strict_->fields, verdict.damage)) return true;
    }
    return false;
}

/// Fills the record from `at_` to `end` and moves on; false for an empty line.
bool Records::finish(Record& record, std::size_t end, std::span<const Field> fields, Damage damage) {
    const std::size_t begin = at_;
    const std::uint64_t line = line_;
    const bool ended = data_[end - 1] == '\n';
    const std::size_t bare = end - (ended ? 1 : 0);
    const bool cr = bare > begin && data_[bare - 1] == '\r';
    at_ = end;
    if (ended) ++(cr ? tally_.crlf : tally_.lf);
    if (begin < broken_until_ || !block_.well_quoted)
        line_ += line_ends({data_ + begin, end - begin});
    else
        line_ += 1;
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
    record.format = format_;
    return true;
}

} // namespace callscrub::csv
