#include "csv/strict.h"
#include <algorithm>

namespace callscrub::csv {

void Marks::load(std::size_t chunk) {
    chunk_ = chunk;
    const Chunk bytes(data_ + chunk);
    const std::uint64_t valid = low_bits(size_ - chunk);
    line_ends_ = bytes.equal('\n') & valid;
    quotes_ = dialect_.quote != 0 ? bytes.equal(dialect_.quote) & valid : 0;
    if (dialect_.escape != 0) quotes_ |= bytes.equal(dialect_.escape) & valid;
    marks_ = line_ends_ | quotes_ | (bytes.equal(dialect_.delimiter) & valid);
}

std::size_t Marks::find(std::size_t from, const std::uint64_t& kind) {
    if (from >= size_) return size_;
    if (from - chunk_ >= 64) load(from & ~std::size_t{63}); // also when `from` lies before the chunk
    std::uint64_t left = kind & ~low_bits(from - chunk_);
    while (left == 0) {
        if (chunk_ + 64 >= size_) return size_;
        load(chunk_ + 64);
        left = kind;
    }
    return chunk_ + static_cast<std::size_t>(std::countr_zero(left));
}

namespace {

/// The walk through one record. Positions are absolute in `data`.
class Walk {
public:
    Walk(Marks& marks, const char* data, std::size_t begin, std::size_t size, bool last, const Format& format,
         std::vector<Field>* fields)
        : marks_(marks), data_(data), begin_(begin), format_(format), fields_(fields),
          over_(size - begin > format.record_limit), last_(last && !over_),
          end_(over_ ? begin + format.record_limit : size) {
        if (fields_ != nullptr) fields_->clear();
    }

    Verdict run() {
        for (std::size_t at = begin_;;) {
            const bool quoted = at < end_ && data_[at] == format_.dialect.quote && format_.dialect.quote != 0;
            if (quoted ? quoted_cell(at) : plain_cell(at)) return verdict_;
        }
    }

private:
    // Both read the cell at `at` and move `at` to the next one; true when the record is decided.
    bool plain_cell(std::size_t& at) {
        std::size_t mark = find_mark(at);
        if (mark >= end_) return last_ ? close(at, end_without_cr(at), end_, false) : stuck();
        if (data_[mark] == '\n') {
            const bool cr = mark > at && data_[mark - 1] == '\r';
            return close(at, mark - (cr ? 1 : 0), mark + 1, false);
        }
        if (data_[mark] != format_.dialect.delimiter)
            return damaged(Damage::stray_quote, mark, mark, mark + 1);
        add(at, mark, false);
        at = mark + 1;
        return false;
    }

    bool quoted_cell(std::size_t& at) {
        const std::size_t quote = closing_quote(at + 1);
        if (quote >= end_) {
            if (last_ || over_) return damaged(Damage::unclosed_quote, at, at, end_);
            return stuck();
        }
        const std::size_t after = quote + 1;
        if (after >= end_) return last_ ? close(at + 1, quote, end_, true) : stuck();
        const char c = data_[after];
        if (c == format_.dialect.delimiter) {
            add(at + 1, quote, true);
            at = after + 1;
            return false;
        }
        if (c == '\n') return close(at + 1, quote, after + 1, true);
        if (c == '\r') {
            if (after + 1 >= end_) return last_ ? close(at + 1, quote, end_, true) : stuck();
            if (data_[after + 1] == '\n') return close(at + 1, quote, after + 2, true);
        }
        return damaged(Damage::text_after_quote, quote, at, std::min(after + 2, end_));
    }

    /// The quote that ends the cell whose inside begins at `from`; `end_` if there is none, or if the byte
    /// that tells a closing quote from a doubled one is not there yet.
    std::size_t closing_quote(std::size_t from) {
        for (;;) {
            const std::size_t mark = marks_.quote(from);
            if (mark >= end_) return end_;
            const bool escaped = data_[mark] != format_.dialect.quote;
            const bool more = mark + 1 < end_;
            if (!escaped && !more) return last_ ? mark : end_;
            if (!escaped && data_[mark + 1] != format_.dialect.quote) return mark;
            from = mark + 2;
        }
    }

    /// The next mark outside quotes that is not escaped.
    std::size_t find_mark(std::size_t from) {
        for (;;) {
            const std::size_t mark = marks_.mark(from);
            if (mark >= end_ || data_[mark] != format_.dialect.escape) return mark; // no mark is 0
            const char next = data_[mark + 1]; // or slack
            from = mark + (next == '\n' || next == '\r' ? 1 : 2);
        }
    }

    std::size_t end_without_cr(std::size_t at) const {
        return end_ > at && data_[end_ - 1] == '\r' ? end_ - 1 : end_;
    }

    void add(std::size_t begin, std::size_t end, bool quoted) {
        if (fields_ == nullptr) return;
        fields_->emplace_back(static_cast<std::uint32_t>(begin - begin_),
                              static_cast<std::uint32_t>(end - begin), quoted ? 1U : 0U);
    }
    bool close(std::size_t begin, std::size_t end, std::size_t record_end, bool quoted) {
        add(begin, end, quoted);
        verdict_.end = verdict_.seen = record_end;
        return true;
    }
    /// The record ends at the first line end behind the begin of the damaged cell.
    bool damaged(Damage damage, std::size_t at, std::size_t cell, std::size_t seen) {
        const std::size_t line_end = marks_.line_end(cell);
        if (line_end >= end_ && !last_) return stuck();
        verdict_.damage = damage;
        verdict_.damage_at = at;
        verdict_.end = std::min(line_end + 1, end_);
        verdict_.seen = std::max(seen, verdict_.end);
        return true;
    }
    bool stuck() {
        verdict_.kind = over_ ? Verdict::Kind::too_long : Verdict::Kind::open;
        return true;
    }

    Marks& marks_;
    const char* data_;
    std::size_t begin_;
    const Format& format_;
    std::vector<Field>* fields_;
    bool over_; // there are more bytes than a record may have
    bool last_;
    std::size_t end_;
    Verdict verdict_;
};

} // namespace

Verdict decide(Marks& marks, const char* data, std::size_t begin, std::size_t size, bool last,
               const Format& format, std::vector<Field>* fields) {
    return Walk(marks, data, begin, size, last, format, fields).run();
}

} // namespace callscrub::csv
