#include "app/witness.h"
#include "base/text.h"
#include <algorithm>

namespace callscrub::app {

using facts::Column;
using facts::FileKind;

namespace {

// The column that says when it happened.
Column event_column(FileKind kind) {
    switch (kind) {
    case FileKind::relations:
        return Column::start;
    case FileKind::suppress:
        return Column::since;
    case FileKind::registers:
        return Column::listed_at;
    case FileKind::calls:
        return Column::called_at;
    default:
        return Column::timestamp;
    }
}

facts::Moment event_moment(const SeenRow& row) {
    const auto column = event_column(row.opened.kind);
    const auto cell = base::trim(row.cells[column]);
    if (cell.empty() || row.cells.is_unreadable(column)) return {};
    return row.opened.reading.dates[static_cast<std::size_t>(column)].read(cell).value_or(facts::Moment{});
}

std::vector<WitnessedCell> cells_of(const SeenRow& row) {
    std::vector<WitnessedCell> out;
    for (const auto column : facts::columns_of(row.opened.kind)) {
        const auto text = base::trim(row.cells[column]);
        if (column != Column::phone && !text.empty()) out.push_back({column, std::string(text)});
    }
    return out;
}

bool hangs_on_contract(const facts::Cells& cells) {
    const auto period = base::trim(cells[Column::valid_until]);
    return !period.empty() && (period[0] == 'c' || period[0] == 'C');
}

} // namespace

void Witness::see(const SeenRow& row) {
    const bool number =
        row.number != 0 && std::find(numbers_.begin(), numbers_.end(), row.number) != numbers_.end();
    const bool person = person_ != 0 && row.person == person_;
    const auto contract = base::trim(row.cells[Column::contract_id]);
    // Consents are read before relations, so nobody writes to contracts_ any more.
    const bool relation = row.opened.kind == FileKind::relations;
    const bool only_contract =
        relation && !number && !person && !contracts_.empty() && contracts_.contains(std::string(contract));
    if (!number && !person && !only_contract) return;

    WitnessedRow out;
    out.source = {static_cast<std::uint32_t>(row.record.line), row.opened.reading.file};
    out.kind = row.opened.kind;
    out.register_name = row.opened.spec->name;
    out.cells = cells_of(row);
    if (row.number != 0) out.numbers.push_back(row.number);
    out.person = row.person;
    out.outcome = row.outcome;
    out.at = event_moment(row);
    out.only_contract = only_contract;
    if (out.kind == FileKind::consents) {
        const auto& words = *row.opened.reading.words;
        out.status = facts::consent_status(words.status, row.cells[Column::status]);
        out.channel = facts::channel(words.channel, row.cells[Column::channel]);
    }
    out.entity = own_.fit(row.cells[Column::entity]);
    const std::lock_guard lock(mutex_);
    if (out.kind == FileKind::consents && hangs_on_contract(row.cells) && !contract.empty())
        contracts_.emplace(contract);
    auto& kept = rows_[out.source];
    for (const auto known : kept.numbers)
        if (!out.names(known)) out.numbers.push_back(known);
    out.only_contract = out.only_contract && (kept.only_contract || !kept.source.known());
    kept = std::move(out);
}

std::vector<WitnessedRow> Witness::rows() const {
    std::vector<WitnessedRow> out;
    out.reserve(rows_.size());
    for (const auto& [source, row] : rows_) out.push_back(row);
    return out;
}

} // namespace callscrub::app
