/// The spelling of phone cells, before any numbering plan is asked. Internal to the room.
#pragma once
#include <string>
#include <string_view>

namespace callscrub::facts {

/// Stand-ins for characters outside ASCII that mean nothing in a phone number.
inline constexpr char other_sign = '\x01';
inline constexpr char other_letter = '\x02';

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_letter(char c) { return is_capital(c) || (c >= 'a' && c <= 'z') || c == other_letter; }

/// One byte for each character: Unicode blanks, dashes, pluses, slashes, brackets, dots, quotes and digits
/// (full-width, Arabic-Indic) become their ASCII twins, invisible characters go, everything else not ASCII
/// becomes other_sign or other_letter. Blanks, quotes and a spreadsheet's ="…" around the text go too.
std::string plain_text(std::string_view utf8);

/// Empty, zeros, signs without digits, or a word for nothing ("n/a", "onbekend", "keine Angabe").
bool says_nothing(std::string_view plain);

/// Signs without digits, some of them such as hide digits: "########" of a spreadsheet's narrow column, "***".
bool is_hidden(std::string_view plain);

/// 4.9E+10, 4,91513E+11, 4.91513e11: what a spreadsheet leaves of a long number.
bool is_scientific(std::string_view plain);

/// "31612345678.0" without its ".0" (also ",00"): a whole number that went through a decimal column. Anything
/// else comes back as it is.
std::string_view without_zero_decimals(std::string_view plain);

/// True if `rest` (what follows the last digit of a number) is an extension: ext. 12, x12, #12, ;ext=12,
/// Durchwahl 12, toestel 12. One to six digits.
bool is_extension(std::string_view rest);

/// True if `rest` (what follows the last digit, no digits in it) is part of the number rather than a remark:
/// letters that touch it or hang on it by a single sign (0800-TAXI), or a mask (030 1234xx, 030 1234 ****).
bool belongs_to_number(std::string_view rest);

/// The digits on a keypad for a remark written in capitals only ("0800 TAXI": "8294"); "" for any other.
std::string keypad_digits(std::string_view rest);

} // namespace callscrub::facts
