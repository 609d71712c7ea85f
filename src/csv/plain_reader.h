/// The slow, plain twin of Reader and Records: the oracle of their tests. It holds the whole text, knows no
/// blocks, joins line to line until a record is complete, and lets fast-cpp-csv-parser find and unescape
/// the cells.
#pragma once
#include "csv/records.h"
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::csv {

struct PlainRecord {
    std::string raw; ///< with its line end
    std::uint64_t line = 0;
    std::uint64_t offset = 0;
    Damage damage = Damage::none;
    std::vector<std::string> cells; ///< unescaped; empty if the quotes are damaged
    friend bool operator==(const PlainRecord&, const PlainRecord&) = default;
};

/// All records of `text`, empty lines left out. Quotes are '"', the delimiter is one of , ; tab | and there
/// is no escape. `columns`: cells per record, 0 = any number. Unclosed quotes are set aside; a record has
/// no limit.
std::vector<PlainRecord> plain_read(std::string_view text, char delimiter, std::size_t columns);

} // namespace callscrub::csv
