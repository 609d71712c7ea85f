#include "report/reread.h"
#include "base/failure.h"

namespace callscrub::report {

csv::Stated stated_form(const ManifestList& list) {
    csv::Stated out;
    if (list.delimiter.size() == 1) out.delimiter = list.delimiter.front();
    if (list.quote.size() == 1) out.quote = list.quote.front();
    out.encoding = csv::read_encoding(list.encoding);
    return out;
}

OutputRows::OutputRows(const std::string& path, const csv::Stated& stated) : path_(path) {
    csv::ReaderOptions options;
    options.unclosed = csv::Unclosed::set_aside;
    options.allow_empty = true;
    options.digest = false;
    reader_ = csv::Reader::open(path, stated, options);
    records_ = std::make_unique<csv::Records>(reader_->format());
    if (!reader_->empty()) scratch_.resize(reader_->header().names.size());
}

bool OutputRows::next() {
    if (reader_->empty()) return false;
    while (!records_->next(record_)) {
        csv::Block block;
        if (!reader_->next(block)) return false;
        records_->reset(block);
    }
    return true;
}

std::string_view OutputRows::cell(std::size_t column) {
    if (column >= record_.fields.size() || column >= scratch_.size()) return {};
    const auto text = record_.utf8(column, scratch_[column]);
    return text ? *text : record_.text(column, scratch_[column]);
}

std::size_t OutputRows::column(std::string_view name) const {
    if (!reader_->empty()) {
        const auto& names = reader_->header().names;
        for (std::size_t i = names.size(); i > 0; --i)
            if (names[i - 1] == name) return i - 1;
    }
    throw base::Failure(base::Exit::input, base::Place{path_, 1, 0},
                        "has no column '" + std::string(name) +
                            "'; it is not an output of callscrub, or was edited");
}

} // namespace callscrub::report
