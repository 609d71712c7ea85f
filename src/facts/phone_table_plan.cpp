/// libphonenumber's Parse and IsValidNumber, step by step, over the tables. The names of its functions stand
/// at the steps; tests/facts/phone_differential holds both side by side.
#include "facts/phone_plan.h"
#include "facts/phone_prefix.h"
#include "facts/phone_plain.h"

namespace callscrub::facts {
namespace {

using tables::Plan;

/// A national number during parsing. It points into the cell's digits, or into `scratch` once it was
/// transformed.
struct National {
    std::string_view digits;
    std::string scratch;
};

bool is_general(const Plan& plan, std::string_view digits) {
    return (tables::label_of(plan.general_root, digits) & tables::label_general) != 0;
}

bool may_have_national(const Plan& plan, std::string_view digits) {
    return digits.size() < 2 || Starts::all().of(plan, digits).may_have_national;
}

bool may_be_international(const Plan& plan, std::string_view digits) {
    return digits.size() < 2 || Starts::all().of(plan, digits).may_be_international;
}

/// MaybeStripNationalPrefixAndCarrierCode: `digits` without prefix in `out`. A number that fits the plan's
/// general description with its prefix, but not without, keeps it.
void strip_prefix(const Plan& plan, std::string_view digits, National& out) {
    out.digits = digits;
    if (!may_have_national(plan, digits)) return;
    const PrefixMatch match = match_prefix(plan.national_prefix, digits);
    const std::string_view rest = digits.substr(match.length);
    const std::string_view group = match.group(plan.transform_group, digits);
    if (group.empty()) {
        if (match.length == 0) return;
        out.digits = rest;
    } else {
        out.digits = out.scratch.assign(plan.transform).append(group).append(rest);
    }
    if (!is_general(plan, out.digits) && is_general(plan, digits)) out.digits = digits;
}

/// The last part of ParseHelper, then IsValidNumber, GetRegionCodeForNumber, GetNumberType.
PlanReading read_national(const Plan& plan, std::string_view digits) {
    National stripped;
    strip_prefix(plan, digits, stripped);
    if (tables::has_length(plan.kept_lengths, stripped.digits.size())) digits = stripped.digits;
    const unsigned label = tables::label_of(plan.root, digits);
    PlanReading reading;
    reading.type = static_cast<PhoneType>(label & tables::label_type);
    if (reading.type == PhoneType::unknown) return {};
    reading.number = join_number(plan.calling_code, digits);
    if (!reading.valid()) return {};
    const unsigned region = label >> tables::label_region_shift & tables::label_region;
    if (region != tables::label_region)
        reading.region = {{tables::regions[region][0], tables::regions[region][1]}};
    return reading;
}

const Plan* plan_of_region(Region region) {
    const unsigned first = static_cast<unsigned>(region.letters[0] - 'A');
    const unsigned second = static_cast<unsigned>(region.letters[1] - 'A');
    if (first >= 26 || second >= 26) return nullptr;
    const unsigned plan = tables::plan_of_region[first * 26 + second];
    return plan == 0 ? nullptr : &tables::plans[plan];
}

/// The number's part behind the region's own calling code, if it begins so and the library takes it for one
/// (the second half of MaybeExtractCountryCode).
bool has_own_code(const Plan& plan, std::string_view digits, National& rest) {
    const CodeDigits code(plan.calling_code);
    if (!code.begins(digits)) return false;
    strip_prefix(plan, digits.substr(code.size()), rest);
    return (!is_general(plan, digits) && is_general(plan, rest.digits)) ||
           tables::has_length(plan.long_lengths, digits.size());
}

class TablePlan final : public NumberPlan {
public:
    PlanReading international(std::string_view digits) const override {
        if (digits.size() <= 2) return {};
        const CodeStart code = Starts::all().code(digits); // ExtractCountryCode
        return code.plan == 0 ? PlanReading{} : read_national(tables::plans[code.plan], digits.substr(code.size));
    }

    PlanReading national(std::string_view digits, Region region) const override {
        const Plan* plan = plan_of_region(region);
        if (plan == nullptr) return {};
        if (may_be_international(*plan, digits)) {
            const PrefixMatch idd = match_prefix(plan->international_prefix, digits);
            const std::string_view rest = digits.substr(idd.length);
            if (idd.found && !rest.starts_with('0')) return international(rest); // ParsePrefixAsIdd
        }
        if (National rest; has_own_code(*plan, digits, rest))
            return read_national(tables::plans[tables::plan_of_code[plan->calling_code]], rest.digits);
        return read_national(*plan, digits);
    }

    bool resolve_plain(bool international, std::string_view digits, Region region, PlanReading& reading) const override {
        return plain_.resolve(international, digits, international ? nullptr : plan_of_region(region), reading);
    }

    unsigned calling_code(Region region) const override {
        const Plan* plan = plan_of_region(region);
        return plan == nullptr ? 0 : plan->calling_code;
    }

    bool short_number(std::string_view digits, Region region) const override {
        static const std::unique_ptr<NumberPlan> library = make_library_plan(); // rare: not worth tables
        return library->short_number(digits, region);
    }

private:
    PlainReader plain_;
};

} // namespace

std::unique_ptr<NumberPlan> make_table_plan() { return std::make_unique<TablePlan>(); }

std::string phone_metadata_version() { return std::string("libphonenumber ") + tables::metadata_version; }

} // namespace callscrub::facts
