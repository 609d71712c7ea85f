#include "facts/phone_join.h"
#include "base/text.h"

namespace callscrub::facts {

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

std::string_view join_phone(std::string_view code, std::string_view number, const PhoneJoin& join,
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

} // namespace callscrub::facts
