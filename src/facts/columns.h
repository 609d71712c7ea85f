/// Which columns of a file are the canonical ones of the contract.
#pragma once
#include "base/failure.h"
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::facts {

/// Every canonical column of every kind of file.
enum class Column : std::uint8_t {
    phone,
    person_id,
    party,
    country,
    product,
    lead_id,
    channel,
    status,
    entity,
    timestamp,
    valid_until,
    contract_id,
    evidence,
    verified_at,
    consent_id,
    source,
    kind,
    start,
    end,
    paid,
    number_source,
    informed,
    objection_offered,
    objected_at,
    since,
    until,
    reason,
    listed_at,
    called_at,
    request_id,
    outcome,
};
inline constexpr std::size_t column_count = static_cast<std::size_t>(Column::outcome) + 1;

/// What kind of file it is.
enum class FileKind : std::uint8_t { list, consents, relations, suppress, registers, calls };

/// "person_id"; and back.
std::string_view name(Column column);
std::optional<Column> column_of(std::string_view name);
/// The canonical columns that a kind of file may have, and those it must have (phone or, for consents and
/// relations, phone or person_id; status for consents …).
std::span<const Column> columns_of(FileKind kind);
bool is_date(Column column);

/// A phone column that is put together from several cells of its row: country or area code and number.
struct PhoneJoin {
    std::size_t at = 0;              ///< the last cell, which holds the number itself and stands for the column
    std::vector<std::size_t> before; ///< the cells in front of it; may be empty if only a + is missing
    bool plus = false;               ///< what the cells give together begins with a country code
};

/// No column of a consent file says to whom consent was given.
struct Nameless {
    std::string header;  ///< quoted, of a column that may say it; "" = there is none
    std::string setting; ///< with which that is stated
};

/// Where the canonical columns stand in a file.
struct ColumnMap {
    std::array<int, column_count> at; ///< index of the header, from 0; -1 = the file has none
    std::vector<std::size_t> phones;  ///< all phone columns, in order of the header; at[phone] is the first
    std::vector<PhoneJoin> joins;     ///< of those phone columns that are more than one cell
    std::vector<std::size_t> unused;  ///< headers that mean nothing to us
    std::vector<std::size_t> numbers; ///< of these, columns that look like telephone numbers; for who has seen the rows
    std::vector<std::string> remarks; ///< for check: which header was taken for what, and why
    std::optional<Nameless> nameless; ///< a remark says it as well
    ColumnMap() { at.fill(-1); }
    int operator[](Column column) const { return at[static_cast<std::size_t>(column)]; }
    bool has(Column column) const { return (*this)[column] >= 0; }
};

/// Whether what stands in a header is a phone number, so that the line is none.
bool is_number(std::string_view header);

/// Whether a cell of digits is a day as people write it: 01.03.2025 could be a number of Berlin.
bool is_day(std::string_view cell);

/// What the user stated: canonical name → header names in order; and constants, which stand for a column.
using StatedColumns = std::map<std::string, std::vector<std::string>>;
using StatedConstants = std::map<std::string, std::string>;

/// Finds the columns: first as stated, then by canonical names (case, blanks, `_` and `-` do not matter),
/// then by their English, German and Dutch synonyms (words/headers.csv).
/// - Of the headers stated for a column the first one found counts; at least one must be there. All phones
///   stated are taken; of a list's phones all must be there. No header stated: the file has no such column.
/// - A phone may be stated as a sum of headers: "area+number" are two cells joined, "+code+number" the same
///   with a + in front, "+number" a number whose + is missing.
/// - A constant stands for its column: no header is looked for. A number can be no constant.
/// - Two headers that could both be meant stop the run, but in a list all phone columns count.
/// - A file of one column may hold numbers under any name (suppress, registers; without a header row also
/// lists).
///   Without a header row the names are "1", "2", ….
/// Failure (input, place) when a needed column is missing, a stated header is not there, two headers could
/// both be meant, or the first line is no header but a number; it lists the headers found and says what to
/// state. Failure (usage) when a statement itself is wrong: an unknown column, or a column stated twice over.
ColumnMap find_columns(FileKind kind, std::span<const std::string> headers, const StatedColumns& stated,
                       const StatedConstants& constants, const base::Place& place);

} // namespace callscrub::facts
