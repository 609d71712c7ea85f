#include "facts/phone_plan.h"
#include <string>

namespace callscrub::facts {
namespace {

/// What follows `prefix`, or nothing.
std::string_view after_prefix(std::string_view digits, std::string_view prefix) {
    return digits.starts_with(prefix) ? digits.substr(prefix.size()) : std::string_view();
}

/// +49 49151…: the calling code stands twice and the rest is a mobile number, yet plans of varying length may
/// take the whole for a number of their own. Area codes that begin like the calling code (+49 4921…) remain.
bool is_doubled(const NumberPlan& plan, std::string_view digits, Region region) {
    const std::string code = std::to_string(plan.calling_code(region));
    const std::string_view national = after_prefix(digits, code);
    return national.starts_with(code) && plan.international(national).type == PhoneType::mobile;
}

PlanReading resolve_international(const NumberPlan& plan, std::string_view digits) {
    if (digits.empty() || digits[0] == '0') return {}; // no calling code begins with 0
    const PlanReading reading = plan.international(digits);
    return reading.valid() && is_doubled(plan, digits, reading.region) ? PlanReading{} : reading;
}

} // namespace

PlanReading resolve(const NumberPlan& plan, bool international, std::string_view digits, Region region) {
    const std::string_view after_00 =
        after_prefix(digits, "00"); // ITU-T E.164: the usual international prefix
    if (international) return resolve_international(plan, after_00.empty() ? digits : after_00);
    const PlanReading reading = plan.national(digits, region);
    if (!after_00.empty()) {
        const PlanReading other = resolve_international(plan, after_00);
        if (!reading.valid()) return other;
        return other.valid() && other.number != reading.number ? PlanReading{} : reading;
    }
    if (!reading.valid() || !digits.starts_with(std::to_string(plan.calling_code(region)))) return reading;
    const PlanReading other = plan.international(digits);
    if (!other.valid() || other.number == reading.number) return reading;
    // A whole mobile number behind the country's code: nobody's area code and line are that long.
    return other.type == PhoneType::mobile ? other : PlanReading{};
}

} // namespace callscrub::facts
