/// Whom a row of a fact file is about: the number in its phone cell and the person it names.
#pragma once
#include "facts/phone.h"
#include "facts/reading.h"

namespace callscrub::history {

/// The country of a number without country code: as the row's country cell says (an ISO code), or the file's where it says
/// nothing. Unknown for any other word: such a number can't be read.
facts::Region region_of(std::string_view country, const facts::Reading& reading);

/// The request that a call answers, by its own column or as a consent; 0 = it names none.
facts::TextKey request_of(const facts::Cells& cells);

/// One thread. The references outlive it.
class SubjectReader {
public:
    SubjectReader(const facts::Reading& reading, const facts::PhoneReader& phones) : reading_(reading), phones_(phones) {}

    void read(const facts::Cells& cells);

    /// Of the row read last; 0 = none.
    facts::Number number() const { return number_; }
    facts::PersonKey person() const { return person_; }
    facts::PhoneStatus status() const { return status_; }
    /// The country cell holds a word that is no country we know, and the number can't be read without one.
    bool country_unknown() const { return country_unknown_; }
    /// False if the phone cell holds something from which no number can be read.
    bool readable() const {
        using enum facts::PhoneStatus;
        return status_ == ok || status_ == not_diallable || status_ == missing;
    }

private:
    const facts::Reading& reading_;
    const facts::PhoneReader& phones_;
    facts::PhoneStatus status_ = facts::PhoneStatus::missing;
    facts::Number number_ = 0;
    facts::PersonKey person_ = 0;
    bool country_unknown_ = false;
    facts::LastSeen<facts::Region> regions_;
};

} // namespace callscrub::history
