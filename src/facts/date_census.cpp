#include "base/text.h"
#include "facts/date_scan.h"
#include "facts/dates.h"

namespace callscrub::facts {

namespace {

// The formats that need not be stated.
constexpr DateFormat found[] = {DateFormat::iso,       DateFormat::dmy_dash,  DateFormat::dmy_dot,
                                DateFormat::dmy_slash, DateFormat::mdy_slash, DateFormat::d_month_y,
                                DateFormat::excel};

std::size_t index(DateFormat format) { return static_cast<std::size_t>(format); }

bool holds(DateFormat format, std::string_view cell) { return DateReader(format).read(cell).has_value(); }

constexpr std::string_view turned_round = "day and month the other way round";

std::string as_stated(DateFormat format) { return "dates = \"" + std::string(name(format)) + "\""; }

std::string shown(const std::string& cell) { return "'" + base::quoted(cell) + "'"; }

} // namespace

void DateCensus::Sample::keep(std::string_view text, std::uint64_t at) {
    line = at;
    cell.assign(text.substr(0, 60));
}

void DateCensus::Sample::keep_first(const Sample& other) {
    if (other.line != 0 && (line == 0 || other.line < line)) *this = other;
}

void DateCensus::add(std::string_view cell, std::uint64_t line) {
    cell = base::trim(cell);
    if (says_no_date(cell)) return;
    bool fits = false;
    std::array<bool, date_format_count> is{};
    for (const auto format : found) {
        if (refusal_[index(format)].line != 0) continue;
        is[index(format)] = holds(format, cell);
        fits = fits || is[index(format)];
    }
    // Only a date can speak against a format.
    bool dated = fits || oddity_of(cell) == Oddity::month_first;
    for (const auto format : found) dated = dated || holds(format, cell);
    if (!dated) {
        if (unreadable_count_++ == 0) unreadable_.keep(cell, line);
        return;
    }
    for (const auto format : found)
        if (refusal_[index(format)].line == 0 && !is[index(format)])
            refusal_[index(format)].keep(cell, line);
    if (first_.line == 0) first_.keep(cell, line);
    if (turned_.line == 0 && is[index(DateFormat::dmy_slash)] && is[index(DateFormat::mdy_slash)] &&
        DateReader(DateFormat::dmy_slash).read(cell) != DateReader(DateFormat::mdy_slash).read(cell))
        turned_.keep(cell, line);
}

void DateCensus::merge(const DateCensus& other) {
    for (std::size_t i = 0; i < refusal_.size(); ++i) refusal_[i].keep_first(other.refusal_[i]);
    first_.keep_first(other.first_);
    turned_.keep_first(other.turned_);
    unreadable_.keep_first(other.unreadable_);
    unreadable_count_ += other.unreadable_count_;
}

// Two styles: `best` held longest, then came a date that it does not hold.
std::string DateCensus::mixed(DateFormat best) const {
    const auto& odd = refusal_[index(best)];
    const std::string first = shown(first_.cell) + " (line " + std::to_string(first_.line) + ", ";
    const std::string other = shown(odd.cell) + " (line " + std::to_string(odd.line) + ", ";
    std::string style(turned_round);
    for (const auto format : found)
        if (holds(format, odd.cell)) {
            style = name(format);
            break;
        }
    return "dates in two styles: " + first + std::string(name(best)) + ") and " + other + style +
           "); expected one style for the whole column. Export it again as yyyy-mm-dd, or state the one that "
           "is meant, " +
           "for instance " + as_stated(best) + ": rows in another style are then unreadable";
}

DateCensus::Decision DateCensus::decide() const {
    Decision out;
    out.unreadable = unreadable_count_;
    out.unreadable_line = unreadable_.line;
    const auto open = [&](DateFormat format) { return refusal_[index(format)].line == 0; };
    if (first_.line == 0) {
        if (unreadable_count_ == 0) {
            out.format = DateFormat::iso;
            return out;
        }
        out.line = unreadable_.line;
        out.trouble = shown(unreadable_.cell) + " is no date";
        out.trouble +=
            oddity_of(unreadable_.cell) == Oddity::two_digit_year
                ? ": a year needs four digits, because 03-04-05 can be read in several ways; export the "
                  "column again"
                : " of a form we know, and no cell of the column is; state the form with dates = \"…\" (" +
                      std::string(name(DateFormat::iso)) + ", " + std::string(name(DateFormat::dmy_dot)) +
                      ", epoch, …) or export the column as yyyy-mm-dd";
        return out;
    }
    if (open(DateFormat::dmy_slash) && open(DateFormat::mdy_slash) && turned_.line != 0) {
        out.line = turned_.line;
        out.trouble = shown(turned_.cell) +
                      " can be day first or month first, and no date of the column tells which; state " +
                      as_stated(DateFormat::dmy_slash) + " or " + as_stated(DateFormat::mdy_slash);
        return out;
    }
    DateFormat best = found[0];
    for (const auto format : found) {
        if (open(format)) {
            out.format = format;
            return out;
        }
        if (refusal_[index(format)].line > refusal_[index(best)].line) best = format;
    }
    out.line = refusal_[index(best)].line;
    // The first date fits no form: its month is beyond 12.
    out.trouble = out.line != first_.line
                      ? mixed(best)
                      : shown(first_.cell) + " has no month from 1 to 12 where its form has the month; if the month "
                                             "and the day stand the other way round, export the column again as "
                                             "yyyy-mm-dd";
    return out;
}

} // namespace callscrub::facts
