#include "law/reason.h"
#include <array>

namespace callscrub::law {

namespace {

constexpr std::array<std::string_view, reason_count> codes = {
    "UNREADABLE_ROW",
    "NUMBER_MISSING",
    "NUMBER_SCIENTIFIC",
    "NUMBER_TWO_IN_CELL",
    "NUMBER_INVALID",
    "NUMBER_NOT_DIALLABLE",
    "JURISDICTION_UNKNOWN",
    "NO_RULE_IN_FORCE",
    "CALLER_ID_WITHHELD",
    "MACHINE_NEEDS_CONSENT",
    "OBJECTION",
    "CONSENT_WITHDRAWN",
    "SUPPRESSED",
    "REGISTER_LISTED",
    "CALL_CAP",
    "REFUSAL_PAUSE",
    "CONSENT_CHANNEL_MISMATCH",
    "CONSENT_ENTITY_MISMATCH",
    "CONSENT_SCOPE",
    "PERSON_MISMATCH",
    "NO_EVIDENCE",
    "NOT_VERIFIED",
    "NOT_YET_GRANTED",
    "CONSENT_EXPIRED",
    "CONSENT_STALE",
    "REQUEST_USED",
    "CUSTOMER_EXCEPTION_NONE",
    "CUSTOMER_EXCEPTION_ENDED",
    "CALLER_TYPE_NOT_EXEMPT",
    "RELATION_OTHER_ENTITY",
    "RELATION_KIND_NOT_LISTED",
    "NO_SALE",
    "PERSON_MISMATCH",
    "NUMBER_NOT_FROM_SALE",
    "NOT_INFORMED",
    "OBJECTION_NOT_OFFERED",
    "NOT_SIMILAR",
    "NOT_YET_STARTED",
    "END_DATE_MISSING",
    "TERM_EXPIRED",
    "NO_BASIS",
    "LAPSES_IN_WINDOW",
    "DUPLICATE",
};

constexpr std::array<std::string_view, basis_count> bases = {
    "",
    "explicit_consent",
    "customer_relationship",
    "charity_relationship",
    "publisher_relationship",
    "lottery_relationship",
    "requested_communication",
    "published_number",
    "presumed_consent_b2b",
    "running_contract",
    "not_restricted",
};

} // namespace

std::string_view code(Reason reason) { return codes[static_cast<std::size_t>(reason)]; }

std::optional<Reason> reason_of(std::string_view wanted) {
    for (std::size_t i = 0; i < codes.size(); ++i)
        if (codes[i] == wanted) return static_cast<Reason>(i);
    return std::nullopt;
}

std::string_view name(Basis basis) { return bases[static_cast<std::size_t>(basis)]; }

std::optional<Basis> basis_of(std::string_view wanted) {
    for (std::size_t i = 1; i < bases.size(); ++i)
        if (bases[i] == wanted) return static_cast<Basis>(i);
    return std::nullopt;
}

} // namespace callscrub::law
