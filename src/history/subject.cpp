#include "history/subject.h"

namespace callscrub::history {

using facts::Column;
using facts::PhoneStatus;

void SubjectReader::read(const facts::Cells& cells) {
    person_ = facts::text_key(cells[Column::person_id]);
    const auto region = cells[Column::country].empty()
                            ? reading_.region
                            : regions_.get(cells[Column::country], [&](std::string_view cell) {
                                  const auto stated = facts::make_region(cell);
                                  return stated.known() ? stated : reading_.region;
                              });
    const auto reading = phones_.read(cells[Column::phone], region);
    status_ = cells.is_unreadable(Column::phone) ? PhoneStatus::invalid : reading.status;
    const bool number = status_ == PhoneStatus::ok || status_ == PhoneStatus::not_diallable;
    number_ = number ? reading.number : 0;
}

} // namespace callscrub::history
