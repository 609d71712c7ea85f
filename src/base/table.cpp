#include "base/table.h"
#include "base/failure.h"
#include <limits> // libfccp/csv.h uses it without including it
#include <utility>
#define CSV_IO_NO_THREAD
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstringop-truncation" // it cuts file names and terminates them itself
#include <libfccp/csv.h>
#pragma GCC diagnostic pop

namespace callscrub::base {

namespace {

[[noreturn]] void broken(std::string_view name, const std::string& what, Exit code) {
    std::string text = code == Exit::internal ? "the built-in table " : "the table ";
    text += name;
    text += code == Exit::internal ? " is damaged: " : " can't be read: ";
    throw Failure(code, text + what);
}

template <std::size_t N>
using TableReader = io::CSVReader<N, io::trim_chars<' ', '\t'>, io::double_quote_escape<',', '"'>,
                                  io::throw_on_overflow, io::empty_line_comment>;

template <std::size_t N, std::size_t... I>
std::vector<std::array<std::string, N>>
read_rows(TableReader<N>& reader, const std::array<std::string, N>& columns, std::index_sequence<I...>) {
    reader.read_header(io::ignore_no_column, columns[I]...);
    std::vector<std::array<std::string, N>> rows;
    for (std::array<std::string, N> row; reader.read_row(row[I]...);) rows.push_back(row);
    return rows;
}

} // namespace

template <std::size_t N>
std::vector<std::array<std::string, N>> read_table(std::string_view name, std::string_view text,
                                                   const std::array<std::string_view, N>& columns, Exit code) {
    // The library's limits: a NUL ends a line, and beyond its buffer of 32 MiB it needs a thread.
    if (text.find('\0') != text.npos) broken(name, "it holds NUL", code);
    if (text.size() > (std::size_t{1} << 24)) broken(name, "it is larger than 16 MiB", code);
    std::string copy(text); // without a last line end it would look at the byte behind the text
    if (!copy.ends_with('\n')) copy += '\n';
    std::array<std::string, N> names;
    for (std::size_t i = 0; i < N; ++i) names[i] = columns[i];
    try {
        TableReader<N> reader(std::string(name), copy.data(), copy.data() + copy.size());
        return read_rows<N>(reader, names, std::make_index_sequence<N>());
    } catch (const io::error::base& error) {
        broken(name, error.what(), code);
    }
}

#define CALLSCRUB_TABLE(N)                                                                                   \
    template std::vector<std::array<std::string, (N)>> read_table<(N)>(                                      \
        std::string_view, std::string_view, const std::array<std::string_view, (N)>&, Exit)
CALLSCRUB_TABLE(1);
CALLSCRUB_TABLE(2);
CALLSCRUB_TABLE(3);
CALLSCRUB_TABLE(4);
CALLSCRUB_TABLE(5);
CALLSCRUB_TABLE(6);
CALLSCRUB_TABLE(7);
CALLSCRUB_TABLE(8);
#undef CALLSCRUB_TABLE

} // namespace callscrub::base
