#include "app/phone_cells.h"
#include "base/text.h"

namespace callscrub::app {

namespace {

std::string_view bare(std::string_view text) {
    text = base::trim(text);
    while (text.starts_with('\'')) text = base::trim(text.substr(1));
    return text;
}

std::string_view without_exit_code(std::string_view code) {
    if (code.starts_with('+')) return code.substr(1);
    for (const std::string_view exit : {"011", "00"})
        if (code.starts_with(exit)) return code.substr(exit.size());
    return code;
}

} // namespace

std::string_view join_phone(std::string_view code, std::string_view number, const facts::PhoneJoin& join,
                            std::string& joined) {
    const auto plain = bare(number);
    const bool nothing = plain.find_first_not_of('0') == std::string_view::npos;
    code = bare(code);
    if (nothing || plain.starts_with('+') || (code.empty() && !join.before.empty())) return number;
    if (!join.plus) {
        joined.assign(code).append(plain);
        return joined;
    }
    if (join.before.empty()) {
        const auto rest = without_exit_code(plain);
        if (rest.starts_with('0')) return number; // a national number: its region decides
        joined.assign("+").append(rest);
        return joined;
    }
    joined.assign("+").append(without_exit_code(code)).append(plain);
    return joined;
}

std::optional<std::string_view> PhoneCells::read_join(const csv::Record& record, std::size_t column) {
    const auto number = record.utf8(column, scratch_);
    if (!number) return std::nullopt;
    for (const auto& join : columns_.joins) {
        if (join.at != column) continue;
        code_.clear();
        for (const auto at : join.before) {
            const auto part = record.utf8(at, part_);
            if (!part) return std::nullopt;
            code_ += bare(*part);
        }
        return join_phone(code_, *number, join, joined_);
    }
    return number;
}

} // namespace callscrub::app
