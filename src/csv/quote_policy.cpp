#include "csv/quote_policy.h"
#include "base/failure.h"
#include <limits> // libfccp/csv.h uses it without including it
#define CSV_IO_NO_THREAD
#include <libfccp/csv.h>

namespace callscrub::csv {

namespace {
template <char delimiter> const char* cell_end(const char* begin) {
    try {
        return io::double_quote_escape<delimiter, '"'>::find_next_column_end(begin);
    } catch (const io::error::escaped_string_not_closed&) {
        return nullptr;
    }
}
} // namespace

std::string_view unescape(std::string_view cell, char quote, std::string& scratch) {
    scratch.assign(cell);
    char* begin = scratch.data();
    char* end = begin + scratch.size();
    if (quote == '\'')
        io::double_quote_escape<',', '\''>::unescape(begin, end);
    else
        io::double_quote_escape<',', '"'>::unescape(begin, end);
    return {begin, static_cast<std::size_t>(end - begin)};
}

const char* find_cell_end(const char* begin, char delimiter) {
    switch (delimiter) {
    case ',':
        return cell_end<','>(begin);
    case ';':
        return cell_end<';'>(begin);
    case '\t':
        return cell_end<'\t'>(begin);
    case '|':
        return cell_end<'|'>(begin);
    default:
        throw base::Failure(base::Exit::internal, "the quote policy knows the delimiters , ; tab and | only");
    }
}

} // namespace callscrub::csv
