/// What the first digits of a number say, looked up: asking the prefix programs is dear, and most numbers have no prefix
/// or the usual one. Internal to the room.
#pragma once
#include "facts/phone_tables.h"
#include <array>
#include <string_view>
#include <vector>

namespace callscrub::facts {

enum class Lead : std::uint8_t {
    unclear,  ///< more than two digits decide: ask the programs
    number,   ///< no prefix
    trunk,    ///< a national prefix of one digit, which no number begins with
    abroad,   ///< an international prefix of two digits
    own_code, ///< no prefix, but the digits of the plan's own calling code
};

/// The first two digits of a number under a plan.
struct Start {
    std::uint16_t state = 0; ///< of the calling code's automaton, after those of the two that are the number's own
    std::uint8_t read = 0;   ///< how many digits led there; state may be a tail, and a tail reads none
    Lead lead = Lead::unclear;
    bool may_be_international = false; ///< an international prefix may begin so; false is certain
    bool may_have_national = false;    ///< the same of the national prefix
};

/// A calling code at the beginning of a number.
struct CodeStart {
    std::uint8_t plan = 0; ///< index into tables::plans, 0 = no code
    std::uint8_t size = 0; ///< digits of the code
};

/// Made once from the tables (254 plans), immutable.
class Starts {
public:
    static const Starts& all();

    /// `digits`: at least two.
    const Start& of(const tables::Plan& plan, std::string_view digits) const {
        return plans_[static_cast<std::size_t>(&plan - tables::plans)][static_cast<std::size_t>(value(digits, 2))];
    }
    /// `digits`: at least three.
    CodeStart code(std::string_view digits) const { return codes_[static_cast<std::size_t>(value(digits, 3))]; }

private:
    Starts();
    static int value(std::string_view digits, std::size_t count) {
        int out = 0;
        for (std::size_t i = 0; i < count; ++i) out = out * 10 + (digits[i] - '0');
        return out;
    }

    std::vector<std::array<Start, 100>> plans_;
    std::array<CodeStart, 1000> codes_{};
};

} // namespace callscrub::facts
