/// One row of a call list as a question: its cells read, not judged yet.
#pragma once
#include "app/opened.h"
#include "facts/products.h"
#include "law/rules.h"
#include "verdict/campaign.h"

namespace callscrub::app {

/// What a row asks.
struct Question {
    csv::Record record;
    verdict::Contact contact; ///< without the line's type, which the number tells
    facts::PersonKey person = 0;
    facts::Region country;
    const law::Jurisdiction* country_law = nullptr;
    bool country_stated = false;
    bool unreadable = false;                                ///< some deciding cell is no text
    std::vector<std::optional<facts::PhoneReading>> phones; ///< by phone column; none: the cell is no text
};

/// One thread's reader of rows. References outlive it.
class RowReader {
public:
    /// `products`: names of the list's own products are added.
    RowReader(const Context& context, facts::Products& products, const Opened& list);

    /// Reads the row's cells. `out` keeps the record; its memory is reused.
    void read(const csv::Record& record, Question& out);

    /// Whom the row asks for, and nothing more: the numbers in its phone columns that can be judged (0 for others) and
    /// the person it names (0 = nobody).
    struct Subjects {
        std::vector<facts::Number> numbers;
        facts::PersonKey person = 0;
    };
    void subjects(const csv::Record& record, Subjects& out);

private:
    std::optional<facts::PhoneReading> read_phone(const Question& question, std::size_t column);
    bool remark_says_no(std::string_view cell);

    const Context& context_;
    facts::Products& products_;
    const Opened& list_;
    CellReader reader_;
    PhoneCells phones_;
    Question question_; ///< of subjects()

    struct Country {
        facts::Region region;
        const law::Jurisdiction* law = nullptr;
    };
    facts::LastSeen<Country> countries_;
    facts::LastSeen<facts::Party> parties_;
    facts::LastSeen<bool> remarks_;
    facts::LastSeen<facts::ProductId> row_products_;
    facts::ProductId campaign_product_ = 0;
};

} // namespace callscrub::app
