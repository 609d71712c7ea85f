/// The answer for one number, told step by step: what is asked, what is on record, what each check says, and
/// on which days the number may be called. Plain data in no language; story_text, story_json and story_html
/// say it. Verdicts and checks are the engine's own.
#pragma once
#include "app/row_judge.h"
#include "app/witness.h"
#include "law/translations.h"
#include "report/texts.h"
#include "verdict/checks.h"
#include <string>
#include <vector>

namespace callscrub::app {

/// A sentence by its key (phrase "explain.say.<key>") and what its slots hold. Slots are data: days, places,
/// names.
struct Saying {
    std::string_view key;
    std::vector<std::pair<std::string_view, std::string>> slots;
    const law::Citation* citation = nullptr;
    bool blocks = false; ///< stands against the call on the day judged
};

/// One check of a record under one rule.
struct CheckTold {
    law::Reason failure{}; ///< that it would give
    bool asked = true;     ///< by the law and the policy of the day
    bool passed = false;
    bool decides = false; ///< the first that failed
    facts::Day until = facts::day_max;
    const law::Citation* citation = nullptr;
};

/// A record tried under one rule of the law of the day.
struct TrialTold {
    const law::BasisRule* rule = nullptr;
    bool passed = false;
    bool carries = false;              ///< it is this record under this rule that lets the number be called
    facts::Day until = facts::day_max; ///< the last day on which the same certainly holds
    std::vector<CheckTold> checks;
    std::vector<Saying> sayings; ///< what stands in its way though it passed
};

enum class Deed : std::uint8_t {
    consent,
    request,
    publication,
    withdrawal,
    objection,
    relation,
    suppression,
    listing,
    call,
    nothing, ///< a row that says nothing to this campaign
};
std::string_view name(Deed deed);

/// What was written down at one time.
struct RecordTold {
    Deed deed = Deed::nothing;
    facts::Source source;
    std::string place; ///< file:line
    facts::Moment at;  ///< missing: no date
    facts::Day day = facts::day_min;
    std::vector<WitnessedCell> cells;
    bool concerns = true; ///< it is part of the judgement
    std::vector<TrialTold> trials;
    std::vector<Saying> sayings;
};

/// A rule of the law of the day, and how far anything on record came under it.
struct WayTold {
    enum class End : std::uint8_t {
        carries,
        passes,        ///< a record passes its checks, but does not carry the call
        missed,        ///< records were tried and failed
        no_record,     ///< nothing of that kind is on record
        taken_away,    ///< needs no record, but a listing or a no takes it away
        other_caller,  ///< not for this caller or purpose
        other_contact, ///< not for such a person, line or product
    };
    const law::BasisRule* rule = nullptr;
    End end = End::no_record;
};
std::string_view name(WayTold::End end);

enum class LawFrom : std::uint8_t { stated, country, number };

/// One phone number: the question, the answer and how it comes about.
struct NumberTold {
    std::string column; ///< header of the phone column, for a row with several
    facts::PhoneReading phone;
    const law::Jurisdiction* law = nullptr; ///< none: JURISDICTION_UNKNOWN, or the cell could not be read
    LawFrom law_from = LawFrom::number;
    const law::Jurisdiction* other_law = nullptr; ///< asked too and no stricter: country and number disagree
    verdict::Window window;
    verdict::Contact contact;
    verdict::Verdict verdict;
    verdict::Judgement first;                   ///< of the window's first day
    std::vector<RecordTold> records;            ///< in order of time; those without a date first
    std::vector<WayTold> ways;                  ///< in the law's order
    std::vector<Saying> doubts; ///< what the law only warns of and the carrying consent fails
    std::vector<std::string> registers_missing; ///< that the carrying rule asks for and no input holds
    facts::Day begin = 0; ///< of the timeline: the first event, or the window's first day
    std::vector<verdict::Stretch> timeline;

    const RecordTold* record(facts::Source source) const;
};

struct Story {
    const Job* job = nullptr;
    const law::Policy* policy = nullptr;
    law::Translations translations; ///< of what the packs say
    std::string product;   ///< offered, as stated by the row or the campaign
    std::string person_id; ///< as stated
    std::string list;      ///< path, of a row that is explained
    std::uint64_t line = 0;
    std::vector<std::string> files; ///< by Source::file; behind them the list
    std::vector<NumberTold> numbers;
    bool callable = false; ///< some number of the row may be called on every day of the window

    std::string place(facts::Source source) const;
    std::string record_id(facts::Source source) const; ///< consent_id or contract_id; "" if there is none
    const history::History* history = nullptr;
};

/// Tells one judged cell. `cell`: as RowJudge gives it; `rows`: what was written about it.
NumberTold tell(const Story& story, const JudgedCell& cell, const verdict::Contact& contact,
                facts::PersonKey person, const verdict::Campaign& campaign,
                const std::vector<WitnessedRow>& rows);

/// The story in words. `width` of the terminal; `colour`: control sequences may be used.
std::string story_text(const Story& story, report::Language language, std::size_t width, bool colour);
/// A JSON document with a line end.
std::string story_json(const Story& story, report::Language language);
/// A page that needs nothing else.
std::string story_html(const Story& story, report::Language language);

} // namespace callscrub::app
