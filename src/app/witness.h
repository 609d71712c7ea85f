/// Looks on while the inputs are read and keeps every row about a number or a person: for explain.
#pragma once
#include "app/gather.h"
#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace callscrub::app {

/// A cell of a kept row that says something; the phone cell is not among them.
struct WitnessedCell {
    facts::Column column;
    std::string text; ///< as it stands in the file
};

struct WitnessedRow {
    facts::Source source;
    facts::FileKind kind = facts::FileKind::consents;
    std::string register_name;
    std::vector<WitnessedCell> cells;
    std::vector<facts::Number> numbers; ///< that the row is about, as far as they could be read
    facts::PersonKey person = 0;
    history::Intake::Outcome outcome = history::Intake::Outcome::kept;
    facts::ConsentStatus status = facts::ConsentStatus::unknown;
    facts::Channel channel = facts::Channel::empty;
    facts::EntityFit entity = facts::EntityFit::unstated;
    facts::Moment at; ///< of the row's event; missing if it has no readable date
    bool names(facts::Number number) const {
        return number != 0 && std::find(numbers.begin(), numbers.end(), number) != numbers.end();
    }
    bool only_contract = false; ///< neither number nor person agree, but a kept consent hangs on its contract
};

/// Thread-safe. A row with several numbers is seen once for each; a file may be read twice.
class Witness {
public:
    /// `own` outlives the witness. person 0 = nobody is named.
    Witness(std::vector<facts::Number> numbers, facts::PersonKey person, const facts::OwnEntity& own)
        : numbers_(std::move(numbers)), person_(person), own_(own) {}

    void see(const SeenRow& row);
    /// The contracts that periods of the rows seen so far hang on.
    const std::set<std::string>& contracts() const { return contracts_; }
    /// In the order of the inputs.
    std::vector<WitnessedRow> rows() const;

private:
    std::vector<facts::Number> numbers_;
    facts::PersonKey person_;
    const facts::OwnEntity& own_;
    std::mutex mutex_;
    std::map<facts::Source, WitnessedRow> rows_;
    std::set<std::string> contracts_; ///< that periods hang on; complete before relations are read
};

} // namespace callscrub::app
