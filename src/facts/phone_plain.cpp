#include "facts/phone_plain.h"
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace callscrub::facts {
namespace {

using tables::Plan;

/// Pairs, then fours, then all, each in one multiplication.
std::uint64_t eight_digits(const char* digits) {
    std::uint64_t bytes;
    std::memcpy(&bytes, digits, sizeof bytes);
    if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes); // the first in the lowest byte
    bytes -= 0x3030303030303030;
    bytes = bytes * 10 + (bytes >> 8);
    constexpr std::uint64_t pair = 0x000000FF000000FF;
    return ((bytes & pair) * (100 + (1'000'000ULL << 32)) + ((bytes >> 16) & pair) * (1 + (10'000ULL << 32))) >> 32;
}

std::uint64_t value_of(std::string_view digits) {
    std::uint64_t value = 0;
    for (; digits.size() % 8 != 0; digits.remove_prefix(1)) value = value * 10 + static_cast<unsigned>(digits[0] - '0');
    for (; !digits.empty(); digits.remove_prefix(8)) value = value * 100'000'000 + eight_digits(digits.data());
    return value;
}

constexpr std::size_t least = 2, most = 14; ///< digits of the national numbers that are decided here

Number joined(unsigned code, std::string_view number) {
    static constexpr auto powers = [] {
        std::array<std::uint64_t, most + 1> out{};
        std::uint64_t power = 1;
        for (auto& one : out) one = std::exchange(power, power * 10);
        return out;
    }();
    return code * powers[number.size()] + value_of(number);
}

/// `national`: with its prefix, if `start` says trunk. `general`: whether it fits the plan's general description, valid or not.
bool finish(const Plan& plan, const Start& start, std::string_view national, bool& general, PlanReading& reading) {
    const bool trunk = start.lead == Lead::trunk;
    const std::string_view number = national.substr(trunk ? 1 : 0);
    if (number.size() < least || number.size() > most) return false;
    // A number of a length that does not lose its prefix is none: none begins with it.
    const bool none = trunk && !tables::has_length(plan.kept_lengths, number.size());
    const unsigned label = none ? 0 : tables::label_of(start.state, number.substr(start.read));
    general = (label & tables::label_general) != 0;
    reading = {};
    const auto type = static_cast<PhoneType>(label & tables::label_type);
    if (type == PhoneType::unknown) return true;
    const unsigned country = label >> tables::label_region_shift & tables::label_region;
    const Number whole = joined(plan.calling_code, number);
    if (country == tables::label_region || whole > 999'999'999'999'999) return false; // E.164 has 15 digits
    reading = {whole, {{tables::regions[country][0], tables::regions[country][1]}}, type};
    return true;
}

} // namespace

/// `digits`: at least five.
bool PlainReader::abroad(std::string_view digits, PlanReading& reading) const {
    const CodeStart code = starts_.code(digits);
    const std::string_view rest = digits.substr(code.size);
    const Plan& plan = tables::plans[code.plan]; // without a code: none, and unclear
    const Start& start = starts_.of(plan, rest);
    bool general;
    // Behind +49 (0)30 … as well. Where the code may stand twice, the lead is own_code or unclear.
    return (start.lead == Lead::number || start.lead == Lead::trunk) && finish(plan, start, rest, general, reading);
}

bool PlainReader::national(const Plan& plan, std::string_view digits, PlanReading& reading) const {
    bool general;
    const Start& start = starts_.of(plan, digits);
    switch (start.lead) {
    case Lead::number:
    case Lead::trunk: return finish(plan, start, digits, general, reading);
    case Lead::abroad: return abroad(digits.substr(2), reading);
    case Lead::own_code: return own_code(plan, start, digits, reading);
    case Lead::unclear: break;
    }
    return false;
}

/// 4930…: as the whole world writes it, or a number without the 0 of its area code.
bool PlainReader::own_code(const Plan& plan, const Start& start, std::string_view digits, PlanReading& reading) const {
    bool general;
    PlanReading other;
    if (tables::has_length(plan.long_lengths, digits.size()) || !finish(plan, start, digits, general, reading) || !abroad(digits, other))
        return false;
    if (!general) {
        reading = other;
    } else if (reading.valid() && other.valid()) {
        // A whole mobile number behind the country's code: nobody's area code and line are that long.
        reading = other.type == PhoneType::mobile ? other : PlanReading{};
    }
    return true;
}

} // namespace callscrub::facts
