#include "app/part_router.h"
#include "base/text.h"
#include "history/subject.h"

namespace callscrub::app {

using facts::Column;
using facts::FileKind;

Route ListRouter::route(const csv::Record& record) {
    rows_.subjects(record, asked_);
    Route out;
    // A row without a number needs no facts: any part will do.
    std::uint64_t first = record.line;
    for (auto number = asked_.numbers.rbegin(); number != asked_.numbers.rend(); ++number)
        if (*number != 0) first = *number;
    out.home = part_of(first, parts_);
    out.to = only_part(out.home);
    for (const auto number : asked_.numbers)
        if (number != 0 && part_of(number, parts_) != out.home) reach_.add(KeyKind::number, number, out.to);
    if (asked_.person != 0) reach_.add(KeyKind::person, asked_.person, out.to);
    return out;
}

void FactRouter::add_subject(const facts::Cells& cells, Route& out, bool& at_home) {
    subject_.read(cells);
    const auto number = subject_.number();
    if (number == 0) return;
    const auto part = part_of(number, parts_);
    if (!at_home) out.home = part;
    at_home = true;
    out.to |= only_part(part) | reach_.of(KeyKind::number, number);
}

Route FactRouter::route(const csv::Record& record) {
    Route out;
    bool at_home = false;
    const auto& cells = cells_.read(record);
    if (opened_.columns.phones.size() > 1)
        for (const auto column : opened_.columns.phones) add_subject(cells_.with_phone(record, column), out, at_home);
    else
        add_subject(cells, out, at_home);
    const auto person = facts::text_key(cells[Column::person_id]);
    if (person != 0) out.to |= reach_.of(KeyKind::person, person);
    if (!at_home) out.home = part_of(person != 0 ? person : record.line, parts_);
    out.to |= only_part(out.home);
    if (opened_.kind == FileKind::calls)
        if (const auto request = history::request_of(cells)) out.to |= reach_.of(KeyKind::request, request);
    if (opened_.kind == FileKind::relations)
        if (const auto contract = facts::text_key(cells[Column::contract_id])) out.to |= reach_.of(KeyKind::contract, contract);
    if (opened_.kind == FileKind::consents) ask(cells, out.to);
    return out;
}

// What a consent needs beside itself: calls that name it, and the contract that its period hangs on.
void FactRouter::ask(const facts::Cells& cells, PartSet parts) {
    const auto status = statuses_.get(cells[Column::status], [&](auto cell) { return consent_status(opened_.reading.words->status, cell); });
    if (status == facts::ConsentStatus::requested)
        if (const auto name = facts::text_key(cells[Column::consent_id])) reach_.add(KeyKind::request, name, parts);
    const auto period = base::trim(cells[Column::valid_until]);
    if (!period.empty() && (period[0] == 'c' || period[0] == 'C'))
        if (const auto contract = facts::text_key(cells[Column::contract_id])) reach_.add(KeyKind::contract, contract, parts);
}

} // namespace callscrub::app
