/// The common spelling of a number in one pass: digits with blanks, dashes, dots, brackets, a slash behind an
/// area code, a plus or an apostrophe in front. It never decides against a cell: whatever is not plainly one
/// valid number is left to read_cell, whose verdicts it must equal.
#include "facts/phone_plan.h"
#include "facts/phone_prefix.h"
#include <algorithm>
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
        return read_digits(text.substr(at)) && size >= complete && !parted_at(fresh);
    }

private:
    static bool is(char c, Kind one, Kind other) {
        const Kind kind = kinds[static_cast<unsigned char>(c)];
        return kind == one || kind == other;
    }

    /// Digits in groups. Its counters are locals: behind each store of a digit members would be read anew.
    bool read_digits(std::string_view text) {
        std::size_t count = 0;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t most = std::min(text.size(), at + most_digits - count);
            const std::size_t begin = at;
            for (; at < most && static_cast<unsigned>(text[at] - '0') < 10; ++at) digits[count + (at - begin)] = text[at];
            count += at - begin;
            if (at == text.size()) break;
            if (static_cast<unsigned>(text[at] - '0') < 10) return false; // too many
            if (!pass_gap(text, at, count)) return false;
            if (at < text.size()) see_gap(text[at], count);
        }
        size = count;
        return true;
    }

    /// Moves `at` to the next digit or the end.
    bool pass_gap(std::string_view text, std::size_t& at, std::size_t count) {
        for (bool first = true; at < text.size(); ++at, first = false) {
            const Kind kind = kinds[static_cast<unsigned char>(text[at])];
            if (kind == Kind::digit) return true;
            if (kind == Kind::parting && count >= complete) return false; // may part two numbers
            if (kind == Kind::dot && first_group == 0 && first && count >= complete) return false; // may be decimals
            if (kind == Kind::other || kind == Kind::plus || kind == Kind::quote) return false;
        }
        return true;
    }

    void see_gap(char digit, std::size_t count) {
        if (first_group == 0) first_group = count;
        if (count < complete) return;
        if (late_gap == 0) late_gap = count;
        if (digit == '0' && fresh == 0) fresh = count;
    }
};

} // namespace

bool read_common(std::string_view cell, Region region, const NumberPlan& plan, PhoneReading& reading) {
    Scan scan;
    if (!scan.read(cell)) return false;
    const std::string_view digits(scan.digits, scan.size);
    if (!scan.international && scan.first_group != 0 && digits[0] != '0') {
        const CodeDigits code(plan.calling_code(region));
        if (scan.first_group == code.size() && code.begins(digits)) return false; // the country's code set apart, without plus
    }
    PlanReading number;
    if (!plan.resolve_plain(scan.international, digits, region, number)) number = resolve(plan, scan.international, digits, region);
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
