/// A slow, plain twin of the engine, for tests: it reads the contract anew and judges one day at a time over
/// the facts as they stand in a case. It shares no code with src/verdict and src/history; the law's resolved
/// values, the calendar and the reading of numbers are taken from law and facts, which have tests of their
/// own.
#pragma once
#include "law/rulebook.h"
#include "verdict/cases.h"
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace callscrub::twin {

using facts::Day;

/// When something happened: its civil day, and if a time was stated the readings of it, in UTC milliseconds.
struct Event {
    bool dated = false, timed = false;
    Day day = 0;
    std::int64_t early = 0, late = 0;
};
/// `text`: "2024-03-31", "2024-03-31T02:30", "2024-03-31T02:30:00+02:00", …; "" = not dated.
Event read_event(const std::string& text, const facts::Zone& zone);

/// Whether the yes came after the no: the same instant, and the same day with a time missing, are the no's.
bool later(const Event& yes, const Event& no);

/// Whom a row is about; "" = not stated.
struct Who {
    std::string number, person;
};
using Names = std::set<std::string>;

struct Permission {
    Who who;
    std::string status, channel, valid_until, contract, id;
    Names entities, products;
    Event given, verified;
    bool evidence = false;
};
struct Relation {
    Who who;
    std::string contract, kind, status, paid, number_source, informed, objection_offered;
    Names entities, products;
    Event start;
    std::optional<Day> end; ///< last day on which it is active, as stated
};
struct No {
    Who who;
    Names entities;
    std::string channel;
    Event at;
    bool withdrawal = false;
};
struct Suppression {
    Who who;
    Names entities;
    std::optional<Day> since, until;
};
struct Listing {
    Who who;
    std::string name;
    Event at;
};
struct Call {
    Who who;
    Event at;
    Names ids;
    bool refused = false;
};

/// A case as the twin sees it.
struct World {
    Who contact;
    std::string party, product, entity;
    Names similar;
    facts::LineType line = facts::LineType::unknown;
    facts::CallerType caller = facts::CallerType::commercial;
    facts::Purpose purpose = facts::Purpose::sales;
    bool automatic = false, caller_id_shown = true;
    std::vector<Permission> permissions;
    std::vector<Relation> relations;
    std::vector<No> noes;
    std::vector<Suppression> suppressions;
    std::vector<Listing> listings;
    std::vector<Call> calls;
};
World world_of(const verdict::Case& one, const law::Jurisdiction& law, const law::Policy& policy,
               const facts::PhoneReader& phones);

struct DayAnswer {
    bool callable = false;
    law::Basis basis = law::Basis::none;
    law::Reason reason{}; ///< the first one, if not callable
};

struct Answer {
    bool clean = false;
    law::Basis basis = law::Basis::none;
    law::Reason reason{};
    std::optional<Day>
        until; ///< last day of the unbroken run; nothing: it went beyond the horizon, or there is none
    bool beyond = false; ///< the run went beyond the horizon
};

/// Judges one case under one law. References are not owned.
class Twin {
public:
    Twin(const World& world, const law::Jurisdiction& law, const law::Policy& policy)
        : world_(world), law_(law), policy_(policy) {}

    DayAnswer judge(Day day) const;
    /// Walks from `from` to `until` and on to the end of the run, at most `horizon` days beyond `until`.
    Answer decide(Day from, Day until, int horizon) const;

private:
    using Miss = std::optional<law::Reason>; ///< nothing: the record passes every check

    bool open_to_contact(const law::BasisRule& rule) const;
    bool open(const law::BasisRule& rule) const;
    bool on_record(const Who& who) const;
    bool other_person(const Who& who) const;
    bool is_own(const Names& entities) const { return entities.contains(world_.entity); }
    bool own_or_none(const Names& entities) const { return entities.empty() || is_own(entities); }

    Miss consent_miss(const Permission& one, const law::Regime& regime, Day day) const;
    bool expired(const Permission& one, Day day) const;
    bool stale(const Permission& one, const law::Regime& regime, Day day) const;
    bool used(const Permission& one, const law::Regime& regime, Day day) const;
    Day fresh_until(const Permission& one, Day day, int months) const;

    Miss relation_miss(const Relation& one, const law::BasisRule& rule, Day day) const;
    bool within_term(const Relation& one, const law::BasisRule& rule, Day day) const;
    bool end_is_missing(const Relation& one) const;
    std::optional<Day> last_active(const Relation& one) const; ///< nothing: running
    bool given_in_contract(const Permission& one, const law::BasisRule& rule, Day day) const;

    bool was_made(const No& no, Day day) const;
    bool has_rule(const Permission& one, const law::Regime& regime) const;
    bool answers_every_no(const Permission* one, Day day) const;
    bool may_answer(const Permission& one, Day day) const;
    bool stands(const No& no, const law::Regime& regime, Day day) const;
    bool falls(const law::BasisRule& rule, const law::Regime& regime, const Event& given, Day day) const;
    /// Whether some record carries the rule; `fell`: one would but for a listing.
    bool holds(const law::BasisRule& rule, const law::Regime& regime, Day day, bool& fell) const;

    DayAnswer judge_service(Day day) const;
    bool suppressed(Day day) const;
    bool over_cap(const law::Regime& regime, Day day) const;
    bool pausing(const law::Regime& regime, Day day) const;
    Miss no_of(const law::Regime& regime, Day day, bool fell) const;
    Miss nearest_consent(const law::Regime& regime, Day day) const;
    Miss nearest_relation(const law::Regime& regime, Day day) const;

    const World& world_;
    const law::Jurisdiction& law_;
    const law::Policy& policy_;
};

} // namespace callscrub::twin
