/// The facts about one number or one person, as the engine judges them. Everything is an integer; texts stay in the
/// files and are found again through Source. Days are civil days in the zone of the jurisdiction that judges.
#pragma once
#include "facts/day.h"
#include "facts/kinds.h"
#include "facts/phone.h"
#include <vector>

namespace callscrub::facts {

/// Where a record stands: index into the run's inputs and physical line (from 1). line 0 = no record.
struct Source {
    std::uint32_t line = 0;
    std::uint16_t file = 0;
    bool known() const { return line != 0; }
    friend auto operator<=>(const Source& a, const Source& b) {
        return a.file != b.file ? a.file <=> b.file : a.line <=> b.line;
    }
    friend bool operator==(const Source&, const Source&) = default;
};

/// How the record's entity relates to the campaign's. `unclear` may be it: a no counts, a yes does not.
enum class EntityFit : std::uint8_t { unstated, own, other, unclear };

/// How the record came to the subject. A yes needs `agrees`; a no counts with any of them.
enum class Match : std::uint8_t {
    agrees,       ///< the number agrees (or the row carries none and the person agrees), and no person contradicts
    other_person, ///< the number agrees, both sides name a person, and they differ
    person_only,  ///< the person agrees, the number is another one
};

/// Identity of a person, product set, product, consent or contract: a hash or a table index; 0 = none.
using PersonKey = std::uint64_t;
using TextKey = std::uint64_t;
using ProductId = std::uint32_t;
using ProductSetId = std::uint32_t;

struct Consent {
    Moment given;
    Day given_day = day_max;    ///< day_max: no date
    Day verified_day = day_max; ///< day_max: never
    Day last_day = day_max;     ///< of the stated period; day_min: a period is stated but can't be shown
    bool period_stated = false;
    ConsentStatus status = ConsentStatus::unknown;
    Channel channel = Channel::empty;
    EntityFit entity = EntityFit::unstated;
    Match match = Match::agrees;
    bool evidence = false;
    ProductSetId products = 0; ///< 0: names no product
    TextKey id = 0;
    Source source;
    PersonKey person = 0; ///< whom the record names; 0 = nobody
};

struct Relation {
    Day start = day_max; ///< day_max: not stated
    Day end = day_max;   ///< last active day; day_max: running
    bool end_missing = false;
    RelationKind kind = RelationKind::other;
    YesNo paid = YesNo::unknown, informed = YesNo::unknown, objection_offered = YesNo::unknown;
    bool number_from_customer = false;
    EntityFit entity = EntityFit::unstated;
    Match match = Match::agrees;
    ProductSetId products = 0;
    Source source;
};

/// An objection or a withdrawal that concerns the campaign.
struct No {
    Moment at;         ///< missing: stands always and nothing is later
    Day day = day_min; ///< first day on which it counts
    bool withdrawal = false;
    Source source;
    PersonKey person = 0;      ///< whom the record names; 0 = nobody
    bool person_only = false;  ///< it concerns the subject by its person, not by its number
};

struct Suppression {
    Day since = day_min, until = day_max;
    Source source;
};

struct Listing {
    std::uint8_t register_id = 0; ///< index into Rulebook::register_names()
    Moment at;                    ///< missing: listed always
    Day day = day_min;
    Source source;
};

struct Call {
    Moment at;
    Day day = day_min;
    CallOutcome outcome = CallOutcome::other;
    TextKey names = 0; ///< the consent or request that the call names
    Source source;
    bool to_number = true; ///< false: it only names a request of the subject
};

/// All that is known about one subject. Reused from row to row; clear() keeps the memory.
struct SubjectFacts {
    std::vector<Consent> consents; ///< opt_in, requested, published
    std::vector<Relation> relations;
    std::vector<No> noes;
    std::vector<Suppression> suppressions;
    std::vector<Listing> listings;
    std::vector<Call> calls;

    void clear() {
        consents.clear();
        relations.clear();
        noes.clear();
        suppressions.clear();
        listings.clear();
        calls.clear();
    }
    bool empty() const {
        return consents.empty() && relations.empty() && noes.empty() && suppressions.empty() && listings.empty() &&
               calls.empty();
    }
};

} // namespace callscrub::facts
