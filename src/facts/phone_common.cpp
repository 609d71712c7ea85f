/// The common spelling of a number in one pass: digits with blanks, dashes, dots, brackets, a slash behind an
/// area code, a plus or an apostrophe in front. It never decides against a cell: whatever is not plainly one
/// valid number is left to read_cell, whose verdicts it must equal.
#include "facts/phone_plan.h"
#include "facts/phone_prefix.h"
#include <array>

namespace callscrub::facts {
namespace {

enum class Kind : std::uint8_t { other, digit, separator, dot, parting, plus, quote, blank };

constexpr std::array<Kind, 256> make_kinds() {
    std::array<Kind, 256> kinds{};
    for (int c = '0'; c <= '9'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::digit;
    for (const char c : {'-', ')'}) kinds[static_cast<std::size_t>(c)] = Kind::separator;
    kinds['.'] = Kind::dot;
    for (const char c : {'/', '('}) kinds[static_cast<std::size_t>(c)] = Kind::parting;
    kinds['+'] = Kind::plus;
    kinds['\''] = Kind::quote;
    kinds[' '] = Kind::blank;
    return kinds;
}
constexpr std::array<Kind, 256> kinds = make_kinds();

constexpr std::size_t complete = 7;     ///< as in read_cell: digits of a number that can stand alone
constexpr std::size_t most_digits = 17; ///< 00 and fifteen

struct Scan {
    char digits[most_digits];
    std::size_t size = 0;
    std::size_t first_group = 0; ///< digits before the first gap; 0 = no gap
    std::size_t late_gap = 0;    ///< digits before the first gap behind a complete number; 0 = none
    std::size_t fresh = 0;       ///< digits before the first such gap that a 0 follows; 0 = none
    bool international = false;

    /// True if a complete number's digits follow that gap as well.
    bool parted_at(std::size_t gap) const { return gap != 0 && size - gap >= complete; }

    /// False if something uncommon stands in the text.
    bool read(std::string_view text) {
        std::size_t at = 0;
        while (at < text.size() && is(text[at], Kind::blank, Kind::quote)) ++at;
        for (; at < text.size(); ++at) {
            const Kind kind = kinds[static_cast<unsigned char>(text[at])];
            if (kind == Kind::digit) break;
            if (kind == Kind::plus)
                international = true;
            else if (kind != Kind::blank && text[at] != '(')
                return false;
        }
        bool gap = false;
        for (; at < text.size(); ++at) {
            const Kind kind = kinds[static_cast<unsigned char>(text[at])];
            if (kind == Kind::digit) {
                if (size == most_digits) return false;
                if (gap) see_gap(text[at]);
                gap = false;
                digits[size++] = text[at];
                continue;
            }
            if (kind == Kind::parting && size >= complete) return false; // may part two numbers
            if (kind == Kind::dot && first_group == 0 && !gap && size >= complete)
                return false; // may be decimals
            if (kind == Kind::other || kind == Kind::plus || kind == Kind::quote) return false;
            gap = true;
        }
        return size >= complete && !parted_at(fresh);
    }

private:
    static bool is(char c, Kind one, Kind other) {
        const Kind kind = kinds[static_cast<unsigned char>(c)];
        return kind == one || kind == other;
    }

    void see_gap(char digit) {
        if (first_group == 0) first_group = size;
        if (size < complete) return;
        if (late_gap == 0) late_gap = size;
        if (digit == '0' && fresh == 0) fresh = size;
    }
};

} // namespace

bool read_common(std::string_view cell, Region region, const NumberPlan& plan, PhoneReading& reading) {
    Scan scan;
    if (!scan.read(cell)) return false;
    const std::string_view digits(scan.digits, scan.size);
    const CodeDigits code(plan.calling_code(region));
    if (!scan.international && scan.first_group == code.size() && code.begins(digits))
        return false; // the country's code set apart, without plus
    const PlanReading number = resolve(plan, scan.international, digits, region);
    if (!number.valid()) {
        if (scan.parted_at(scan.late_gap) || digits.find_first_not_of('0') == std::string_view::npos)
            return false;
        reading = {PhoneStatus::invalid};
        return true;
    }
    reading.status = number.type == PhoneType::premium ? PhoneStatus::not_diallable : PhoneStatus::ok;
    reading.number = number.number;
    reading.region = number.region;
    reading.type = number.type;
    return true;
}

} // namespace callscrub::facts
