/// From the text of a cell to a reading. The rules and their reasons: docs/decisions/phone-cells.md.
#include "facts/phone_plan.h"
#include "facts/phone_prefix.h"
#include "facts/phone_text.h"
#include <algorithm>
#include <optional>
#include <vector>

namespace callscrub::facts {
namespace {

/// Fewer digits than this are no complete number of their own beside another one.
constexpr std::size_t complete = 7;
/// More digits than this are not looked at: two whole numbers fit in twice.
constexpr std::size_t most_digits = 64;

/// Something between two groups of digits.
struct Gap {
    std::size_t digits_before = 0;
    bool plus = false; ///< the second group is written with a plus of its own
    bool strong =
        false; ///< a slash, an opening bracket, a line break: set off an area code, or something else
};

/// The digits at the start of the text and what stands between and after them.
struct Spelling {
    bool international = false;
    std::string digits;
    std::vector<Gap> gaps;
    std::string_view rest;

    std::string_view before(const Gap& gap) const {
        return std::string_view(digits).substr(0, gap.digits_before);
    }
    std::string_view after(const Gap& gap) const {
        return std::string_view(digits).substr(gap.digits_before);
    }
};

std::string_view without_scheme(std::string_view text) {
    constexpr std::string_view scheme = "tel:"; // RFC 3966
    if (text.size() < scheme.size()) return text;
    for (std::size_t i = 0; i < scheme.size(); ++i)
        if ((text[i] | 0x20) != scheme[i]) return text;
    text.remove_prefix(scheme.size());
    return text;
}

/// Nothing if something other than blanks, brackets and pluses stands before the first digit.
std::optional<Spelling> spell(std::string_view text) {
    Spelling spelling;
    std::size_t at = 0;
    for (; at < text.size() && !is_digit(text[at]); ++at) {
        if (std::string_view(" ([+").find(text[at]) == std::string_view::npos) return std::nullopt;
        spelling.international |= text[at] == '+';
    }
    std::size_t end = at;
    for (Gap gap; at < text.size(); ++at) {
        const char c = text[at];
        if (is_digit(c)) {
            if (at > end) {
                gap.digits_before = spelling.digits.size();
                spelling.gaps.push_back(gap);
            }
            gap = {};
            if (spelling.digits.size() < most_digits) spelling.digits.push_back(c);
            end = at + 1;
        } else if (std::string_view(" -.()[]/+\n").find(c) == std::string_view::npos) {
            break;
        }
        gap.plus |= c == '+';
        gap.strong |= c == '/' || c == '(' || c == '[' || c == '\n';
    }
    spelling.rest = text.substr(end);
    return spelling;
}

/// The most digits in `text` that are not parted by anything but the usual signs.
std::size_t longest_number(std::string_view text) {
    std::size_t longest = 0;
    for (std::size_t count = 0; const char c : text) {
        if (is_digit(c))
            longest = std::max(longest, ++count);
        else if (std::string_view(" -.()[]/+").find(c) == std::string_view::npos)
            count = 0;
    }
    return longest;
}

class CellReader {
public:
    CellReader(const NumberPlan& plan, Region region, const Spelling& spelling)
        : plan_(plan), region_(region), spelling_(spelling) {}

    PhoneReading read() {
        const std::string_view rest = spelling_.rest;
        const bool more_digits = std::any_of(rest.begin(), rest.end(), is_digit);
        if (more_digits && !is_extension(rest)) {
            const bool two = spelling_.digits.size() >= complete && longest_number(rest) >= complete;
            return {two ? PhoneStatus::two_in_cell : PhoneStatus::invalid};
        }
        if (!more_digits && (belongs_to_number(rest) || is_vanity())) return {PhoneStatus::invalid};
        whole_ = code_apart() ? resolve(plan_, true, spelling_.digits, region_) : PlanReading{};
        if (!whole_.valid()) whole_ = resolve(plan_, spelling_.international, spelling_.digits, region_);
        for (const Gap& gap : spelling_.gaps) {
            const PhoneStatus status = at_gap(gap);
            if (status != PhoneStatus::ok) return {status};
        }
        return of_whole();
    }

private:
    /// A word in capitals that would complete the number on a keypad.
    bool is_vanity() const {
        const std::string word = keypad_digits(spelling_.rest);
        return !word.empty() &&
               resolve(plan_, spelling_.international, spelling_.digits + word, region_).valid();
    }

    /// "49 221 1234567": only the plus is missing, the spelling says where the country's code ends.
    bool code_apart() const {
        if (spelling_.international || spelling_.gaps.empty()) return false;
        const std::string_view first = spelling_.before(spelling_.gaps.front());
        const CodeDigits code(plan_.calling_code(region_));
        return first.size() == code.size() && code.begins(first);
    }

    PlanReading before(const Gap& gap) const {
        return resolve(plan_, spelling_.international, spelling_.before(gap), region_);
    }
    PlanReading after(const Gap& gap) const {
        return resolve(plan_, gap.plus, spelling_.after(gap), region_);
    }

    /// two_in_cell or invalid if the text is not one number because of this gap, else ok.
    PhoneStatus at_gap(const Gap& gap) const {
        const bool both = spelling_.before(gap).size() >= complete && spelling_.after(gap).size() >= complete;
        if (gap.plus) return both ? PhoneStatus::two_in_cell : PhoneStatus::invalid;
        if (spelling_.before(gap).size() < complete) return PhoneStatus::ok;
        if (gap.strong) {
            if (!both)
                return before(gap).valid() ? PhoneStatus::invalid : PhoneStatus::ok; // 030 1234567/68, … (2)
            return !whole_.valid() || before(gap).valid() ? PhoneStatus::two_in_cell : PhoneStatus::ok;
        }
        return both && parts_at_weak(gap) ? PhoneStatus::two_in_cell : PhoneStatus::ok;
    }

    /// Only a blank or a dash stands between: two numbers if the whole is none, or if the second part starts
    /// again with an area code although the first is complete (in plans where lengths vary the whole may
    /// be valid too).
    bool parts_at_weak(const Gap& gap) const {
        const bool fresh = spelling_.after(gap)[0] == '0';
        if (!whole_.valid() && fresh && spelling_.digits.size() > 15) return true;
        if (whole_.valid() && (!fresh || group_after(gap) < 3)) return false;
        return before(gap).valid() && after(gap).valid();
    }

    /// The number of digits between this gap and the next.
    std::size_t group_after(const Gap& gap) const {
        const auto next = std::find_if(spelling_.gaps.begin(), spelling_.gaps.end(),
                                       [&](const Gap& g) { return g.digits_before > gap.digits_before; });
        return (next == spelling_.gaps.end() ? spelling_.digits.size() : next->digits_before) -
               gap.digits_before;
    }

    PhoneReading of_whole() const {
        if (whole_.valid()) {
            const bool premium = whole_.type == PhoneType::premium;
            return {premium ? PhoneStatus::not_diallable : PhoneStatus::ok, whole_.number, whole_.region,
                    whole_.type};
        }
        return {is_short() ? PhoneStatus::not_diallable : PhoneStatus::invalid};
    }

    /// Three to five digits without an area code's 0 are short even where the plan knows nothing of them.
    bool is_short() const {
        const std::string& digits = spelling_.digits;
        if (spelling_.international || digits.size() > 6 || plan_.calling_code(region_) == 0) return false;
        return (digits[0] != '0' && digits.size() >= 3 && digits.size() <= 5) ||
               plan_.short_number(digits, region_);
    }

    const NumberPlan& plan_;
    Region region_;
    const Spelling& spelling_;
    PlanReading whole_;
};

} // namespace

PhoneReading read_cell(std::string_view cell, Region region, const NumberPlan& plan) {
    const std::string plain = plain_text(cell);
    if (is_hidden(plain)) return {PhoneStatus::invalid};
    if (says_nothing(plain)) return {PhoneStatus::missing};
    if (is_scientific(plain)) return {PhoneStatus::scientific};
    const std::optional<Spelling> spelling = spell(without_scheme(without_zero_decimals(plain)));
    if (!spelling) return {PhoneStatus::invalid};
    return CellReader(plan, region, *spelling).read();
}

} // namespace callscrub::facts
