#include "spelling.h"

namespace differential {
namespace {

const std::string_view separators[] = {
    " ", "-", ".",  "/",  " - ", "  ", "\u00A0", "\u2011", "\u2013", " / ",    "//", ") ", " (", "(", ")",
    "[", "]", "\n", ", ", ";",   "~",  "_",      "\t",     "\u202F", "\u200B", " +", "+",  ".0", "e"};
const std::string_view beginnings[] = {"'", "\u2019", " ",      "=\"", "(",  "\u00A0", "tel:", "Tel: ", "T ",
                                       "-", "\uFEFF", "\u202A", "\"",  "++", "(0)",    "[",    "."};
const std::string_view remarks[] = {" this is his home number",
                                    " [check this with him]",
                                    "---------dead",
                                    " +",
                                    " (looks ok)",
                                    " (call after 3pm)",
                                    " ext. 12",
                                    "x12",
                                    ";ext=345",
                                    " Durchwahl 9",
                                    " tst. 1234567",
                                    " TAXI",
                                    "TAXI",
                                    " taxi",
                                    "-HELP",
                                    "xx",
                                    " ****",
                                    ".0",
                                    ",00",
                                    ".5",
                                    " B\u00FCro",
                                    "\"",
                                    "'",
                                    " ",
                                    "E+11",
                                    "/12",
                                    "-12",
                                    " 12",
                                    ";",
                                    " ?",
                                    "\xFF",
                                    "."};
const std::string_view odd[] = {
    "",    "0",   "n/a", "-",    "onbekend", "4.9E+10", "4,91513E+11", "1e5",  "keine Angabe", "+",   "\xC3",
    "abc", "112", "911", "1233", "0900",     "00",      "+00",         "#N/A", "()",           "E+1", "0E0"};

void group(Random& random, std::string& text) {
    // Most cells use one separator; blanks and dashes far more often than the rest.
    const std::string_view usual = separators[random.below(random.one_in(4) ? std::size(separators) : 4)];
    for (std::size_t at = text.size(); at-- > 1;)
        if (random.one_in(4)) text.insert(at, random.one_in(12) ? random.of(separators) : usual);
}

} // namespace

std::string misspell(Random& random, bool international, const std::string& digits,
                     const std::string& other) {
    if (random.one_in(200)) return std::string(random.of(odd));
    std::string text = (international ? "+" : "") + digits;
    if (random.one_in(15) && text.size() > 3) text.insert(1 + random.below(3), "(0)");
    group(random, text);
    if (random.one_in(6)) text.insert(0, random.of(beginnings));
    if (random.one_in(8)) text += random.of(remarks);
    if (random.one_in(15)) {
        std::string second = other;
        group(random, second);
        text += std::string(random.of(separators)) + second;
    }
    if (!text.empty() && random.one_in(60))
        text[random.below(text.size())] = static_cast<char>(random.below(256));
    return text;
}

} // namespace differential
