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
/// The canonical columns that a kind of file may have, and those it must have (phone or, for consents and relations,
/// phone or person_id; status for consents …).
std::span<const Column> columns_of(FileKind kind);
bool is_date(Column column);

/// Where the canonical columns stand in a file.
struct ColumnMap {
    std::array<int, column_count> at;      ///< index of the header, from 0; -1 = the file has none
    std::vector<std::size_t> phones;       ///< all phone columns, in order of the header; at[phone] is the first
    std::vector<std::size_t> unused;       ///< headers that mean nothing to us
    std::vector<std::string> remarks;      ///< for check: which header was taken for what, and why
    ColumnMap() { at.fill(-1); }
    int operator[](Column column) const { return at[static_cast<std::size_t>(column)]; }
    bool has(Column column) const { return (*this)[column] >= 0; }
};

/// What the user stated: canonical name → header names in order; and constants, which stand for a column.
using StatedColumns = std::map<std::string, std::vector<std::string>>;
using StatedConstants = std::map<std::string, std::string>;

/// Finds the columns: first as stated, then by canonical names, then by their English, German and Dutch synonyms
/// (words/headers.csv). Failure (input, place) when a needed column is missing, a stated header is not there, or two
/// headers could both be meant; it lists the headers found and says what to state.
ColumnMap find_columns(FileKind kind, std::span<const std::string> headers, const StatedColumns& stated,
                       const StatedConstants& constants, const base::Place& place);

/// For files without a header: the columns as stated (names are "1", "2", …), or, with nothing stated and one column,
/// the phone.
} // namespace callscrub::facts
