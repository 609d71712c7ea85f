/// Why a row is rejected and what lets it be called: the codes of the contract. Codes never change; texts in three
/// languages are in report/texts.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace callscrub::law {

/// In the contract's order: within a group an earlier code speaks first; among nearest misses (consent…, relation…)
/// the later check is the nearer miss. PERSON_MISMATCH stands twice, once for each kind of record.
enum class Reason : std::uint8_t {
    // the row
    unreadable_row,
    number_missing,
    number_scientific,
    number_two_in_cell,
    number_invalid,
    number_not_diallable,
    jurisdiction_unknown,
    no_rule_in_force,
    // the campaign
    caller_id_withheld,
    machine_needs_consent,
    // a no
    objection,
    consent_withdrawn,
    suppressed,
    register_listed,
    call_cap,
    refusal_pause,
    // nearest miss among consents, by the check that failed
    consent_channel_mismatch,
    consent_entity_mismatch,
    consent_scope,
    consent_person_mismatch,
    no_evidence,
    not_verified,
    not_yet_granted,
    consent_expired,
    consent_stale,
    request_used,
    // nearest miss among relations
    customer_exception_none,
    customer_exception_ended,
    caller_type_not_exempt,
    relation_other_entity,
    relation_kind_not_listed,
    no_sale,
    relation_person_mismatch,
    number_not_from_sale,
    not_informed,
    objection_not_offered,
    not_similar,
    not_yet_started,
    end_date_missing,
    term_expired,
    // nothing at all
    no_basis,
    // the window and the list
    lapses_in_window,
    duplicate,
};
inline constexpr std::size_t reason_count = static_cast<std::size_t>(Reason::duplicate) + 1;

constexpr bool is_consent_miss(Reason r) { return r >= Reason::consent_channel_mismatch && r <= Reason::request_used; }
constexpr bool is_relation_miss(Reason r) { return r >= Reason::customer_exception_none && r <= Reason::term_expired; }

/// "CONSENT_EXPIRED".
std::string_view code(Reason reason);
/// The first reason with that code; nothing for an unknown code.
std::optional<Reason> reason_of(std::string_view code);

/// What lets a row be called.
enum class Basis : std::uint8_t {
    none,
    explicit_consent,
    customer_relationship,
    charity_relationship,
    publisher_relationship,
    lottery_relationship,
    requested_communication,
    published_number,
    presumed_consent_b2b,
    running_contract,
    not_restricted,
};
inline constexpr std::size_t basis_count = static_cast<std::size_t>(Basis::not_restricted) + 1;

/// "explicit_consent"; "" for none.
std::string_view name(Basis basis);
std::optional<Basis> basis_of(std::string_view name);

} // namespace callscrub::law
