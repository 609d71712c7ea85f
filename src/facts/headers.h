/// The headers by which files call our columns: words/headers.csv.
#pragma once
#include "facts/columns.h"
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace callscrub::facts {

/// The synonyms for the columns of one kind of file. Built once, then read by all.
class Headers {
public:
    static const Headers& of(FileKind kind);

    /// The column that a header (by its header_key) is a synonym of.
    std::optional<Column> find(const std::string& key) const;
    /// The synonyms of a column as people write them, in the order of the table.
    const std::vector<std::string_view>& synonyms(Column column) const {
        return spelled_[static_cast<std::size_t>(column)];
    }

private:
    explicit Headers(FileKind kind);
    std::unordered_map<std::string, Column> by_key_;
    std::array<std::vector<std::string_view>, column_count> spelled_;
};

/// How a profile says that a header is a column: columns.phone = ["Telefon"].
std::string mapping(Column column, std::string_view header);

} // namespace callscrub::facts
