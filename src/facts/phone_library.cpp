#include "facts/phone_plan.h"
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

namespace callscrub::facts {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

PhoneType type_of(PhoneNumberUtil::PhoneNumberType type) {
    switch (type) {
    case PhoneNumberUtil::FIXED_LINE:
        return PhoneType::fixed;
    case PhoneNumberUtil::MOBILE:
        return PhoneType::mobile;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
        return PhoneType::fixed_or_mobile;
    case PhoneNumberUtil::TOLL_FREE:
        return PhoneType::toll_free;
    case PhoneNumberUtil::PREMIUM_RATE:
        return PhoneType::premium;
    case PhoneNumberUtil::SHARED_COST:
        return PhoneType::shared_cost;
    case PhoneNumberUtil::VOIP:
        return PhoneType::voip;
    case PhoneNumberUtil::PERSONAL_NUMBER:
        return PhoneType::personal;
    case PhoneNumberUtil::PAGER:
        return PhoneType::pager;
    case PhoneNumberUtil::UAN:
        return PhoneType::uan;
    case PhoneNumberUtil::VOICEMAIL:
        return PhoneType::voicemail;
    case PhoneNumberUtil::UNKNOWN:
        break;
    }
    return PhoneType::unknown;
}

class LibraryPlan : public NumberPlan {
public:
    PlanReading international(std::string_view digits) const override {
        // "ZZ": without a region the library has no second try at digits whose calling code it does not know.
        return parse(std::string(1, '+').append(digits), "ZZ");
    }

    PlanReading national(std::string_view digits, Region region) const override {
        if (!region.known()) return {};
        return parse(std::string(digits), region.text());
    }

    unsigned calling_code(Region region) const override {
        return region.known() ? static_cast<unsigned>(util_->GetCountryCodeForRegion(region.text())) : 0;
    }

    bool short_number(std::string_view digits, Region region) const override {
        if (!region.known()) return false;
        const std::string text(digits);
        PhoneNumber number;
        if (util_->Parse(text, region.text(), &number) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
        if (number.country_code() != util_->GetCountryCodeForRegion(region.text())) return false;
        return short_.IsEmergencyNumber(text, region.text()) ||
               short_.IsValidShortNumberForRegion(number, region.text());
    }

private:
    PlanReading parse(const std::string& text, const std::string& region) const {
        PhoneNumber number;
        if (util_->Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return {};
        if (!util_->IsValidNumber(number)) return {};
        std::string national;
        util_->GetNationalSignificantNumber(number, &national);
        PlanReading reading;
        reading.number = join_number(static_cast<unsigned>(number.country_code()), national);
        if (!reading.valid()) return {};
        std::string where;
        util_->GetRegionCodeForNumber(number, &where);
        reading.region = make_region(where); // "001" of non-geographic codes is not a country
        reading.type = type_of(util_->GetNumberType(number));
        return reading;
    }

    const PhoneNumberUtil* util_ = PhoneNumberUtil::GetInstance();
    ShortNumberInfo short_;
};

} // namespace

std::unique_ptr<NumberPlan> make_library_plan() { return std::make_unique<LibraryPlan>(); }

} // namespace callscrub::facts
