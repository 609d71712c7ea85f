/// What the world's numbering plans say about a string of digits. Two implementations with identical
/// verdicts: the library's (phone_library.cpp) and the tables made from its metadata (phone_table_plan.cpp;
/// version in phone_metadata_version). Rules and data are libphonenumber's: Parse, IsValidNumber,
/// GetRegionCodeForNumber, GetNumberType, ShortNumberInfo.
#pragma once
#include "facts/phone.h"
#include <memory>
#include <string_view>

namespace callscrub::facts {

/// A valid number, or nothing (number == 0).
struct PlanReading {
    Number number = 0;
    Region region{};
    PhoneType type = PhoneType::unknown;
    bool valid() const { return number != 0; }
    friend bool operator==(const PlanReading&, const PlanReading&) = default;
};

/// Immutable, shared by all threads. All `digits` are ASCII '0'..'9'.
class NumberPlan {
public:
    virtual ~NumberPlan() = default;

    /// The digits that follow a "+". A number of more than 15 digits is not valid, whatever the plan says
    /// (E.164).
    virtual PlanReading international(std::string_view digits) const = 0;

    /// Digits as somebody in `region` writes or dials them: with or without national prefix, with the
    /// region's international prefix, or beginning with the region's own calling code where that is the only
    /// valid reading.
    virtual PlanReading national(std::string_view digits, Region region) const = 0;

    /// The calling code of a region, e.g. 31; 0 if the region has none.
    virtual unsigned calling_code(Region region) const = 0;

    /// resolve() for the usual shapes of numbers under plain plans, in one go. False = ask resolve(), which must say
    /// the same.
    virtual bool resolve_plain(bool international, std::string_view digits, Region region, PlanReading& reading) const {
        (void)international, (void)digits, (void)region, (void)reading;
        return false;
    }

    /// True if the digits are a short or emergency number of the region.
    virtual bool short_number(std::string_view digits, Region region) const = 0;
};

std::unique_ptr<NumberPlan> make_library_plan();
std::unique_ptr<NumberPlan> make_table_plan();

/// Reads the text of a cell by way of a plan (phone_text.cpp): everything about spelling that is not the
/// plan's.
PhoneReading read_cell(std::string_view cell, Region region, const NumberPlan& plan);

/// The same for common spellings in one pass. False = undecided: ask read_cell.
bool read_common(std::string_view cell, Region region, const NumberPlan& plan, PhoneReading& reading);

/// A number is not guessed: digits that can be read as two different valid numbers give no number.
/// `international`: a plus stood before the digits.
PlanReading resolve(const NumberPlan& plan, bool international, std::string_view digits, Region region);

/// The number of a reading from calling code and national digits; 0 if it has more than 15 digits.
Number join_number(unsigned calling_code, std::string_view national_digits);

} // namespace callscrub::facts
