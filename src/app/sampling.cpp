#include "app/sampling.h"
#include "app/terminal.h"
#include "base/text.h"

namespace callscrub::app {

using facts::Column;
using facts::PhoneStatus;

namespace {

constexpr std::size_t most_entities = 50;

} // namespace

void Sample::add_number(const Context& context, std::string_view cell) {
    const auto alone = context.phones.read(cell, {});
    if (alone.region.known()) ++countries[alone.region.text()];
    if (alone.status != PhoneStatus::invalid) return; // it has a country code, or is no number anywhere
    bool anywhere = false;
    for (const auto& law : context.rules.jurisdictions()) {
        if (context.phones.read(cell, law.region).status != PhoneStatus::ok) continue;
        ++regions[law.region.text()];
        anywhere = true;
    }
    if (anywhere) ++local;
}

void Sample::add(const Context& context, const Opened& opened) {
    CellReader reader(opened);
    csv::Records records(opened.reader->format());
    csv::Block block;
    if (opened.reader->empty() || !opened.reader->next(block)) return;
    records.reset(block);
    for (csv::Record record; records.next(record);) {
        if (record.damage != csv::Damage::none) continue;
        const auto& cells = reader.read(record);
        for (const auto name : base::split(cells[Column::entity], '|'))
            if (entities.size() < most_entities) ++entities[std::string(name)];
        const auto* law = base::trim(cells[Column::country]).empty()
                              ? nullptr
                              : context.rules.by_any_name(cells[Column::country]);
        const auto country = law ? law->region : facts::make_region(cells[Column::country]);
        if (country.known()) ++countries[country.text()];
        if (opened.spec->region.known()) continue; // the preset knows it
        for (const auto column : opened.columns.phones)
            add_number(context, reader.with_phone(record, column)[Column::phone]);
    }
}

std::string Sample::region() const {
    std::string best, named;
    std::uint64_t most = 0, second = 0, calls = 0;
    for (const auto& [region, number] : regions) {
        if (number * 10 < local * 8) continue;
        second = number > most ? most : std::max(second, number);
        if (number > most) best = region;
        most = std::max(most, number);
        const auto at = countries.find(region);
        if (at == countries.end() || at->second <= calls) continue;
        named = region;
        calls = at->second;
    }
    if (!named.empty()) return named;
    return second * 4 <= most * 3 ? best : "";
}

std::string Sample::region_why(const std::string& region) const {
    const auto at = regions.find(region);
    return with_commas(at == regions.end() ? 0 : at->second) + " of " + with_commas(local) +
           " numbers written without a country code are valid there";
}

} // namespace callscrub::app
