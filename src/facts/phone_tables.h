/// The world's numbering plans as tables, made by phone_tables/make_tables.py. Internal to the room; read by
/// phone_table_plan.cpp only.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace callscrub::facts::tables {

extern const char metadata_version[];

/// Automata over the digits of national numbers, acyclic, all in one. A state below tail_count is a tail: from there on
/// only the number of digits matters. tails[s][n]: what the number is after n more of them, a label; with more than a row
/// holds, 0. State 0: nothing matches.
extern const unsigned tail_count;
inline constexpr unsigned tail_size = 16;
extern const std::uint16_t tails[][tail_size];

/// The other states, s - tail_count: [d] is the state after digit d, [10] what the digits so far are, a label.
extern const std::uint16_t nodes[][11];

/// The state after a digit ('0'..'9') more; of tails it is not known, unless nothing matches.
inline unsigned after(unsigned state, char digit) { return state < tail_count ? state : nodes[state - tail_count][digit - '0']; }

/// What the digits that led to `state` and `more` digits behind them are, a label.
inline unsigned label_of(unsigned state, std::string_view more) {
    for (std::size_t at = 0; at < more.size(); ++at) {
        if (state < tail_count) {
            const std::size_t left = more.size() - at;
            return left < tail_size ? tails[state][left] : 0;
        }
        state = nodes[state - tail_count][more[at] - '0'];
    }
    return state < tail_count ? tails[state][0] : nodes[state - tail_count][10];
}

/// Label: 0, or the parts below. A valid number has a type.
inline constexpr unsigned label_type = 0xF;       ///< PhoneType
inline constexpr unsigned label_region_shift = 4; ///< index into regions, 0xFF = no country
inline constexpr unsigned label_region = 0xFF;    ///< after the shift
inline constexpr unsigned label_general = 1
                                          << 12; ///< fits the general description of the plan's (main) region

extern const char regions[][3];

/// Instructions of prefix programs: kind in the upper four bits, operand in the lower twelve.
extern const std::uint16_t programs[];
enum class Op : std::uint8_t {
    digit = 1, ///< operand: mask of the digits allowed
    split,     ///< go on here; if that fails, at the operand (counted from the program's start)
    jump,
    save, ///< operand: 2 * group, + 1 for its end
    at_end,
    match,
};

/// What the library knows of a region, or of a calling code that belongs to no region.
struct Plan {
    std::uint16_t calling_code;
    std::uint16_t root;                 ///< automaton of the calling code: validity, region, type
    std::uint16_t general_root;         ///< automaton of the plan's own general description
    std::uint16_t international_prefix; ///< program; 0 = none, it matches nothing
    std::uint16_t national_prefix;      ///< program; likewise
    char transform[5];                  ///< digits put before the captured group instead of the prefix
    std::uint8_t transform_group;       ///< 0 = the prefix is just cut off
    std::uint32_t kept_lengths;         ///< bit n: n digits are kept once the prefix is off
    std::uint32_t long_lengths;         ///< bit n: n digits are too long for the plan
};

/// Whether a mask of lengths has the bit of `size` digits.
inline bool has_length(std::uint32_t lengths, std::size_t size) { return size < 32 && (lengths >> size & 1) != 0; }

extern const unsigned plan_count;
extern const Plan plans[];                  ///< plan_count of them, plans[0]: none
extern const std::uint8_t plan_of_code[];   ///< by calling code 0..999
extern const std::uint8_t plan_of_region[]; ///< by 26 * (first letter - 'A') + (second letter - 'A')

} // namespace callscrub::facts::tables
