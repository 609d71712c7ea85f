/// The records of a story: every fact of the subject with its checks and effects, and the rows that do not
/// concern.
#pragma once
#include "app/story.h"

namespace callscrub::app {

/// In order of time. `first`: the judgement of cell.window.from.
std::vector<RecordTold> records_of(const Story& story, const verdict::Matter& matter,
                                   const verdict::Judgement& first, const JudgedCell& cell,
                                   facts::PersonKey person, const std::vector<WitnessedRow>& rows);

/// Where no law judges: what is on record, without any check.
std::vector<RecordTold> records_without_law(const Story& story, facts::Number number, facts::PersonKey person,
                                            const std::vector<WitnessedRow>& rows);

/// Adds the rows about the number or the person that became no fact of it, each with the cause.
void add_asides(const Story& story, facts::Number number, facts::PersonKey person,
                const std::vector<WitnessedRow>& rows, std::vector<RecordTold>& out);
/// What keeps a row from concerning the number; null key if it does concern it or is about somebody else.
Saying why_aside(const WitnessedRow& row, facts::Number number);

/// Every check of a record under one rule.
TrialTold trial_of(const verdict::View& view, const facts::Consent& consent);
TrialTold trial_of(const verdict::View& view, const facts::Relation& relation);

} // namespace callscrub::app
