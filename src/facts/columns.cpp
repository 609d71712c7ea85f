#include "facts/columns.h"
#include <algorithm>

namespace callscrub::facts {

namespace {

constexpr std::array<std::string_view, column_count> names = {"phone",
                                                              "person_id",
                                                              "party",
                                                              "country",
                                                              "product",
                                                              "lead_id",
                                                              "channel",
                                                              "status",
                                                              "entity",
                                                              "timestamp",
                                                              "valid_until",
                                                              "contract_id",
                                                              "evidence",
                                                              "verified_at",
                                                              "consent_id",
                                                              "source",
                                                              "kind",
                                                              "start",
                                                              "end",
                                                              "paid",
                                                              "number_source",
                                                              "informed",
                                                              "objection_offered",
                                                              "objected_at",
                                                              "since",
                                                              "until",
                                                              "reason",
                                                              "listed_at",
                                                              "called_at",
                                                              "request_id",
                                                              "outcome"};

using enum Column;

constexpr Column list_columns[] = {phone, person_id, party, country, product, lead_id};
constexpr Column consents_columns[] = {phone,    person_id,   country,    channel,     status,
                                       entity,   product,     timestamp,  valid_until, contract_id,
                                       evidence, verified_at, consent_id, source};
constexpr Column relations_columns[] = {
    phone, person_id,     country,  contract_id,       entity,     kind, product, start, end, status,
    paid,  number_source, informed, objection_offered, objected_at};
constexpr Column suppress_columns[] = {phone, person_id, country, entity, since, until, reason};
constexpr Column registers_columns[] = {phone, country, listed_at};
constexpr Column calls_columns[] = {phone, person_id, country, called_at, request_id, consent_id, outcome};

} // namespace

std::string_view name(Column column) { return names[static_cast<std::size_t>(column)]; }

std::optional<Column> column_of(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Column>(found - names.begin());
}

std::span<const Column> columns_of(FileKind kind) {
    switch (kind) {
    case FileKind::list:
        return list_columns;
    case FileKind::consents:
        return consents_columns;
    case FileKind::relations:
        return relations_columns;
    case FileKind::suppress:
        return suppress_columns;
    case FileKind::registers:
        return registers_columns;
    case FileKind::calls:
        break;
    }
    return calls_columns;
}

bool is_date(Column column) {
    switch (column) {
    case timestamp:
    case valid_until:
    case verified_at:
    case start:
    case end:
    case objected_at:
    case since:
    case until:
    case listed_at:
    case called_at:
        return true;
    default:
        return false;
    }
}

} // namespace callscrub::facts
