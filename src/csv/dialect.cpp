#include "csv/dialect.h"
#include "csv/strict.h"
#include <array>
#include <cctype>
#include <cstring>

namespace callscrub::csv {

namespace {

/// In the order of preference if all else is equal: commas are the likeliest to stand within cells.
constexpr std::array<char, 4> candidates = {'\t', '|', ';', ','};

bool can_delimit(char c) {
    const auto u = static_cast<unsigned char>(c);
    return u < 0x80 && u != 0 && std::isalnum(u) == 0 && std::strchr("\"'\r\n+-.", c) == nullptr;
}

/// How well a delimiter fits.
struct Fit {
    std::size_t columns = 0; ///< of the header; 0 if its quotes are damaged
    std::size_t records = 0; ///< looked at behind the header
    std::size_t alike = 0;   ///< of these, those with as many cells
    /// 3: nearly all records are alike, 2: at least half, 1: at least one in ten, 0: hardly any.
    int agreement() const {
        if (alike * 10 >= records * 9) return 3;
        if (alike * 2 >= records) return 2;
        return alike * 10 >= records ? 1 : 0;
    }
};

Fit try_out(std::string_view sample, const Format& format, bool whole) {
    constexpr std::size_t enough = 500;
    Fit fit;
    Marks marks(sample.data(), sample.size(), format.dialect);
    std::vector<Field> fields;
    for (std::size_t at = 0; at < sample.size() && fit.records < enough;) {
        const Verdict verdict = decide(marks, sample.data(), at, sample.size(), whole, format, &fields);
        if (verdict.kind != Verdict::Kind::decided) break;
        const std::string_view raw = sample.substr(at, verdict.end - at);
        at = verdict.end;
        if (raw == "\n" || raw == "\r\n") continue;
        const std::size_t cells = verdict.damage == Damage::none ? fields.size() : 0;
        if (fit.columns == 0) {
            if (cells == 0) break;
            fit.columns = cells;
            continue;
        }
        ++fit.records;
        if (cells == fit.columns) ++fit.alike;
    }
    return fit;
}

} // namespace

std::optional<char> read_delimiter(std::string_view word) {
    if (word == "tab" || word == "\\t") return '\t';
    if (word == "comma") return ',';
    if (word == "semicolon") return ';';
    if (word == "pipe") return '|';
    if (word.size() == 1 && can_delimit(word[0])) return word[0];
    return std::nullopt;
}

std::string delimiter_name(char delimiter) {
    if (delimiter == '\t') return "tab";
    return std::string(1, delimiter);
}

std::optional<char> separator_line(std::string_view line) {
    if (line.size() == 7 && line.front() == '"' && line.back() == '"') line = line.substr(1, 5);
    if (line.size() != 5 || line[3] != '=') return std::nullopt;
    const auto is = [&](std::size_t i, char c) { return line[i] == c || line[i] == c - 'a' + 'A'; };
    if (!is(0, 's') || !is(1, 'e') || !is(2, 'p') || !can_delimit(line[4])) return std::nullopt;
    return line[4];
}

char detect_delimiter(std::string_view sample, const Dialect& rest, bool whole) {
    Format format;
    format.dialect = rest;
    char several = 0; // the best that cuts the header into several cells
    Fit best;
    char single = ','; // the best for a file of one column
    int best_single = -1;
    for (const char c : candidates) {
        format.dialect.delimiter = c;
        const Fit fit = try_out(sample, format, whole);
        if (fit.columns == 1 && fit.agreement() >= best_single) { // the last of equals: the comma
            best_single = fit.agreement();
            single = c;
        }
        if (fit.columns < 2) continue; // but one that cuts the header counts even if no row agrees
        const bool better = several == 0 || fit.agreement() > best.agreement() ||
                            (fit.agreement() == best.agreement() && fit.columns > best.columns);
        if (!better) continue;
        several = c;
        best = fit;
    }
    return several != 0 ? several : single;
}

} // namespace callscrub::csv
