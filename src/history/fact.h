/// A fact as it is kept: 24 bytes, no pointer. What many facts have in common stands once in Terms.
#pragma once
#include "facts/facts.h"
#include <cstring>

namespace callscrub::history {

/// Numbers, persons and request names share one space of 50 bits; the kind of the fact keeps them apart.
enum class FactKind : std::uint8_t {
    permission,        ///< opt_in, requested, published, by number
    permission_person, ///< the same in a row without any number, by person
    no,                ///< by number
    no_person,         ///< by person
    relation,          ///< by number
    suppression,       ///< by number
    suppression_person,
    listing,           ///< by number
    call,              ///< by number
    call_name,         ///< by the name of the request it answers
    // A row that became no fact under this key, so that it can be found again (Gathering::trace). They say nothing.
    aside,          ///< by number
    aside_person,   ///< by person
    aside_contract, ///< a relation, by its contract
};

/// Whether the key of such a fact is a number.
constexpr bool is_by_number(FactKind kind) {
    using enum FactKind;
    return kind == permission || kind == no || kind == relation || kind == suppression || kind == listing || kind == call || kind == aside;
}

inline constexpr unsigned key_bits = 50;
inline constexpr std::uint64_t key_mask = (std::uint64_t{1} << key_bits) - 1;

/// Key of a number: itself. Keys of texts (persons, names of requests): the low bits of their hash.
constexpr std::uint64_t key_of(facts::Number number) { return number & key_mask; }

/// Spreads keys evenly; partition and bucket are taken from its top bits.
constexpr std::uint64_t spread(std::uint64_t key) {
    key *= 0x9E3779B97F4A7C15ULL;
    key ^= key >> 32;
    return key * 0xD6E8FEB86659FD93ULL;
}

/// Index of a Terms in the table.
using TermsId = std::uint32_t;

struct Fact {
    std::uint64_t key : key_bits;
    std::uint64_t kind : 4;
    std::uint64_t file : 10;
    std::uint64_t time : 46;      ///< milliseconds, biased by 2^45
    std::uint64_t time_kind : 2;  ///< facts::Moment::Kind
    std::uint64_t until : 16;     ///< last day of a period, relation or suppression, counted from `first_until`; no_until: see Terms
    std::uint32_t line;
    TermsId terms;

    static constexpr std::uint64_t bias = std::uint64_t{1} << 45;

    static constexpr facts::Day first_until = 7305; ///< 1990-01-01
    static constexpr std::uint64_t no_until = 0xFFFF;

    /// Without terms. Put together as two words: bit fields that are set one by one are read back each time.
    static Fact of(FactKind kind, std::uint64_t key, const facts::Moment& at, std::uint64_t until, facts::Source source) {
        constexpr std::int64_t most = std::int64_t{1} << 45;
        const std::int64_t ms = at.ms < -most ? -most : at.ms >= most ? most - 1 : at.ms;
        const std::uint64_t words[2] = {
            (key & key_mask) | static_cast<std::uint64_t>(kind) << key_bits | std::uint64_t{source.file} << (key_bits + 4),
            static_cast<std::uint64_t>(ms + most) | static_cast<std::uint64_t>(at.kind) << 46 | until << 48};
        Fact out;
        std::memcpy(static_cast<void*>(&out), words, sizeof words);
        out.line = source.line;
        out.terms = 0;
        return out;
    }
    facts::Moment moment() const {
        return {static_cast<std::int64_t>(time) - static_cast<std::int64_t>(bias), static_cast<facts::Moment::Kind>(time_kind)};
    }
    FactKind fact_kind() const { return static_cast<FactKind>(kind); }
    facts::Source source() const { return {line, static_cast<std::uint16_t>(file)}; }
};
static_assert(sizeof(Fact) == 24);
inline constexpr std::size_t most_files = 1024;

/// A period as a consent states it.
enum class Period : std::uint8_t { none, until_day, contract_years, contract_months, contract_days };

/// What many facts have in common. Compared as bytes, so every byte is set.
struct Terms {
    facts::TextKey contract = 0; ///< of a period that hangs on a contract
    facts::TextKey name = 0;     ///< of a request, or of the request that a call answers
    std::int64_t moment_ms = 0;  ///< consent: verified at
    std::int64_t until_ms = 0;   ///< what Fact::until tells, where it has no room for it
    facts::ProductSetId products = 0;
    std::int32_t period_length = 0;
    facts::Moment::Kind moment_kind = facts::Moment::Kind::missing;
    facts::Moment::Kind until_kind = facts::Moment::Kind::missing;
    Period period = Period::none;
    facts::ConsentStatus status = facts::ConsentStatus::unknown;
    facts::Channel channel = facts::Channel::empty;
    facts::EntityFit entity = facts::EntityFit::unstated;
    facts::RelationKind relation_kind = facts::RelationKind::other;
    facts::YesNo paid = facts::YesNo::unknown;
    facts::YesNo informed = facts::YesNo::unknown;
    facts::YesNo objection_offered = facts::YesNo::unknown;
    facts::CallOutcome outcome = facts::CallOutcome::other;
    std::uint8_t register_id = 0;
    bool evidence = false;
    bool number_from_customer = false;
    bool end_missing = false;
    bool withdrawal = false;
    bool until_before = false; ///< the last day is the one before that of `until_ms`
    std::uint8_t padding[7] = {};

    bool same(const Terms& other) const { return std::memcmp(this, &other, sizeof *this) == 0; }
};
static_assert(sizeof(Terms) == 64);

} // namespace callscrub::history
