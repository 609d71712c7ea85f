#include "facts/phone_starts.h"
#include "facts/phone_prefix.h"
#include <algorithm>

namespace callscrub::facts {
namespace {

using tables::Plan;

bool no_number_begins_with(const Plan& plan, char digit) {
    return tables::after(plan.root, digit) == 0 && tables::after(plan.general_root, digit) == 0;
}

/// What the two digits are, if nothing that may follow them can change it. The matches: of the plan's prefixes.
Lead lead_of(const Plan& plan, const PrefixMatch& international, const PrefixMatch& national, std::string_view two) {
    if (international.found) return international.length == two.size() ? Lead::abroad : Lead::unclear;
    if (two == "00") return Lead::unclear; // somebody's prefix (resolve), though not this plan's
    const CodeDigits code(plan.calling_code);
    if (national.found) {
        if (code.may_begin(two)) return Lead::unclear; // +1 and 1
        const bool cut_off = national.length == 1 && national.group(plan.transform_group, two).empty();
        return cut_off && no_number_begins_with(plan, two[0]) ? Lead::trunk : Lead::unclear;
    }
    if (code.size() == 2 && code.begins(two)) return plan.general_root == plan.root ? Lead::own_code : Lead::unclear;
    return code.may_begin(two) ? Lead::unclear : Lead::number;
}

/// Reads digits as long as the automaton branches.
void walk(unsigned state, std::string_view digits, Start& start) {
    while (start.read < digits.size() && state >= tables::tail_count) state = tables::after(state, digits[start.read++]);
    start.state = static_cast<std::uint16_t>(state);
}

Start start_of(const Plan& plan, std::string_view two) {
    const PrefixMatch international = match_head(plan.international_prefix, two), national = match_head(plan.national_prefix, two);
    Start start;
    start.may_be_international = international.found;
    start.may_have_national = national.found;
    start.lead = lead_of(plan, international, national, two);
    walk(plan.root, two.substr(start.lead == Lead::trunk ? 1 : 0), start);
    return start;
}

} // namespace

Starts::Starts() {
    plans_.resize(tables::plan_count);
    for (unsigned plan = 1; plan < tables::plan_count; ++plan)
        for (unsigned i = 0; i < plans_[plan].size(); ++i) {
            const char two[] = {static_cast<char>('0' + i / 10), static_cast<char>('0' + i % 10)};
            plans_[plan][i] = start_of(tables::plans[plan], {two, 2});
        }
    // Calling codes have one to three digits, and none begins another.
    static constexpr std::size_t counts[] = {100, 10, 1}; // of three digits that begin with a code of one, two, three
    for (std::size_t code = 0; code < codes_.size(); ++code)
        if (const std::uint8_t plan = tables::plan_of_code[code]) {
            const std::size_t size = CodeDigits(static_cast<unsigned>(code)).size();
            const std::size_t count = counts[size - 1];
            std::fill_n(&codes_[code * count], count, CodeStart{plan, static_cast<std::uint8_t>(size)});
        }
}

const Starts& Starts::all() {
    static const Starts starts;
    return starts;
}

} // namespace callscrub::facts
