#include "numbers.h"
#include "facts/phone_plan.h"
#include "facts/phone_tables.h"
#include <algorithm>
#include <map>
#include <phonenumbers/phonenumberutil.h>
#include <queue>

namespace differential {
namespace {

using namespace callscrub::facts;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// Where digits led in an automaton; in a tail, how many of them since.
struct Place {
    unsigned state = 0, into_tail = 0;

    bool is_tail() const { return state < tables::tail_count; }
    Place after(char digit) const {
        if (is_tail()) return {state, into_tail + 1};
        return {tables::nodes[state - tables::tail_count][digit - '0'], 0};
    }
    bool is_valid() const { return (label() & tables::label_type) != 0; }
    /// No digits more make it a number.
    bool is_dead() const {
        if (!is_tail()) return false;
        for (unsigned more = into_tail; more < tables::tail_size; ++more)
            if (tables::tails[state][more] != 0) return false;
        return true;
    }
    friend auto operator<=>(const Place&, const Place&) = default;

private:
    unsigned label() const {
        if (is_tail()) return into_tail < tables::tail_size ? tables::tails[state][into_tail] : 0;
        return tables::nodes[state - tables::tail_count][10];
    }
};

/// Random digits that a prefix program matches; random alternatives at each split.
std::string prefix(Random& random, unsigned start) {
    std::string digits;
    const std::uint16_t* program = tables::programs + start;
    for (std::size_t pc = 0;; ++pc) {
        const unsigned operand = program[pc] & 0xFFFu;
        switch (static_cast<tables::Op>(program[pc] >> 12)) {
        case tables::Op::digit:
            if (operand == 0) return digits;
            for (char digit = random.digit();; digit = random.digit())
                if (operand >> (digit - '0') & 1) {
                    digits.push_back(digit);
                    break;
                }
            break;
        case tables::Op::split:
            if (random.one_in(2)) pc = operand - 1;
            break;
        case tables::Op::jump:
            pc = operand - 1;
            break;
        case tables::Op::match:
            return digits;
        default:
            break;
        }
    }
}

void mutate(Random& random, std::string& digits) {
    const std::size_t at = random.below(digits.size() + 1);
    switch (random.below(5)) {
    case 0:
        digits.insert(at, 1, random.digit());
        break;
    case 1:
        if (at < digits.size()) digits.erase(at, 1);
        break;
    case 2:
        if (at < digits.size()) digits[at] = random.digit();
        break;
    case 3:
        if (at + 1 < digits.size()) std::swap(digits[at], digits[at + 1]);
        break;
    default:
        digits.resize(at);
        break;
    }
}

using Ways = std::map<Place, std::string>;

/// For each place below `root`, the shortest digits that lead there.
Ways ways_from(unsigned root) {
    Ways ways{{{root}, ""}};
    std::queue<Place> todo;
    for (todo.push({root}); !todo.empty(); todo.pop())
        for (char digit = '0'; digit <= '9'; ++digit)
            if (const Place place = todo.front().after(digit);
                !place.is_dead() && ways.emplace(place, ways[todo.front()] + digit).second)
                todo.push(place);
    return ways;
}

/// A digit that may make a number of it, if there is one; the next ones are asked if a random one doesn't.
char digit_on(Random& random, const Place& place) {
    char digit = random.digit();
    for (int tries = 0; tries < 10 && place.after(digit).is_dead(); ++tries) digit = static_cast<char>('0' + (digit - '0' + 1) % 10);
    return digit;
}

/// Random digits from a place on until a number is valid; random ones without end in sight once there is no
/// way.
std::string way_on(Random& random, Place place) {
    std::string digits;
    for (std::size_t steps = 0; steps < 17 && !place.is_valid(); ++steps) {
        digits.push_back(digit_on(random, place));
        place = place.after(digits.back());
        if (place.is_dead() && random.one_in(3)) break;
    }
    return digits;
}

} // namespace

Numbers::Numbers() : region_of_plan_(256) {
    for (char a = 'A'; a <= 'Z'; ++a)
        for (char b = 'A'; b <= 'Z'; ++b)
            if (const unsigned plan = tables::plan_of_region[(a - 'A') * 26 + (b - 'A')]) {
                regions_.push_back({{a, b}});
                region_of_plan_[plan] = {{a, b}};
                plans_.push_back(plan);
            }
    regions_.push_back({{'Z', 'Z'}});
    for (unsigned code = 1; code < 1000; ++code)
        if (const unsigned plan = tables::plan_of_code[code]; plan != 0 && !region_of_plan_[plan].known())
            plans_.push_back(plan);

    const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
    for (const Region region : regions_)
        for (int type = 0; type < PhoneNumberUtil::UNKNOWN; ++type) {
            PhoneNumber number;
            std::string digits;
            const auto kind = static_cast<PhoneNumberUtil::PhoneNumberType>(type);
            if (!util.GetExampleNumberForType(region.text(), kind, &number)) continue;
            util.GetNationalSignificantNumber(number, &digits);
            examples_.push_back({digits, region, false});
        }
}

std::string Numbers::walk(Random& random, unsigned root) const {
    std::string digits;
    for (Place place{root}; digits.size() < 17;) {
        if (place.is_valid() && random.one_in(2)) break;
        const char digit = random.one_in(60) ? random.digit() : digit_on(random, place); // now and then off the way
        if (place.after(digit).is_dead() && !random.one_in(8)) break;
        place = place.after(digit);
        digits.push_back(digit);
    }
    return digits;
}

std::string Numbers::national(Random& random, unsigned plan) const {
    if (random.one_in(6)) {
        // Whatever the tables say: any beginning, any length. A branch that they lack shows here.
        std::string digits(3 + random.below(13), '0');
        for (char& digit : digits) digit = random.digit();
        return digits;
    }
    return walk(random, random.one_in(4) ? tables::plans[plan].general_root : tables::plans[plan].root);
}

Dialled Numbers::dress(Random& random, unsigned plan, std::string digits) const {
    const tables::Plan& p = tables::plans[plan];
    const std::string code = std::to_string(p.calling_code);
    Dialled number;
    number.region = region_of_plan_[plan];
    if (random.one_in(12) || !number.region.known()) number.region = random.of(regions_);
    const bool trunk = p.national_prefix != 0 && random.one_in(2);
    if (trunk) digits = prefix(random, p.national_prefix) + digits;
    switch (random.below(8)) {
    case 0:
        digits = code + digits;
        break; // the plus is missing
    case 1:
        if (const unsigned home = tables::plan_of_region[(number.region.letters[0] - 'A') * 26 +
                                                         (number.region.letters[1] - 'A')])
            if (tables::plans[home].international_prefix != 0)
                digits = prefix(random, tables::plans[home].international_prefix) + code + digits;
        break;
    case 2:
        digits = "00" + code + digits;
        break;
    case 3:
    case 4:
        number.international = true;
        digits = code + digits;
        break;
    default:
        break; // as written at home
    }
    number.digits = std::move(digits);
    return number;
}

Dialled Numbers::draw(Random& random) const {
    if (random.one_in(30)) {
        Dialled number = random.of(examples_);
        const unsigned plan =
            tables::plan_of_region[(number.region.letters[0] - 'A') * 26 + (number.region.letters[1] - 'A')];
        return dress(random, plan, number.digits);
    }
    const unsigned plan = random.of(plans_);
    Dialled number = dress(random, plan, national(random, plan));
    for (std::size_t times = random.one_in(5) ? 1 + random.below(2) : 0; times > 0; --times)
        mutate(random, number.digits);
    return number;
}

void Numbers::every_branch(Random& random, const std::function<void(const Dialled&)>& use) const {
    for (const unsigned plan : plans_) {
        const tables::Plan& p = tables::plans[plan];
        for (const unsigned root : {p.root, p.general_root}) {
            if (root == p.root && region_of_plan_[plan].known() &&
                plan != tables::plan_of_code[p.calling_code])
                continue; // the automaton of the calling code: once, from its main region
            for (const auto& [place, way] : ways_from(root))
                for (char digit = '0'; digit <= (place.is_tail() ? '1' : '9'); ++digit) { // in a tail they are all alike
                    const std::string there = way + digit;
                    use({std::to_string(p.calling_code) + there + way_on(random, place.after(digit)), {}, true});
                    if (region_of_plan_[plan].known())
                        use({there + way_on(random, place.after(digit)), region_of_plan_[plan], false});
                }
            if (p.root == p.general_root) break;
        }
    }
}

} // namespace differential
