/// One row of a call list, judged: which law, which number, what verdict. Phase two's inner part, used by run and by
/// explain.
#pragma once
#include "app/row_reader.h"
#include "history/history.h"
#include "verdict/timeline.h"

namespace callscrub::app {

/// A phone cell of a row with its verdict.
struct JudgedCell {
    facts::PhoneReading phone;
    const law::Jurisdiction* law = nullptr; ///< nullptr: none was found
    verdict::Window window;
    verdict::Verdict verdict; ///< also holds what is wrong with the cell or the row
    bool on_record = false;   ///< anything is known of the number or the person
    /// Country and number disagree: the law that was asked too, and found no stricter.
    const law::Jurisdiction* other_law = nullptr;
    facts::Day last_call = facts::day_min;
    std::optional<std::string> record_id; ///< of the deciding record, where no history is at hand to ask
};

/// One thread's judge of rows. References outlive it.
class RowJudge {
public:
    RowJudge(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list);

    /// Reads the row's cells. `out` keeps the record; its memory is reused.
    void read(const csv::Record& record, Question& out) { rows_.read(record, out); }
    /// Asks the processor for what judge will read: first for where the facts lie, then for the facts.
    void prefetch_place(const Question& question) const;
    void prefetch_facts(const Question& question) const;
    /// Judges every phone column of the row. `cells`: one for each phone column; their memory is reused.
    void judge(const Question& question, std::vector<JudgedCell>& cells);
    /// Both at once, for a row that comes alone.
    void judge(const csv::Record& record, std::vector<JudgedCell>& cells) {
        read(record, question_);
        judge(question_, cells);
    }

    /// For explain: what the last judged cell was about.
    const verdict::Contact& contact() const { return contact_; }
    const facts::SubjectFacts& facts() const { return facts_; }

private:
    void judge_cell(const Question& question, const std::optional<facts::PhoneReading>& phone, JudgedCell& out);
    void judge_under(const law::Jurisdiction& law, JudgedCell& out, facts::Number number, facts::PersonKey person);

    const Context& context_;
    const history::History& history_;
    const verdict::Campaign& campaign_;
    const Opened& list_;
    RowReader rows_;
    facts::SubjectFacts facts_;

    verdict::Contact contact_; ///< of the cell in hand
    Question question_;        ///< of a row that came alone
};

/// Makes the cell a rejected one for that reason alone.
void reject(JudgedCell& cell, law::Reason reason, facts::Source source = {});

/// The campaign of a job, with its products made known to the history.
verdict::Campaign campaign_of(const Context& context, history::History& history);

} // namespace callscrub::app
