#include "facts/headers.h"
#include "base/table.h"
#include "base/text.h"
#include "embedded/words.h"
#include "facts/word_key.h"
#include <algorithm>

namespace callscrub::facts {

namespace {

using Row = std::array<std::string, 3>; // kind (or * for all that have the column), column, header

constexpr std::array<std::string_view, 6> kind_names = {"list",     "consents",  "relations",
                                                        "suppress", "registers", "calls"};

[[noreturn]] void broken(const Row& row, const char* what) {
    throw base::Failure(base::Exit::internal,
                        "words/headers.csv: " + row[0] + "," + row[1] + "," + row[2] + ": " + what);
}

const std::vector<Row>& table() {
    static const std::vector<Row> rows = [] {
        for (const auto& file : embedded_words())
            if (file.name == "headers.csv")
                return base::read_table<3>(file.name, file.text, {"kind", "column", "header"});
        throw base::Failure(base::Exit::internal, "the program lacks its table words/headers.csv");
    }();
    return rows;
}

} // namespace

Headers::Headers(FileKind kind) {
    const auto columns = columns_of(kind);
    for (const auto& row : table()) {
        const auto column = column_of(row[1]);
        if (!column) broken(row, "there is no such column");
        const bool known_here = std::find(columns.begin(), columns.end(), *column) != columns.end();
        if (row[0] == "*" ? !known_here : row[0] != kind_names[static_cast<std::size_t>(kind)]) continue;
        if (!known_here) broken(row, "this kind of file has no such column");
        const auto [at, fresh] = by_key_.try_emplace(header_key(row[2]), *column);
        if (!fresh) broken(row, "this header is there already");
        spelled_[static_cast<std::size_t>(*column)].push_back(row[2]);
    }
}

const Headers& Headers::of(FileKind kind) {
    static const std::array<Headers, 6> all = {Headers(FileKind::list),      Headers(FileKind::consents),
                                               Headers(FileKind::relations), Headers(FileKind::suppress),
                                               Headers(FileKind::registers), Headers(FileKind::calls)};
    return all[static_cast<std::size_t>(kind)];
}

std::optional<Column> Headers::find(const std::string& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? std::nullopt : std::optional(found->second);
}

std::string mapping(Column column, std::string_view header) {
    return "columns." + std::string(name(column)) + " = [\"" + base::quoted(header) + "\"]";
}

} // namespace callscrub::facts
