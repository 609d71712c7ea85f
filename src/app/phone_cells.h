/// The text of a phone column: one cell of the row, or several of them joined.
#pragma once
#include "csv/records.h"
#include "facts/phone_join.h"
#include <optional>
#include <string>
#include <string_view>

namespace callscrub::app {

/// One thread.
class PhoneCells {
public:
    /// `columns` outlives it.
    explicit PhoneCells(const facts::ColumnMap& columns) : columns_(columns) {}

    /// What stands for the number in `column` (one of columns.phones); nothing if it is no text. The view is
    /// good until the next call or the end of the record's block.
    std::optional<std::string_view> read(const csv::Record& record, std::size_t column) {
        if (columns_.joins.empty()) return record.utf8(column, scratch_);
        return read_join(record, column);
    }

private:
    std::optional<std::string_view> read_join(const csv::Record& record, std::size_t column);

    const facts::ColumnMap& columns_;
    std::string scratch_, part_, code_, joined_;
};

} // namespace callscrub::app
