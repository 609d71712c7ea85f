/// From the cells of a row to facts: the one place where a row of each kind of file gets its meaning.
#pragma once
#include "facts/phone.h"
#include "facts/reading.h"
#include "history/history.h"
#include "history/subject.h"

namespace callscrub::history {

/// Takes the rows of one file, for one worker. What does not concern the campaign's entity is dropped here, and so is
/// a no to another channel; permissions are kept, because they may be the nearest miss.
class Intake {
public:
    enum class Outcome : std::uint8_t {
        kept,    ///< became at least one fact
        nothing, ///< well read, but says nothing that may matter to this campaign
        bad,     ///< can't be read: trouble() says why. A no with a subject is kept all the same, without its date
    };

    /// All references outlive the intake.
    Intake(Gathering& gathering, Gathering::Feed& feed, const facts::Reading& reading, const facts::OwnEntity& own,
           const facts::PhoneReader& phones);
    ~Intake();
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;

    /// `line`: physical line on which the row starts.
    Outcome take(const facts::Cells& cells, std::uint32_t line);

    /// Of the last bad row.
    facts::Column trouble_column() const { return trouble_column_; }
    const std::string& trouble() const { return trouble_; }
    /// What of the last row may be a mistake, though it could be read.
    enum class Strange : std::uint8_t {
        nothing,
        later,   ///< a permission or a no that is dated after the bound
        outcome, ///< of a call: a word that is not known
    };
    Strange strange() const { return strange_; }
    /// Of the last row: the number and person it is about; 0 = none.
    facts::Number number() const { return number_; }
    facts::PersonKey person() const { return person_; }

    /// Facts that the rows so far became.
    std::uint64_t facts() const { return facts_; }

    /// The time of the newest event read so far, as milliseconds of its own clock; INT64_MIN: none. Events later than
    /// the bound (milliseconds as well) are mistakes or plans and do not count.
    std::int64_t newest_ms() const { return newest_ms_; }
    void newest_before(std::int64_t bound_ms) { newest_bound_ = bound_ms; }

    /// Names of the permissions and relations of the rows since the last call; for Gathering::put_names.
    RecordNames take_names();

private:
    Outcome take(const facts::Cells& cells);
    Outcome consent(const facts::Cells& cells);
    Outcome relation(const facts::Cells& cells);
    Outcome suppression(const facts::Cells& cells);
    Outcome listing(const facts::Cells& cells);
    Outcome call(const facts::Cells& cells);

    bool read_subject(const facts::Cells& cells);
    bool read_moment(const facts::Cells& cells, facts::Column column, facts::Moment& out);
    bool read_period(const facts::Cells& cells, Terms& terms);
    bool read_relation_terms(const facts::Cells& cells, const facts::Moment& start, Terms& terms);
    void add_no(const facts::Moment& at, bool withdrawal);
    /// `name`: of the record that says it, for those that have one.
    void add(FactKind kind, std::uint64_t key, const facts::Moment& at, const Terms& terms, std::string_view name = {});
    void sift();
    Outcome bad(facts::Column column, std::string what);
    Outcome no_subject(const facts::Cells& cells, const char* what);
    bool is_broken(const facts::Cells& cells);
    void trace(const facts::Cells& cells);
    void add(FactKind kind, std::uint64_t key);

    Gathering& gathering_;
    Gathering::Feed& feed_;
    const facts::Reading& reading_;
    const facts::OwnEntity& own_;
    SubjectReader subject_;

    std::uint32_t line_ = 0;
    facts::PhoneStatus phone_status_ = facts::PhoneStatus::missing;
    facts::Number number_ = 0;
    facts::PersonKey person_ = 0;
    bool by_number_ = false, by_person_ = false; ///< the row in hand became a fact with such a key
    Strange strange_ = Strange::nothing;
    facts::Column trouble_column_ = facts::Column::phone;
    std::string trouble_;
    std::uint64_t facts_ = 0;
    std::int64_t newest_ms_ = INT64_MIN, newest_bound_ = INT64_MAX;
    RecordNames names_;

    // Facts of the last rows, until it is asked whether they are wanted: the answer is on its way from memory meanwhile.
    struct Waiting {
        Fact fact;
        facts::PersonKey person;
        Terms terms;
        std::size_t name_end; ///< in waiting_names_; begins where that of the one before ends
    };
    std::vector<Waiting> waiting_;
    std::string waiting_names_;

    facts::LastSeen<facts::ConsentStatus> statuses_;
    facts::LastSeen<facts::Channel> channels_;
    facts::LastSeen<facts::EntityFit> entities_;
    facts::LastSeen<bool> evidences_;
    facts::LastSeen<facts::ProductSetId> products_;
    facts::LastSeen<facts::RelationKind> kinds_;
    facts::LastSeen<facts::RelationStatus> relation_statuses_;
    facts::LastSeen<std::optional<facts::CallOutcome>> outcomes_;
    facts::LastSeen<facts::YesNo> paid_, informed_, objection_offered_, number_sources_;
};

} // namespace callscrub::history
