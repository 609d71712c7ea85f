#include "csv/tidy.h"
#include "csv/records.h"
#include "csv/writer.h"

namespace callscrub::csv {

namespace {

class Tidy {
public:
    Tidy(Reader& reader, const Sink& clean, const Sink& rejects)
        : reader_(reader), clean_(clean), rejects_(rejects), records_(reader.format()), columns_(reader.format().columns) {}

    TidyResult run() {
        if (rejects_) rejects_("line,byte,reason,raw\n");
        if (reader_.header().present && !reader_.empty()) header();
        for (Block block; reader_.next(block);) {
            records_.reset(block);
            for (Record record; records_.next(record);) row(record);
            flush();
        }
        flush();
        result_.blank = records_.tally().blank;
        return result_;
    }

private:
    void header() {
        std::string separator;
        const std::size_t begin = out_.size();
        for (const std::string& name : reader_.header().names) {
            out_ += separator;
            append_cell(out_, name);
            separator = ",";
        }
        end_row(begin);
    }

    void row(const Record& record) {
        if (record.damage != Damage::none) return reject(record, name(record.damage));
        // Without a header, and if the first row is damaged, nobody has said yet how many cells are right.
        if (columns_ == 0) columns_ = record.fields.size();
        if (record.fields.size() != columns_)
            return reject(record, name(record.fields.size() < columns_ ? Damage::too_few : Damage::too_many));
        const std::size_t begin = out_.size();
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            const auto cell = record.utf8(i, scratch_);
            if (!cell) {
                out_.resize(begin);
                const bool nul = record.raw.find('\0') != std::string_view::npos;
                return reject(record, nul ? "nul" : "not_text");
            }
            if (i != 0) out_ += ',';
            append_cell(out_, *cell);
        }
        end_row(begin);
        ++result_.rows;
    }

    void end_row(std::size_t begin) {
        if (out_.size() == begin) out_ += "\"\""; // a single empty cell: an empty line would be no row
        out_ += '\n';
    }

    void reject(const Record& record, std::string_view reason) {
        ++result_.damaged;
        if (!rejects_) return;
        set_aside_ += std::to_string(record.line) + ',' + std::to_string(record.offset) + ',';
        set_aside_ += reason;
        set_aside_ += ',';
        if (record.encoding == Encoding::utf8) {
            append_neutral(set_aside_, record.body());
        } else {
            scratch_.clear();
            append_utf8(scratch_, record.body(), record.encoding);
            append_neutral(set_aside_, scratch_);
        }
        set_aside_ += '\n';
    }

    void flush() {
        if (!out_.empty()) clean_(out_);
        if (!set_aside_.empty()) rejects_(set_aside_);
        out_.clear();
        set_aside_.clear();
    }

    Reader& reader_;
    const Sink& clean_;
    const Sink& rejects_;
    Records records_;
    std::size_t columns_; ///< 0 = not known yet
    TidyResult result_;
    std::string out_;
    std::string set_aside_;
    std::string scratch_;
};

} // namespace

TidyResult tidy(std::unique_ptr<Source> source, const Stated& stated, const Sink& clean, const Sink& rejects,
                ReaderOptions options) {
    options.unclosed = Unclosed::set_aside;
    options.allow_empty = true;
    options.digest = false;
    const auto reader = Reader::over(std::move(source), stated, options);
    return Tidy(*reader, clean, rejects).run();
}

TidyResult tidy(const std::string& path, const Stated& stated, const Sink& clean, const Sink& rejects,
                ReaderOptions options) {
    return tidy(Source::open(path), stated, clean, rejects, options);
}

} // namespace callscrub::csv
