#include "app/row_reader.h"
#include "base/text.h"
#include "facts/unheeded.h"
#include <algorithm>

namespace callscrub::app {

using facts::Column;
using facts::PhoneStatus;

RowReader::RowReader(const Context& context, facts::Products& products, const Opened& list)
    : context_(context), products_(products), list_(list), reader_(list), phones_(list.columns),
      campaign_product_(products.product(context.job.campaign.product)) {}

std::optional<facts::PhoneReading> RowReader::read_phone(const Question& question, std::size_t column) {
    const auto cell = phones_.read(question.record, column);
    if (!cell) return std::nullopt;
    const auto reading = context_.phones.read(*cell, question.country.known() ? question.country : list_.reading.region);
    return reading.status == PhoneStatus::ok && remark_says_no(*cell) ? facts::PhoneReading{PhoneStatus::invalid} : reading;
}

// "06-12345671 (niet bellen!)"
bool RowReader::remark_says_no(std::string_view cell) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto first = std::find_if(cell.begin(), cell.end(), letter);
    return first != cell.end() && remarks_.get(cell.substr(static_cast<std::size_t>(first - cell.begin())), [](auto remark) { return facts::says_no(remark); });
}

void RowReader::read(const csv::Record& record, Question& out) {
    out.record = record;
    out.phones.clear();
    out.person = 0;
    if (record.damage != csv::Damage::none) return;
    const auto& cells = reader_.read(record);
    constexpr std::uint64_t deciding = (1ULL << static_cast<unsigned>(Column::person_id)) | (1ULL << static_cast<unsigned>(Column::party)) |
                                       (1ULL << static_cast<unsigned>(Column::country)) | (1ULL << static_cast<unsigned>(Column::product));
    out.unreadable = (cells.unreadable & deciding) != 0;
    out.person = facts::text_key(cells[Column::person_id]);
    out.contact = {};
    out.contact.party = parties_.get(cells[Column::party], [&](auto cell) { return facts::party(list_.reading.words->party, cell); });
    out.contact.product = base::trim(cells[Column::product]).empty()
                              ? campaign_product_
                              : row_products_.get(cells[Column::product], [&](auto cell) { return products_.product(cell); });
    out.country_stated = !facts::stated(cells[Column::country]).empty();
    out.country = {};
    out.country_law = nullptr;
    if (out.country_stated) {
        const auto& country = countries_.get(cells[Column::country], [&](std::string_view cell) {
            const auto* law = context_.rules.by_any_name(cell);
            return Country{law ? law->region : facts::make_region(cell), law};
        });
        out.country = country.region;
        out.country_law = country.law;
    }
    for (const auto column : list_.columns.phones) out.phones.push_back(read_phone(out, column));
    if (list_.columns.phones.empty()) out.phones.push_back(read_phone(out, static_cast<std::size_t>(list_.columns[Column::phone])));
}

void RowReader::subjects(const csv::Record& record, Subjects& out) {
    read(record, question_);
    out.numbers.assign(std::max<std::size_t>(1, list_.columns.phones.size()), 0);
    out.person = question_.person;
    if (question_.unreadable) return;
    for (std::size_t i = 0; i < question_.phones.size(); ++i)
        if (const auto& phone = question_.phones[i]; phone && phone->status == PhoneStatus::ok) out.numbers[i] = phone->number;
}

} // namespace callscrub::app
