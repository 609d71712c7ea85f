#include "facts/phone_text.h"
#include <algorithm>
#include <array>

namespace callscrub::facts {
namespace {

char lower(char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// Words for "no number", letters only (n.v.t. = nvt), in alphabetical order.
constexpr std::array<std::string_view, 68> words_for_nothing = {
    "ausstehend",
    "blank",
    "empty",
    "entfaellt",
    "entfllt",
    "fehlt",
    "geen",
    "geenbewijs",
    "geennummer",
    "geenopgave",
    "geentelefoon",
    "geentelefoonnummer",
    "geheim",
    "ka",
    "kein",
    "keinangabe",
    "keinbeleg",
    "keine",
    "keineangabe",
    "keineangaben",
    "keinenummer",
    "keiner",
    "keinetelefonnummer",
    "keinnachweis",
    "keins",
    "keintelefon",
    "leeg",
    "leer",
    "missing",
    "n",
    "na",
    "nan",
    "nb",
    "nee",
    "nein",
    "nichtbekannt",
    "nichtvorhanden",
    "nietbekend",
    "nietbeschikbaar",
    "nil",
    "no",
    "noevidence",
    "none",
    "nonumber",
    "nophone",
    "nophonenumber",
    "noproof",
    "notavailable",
    "notelephone",
    "notknown",
    "null",
    "nv",
    "nvt",
    "ohne",
    "onbekend",
    "ontbreekt",
    "ontbrekend",
    "openstaand",
    "pending",
    "tba",
    "tbd",
    "unavailable",
    "unbekannt",
    "undefined",
    "unknown",
    "x",
    "xx",
    "zonderbewijs",
};

bool is_word_for_nothing(std::string_view word) {
    return std::find(words_for_nothing.begin(), words_for_nothing.end(), word) != words_for_nothing.end();
}

/// Labels of an extension in English, German and Dutch. Twelve letters at most.
constexpr std::array<std::string_view, 18> extension_labels = {
    "#",    "app", "apparaat", "apparat", "durchw", "durchwahl",   "dw",  "ext",     "extension",
    "extn", "kl",  "klappe",   "nebenst", "nst",    "nebenstelle", "tst", "toestel", "x",
};

bool is_extension_label(std::string_view word) {
    return std::find(extension_labels.begin(), extension_labels.end(), word) != extension_labels.end();
}

/// Digits from `at` on; moves `at` behind them.
std::size_t skip_digits(std::string_view text, std::size_t& at) {
    const std::size_t start = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - start;
}

std::size_t skip_any(std::string_view text, std::string_view signs, std::size_t at) {
    return std::min(text.find_first_not_of(signs, at), text.size());
}

} // namespace

bool says_nothing(std::string_view plain) {
    std::string letters;
    for (const char c : plain) {
        if (c >= '1' && c <= '9') return false;
        if (is_letter(c) && c != other_letter) letters.push_back(lower(c));
        if (letters.size() > 20) return false;
    }
    const bool digits = plain.find('0') != std::string_view::npos;
    const bool foreign = plain.find(other_letter) != std::string_view::npos;
    if (letters.empty()) return !foreign;
    return !digits && is_word_for_nothing(letters);
}

bool is_hidden(std::string_view plain) {
    const auto speaks = [](char c) { return is_digit(c) || is_letter(c); };
    return plain.find_first_of("#*") != std::string_view::npos && std::none_of(plain.begin(), plain.end(), speaks);
}

bool is_scientific(std::string_view plain) {
    std::string tight;
    for (const char c : plain)
        if (c != ' ') tight.push_back(lower(c));
    std::size_t at = skip_any(tight, "+-", 0);
    if (at > 1 || skip_digits(tight, at) == 0) return false;
    if (at < tight.size() && (tight[at] == '.' || tight[at] == ',')) {
        ++at;
        skip_digits(tight, at);
    }
    if (at >= tight.size() || tight[at] != 'e') return false;
    ++at;
    if (at < tight.size() && (tight[at] == '+' || tight[at] == '-')) ++at;
    const std::size_t exponent = skip_digits(tight, at);
    return exponent >= 1 && exponent <= 3 && at == tight.size();
}

std::string_view without_zero_decimals(std::string_view plain) {
    std::size_t at = !plain.empty() && plain[0] == '+' ? 1 : 0;
    if (skip_digits(plain, at) < 7) return plain;
    const std::string_view decimals = plain.substr(at);
    if (decimals.size() < 2 || (decimals[0] != '.' && decimals[0] != ',')) return plain;
    return decimals.find_first_not_of('0', 1) == std::string_view::npos ? plain.substr(0, at) : plain;
}

bool is_extension(std::string_view rest) {
    std::size_t at = skip_any(rest, " ,;:-.(/[", 0);
    std::string label;
    for (; at < rest.size() && (is_letter(rest[at]) || rest[at] == '#') && label.size() < 12; ++at)
        label.push_back(lower(rest[at]));
    if (!is_extension_label(label)) return false;
    at = skip_any(rest, " .:=-", at);
    const std::size_t count = skip_digits(rest, at);
    return count >= 1 && count <= 6 && skip_any(rest, " )]#.", at) == rest.size();
}

bool belongs_to_number(std::string_view rest) {
    const std::size_t word =
        static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), is_letter) - rest.begin());
    if (word < rest.size()) {
        const std::string_view joint = rest.substr(0, word);
        const bool hangs =
            joint.size() == 1 && std::string_view("-./_'*#").find(joint[0]) != std::string_view::npos;
        if (joint.empty() || hangs) return true;
    }
    const std::size_t mask = skip_any(rest, " -./()", 0);
    const std::size_t end = skip_any(rest, "xX*#_", mask);
    const bool alone = end == rest.size() || !is_letter(rest[end]);
    return end - mask >= 2 && alone;
}

std::string keypad_digits(std::string_view rest) {
    static constexpr std::string_view keys = "22233344455566677778889999"; // A to Z, ITU-T E.161
    std::string digits;
    for (const char c : rest) {
        if (is_letter(c) && !is_capital(c)) return {};
        if (is_capital(c)) digits.push_back(keys[static_cast<std::size_t>(c - 'A')]);
    }
    return digits;
}

} // namespace callscrub::facts
