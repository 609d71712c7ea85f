#include "facts/phone_plan.h"
#include "facts/phone_prefix.h"
#include <string>

namespace callscrub::facts {
namespace {

/// +49 49151…: the calling code stands twice and the rest is a mobile number, yet plans of varying length may
/// take the whole for a number of their own. Area codes that begin like the calling code (+49 4921…) remain.
/// `digits`: a valid number of the region, from its calling code on.
bool is_doubled(const NumberPlan& plan, std::string_view digits, Region region) {
    const CodeDigits code(plan.calling_code(region));
    const std::string_view national = digits.substr(code.size());
    return code.begins(national) && plan.international(national).type == PhoneType::mobile;
}

PlanReading resolve_international(const NumberPlan& plan, std::string_view digits) {
    const PlanReading reading = plan.international(digits);
    return reading.valid() && is_doubled(plan, digits, reading.region) ? PlanReading{} : reading;
}

/// As somebody in the region dials it. Behind a way out of the country (00, 011) the code does not stand twice either.
PlanReading resolve_national(const NumberPlan& plan, std::string_view digits, Region region) {
    const PlanReading reading = plan.national(digits, region);
    const std::string whole = std::to_string(reading.number);
    return digits.ends_with(whole) && is_doubled(plan, whole, reading.region) ? PlanReading{} : reading;
}

} // namespace

PlanReading resolve(const NumberPlan& plan, bool international, std::string_view digits, Region region) {
    const bool from_00 = digits.starts_with("00"); // ITU-T E.164, usual prefix
    const std::string_view after_00 = digits.substr(from_00 ? 2 : 0);
    if (international) return resolve_international(plan, after_00);
    const PlanReading reading = resolve_national(plan, digits, region);
    if (from_00) {
        const PlanReading other = resolve_international(plan, after_00);
        if (!reading.valid()) return other;
        return other.valid() && other.number != reading.number ? PlanReading{} : reading;
    }
    if (!reading.valid() || !CodeDigits(plan.calling_code(region)).begins(digits)) return reading;
    const PlanReading other = plan.international(digits);
    if (!other.valid() || other.number == reading.number) return reading;
    // A whole mobile number behind the country's code: nobody's area code and line are that long.
    return other.type == PhoneType::mobile ? other : PlanReading{};
}

} // namespace callscrub::facts
