/// The law as resolved values: what a rule pack says once the policy switches are applied. Immutable, shared by
/// all threads. Days are civil days in the jurisdiction's zone; ranges are inclusive at both ends.
#pragma once
#include "facts/day.h"
#include "facts/kinds.h"
#include "facts/phone.h"
#include "facts/zone.h"
#include "law/policy.h"
#include "law/reason.h"
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace callscrub::law {

using facts::Day;

/// A set of small enum values.
template <class Enum> class Set {
public:
    void add(Enum e) { bits_ |= 1U << static_cast<unsigned>(e); }
    bool has(Enum e) const { return (bits_ >> static_cast<unsigned>(e)) & 1U; }
    bool empty() const { return bits_ == 0; }

private:
    std::uint32_t bits_ = 0;
};

/// A number of the law, and the policy switch that sets it, if one does.
struct Amount {
    int value = 0;
    std::string by; ///< name of the switch; "" = the pack states the number itself

    Amount() = default;
    Amount(int number, std::string by_switch = {}) : value(number), by(std::move(by_switch)) {}
    operator int() const { return value; }
};

/// Where a value of the law comes from. Every value of a pack has one.
struct Citation {
    std::string article; ///< as it is cited in reports
    std::string source;  ///< title of the source
    std::string where;   ///< address of the source, for people
    Day checked = facts::day_min;
    int certainty = 0;   ///< per cent
    std::string when;    ///< "switch=word" on which the value hangs; "" = it always holds
};

/// The kind of record that a basis stands on.
enum class Needs : std::uint8_t { nothing, consent, request, publication, relation };

/// Conditions that a relation must meet, as far as the rule asks for them; the order of checks is the contract's.
enum class Condition : std::uint8_t { paid, number_from_customer, informed, objection_offered, similar };

/// A length of time after an event. months or days, never both; `unlimited`: no end.
struct Term {
    bool unlimited = true;
    Amount months;
    Amount days;
    Set<facts::RelationKind> renewed_by; ///< relations with the same entity whose first day starts the term anew
    Day in_force_from = facts::day_min;  ///< before this day there was no end
    Citation citation;
};

/// A register that the law knows, and how it acts.
struct Register {
    std::string name;
    std::uint8_t id = 0;    ///< index into Rulebook::register_names()
    Amount grace_days;      ///< a listing binds from this many days after its day
    Citation citation;      ///< of what a listing does
    Amount max_age_days;    ///< the export may be this old on the day of the run; 0 = no rule
    Citation freshness;     ///< of that age
};

/// How a basis fares when the number is listed.
enum class ListingBeats : std::uint8_t {
    always,           ///< the basis falls
    earlier_or_same,  ///< the basis falls unless its record is strictly later than the listing
};
struct RegisterEffect {
    std::uint8_t register_index = 0; ///< into Regime::registers
    ListingBeats beats = ListingBeats::always;
};

/// Words for one kind of product, for rules that are for such products only or not for them.
struct ProductGroup {
    std::string name;
    std::vector<std::string> words; ///< as written in the pack; compared folded; the name is one of them
    std::string says;
};

/// One way to be allowed to call, in the order of the law.
struct BasisRule {
    std::string id;
    Basis basis = Basis::none;
    Needs needs = Needs::nothing;
    Set<facts::Party> parties;
    Set<facts::CallerType> callers;
    bool names_callers = false; ///< the rule is for certain callers only
    Set<facts::Purpose> purposes;
    Set<facts::LineType> lines;
    std::vector<std::string> products, not_products; ///< of the row; folded; empty = any
    std::vector<std::string> product_groups, not_product_groups; ///< the same by the names of their groups
    bool given_in_contract = false;  ///< a consent given during a relation that meets what follows, and as long as it does
    Set<facts::RelationKind> kinds;  ///< for relations
    Set<Condition> conditions;
    Day objection_waived_before = facts::day_min; ///< relations that started before need not have been offered objection
    Citation waiver;                 ///< of that day
    Term term;                       ///< after the end of the relation
    std::string no_term;             ///< why there is none
    std::vector<RegisterEffect> registers;
    Citation citation;
};

/// Limits on how often somebody is called.
struct CallLimits {
    Amount max_calls; ///< within `within_days` days up to and including the day judged; 0 = no cap
    Amount within_days;
    Amount pause_days_after_refusal;
    Citation citation;
};

/// What would be law under another policy: kept for people, the engine knows nothing of it.
struct Dormant {
    std::string says;
    Citation citation;  ///< `when` names the switch
    bool warns = false; ///< under this policy its failure is told, see Doubt
};

/// A condition on consents that only warns: its switch stands at the word "warn". A consent that fails it carries calls
/// like any other, and whoever relies on it is told.
struct Doubt {
    Reason reason{};          ///< that failing it would give: not_verified or consent_stale
    Day from = facts::day_min; ///< asked from this day on
    Amount months;            ///< the age limit of consent_stale
    Citation citation;        ///< `when` names the switch and the word that rejects
    std::uint8_t id = 0;      ///< the same for one reason throughout a law, below doubt_limit; filled by Rulebook
};
inline constexpr std::size_t doubt_limit = 64; ///< over all laws: sets of them are bits

struct Regime {
    std::string id;
    Day from = facts::day_min, until = facts::day_max;
    std::string says;                ///< one English sentence for people
    bool any_channel = false;        ///< one declaration may cover several channels
    bool caller_id_required = true;
    bool machine_needs_consent = true;
    Day verification_from = facts::day_max; ///< consents must be verified with the person from this day on
    Citation verification;
    Amount stale_months;             ///< consents without period, unused for longer, are stale; 0 = never
    Citation stale;
    int request_calls = 1;           ///< calls that use up a request
    std::string gap_before;          ///< why no rule was in force just before; "" = no gap
    CallLimits calls;
    std::vector<Register> registers;
    std::vector<BasisRule> bases;
    std::vector<BasisRule> dormant_bases; ///< would be bases under another policy
    std::vector<Dormant> dormant;
    std::vector<Doubt> doubts;            ///< asked of the consent that carries a call
    BasisRule service;               ///< for calls that are no advertising
    std::map<Reason, Citation> cites; ///< for noes and campaign reasons
    Citation citation;
};

/// How long evidence must be kept; years = 0: no rule.
struct Retention {
    int years = 0;
    bool from_each_use = false;
    Citation citation;
};

/// The law of one country over time.
struct Jurisdiction {
    facts::Region region;
    std::string id;                   ///< "NL"
    std::map<std::string, std::string> names; ///< language → name
    std::vector<std::string> also;    ///< other spellings in data, folded
    std::string zone_name;
    std::shared_ptr<const facts::Zone> zone;
    std::string version;
    std::string sha256;               ///< of the pack's text; filled by whoever loads files
    std::string month_arithmetic;     ///< "clamp"
    std::vector<Switch> switches;     ///< declared by this pack
    std::vector<ProductGroup> products;
    std::vector<Regime> regimes;      ///< by day, no overlap
    std::vector<std::string> notes;
    Retention retention;

    /// The regime in force on a day, or nullptr.
    const Regime* on(Day day) const;
};

} // namespace callscrub::law
