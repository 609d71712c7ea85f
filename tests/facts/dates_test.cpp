#include "base/failure.h"
#include "facts/dates.h"
#include <doctest/doctest.h>
#include <random>
#include <string>
#include <vector>

using namespace callscrub::facts;
using callscrub::base::Failure;

namespace {

// "2024-03-12", "2024-03-12 09:14:00.000" for a wall time, the same with Z for an instant, "-" for nothing.
std::string text(const std::optional<Moment>& moment) {
    if (!moment) return "-";
    const std::int64_t of_day = ((moment->ms % 86'400'000) + 86'400'000) % 86'400'000;
    std::string out = to_string(static_cast<Day>((moment->ms - of_day) / 86'400'000));
    if (moment->kind == Moment::Kind::day) return of_day == 0 ? out : "a day that is no midnight";
    char time[32];
    std::snprintf(time, sizeof time, " %02d:%02d:%02d.%03d", static_cast<int>(of_day / 3'600'000),
                  static_cast<int>(of_day / 60'000 % 60), static_cast<int>(of_day / 1000 % 60),
                  static_cast<int>(of_day % 1000));
    return out + time + (moment->kind == Moment::Kind::instant ? "Z" : "");
}

std::string read(DateFormat format, std::string_view cell) { return text(DateReader(format).read(cell)); }

DateCensus::Decision decide(const std::vector<std::string>& cells) {
    DateCensus census;
    for (std::size_t i = 0; i < cells.size(); ++i) census.add(cells[i], i + 2);
    return census.decide();
}

std::string style(const std::vector<std::string>& cells) {
    const auto decision = decide(cells);
    CHECK(decision.format.has_value() == decision.trouble.empty());
    return decision.format ? std::string(name(*decision.format)) : "-";
}

} // namespace

TEST_CASE("the dirty dates of real exports, each in the format of its column") {
    struct Row {
        DateFormat format;
        std::string_view cell, expected;
    };
    const Row rows[] = {
        // mailchimp, hubspot, vicidial, genesys, salesforce, postgres
        {DateFormat::iso, "2016-04-18 13:51:14", "2016-04-18 13:51:14.000"},
        {DateFormat::iso, "2024-03-12 09:14", "2024-03-12 09:14:00.000"},
        {DateFormat::iso, "2007-08-09 00:00:00", "2007-08-09 00:00:00.000"},
        {DateFormat::iso, "2024-03-12T09:14Z", "2024-03-12 09:14:00.000Z"},
        {DateFormat::iso, "2024-03-12T09:14:05.000+0000", "2024-03-12 09:14:05.000Z"},
        {DateFormat::iso, "2024-03-12 09:14:05.123456+00", "2024-03-12 09:14:05.123Z"},
        {DateFormat::iso, "2024-03-12T00:14:05+01:00", "2024-03-11 23:14:05.000Z"},
        {DateFormat::iso, "2024-03-12T21:14:05-03:30", "2024-03-13 00:44:05.000Z"},
        {DateFormat::iso, "2024-03-12t09:14:05,5z", "2024-03-12 09:14:05.500Z"},
        {DateFormat::iso, "2024-03-12 09:14:05 UTC", "2024-03-12 09:14:05.000Z"},
        {DateFormat::iso, "2024-03-12", "2024-03-12"},
        {DateFormat::iso, "2024/03/12", "2024-03-12"},
        {DateFormat::iso, "2024-3-2", "2024-03-02"},
        {DateFormat::iso, "20240312", "2024-03-12"},
        {DateFormat::iso, " 2024-03-12\xC2\xA0", "2024-03-12"},
        {DateFormat::iso, "9999-12-31", "9999-12-31"},
        // brevo
        {DateFormat::dmy_dash, "12-04-2022 09:30", "2022-04-12 09:30:00.000"},
        {DateFormat::dmy_dash, "3-4-2024", "2024-04-03"},
        {DateFormat::dmy_dot, "03.04.2024", "2024-04-03"},
        {DateFormat::dmy_dot, "3.4.2024, 09:14:00", "2024-04-03 09:14:00.000"},
        {DateFormat::dmy_dot, "03.04.2024 9:14 Uhr", "2024-04-03 09:14:00.000"},
        {DateFormat::dmy_slash, "25/03/2021", "2021-03-25"},
        {DateFormat::dmy_slash, "4/3/2021 23:59:59", "2021-03-04 23:59:59.000"},
        {DateFormat::mdy_slash, "3/15/2024 2:30 PM", "2024-03-15 14:30:00.000"},
        {DateFormat::mdy_slash,
         "3/15/2024, 12:05:00\xE2\x80\xAF"
         "AM",
         "2024-03-15 00:05:00.000"},
        {DateFormat::mdy_slash, "04/03/2021", "2021-04-03"},
        {DateFormat::d_month_y, "18-Jun-2024", "2024-06-18"},
        {DateFormat::d_month_y, "18. März 2024", "2024-03-18"},
        {DateFormat::d_month_y, "18. MÄRZ 2024 10:00", "2024-03-18 10:00:00.000"},
        {DateFormat::d_month_y, "1 mrt. 2024", "2024-03-01"},
        {DateFormat::d_month_y, "5 mei 2024", "2024-05-05"},
        {DateFormat::d_month_y, "31-Okt-2024", "2024-10-31"},
        {DateFormat::d_month_y, "Jun 18, 2024 9:14 AM", "2024-06-18 09:14:00.000"},
        {DateFormat::d_month_y, "7 maart 2024", "2024-03-07"},
        {DateFormat::d_month_y, "24.Dez.2024", "2024-12-24"},
        {DateFormat::excel, "45383", "2024-04-01"},
        {DateFormat::excel, "45383.0", "2024-04-01"},
        {DateFormat::excel, "45383.390625", "2024-04-01 09:22:30.000"},
        {DateFormat::excel, "45383,5", "2024-04-01 12:00:00.000"},
        {DateFormat::excel, "45383.3854166667", "2024-04-01 09:15:00.000"},
        {DateFormat::excel, "2958465", "9999-12-31"},
        {DateFormat::excel_1904, "43921", "2024-04-01"},
        {DateFormat::epoch_s, "1710234840", "2024-03-12 09:14:00.000Z"},
        {DateFormat::epoch_s, "1710234840.25", "2024-03-12 09:14:00.250Z"},
        {DateFormat::epoch_ms, "1710234840123", "2024-03-12 09:14:00.123Z"},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string(row.cell));
        CHECK(read(row.format, row.cell) == row.expected);
    }
}

TEST_CASE("whatever is not wholly a date of the format is refused") {
    struct Row {
        DateFormat format;
        std::vector<std::string_view> cells;
    };
    const Row rows[] = {
        {DateFormat::iso,
         {"",
          "24-02-03",
          "2024-02-30",
          "2023-02-29",
          "2024-13-01",
          "2024-00-10",
          "2024-02-03x",
          "2024-02-03 ca.",
          "2024-02-03T",
          "2024-02-03T25:00",
          "2024-02-03T24:00",
          "2024-02-03T10:60",
          "2024-02-03T10:00:60",
          "2024-02-03T10",
          "2024-02-0310:00",
          "2024-02-03T10:00+15:00",
          "2024-02-03T10:00 CET",
          "2024-02-03T10:00:00.",
          "2024-02-03Z",
          "2024-02-03 13:00 PM",
          "2024-02-03 0:30 AM",
          "2024/02-03",
          "0000-00-00",
          "0001-01-01",
          "1899-12-30",
          "45383",
          "03.04.2024",
          "202402031",
          "2024020",
          "2024-02-03 2024-02-04",
          "2024-02-03 10:00zz",
          "-2024-02-03",
          "2024-02-+3"}},
        {DateFormat::dmy_dash,
         {"12-03-24", "31-04-2024", "29-02-2023", "03-25-2024", "12.03.2024", "2024-03-12", "12-03-02024",
          "12-03-2024T", "12--3-2024", "-12-03-2024"}},
        {DateFormat::dmy_dot,
         {"12.03.24", "12.03.", "32.01.2024", "12.03.2024.", "12,03,2024", "12.03.2024 9:5"}},
        {DateFormat::dmy_slash, {"03/25/2021", "1/2/03", "1/2-2003", "0/1/2024", "1/0/2024"}},
        {DateFormat::mdy_slash, {"25/03/2021", "2/30/2024", "3/15/2024 14:30 PM", "3/15/2024 2:30 PMX"}},
        {DateFormat::d_month_y,
         {"18-Jun-24", "18-Jux-2024", "Jun 2024", "30 Feb 2024", "Juni 18 24", "18Jun2024", "18-6-2024",
          "Jun", "18 Jun"}},
        {DateFormat::excel,
         {"0", "1", "60", "9999", "2958466", "-45383", "45383.", ".5", "4.5E4", "45383.5.1", "45 383",
          "20240312", "45383 12:00", "NaN"}},
        {DateFormat::excel_1904, {"1", "2957004"}},
        {DateFormat::epoch_s,
         {"0", "-1", "99999999", "1710234840123", "2024-03-12", "253402300800", "1710234840s",
          "9999999999999999"}},
        {DateFormat::epoch_ms, {"0", "1710234840", "99999999999", "253402300800000", "0001710234840123", "abc"}},
    };
    for (const auto& row : rows)
        for (const auto cell : row.cells) {
            CAPTURE(std::string(cell));
            CHECK(read(row.format, cell) == "-");
        }
}

TEST_CASE("every day is read back in every way of writing it") {
    const char* months[] = {"Jan",  "Februar", "maart", "Apr", "mei", "JUNE",
                            "juli", "aug",     "sept",  "Okt", "nov", "december"};
    int wrong = 0;
    for (Day day = make_day(1950, 1, 1).value(); day < make_day(2100, 1, 1).value(); ++day) {
        const std::string iso = to_string(day), y = iso.substr(0, 4), m = iso.substr(5, 2),
                          d = iso.substr(8, 2);
        const auto month = static_cast<std::size_t>(std::stoi(m) - 1);
        const auto is = [&](DateFormat format, const std::string& cell) {
            wrong += DateReader(format).read(cell) != Moment::of_day(day);
        };
        is(DateFormat::iso, iso);
        is(DateFormat::iso, y + m + d);
        is(DateFormat::dmy_dash, d + "-" + m + "-" + y);
        is(DateFormat::dmy_dot, std::to_string(std::stoi(d)) + "." + std::to_string(std::stoi(m)) + "." + y);
        is(DateFormat::dmy_slash, d + "/" + m + "/" + y);
        is(DateFormat::mdy_slash, m + "/" + d + "/" + y);
        is(DateFormat::d_month_y, d + " " + months[month] + " " + y);
        is(DateFormat::excel, std::to_string(day + 25'569));
        is(DateFormat::excel_1904, std::to_string(day + 24'107));
    }
    CHECK(wrong == 0);
}

TEST_CASE("no text makes a reader or a census stumble") {
    std::mt19937 random(20260701);
    const std::string_view letters = "0123456789-./:T ,+ZAPMarz\xC3\xA4\xC2\xA0\xE2\x80\xAF";
    DateCensus census;
    int read_twice = 0;
    for (std::uint64_t i = 1; i <= 200'000; ++i) {
        std::string cell;
        for (auto length = random() % 14; length > 0; --length) cell += letters[random() % letters.size()];
        census.add(cell, i);
        int held = 0;
        for (std::size_t f = 0; f < 7; ++f)
            held += DateReader(static_cast<DateFormat>(f)).read(cell).has_value();
        const bool slashes = cell.find('/') != std::string::npos;
        read_twice += held > (slashes ? 2 : 1);
    }
    CHECK(read_twice == 0); // only d/m and m/d share cells
    CHECK(census.decide().unreadable > 100'000);
}

TEST_CASE("a column decides, not a cell") {
    CHECK(style({"2024-04-03", "2024-12-31T09:14:00Z", "2024-12-31 09:14"}) == "iso");
    CHECK(style({"03.04.2024", "", "31.12.2024 10:00"}) == "dd.mm.yyyy");
    CHECK(style({"3-4-2024"}) == "dd-mm-yyyy");
    CHECK(style({"04/03/2021", "25/03/2021"}) == "d/m/yyyy");
    CHECK(style({"04/03/2021", "03/25/2021"}) == "m/d/yyyy");
    CHECK(style({"18-Jun-2024", "1-mrt-2024"}) == "dd-mon-yyyy");
    CHECK(style({"45383", "45384.5"}) == "excel");
    CHECK(style({"20240312", "2024-03-12"}) == "iso");
    CHECK(style({}) == "iso");
    CHECK(style({"", "  "}) == "iso");
}

TEST_CASE("day first or month first is never guessed") {
    const auto ambiguous = decide({"05/05/2024", "03/04/2024"});
    CHECK_FALSE(ambiguous.format);
    CHECK(ambiguous.line == 3);
    CHECK(ambiguous.trouble ==
          "'03/04/2024' can be day first or month first, and no date of the column tells which; state "
          "dates = \"d/m/yyyy\" or dates = \"m/d/yyyy\"");
    CHECK(style({"05/05/2024"}) == "d/m/yyyy"); // the same day either way
    CHECK(style({"03/04/2024 10:00", "05/05/2024"}) == "-");
}

TEST_CASE("two styles in one column stop it, with the lines that show them") {
    const auto mixed = decide({"2024-03-12 09:14", "", "3/15/2024 2:30 PM"}); // a HubSpot export
    CHECK_FALSE(mixed.format);
    CHECK(mixed.line == 4);
    CHECK(mixed.trouble ==
          "dates in two styles: '2024-03-12 09:14' (line 2, iso) and '3/15/2024 2:30 PM' (line 4, m/d/yyyy); "
          "expected one style for the whole column. Export it again as yyyy-mm-dd, or state the one that is "
          "meant, for instance dates = \"iso\": rows in another style are then unreadable");
    CHECK(style({"04/03/2021", "25/03/2021", "03/25/2021"}) == "-");
    const auto tied = decide({"04/03/2021", "2024-03-12"}); // two formats held as long: the first is named
    CHECK(tied.trouble.find("for instance dates = \"d/m/yyyy\"") != std::string::npos);
    CHECK(style({"45383", "03.04.2024"}) == "-"); // a spreadsheet that took some of the dates for text
    CHECK(style({"03-04-2024", "03.04.2024"}) == "-");
    const auto turned = decide({"03-04-2024", "03-25-2024"});
    CHECK(turned.line == 3);
    CHECK(turned.trouble.find("'03-25-2024' (line 3, day and month the other way round)") !=
          std::string::npos);
    CHECK(style({"2024-25-03", "2024-04-03"}) == "-");
    const auto american = decide({"03-25-2024", "03-26-2024"});
    CHECK(american.line == 2);
    CHECK(american.trouble == "'03-25-2024' has no month from 1 to 12 where its form has the month; if the month and "
                              "the day stand the other way round, export the column again as yyyy-mm-dd");
}

TEST_CASE("a cell that is no date decides nothing, but a column without any date does not pass") {
    const auto one = decide({"2024-04-03", "unknown", "2024-04-31", "2024-04-05"});
    CHECK(one.format == DateFormat::iso);
    CHECK(one.unreadable == 2);
    CHECK(one.unreadable_line == 3);
    const auto none = decide({"unknown", "soon"});
    CHECK_FALSE(none.format);
    CHECK(none.line == 2);
    CHECK(
        none.trouble ==
        "'unknown' is no date of a form we know, and no cell of the column is; state the form with dates = \"…\" "
        "(iso, dd.mm.yyyy, epoch, …) or export the column as yyyy-mm-dd");
    const auto short_year = decide({"03.04.24"});
    CHECK(short_year.trouble ==
          "'03.04.24' is no date: a year needs four digits, because 03-04-05 can be read in several ways; "
          "export the column again");
    CHECK(decide({"18-Jun-24"}).trouble.find("four digits") != std::string::npos);
    CHECK_FALSE(decide({"1710234840"}).format); // epochs must be stated
}

TEST_CASE("a census of pieces is the census of the whole") {
    std::mt19937 random(7);
    const std::vector<std::string> kinds = {"2024-04-03", "03/04/2024", "25/03/2021", "03/25/2021",
                                            "05/05/2024", "03.04.2024", "?",          ""};
    for (int round = 0; round < 2000; ++round) {
        const auto some = 1 + random() % kinds.size();
        std::vector<std::string> cells;
        for (int i = 0; i < 6; ++i)
            cells.push_back(kinds[(random() % some + static_cast<std::size_t>(round)) % kinds.size()]);
        DateCensus whole, front, back;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            whole.add(cells[i], i + 2);
            (i < 3 ? front : back).add(cells[i], i + 2);
        }
        back.merge(front); // in the wrong order
        const auto a = whole.decide(), b = back.decide();
        CHECK(a.format == b.format);
        CHECK(a.trouble == b.trouble);
        CHECK(a.line == b.line);
        if (a.format) CHECK(a.unreadable == b.unreadable);
    }
}

TEST_CASE("a time of a stated zone is an instant unless the clock change makes it doubtful") {
    const Zone berlin = Zone::load("Europe/Berlin");
    const DateReader reader(DateFormat::iso, &berlin);
    CHECK(text(reader.read("2024-07-01 09:00")) == "2024-07-01 07:00:00.000Z");
    CHECK(text(reader.read("2024-07-01 09:00Z")) == "2024-07-01 09:00:00.000Z");
    CHECK(text(reader.read("2024-07-01")) == "2024-07-01");
    CHECK(text(reader.read("2024-10-27 02:30")) == "2024-10-27 02:30:00.000");
    CHECK(text(reader.read("2024-03-31 02:30")) == "2024-03-31 02:30:00.000");
    CHECK(text(reader.read("2024-03-31 03:00")) == "2024-03-31 01:00:00.000Z");
}

TEST_CASE("formats have names, and a wrong name is answered with the right one") {
    for (std::size_t i = 0; i < date_format_count; ++i)
        CHECK(date_format_of(name(static_cast<DateFormat>(i))) == static_cast<DateFormat>(i));
    CHECK(date_format_of(" DD.MM.YYYY ") == DateFormat::dmy_dot);
    CHECK(date_format_of("yyyy-mm-dd") == DateFormat::iso);
    CHECK(date_format_of("dd/mm/yyyy") == DateFormat::dmy_slash);
    CHECK(date_format_of("MM/DD/YYYY") == DateFormat::mdy_slash);
    try {
        date_format_of("dd.mm.yyy");
        FAIL("taken");
    } catch (const Failure& failure) {
        CHECK(failure.code() == callscrub::base::Exit::usage);
        CHECK(std::string(failure.what()) ==
              "unknown date format 'dd.mm.yyy' (did you mean 'dd.mm.yyyy'?); expected one of: iso, "
              "dd-mm-yyyy, dd.mm.yyyy, "
              "d/m/yyyy, m/d/yyyy, dd-mon-yyyy, excel, excel1904, epoch, epoch-ms");
    }
}
