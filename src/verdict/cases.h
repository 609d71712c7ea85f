/// Case files: facts and what must come out, in the words of compliance people (`callscrub rules test`). The facts of
/// a case go the same way as the rows of a file: through the intake, the history and the judge.
#pragma once
#include "facts/columns.h"
#include "facts/phone.h"
#include "law/rulebook.h"
#include "verdict/timeline.h"
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace callscrub::verdict {

/// One fact of a case: canonical column → text of its cell.
struct CaseRow {
    facts::FileKind kind;
    std::string register_name;
    std::map<std::string, std::string> cells;
    base::Place place = {};
};

struct CaseExpectation {
    bool callable = false;
    std::string basis, reason;         ///< "" = not stated
    std::optional<std::string> until;  ///< ISO day, "" = no end known; nothing = not stated
};

struct Case {
    base::Place place;
    std::string id, says;
    std::string jurisdiction, entity, product;
    std::vector<std::string> similar;
    facts::CallerType caller = facts::CallerType::commercial;
    facts::Purpose purpose = facts::Purpose::sales;
    facts::Dialing dialing = facts::Dialing::human;
    bool caller_id_shown = true;
    std::string party, person_id, phone;
    std::string policy_base = "standard";
    std::vector<law::Setting> policy;
    Window window;
    std::vector<CaseRow> rows;
    CaseExpectation expect;
};

/// Reads a case file. Failure (usage) with place for unknown keys, words or tables.
std::vector<Case> read_cases(std::string_view text, const std::string& file);

/// What came out of a case.
struct CaseResult {
    bool passed = false;
    std::string expected, found; ///< for people: "rejected TERM_EXPIRED"
};

/// Judges cases; packs are read once for each set of policy switches. References outlive it.
class CaseJudge {
public:
    CaseJudge(std::span<const law::PackText> packs, const facts::PhoneReader& phones) : packs_(packs), phones_(phones) {}
    /// Failure (usage) for a case whose facts can't be read or whose law is not known.
    CaseResult judge(const Case& one);

private:
    const law::Rulebook& rules_for(const Case& one);

    std::span<const law::PackText> packs_;
    const facts::PhoneReader& phones_;
    std::map<std::string, std::unique_ptr<law::Rulebook>> rulebooks_; ///< by policy, as text
};

/// The number that a case is about unless it states one: a number of no country.
inline constexpr std::string_view case_number = "+80012345678";

/// Words of the campaign; nothing for an unknown word (purposes: other).
std::optional<facts::CallerType> caller_type_of(std::string_view word);
facts::Purpose purpose_of(std::string_view word);
std::optional<facts::Dialing> dialing_of(std::string_view word);

/// What a phone cell that gives no number to call is rejected for; nothing if it gives one.
std::optional<law::Reason> trouble_of(facts::PhoneStatus status);

/// What kind of line a number has, as far as laws ask.
facts::LineType line_type(facts::PhoneType type);

} // namespace callscrub::verdict
