#include "app/story_records.h"
#include "base/text.h"
#include <algorithm>

namespace callscrub::app {

using facts::Channel;
using facts::ConsentStatus;
using facts::FileKind;
using history::Intake;

namespace {

Deed deed_of(const WitnessedRow& row) {
    switch (row.kind) {
    case FileKind::relations:
        return Deed::relation;
    case FileKind::suppress:
        return Deed::suppression;
    case FileKind::registers:
        return Deed::listing;
    case FileKind::calls:
        return Deed::call;
    default:
        break;
    }
    if (row.status == ConsentStatus::opt_out) return Deed::withdrawal;
    if (row.status == ConsentStatus::objection) return Deed::objection;
    if (row.status == ConsentStatus::ignore) return Deed::nothing;
    if (row.status == ConsentStatus::requested) return Deed::request;
    return row.status == ConsentStatus::published ? Deed::publication : Deed::consent;
}

bool about_telephone(Channel channel) {
    return channel == Channel::phone || channel == Channel::any || channel == Channel::empty ||
           channel == Channel::unknown;
}

// The day on the moment's own clock, for as long as no law says which zone counts.
std::int64_t floor_days(std::int64_t ms) {
    constexpr std::int64_t day = 86'400'000;
    return (ms - (ms < 0 ? day - 1 : 0)) / day;
}

const std::string* contract_of(const std::vector<WitnessedCell>& cells) {
    for (const auto& cell : cells)
        if (cell.column == facts::Column::contract_id) return &cell.text;
    return nullptr;
}

// Whether a consent told already has its period from the row's contract.
bool hangs_on(const WitnessedRow& row, const std::vector<RecordTold>& told) {
    const auto* contract = contract_of(row.cells);
    return contract && std::any_of(told.begin(), told.end(), [&](const RecordTold& one) {
               const auto* own = contract_of(one.cells);
               return one.deed != Deed::relation && own && *own == *contract;
           });
}

} // namespace

Saying why_aside(const WitnessedRow& row, facts::Number number) {
    const bool no = row.status == ConsentStatus::opt_out || row.status == ConsentStatus::objection;
    if (row.only_contract) return {"contract_only", {}};
    if (row.kind == FileKind::consents && row.status == ConsentStatus::ignore) return {"ignored", {}};
    if (row.kind == FileKind::consents && no && !about_telephone(row.channel)) return {"other_channel", {}};
    const bool of_entity = no || row.kind == FileKind::suppress;
    if (of_entity && row.entity == facts::EntityFit::other) return {"other_entity", {}};
    if (row.outcome == Intake::Outcome::bad) return {"bad", {}};
    if (row.numbers.empty()) return {"no_number", {}};
    if (!row.names(number))
        return {"other_number", {{"number", base::mask_numbers(facts::e164(row.numbers.front()))}}};
    return {};
}

void add_asides(const Story& story, facts::Number number, facts::PersonKey person,
                const std::vector<WitnessedRow>& rows, std::vector<RecordTold>& out) {
    for (const auto& row : rows) {
        const bool about = row.names(number) || (person != 0 && row.person == person) ||
                           (row.only_contract && hangs_on(row, out));
        const bool known =
            std::any_of(out.begin(), out.end(), [&](const auto& told) { return told.source == row.source; });
        if (!about || known) continue;
        RecordTold told;
        told.deed = deed_of(row);
        told.source = row.source;
        told.place = story.place(row.source);
        told.at = row.at;
        if (row.at.known()) told.day = static_cast<facts::Day>(floor_days(row.at.ms));
        told.cells = row.cells;
        told.concerns = false;
        if (auto why = why_aside(row, number); !why.key.empty()) told.sayings.push_back(std::move(why));
        out.push_back(std::move(told));
    }
}

std::vector<RecordTold> records_without_law(const Story& story, facts::Number number, facts::PersonKey person,
                                            const std::vector<WitnessedRow>& rows) {
    std::vector<RecordTold> out;
    add_asides(story, number, person, rows, out);
    for (auto& told : out)
        if (told.sayings.empty()) told.sayings.push_back({"no_law", {}});
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.at.ms < b.at.ms; });
    return out;
}

} // namespace callscrub::app
