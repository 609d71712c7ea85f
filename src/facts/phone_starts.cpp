#include "facts/phone_starts.h"
#include "facts/phone_prefix.h"

namespace callscrub::facts {
namespace {

using tables::Op;
using tables::Plan;

/// The digits of a program that matches them and nothing else; empty for other programs, and for none.
std::string_view plain_digits(unsigned program, char (&text)[4]) {
    std::size_t size = 0;
    for (const std::uint16_t* at = tables::programs + program; program != 0; ++at) {
        const auto op = static_cast<Op>(*at >> 12);
        const unsigned mask = *at & 0xFFFu;
        if (op == Op::match) return {text, size};
        if (op != Op::digit || size == sizeof text || (mask & (mask - 1)) != 0) break;
        unsigned digit = 0;
        while ((mask >> digit & 1) == 0) ++digit;
        text[size++] = static_cast<char>('0' + digit);
    }
    return {};
}

bool no_number_begins_with(const Plan& plan, char digit) {
    return tables::after(plan.root, digit) == 0 && tables::after(plan.general_root, digit) == 0;
}

/// What the two digits are, if nothing that may follow them can change it.
Lead lead_of(const Plan& plan, const Start& start, std::string_view two) {
    char text[4];
    if (start.may_be_international) return plain_digits(plan.international_prefix, text) == two ? Lead::abroad : Lead::unclear;
    if (two == "00") return Lead::unclear; // somebody's prefix (resolve), though not this plan's
    const CodeDigits code(plan.calling_code);
    if (start.may_have_national) {
        if (code.may_begin(two)) return Lead::unclear; // +1 and 1
        const std::string_view prefix = plain_digits(plan.national_prefix, text);
        return prefix == two.substr(0, 1) && no_number_begins_with(plan, two[0]) ? Lead::trunk : Lead::unclear;
    }
    if (code.size() == 2 && code.begins(two)) return plan.general_root == plan.root ? Lead::own_code : Lead::unclear;
    return code.may_begin(two) ? Lead::unclear : Lead::number;
}

/// Reads digits as long as the automaton branches.
void walk(unsigned state, std::string_view digits, Start& start) {
    start.read = 0;
    for (const char digit : digits) {
        if (state < tables::tail_count) break;
        state = tables::after(state, digit);
        ++start.read;
    }
    start.state = static_cast<std::uint16_t>(state);
}

Start start_of(const Plan& plan, std::string_view two) {
    const auto may = [&](unsigned program) { return program != 0 && may_match(program, two); };
    Start start;
    start.may_be_international = may(plan.international_prefix);
    start.may_have_national = may(plan.national_prefix);
    start.lead = lead_of(plan, start, two);
    walk(plan.root, two.substr(start.lead == Lead::trunk ? 1 : 0), start);
    return start;
}

} // namespace

Starts::Starts() {
    plans_.resize(tables::plan_count);
    for (unsigned plan = 1; plan < tables::plan_count; ++plan)
        for (unsigned i = 0; i < 100; ++i) {
            const char two[] = {static_cast<char>('0' + i / 10), static_cast<char>('0' + i % 10)};
            plans_[plan][i] = start_of(tables::plans[plan], {two, 2});
        }
    // Calling codes have one to three digits, and none begins another.
    for (unsigned i = 100; i < 1000; ++i)
        for (unsigned size = 1, code = i / 100; size <= 3; ++size, code = size == 2 ? i / 10 : i)
            if (const std::uint8_t plan = tables::plan_of_code[code]) {
                codes_[i] = {plan, static_cast<std::uint8_t>(size)};
                break;
            }
}

const Starts& Starts::all() {
    static const Starts starts;
    return starts;
}

} // namespace callscrub::facts
