/// The text of a phone column: one cell of the row, or several of them joined.
#pragma once
#include "csv/records.h"
#include "facts/columns.h"
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

/// Joins a code and a number as facts::PhoneJoin tells it. An empty number, "0" and a number with its own +
/// stand by themselves; so does one whose code is missing, for then its region decides. The exit codes 00 and
/// 011 in front of a country code are dropped: no country code begins with 0.
std::string_view join_phone(std::string_view code, std::string_view number, const facts::PhoneJoin& join,
                            std::string& joined);

} // namespace callscrub::app
