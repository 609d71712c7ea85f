#include "history/subject.h"
#include "base/text.h"

namespace callscrub::history {

using facts::Column;
using facts::PhoneStatus;

facts::Region region_of(std::string_view country, const facts::Reading& reading) {
    return facts::stated(country).empty() ? reading.region : facts::make_region(country);
}

facts::TextKey request_of(const facts::Cells& cells) {
    const auto request = facts::text_key(cells[Column::request_id]);
    return request != 0 ? request : facts::text_key(cells[Column::consent_id]);
}

void SubjectReader::read(const facts::Cells& cells) {
    person_ = facts::text_key(cells[Column::person_id]);
    const auto country = base::trim(cells[Column::country]);
    const auto region =
        country.empty() ? reading_.region : regions_.get(country, [&](auto cell) { return region_of(cell, reading_); });
    const auto reading = phones_.read(cells[Column::phone], region);
    status_ = cells.is_unreadable(Column::phone) ? PhoneStatus::invalid : reading.status;
    const bool number = status_ == PhoneStatus::ok || status_ == PhoneStatus::not_diallable;
    number_ = number ? reading.number : 0;
    country_unknown_ = status_ == PhoneStatus::invalid && !country.empty() && !region.known();
}

} // namespace callscrub::history
