#include "app/onlooker.h"
#include "base/text.h"
#include <algorithm>
#include <thread>

namespace callscrub::app {

using facts::Column;
using facts::FileKind;

namespace {

// A column of free text must not fill the memory.
constexpr std::size_t most_words = 500, longest_word = 80;

constexpr Column consent_words[] = {Column::status, Column::channel};
constexpr Column relation_words[] = {Column::kind,          Column::status,   Column::paid,
                                     Column::number_source, Column::informed, Column::objection_offered};
constexpr Column call_words[] = {Column::outcome};
constexpr Column list_words[] = {Column::party};

} // namespace

std::span<const Column> word_columns(FileKind kind) {
    switch (kind) {
    case FileKind::consents:
        return consent_words;
    case FileKind::relations:
        return relation_words;
    case FileKind::calls:
        return call_words;
    case FileKind::list:
        return list_words;
    default:
        return {};
    }
}

std::string_view vocabulary_name(FileKind kind, Column column) {
    return kind == FileKind::relations && column == Column::status ? "relation_status" : facts::name(column);
}

const facts::WordMap& words_of(const facts::Vocabulary& words, FileKind kind, Column column) {
    switch (column) {
    case Column::status:
        return kind == FileKind::relations ? words.relation_status : words.status;
    case Column::channel:
        return words.channel;
    case Column::party:
        return words.party;
    case Column::kind:
        return words.kind;
    case Column::paid:
        return words.paid;
    case Column::informed:
        return words.informed;
    case Column::objection_offered:
        return words.objection_offered;
    case Column::number_source:
        return words.number_source;
    default:
        return words.outcome;
    }
}

namespace {

// As run reads it: a list's row whose country is no word that we know is read with the list's.
facts::Region region_of(const Context& context, const Opened& opened, std::string_view country) {
    if (opened.kind != FileKind::list) return history::region_of(country, opened.reading);
    const auto* law = context.rules.by_any_name(country);
    const auto region = law ? law->region : facts::make_region(country);
    return region.known() ? region : opened.reading.region;
}

} // namespace

void CellCounts::count(const Context& context, const Opened& opened, const facts::Cells& cells, bool again) {
    if (opened.columns.has(Column::phone)) {
        const auto read = context.phones.read(cells[Column::phone], region_of(context, opened, cells[Column::country]));
        count_phone(cells.is_unreadable(Column::phone) ? facts::PhoneStatus::invalid : read.status);
    }
    if (again) return;
    count_words(opened, cells);
    see_dates(opened, cells);
}

void CellCounts::count_words(const Opened& opened, const facts::Cells& cells) {
    for (auto bits = cells.unreadable; bits != 0; bits &= bits - 1) ++unreadable;
    for (const auto column : word_columns(opened.kind)) {
        if (!opened.columns.has(column)) continue;
        auto& seen = words[column];
        const auto cell = cells[column].substr(0, longest_word);
        const auto at = seen.find(cell);
        if (at != seen.end())
            ++at->second;
        else if (seen.size() < most_words)
            seen.emplace(cell, 1);
    }
}

// The period of a consent may also hang on a contract.
void CellCounts::see_dates(const Opened& opened, const facts::Cells& cells) {
    for (const auto column : facts::columns_of(opened.kind)) {
        const auto bit = std::uint64_t{1} << static_cast<unsigned>(column);
        if ((dated & bit) != 0 || !facts::is_date(column) || !opened.columns.has(column)) continue;
        const auto cell = base::trim(cells[column]);
        const bool digits = std::any_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits && !base::fold(cell).starts_with("contract_end")) dated |= bit;
    }
}

CellCounts& CellCounts::operator+=(const CellCounts& other) {
    for (std::size_t i = 0; i < phones.size(); ++i) phones[i] += other.phones[i];
    unreadable += other.unreadable;
    dated |= other.dated;
    for (const auto& [column, seen] : other.words)
        for (const auto& [word, number] : seen) words[column][word] += number;
    return *this;
}

Onlooker Counting::onlooker() {
    return [this](const SeenRow& row) { see(row); };
}

void Counting::see(const SeenRow& row) {
    auto& stripe = stripes_[std::hash<std::thread::id>()(std::this_thread::get_id()) % stripes_.size()];
    const std::lock_guard lock(stripe.mutex);
    if (stripe.files.empty() || row.attempt > stripe.attempt) {
        stripe.files.assign(files_, {});
        stripe.attempt = row.attempt;
    }
    stripe.files[row.opened.reading.file].count(context_, row.opened, row.cells, row.again);
}

CellCounts Counting::of(std::size_t file) const {
    unsigned last = 0;
    for (const auto& stripe : stripes_) last = std::max(last, stripe.attempt);
    CellCounts out;
    for (const auto& stripe : stripes_)
        if (stripe.attempt == last && !stripe.files.empty()) out += stripe.files[file];
    return out;
}

} // namespace callscrub::app
