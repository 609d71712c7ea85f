#include "app/phone_cells.h"
#include "base/text.h"

namespace callscrub::app {

std::optional<std::string_view> PhoneCells::read_join(const csv::Record& record, std::size_t column) {
    const auto number = record.utf8(column, scratch_);
    if (!number) return std::nullopt;
    for (const auto& join : columns_.joins) {
        if (join.at != column) continue;
        code_.clear();
        for (const auto at : join.before) {
            const auto part = record.utf8(at, part_);
            if (!part) return std::nullopt;
            code_ += base::trim(*part);
        }
        return facts::join_phone(code_, *number, join, joined_);
    }
    return number;
}

} // namespace callscrub::app
