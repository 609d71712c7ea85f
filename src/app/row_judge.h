/// One row of a call list, judged: which law, which number, what verdict. Phase two's inner part, used by run and by
/// explain.
#pragma once
#include "app/opened.h"
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

    /// Judges every phone column of the row. `cells`: one for each phone column; their memory is reused.
    void judge(const csv::Record& record, std::vector<JudgedCell>& cells);

    /// Whom the row asks for, and nothing more: the numbers in its phone columns that can be judged (0 for others) and
    /// the person it names (0 = nobody).
    struct Subjects {
        std::vector<facts::Number> numbers;
        facts::PersonKey person = 0;
    };
    void subjects(const csv::Record& record, Subjects& out);

    /// For explain: what the last judged cell was about.
    const verdict::Contact& contact() const { return contact_; }
    const facts::SubjectFacts& facts() const { return facts_; }

private:
    void read_row(const csv::Record& record);
    std::size_t phone_column(std::size_t cell) const;
    std::optional<facts::PhoneReading> read_phone(const csv::Record& record, std::size_t column);
    void judge_cell(const csv::Record& record, std::size_t column, JudgedCell& out);
    void judge_under(const law::Jurisdiction& law, JudgedCell& out, facts::Number number);

    const Context& context_;
    const history::History& history_;
    facts::Products& products_; ///< names of the list's own products are added
    const verdict::Campaign& campaign_;
    const Opened& list_;
    CellReader reader_;
    PhoneCells phones_;
    facts::SubjectFacts facts_;

    // Of the row in hand.
    verdict::Contact contact_;
    facts::PersonKey person_ = 0;
    facts::Region country_;
    const law::Jurisdiction* country_law_ = nullptr;
    bool country_stated_ = false;
    bool unreadable_ = false;

    struct Country {
        facts::Region region;
        const law::Jurisdiction* law = nullptr;
    };
    facts::LastSeen<Country> countries_;
    facts::LastSeen<facts::Party> parties_;
    facts::LastSeen<facts::ProductId> row_products_;
    facts::ProductId campaign_product_ = 0;
};

/// Makes the cell a rejected one for that reason alone.
void reject(JudgedCell& cell, law::Reason reason, facts::Source source = {});

/// The campaign of a job, with its products made known to the history.
verdict::Campaign campaign_of(const Context& context, history::History& history);

} // namespace callscrub::app
