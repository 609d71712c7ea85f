/// A row as the readers of facts see it: the canonical columns' texts.
#pragma once
#include "facts/columns.h"

namespace callscrub::facts {

/// Views live as long as the row does. A column that the file lacks is "".
struct Cells {
    std::array<std::string_view, column_count> text;
    std::uint64_t unreadable = 0; ///< bit per column: the cell holds NUL or bytes that are no text

    std::string_view operator[](Column column) const { return text[static_cast<std::size_t>(column)]; }
    std::string_view& operator[](Column column) { return text[static_cast<std::size_t>(column)]; }
    bool is_unreadable(Column column) const { return (unreadable >> static_cast<unsigned>(column)) & 1U; }
};

} // namespace callscrub::facts
