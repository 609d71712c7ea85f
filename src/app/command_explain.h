/// One question of explain, from the number or the row of a list to the story.
#pragma once
#include "app/story.h"
#include <memory>
#include <string>
#include <vector>

namespace callscrub::app {

/// One row of a call list, kept while the list is closed again.
struct ListRow {
    std::string raw; ///< with the slack that splitting wants
    std::size_t size = 0;
    csv::Encoding encoding = csv::Encoding::utf8;
    std::vector<facts::Number> numbers; ///< of its phone columns, as far as they can be read
    facts::PersonKey person = 0;
    std::string person_id, product;
    bool country_stated = false;
};

/// The question, from the number or the row to the story.
class Explanation {
public:
    explicit Explanation(const Job& job)
        : job_(without_hashes(job)), context_(job_), progress_(Progress::when(job.talk.progress), job.talk.quiet) {
        context_.progress = &progress_;
    }

    /// Reads the inputs. Once. The story points into this object and into the job.
    Story tell();

private:
    std::vector<facts::Number> numbers() const {
        return list_ ? row_.numbers : std::vector<facts::Number>{phone_.number};
    }
    facts::PersonKey person() const { return list_ ? row_.person : facts::text_key(job_.explain.person); }

    void read_number();
    void find_row();
    void read_row(const csv::Record& record);
    void begin_story();
    void tell_number(const verdict::Campaign& campaign);
    void tell_row(const verdict::Campaign& campaign);
    void mark_doubles(RowJudge& judge, std::vector<JudgedCell>& cells);

    static Job without_hashes(Job job) {
        job.hash_inputs = false;
        return job;
    }

    const Job job_;
    Context context_;
    facts::PhoneReading phone_;
    std::unique_ptr<Opened> list_;
    ListRow row_;
    Gathered gathered_;
    std::vector<WitnessedRow> rows_;
    Story story_;
    Progress progress_;
};

} // namespace callscrub::app
