#include "facts/date_scan.h"

namespace callscrub::facts {

namespace {

constexpr std::int64_t second = 1000, minute = 60 * second, hour = 60 * minute;

constexpr int none = -1; // of a number

bool digit(char c) { return c >= '0' && c <= '9'; }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// A place in the cell that moves on as its parts are read.
class Scan {
public:
    explicit Scan(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }
    char peek() const { return rest_.empty() ? '\0' : rest_[0]; }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    /// A word of small ASCII letters, in any case, with no letter behind it.
    bool take_word(std::string_view word) {
        if (rest_.size() < word.size()) return false;
        for (std::size_t i = 0; i < word.size(); ++i)
            if (small(rest_[i]) != word[i]) return false;
        const char behind = rest_.size() > word.size() ? small(rest_[word.size()]) : '\0';
        if (behind >= 'a' && behind <= 'z') return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    /// Blanks, tabs, U+00A0 and U+202F, as many as there are.
    bool take_blanks() {
        bool some = false;
        while (take(' ') || take('\t') || take("\xC2\xA0") || take("\xE2\x80\xAF")) some = true;
        return some;
    }
    /// A number of `least` to `most` digits with no digit behind it, or none.
    int number(std::size_t least, std::size_t most) {
        std::size_t length = 0;
        int value = 0;
        for (; length < rest_.size() && digit(rest_[length]); ++length) {
            if (length == most) return none;
            value = value * 10 + (rest_[length] - '0');
        }
        if (length < least) return none;
        rest_.remove_prefix(length);
        return value;
    }
    /// Exactly `length` digits, whatever is behind them; none = there are not so many.
    int digits(std::size_t length) {
        if (rest_.size() < length) return none;
        int value = 0;
        for (std::size_t i = 0; i < length; ++i) {
            if (!digit(rest_[i])) return none;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(length);
        return value;
    }
    /// The bytes up to the next blank, digit or one of . - , as a word.
    std::string_view letters() {
        std::size_t length = 0;
        while (length < rest_.size() && !digit(rest_[length]) &&
               std::string_view(" .-,\t").find(rest_[length]) == std::string_view::npos)
            ++length;
        const auto word = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return word;
    }

private:
    std::string_view rest_;
};

// A part that is missing is `none`, and no date: day_min, or nothing.
Day since_1900(int year, int month, int day) {
    return year < 1900 ? day_min : day_or_min(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}
std::optional<Day> day_of(int year, int month, int day) {
    const Day found = since_1900(year, month, day);
    return found == day_min ? std::nullopt : std::optional(found);
}

struct MonthName {
    std::string_view word;
    int month;
};
// English, German and Dutch, whole and cut.
constexpr MonthName month_names[] = {
    {"jan", 1},   {"january", 1},   {"januar", 1},   {"januari", 1},   {"jän", 1},  {"jänner", 1},
    {"feb", 2},   {"february", 2},  {"februar", 2},  {"februari", 2},  {"febr", 2}, {"mar", 3},
    {"march", 3}, {"mär", 3},       {"märz", 3},     {"maerz", 3},     {"mrz", 3},  {"maart", 3},
    {"mrt", 3},   {"apr", 4},       {"april", 4},    {"may", 5},       {"mai", 5},  {"mei", 5},
    {"jun", 6},   {"june", 6},      {"juni", 6},     {"jul", 7},       {"july", 7}, {"juli", 7},
    {"aug", 8},   {"august", 8},    {"augustus", 8}, {"sep", 9},       {"sept", 9}, {"september", 9},
    {"oct", 10},  {"october", 10},  {"okt", 10},     {"oktober", 10},  {"nov", 11}, {"november", 11},
    {"dec", 12},  {"december", 12}, {"dez", 12},     {"dezember", 12},
};

// 0 = no name of a month.
int month_of(std::string_view word) {
    for (const auto& name : month_names) {
        if (name.word.size() != word.size()) continue;
        bool same = true;
        for (std::size_t i = 0; same && i < word.size(); ++i) {
            // Ä is C3 84, ä is C3 A4.
            const bool umlaut = word[i] == '\x84' && name.word[i] == '\xA4';
            same = umlaut || small(word[i]) == name.word[i];
        }
        if (same) return name.month;
    }
    return 0;
}

// 2024-03-12, 2024/3/12, 20240312
std::optional<Day> year_first(Scan& scan) {
    const int year = scan.digits(4);
    if (digit(scan.peek())) {
        const int month = scan.digits(2);
        return day_of(year, month, scan.digits(2));
    }
    const char mark = scan.peek();
    if (mark != '-' && mark != '/' && mark != '.') return std::nullopt;
    scan.take(mark);
    const int month = scan.number(1, 2);
    if (!scan.take(mark)) return std::nullopt;
    return day_of(year, month, scan.number(1, 2));
}

// Two numbers and a year of four digits with `mark` between them.
std::optional<Day> year_last(Scan& scan, char mark, bool day_first) {
    const int first = scan.number(1, 2);
    if (!scan.take(mark)) return std::nullopt;
    const int other = scan.number(1, 2);
    if (!scan.take(mark)) return std::nullopt;
    const int year = scan.number(4, 4);
    return day_first ? day_of(year, other, first) : day_of(year, first, other);
}

// Blanks, dots, dashes or a comma between the parts of 18-Jun-2024, 18. Juni 2024, Jun 18, 2024.
bool between(Scan& scan) {
    const bool blank = scan.take_blanks();
    const bool mark = scan.take('.') || scan.take(',');
    const bool dash = scan.take('-');
    return scan.take_blanks() || blank || mark || dash;
}

std::optional<Day> month_by_name(Scan& scan) {
    const bool day_first = digit(scan.peek());
    const int first = day_first ? scan.number(1, 2) : month_of(scan.letters());
    if (!between(scan)) return std::nullopt;
    const int other = day_first ? month_of(scan.letters()) : scan.number(1, 2);
    if (!between(scan)) return std::nullopt;
    const int year = scan.number(4, 4);
    return day_first ? day_of(year, other, first) : day_of(year, first, other);
}

// Z, UTC, GMT, +01, +0100, +01:00. False if something else stands there.
bool read_offset(Scan& scan, Written& out) {
    scan.take_blanks();
    if (scan.done()) return true;
    if (scan.take_word("z") || scan.take_word("utc") || scan.take_word("gmt")) {
        out.offset = 0;
        return true;
    }
    const bool east = scan.take('+');
    if (!east && !scan.take('-')) return false;
    const int hours = scan.digits(2);
    const bool colon = scan.take(':');
    const int minutes = colon || digit(scan.peek()) ? scan.digits(2) : 0;
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return false;
    out.offset = (east ? 1 : -1) * (hours * hour + minutes * minute);
    return true;
}

// Seconds and their fraction as milliseconds; none = there are none that are right.
std::int64_t read_seconds(Scan& scan) {
    const int seconds = scan.digits(2);
    if (seconds < 0 || seconds > 59) return none;
    std::int64_t ms = seconds * second;
    if (scan.take('.') || scan.take(',')) {
        if (!digit(scan.peek())) return none;
        for (std::int64_t unit = 100; digit(scan.peek()); unit /= 10) ms += unit * scan.digits(1);
    }
    return ms;
}

// am, p.m., PM: turns an hour of 1 to 12 into one of 0 to 23. False for 13 PM.
bool read_half_day(Scan& scan, int& hours) {
    Scan ahead = scan;
    ahead.take_blanks();
    const bool am = ahead.take_word("am") || ahead.take_word("a.m.");
    const bool pm = !am && (ahead.take_word("pm") || ahead.take_word("p.m."));
    if (!am && !pm) return true;
    scan = ahead;
    if (hours < 1 || hours > 12) return false;
    hours = hours % 12 + (pm ? 12 : 0);
    return true;
}

// What may follow a date: nothing, or T, a comma or blanks and a time of day with or without an offset.
bool read_time(Scan& scan, Written& out) {
    if (scan.done()) return true;
    if (!scan.take('T') && !scan.take('t')) {
        const bool comma = scan.take(',');
        if (!scan.take_blanks() && !comma) return false;
    }
    int hours = scan.number(1, 2);
    if (hours < 0 || !scan.take(':')) return false;
    const int minutes = scan.digits(2);
    if (minutes < 0 || minutes > 59) return false;
    const std::int64_t ms = scan.take(':') ? read_seconds(scan) : 0;
    if (ms < 0 || !read_half_day(scan, hours) || hours > 23) return false;
    out.time = hours * hour + minutes * minute + ms;
    Scan ahead = scan;
    ahead.take_blanks();
    if (ahead.take_word("uhr") || ahead.take_word("uur")) scan = ahead;
    return read_offset(scan, out) && scan.done();
}

std::optional<Day> read_day(DateFormat format, Scan& scan) {
    switch (format) {
    case DateFormat::iso:
        return year_first(scan);
    case DateFormat::dmy_dash:
        return year_last(scan, '-', true);
    case DateFormat::dmy_dot:
        return year_last(scan, '.', true);
    case DateFormat::dmy_slash:
        return year_last(scan, '/', true);
    case DateFormat::mdy_slash:
        return year_last(scan, '/', false);
    case DateFormat::d_month_y:
        return month_by_name(scan);
    default:
        return std::nullopt;
    }
}

bool swapped(int month, int day) { return month > 12 && month <= 31 && day >= 1 && day <= 12; }

} // namespace

bool read_plain_iso(std::string_view cell, Written& out) {
    const std::size_t size = cell.size();
    if (size != 10 && size != 16 && size != 19 && size != 20) return false;
    const char* const text = cell.data();
    const bool marked = text[4] == '-' && text[7] == '-' && (size == 10 || ((text[10] == 'T' || text[10] == ' ') && text[13] == ':')) &&
                        (size <= 16 || text[16] == ':') && (size != 20 || text[19] == 'Z');
    if (!marked) return false;
    bool right = true;
    const auto two = [&](std::size_t at) {
        const auto tens = static_cast<unsigned>(text[at] - '0'), ones = static_cast<unsigned>(text[at + 1] - '0');
        right = right && tens < 10 && ones < 10;
        return static_cast<int>(tens * 10 + ones);
    };
    const Day day = since_1900(two(0) * 100 + two(2), two(5), two(8));
    const int hours = size > 10 ? two(11) : 0, minutes = size > 10 ? two(14) : 0, seconds = size > 16 ? two(17) : 0;
    if (!right || day == day_min || hours > 23 || minutes > 59 || seconds > 59) return false;
    out.day = day;
    if (size > 10) out.time = hours * hour + minutes * minute + seconds * second;
    if (size == 20) out.offset = 0;
    return true;
}

std::optional<Written> read_written(DateFormat format, std::string_view cell) {
    Written out;
    Scan scan(cell);
    const auto day = read_day(format, scan);
    if (!day) return std::nullopt;
    out.day = *day;
    if (!read_time(scan, out)) return std::nullopt;
    return out;
}

Oddity oddity_of(std::string_view cell) {
    Scan scan(cell);
    std::size_t width = 0;
    while (width < cell.size() && digit(cell[width])) ++width;
    const int first = scan.number(1, 4);
    const bool blank = scan.take_blanks();
    const char mark = scan.peek();
    const bool marked = mark == '-' || mark == '.' || mark == '/';
    if (marked) scan.take(mark);
    if (first < 0 || (!marked && !blank)) return Oddity::none;
    scan.take_blanks();
    int month = scan.number(1, 2);
    const bool named = month < 0 && width <= 2 && (month = month_of(scan.letters())) > 0;
    if (month < 0) return Oddity::none;
    if (named ? !between(scan) : !scan.take(mark)) return Oddity::none;
    Scan again = scan;
    const int year = again.number(4, 4);
    if (width <= 2 && year >= 1900)
        return !named && mark != '/' && swapped(month, first) ? Oddity::month_first : Oddity::none;
    const int last = scan.number(1, 2);
    if (width == 4) return swapped(month, last) ? Oddity::month_first : Oddity::none;
    return width <= 2 && last >= 0 ? Oddity::two_digit_year : Oddity::none;
}

} // namespace callscrub::facts
