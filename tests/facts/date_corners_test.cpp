// Corners of dates, one for each condition that decides something (tests/coverage).
#include "facts/date_scan.h"
#include "facts/dates.h"
#include "facts/zone.h"
#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace callscrub::facts;

namespace {

constexpr std::int64_t minute = 60'000, hour = 60 * minute;

std::optional<Moment> read(DateFormat format, std::string_view cell) { return DateReader(format).read(cell); }
bool taken(DateFormat format, std::string_view cell) { return read(format, cell).has_value(); }

// Minutes after midnight of a wall time or an instant; -1 if there is none.
std::int64_t minutes(DateFormat format, std::string_view cell) {
    const auto moment = read(format, cell);
    if (!moment || moment->kind == Moment::Kind::day) return -1;
    return (moment->ms % (24 * hour) + 24 * hour) % (24 * hour) / minute;
}

DateCensus::Decision decide(const std::vector<std::string>& cells) {
    DateCensus census;
    for (std::size_t i = 0; i < cells.size(); ++i) census.add(cells[i], i + 2);
    return census.decide();
}

} // namespace

TEST_CASE("offsets: Z, UTC and GMT, hours with or without minutes, within the clock") {
    const auto of = [](const char* offset) { return minutes(DateFormat::iso, std::string("2024-02-03 10:00") + offset); };
    CHECK(of("Z") == 600);
    CHECK(of(" utc") == 600);
    CHECK(of(" GMT") == 600);
    CHECK(of("+00:59") == 541);
    CHECK(of("-0059") == 659);
    CHECK(of("+14:00") == 1200);
    CHECK(of("+14") == 1200);
    for (const char* wrong : {"+1", "+x1", "+01:x0", "+01:60", "+01:5", "+15:00", "*01:00", " Z{", " Zz", "Z x", " UTC+1", "+"}) {
        CAPTURE(wrong);
        CHECK_FALSE(taken(DateFormat::iso, std::string("2024-02-03 10:00") + wrong));
    }
}

TEST_CASE("seconds and their fractions") {
    CHECK(read(DateFormat::iso, "2024-02-03 10:00:59")->ms % hour == 59'000);
    CHECK(read(DateFormat::iso, "2024-02-03 10:00:01.5")->ms % hour == 1'500);
    CHECK(read(DateFormat::iso, "2024-02-03 10:00:01,25")->ms % hour == 1'250);
    CHECK(read(DateFormat::iso, "2024-02-03 10:00:01.12345")->ms % hour == 1'123);
    for (const char* wrong : {":60", ":x", ":1", ":01.", ":01.x"}) {
        CAPTURE(wrong);
        CHECK_FALSE(taken(DateFormat::iso, std::string("2024-02-03 10:00") + wrong));
    }
}

TEST_CASE("halves of the day, and the words for o'clock") {
    const auto of = [](const char* time) { return minutes(DateFormat::mdy_slash, std::string("3/15/2024") + time); };
    CHECK(of(" 2:30 am") == 150);
    CHECK(of(" 2:30 a.m.") == 150);
    CHECK(of(" 2:30 PM") == 870);
    CHECK(of(" 2:30p.m.") == 870);
    CHECK(of(" 12:00 AM") == 0);
    CHECK(of(" 12:00 PM") == 720);
    CHECK(of(" 1:00 PM") == 780);
    CHECK(of(" 0:30 AM") == -1);
    CHECK(of(" 13:00 PM") == -1);
    CHECK(of(" 23:59") == 1439);
    CHECK(of(" 24:00") == -1);
    CHECK(minutes(DateFormat::dmy_dash, "3-4-2024 9:14 uur") == 554);
    CHECK(minutes(DateFormat::dmy_dash, "3-4-2024 9:14 Uhr") == 554);
    CHECK(minutes(DateFormat::dmy_dash, "3-4-2024 9:14 uhren") == -1);
    CHECK(minutes(DateFormat::dmy_dash, "3-4-2024 9:14 amuhr") == -1);
    CHECK(minutes(DateFormat::dmy_dash, "3-4-2024 9:14 am uhr") == 554);
    for (const char* cell : {"012-03-2024", "12-003-2024", "12-03-02024"}) CHECK_FALSE(taken(DateFormat::dmy_dash, cell));
}

TEST_CASE("what stands between a date and its time") {
    for (const char* between : {" ", "T", "t", "\t", ",", ", ", " \t ", "\xC2\xA0", "\xE2\x80\xAF"}) {
        CAPTURE(between);
        CHECK(minutes(DateFormat::iso, "2024-02-03" + std::string(between) + "09:14") == 554);
        CHECK(minutes(DateFormat::iso, "2024-02-03" + std::string(between) + "9:14") == 554);
    }
    for (const char* between : {"x", ";", "-", " ,x", "T,"}) {
        CAPTURE(between);
        CHECK_FALSE(taken(DateFormat::iso, "2024-02-03" + std::string(between) + "09:14"));
    }
}

TEST_CASE("the short way through ISO says what the patient one says") {
    CHECK(minutes(DateFormat::iso, "2024-03-12T9:14Z") == 554); // as long as 2024-03-12T09:14
    for (const char* wrong : {"2024-03-12x09:14", "2024-03-12T0x:14", "2024-03-12T09x14", "2024-03-12T24:00", "2024-03-12T09:60",
                              "2024-03-12T09:14:60", "2024-03-12T09:14x05", "2024-03-12T09:14:05x", "2024x03-12", "2024-03x12",
                              "202x-03-12", "2024-03-1x", "2024-03-12T09:14:0x",
                              "2024-03-1:", "2024-0:-12", "202:-03-12", "20:4-03-12", "2024-03-12T0::14", "2024-03-1/"}) { // : and / are next to the digits
        CAPTURE(wrong);
        CHECK_FALSE(taken(DateFormat::iso, wrong));
    }
    CHECK(taken(DateFormat::iso, "2024-03-12T23:59:59Z"));
    CHECK(taken(DateFormat::iso, "2024.03.12"));
    CHECK_FALSE(taken(DateFormat::iso, "2024_03_12"));
}

TEST_CASE("names of months") {
    CHECK(taken(DateFormat::d_month_y, "1 j\xC3\x84n 2024"));
    CHECK_FALSE(taken(DateFormat::d_month_y, "1 j\x84n 2024"));
    CHECK_FALSE(taken(DateFormat::d_month_y, "1 jam 2024"));
    CHECK_FALSE(taken(DateFormat::d_month_y, "100 jan 2024"));
    CHECK_FALSE(taken(DateFormat::d_month_y, "1 2 2024"));
    const std::vector<std::vector<const char*>> names = {
        {"jan", "january", "januar", "januari", "j\xC3\xA4n", "j\xC3\xA4nner"},
        {"feb", "february", "februar", "februari", "febr"},
        {"mar", "march", "m\xC3\xA4r", "m\xC3\xA4rz", "maerz", "mrz", "maart", "mrt"},
        {"apr", "april"},
        {"may", "mai", "mei"},
        {"jun", "june", "juni"},
        {"jul", "july", "juli"},
        {"aug", "august", "augustus"},
        {"sep", "sept", "september"},
        {"oct", "october", "okt", "oktober"},
        {"nov", "november"},
        {"dec", "december", "dez", "dezember"},
    };
    for (std::size_t month = 0; month < names.size(); ++month)
        for (const char* name : names[month]) {
            CAPTURE(name);
            const auto day = make_day(2024, static_cast<unsigned>(month + 1), 5);
            CHECK(read(DateFormat::d_month_y, "5 " + std::string(name) + " 2024") == Moment::of_day(*day));
        }
}

TEST_CASE("blanks around a date are no part of it, on either side alone") {
    for (const char* cell : {" 2024-03-12", "2024-03-12 ", "\xC2\xA0" "2024-03-12", "2024-03-12\xC2\xA0"}) {
        CAPTURE(cell);
        CHECK(taken(DateFormat::iso, cell));
    }
}

TEST_CASE("years and days at the ends of the calendar") {
    CHECK(taken(DateFormat::iso, "1900-01-01"));
    CHECK_FALSE(taken(DateFormat::iso, "1899-12-31"));
    CHECK_FALSE(make_day(0, 1, 1));
    CHECK(make_day(1, 1, 1) == -719162);
    CHECK(make_day(9999, 12, 31) == 2932896);
    CHECK_FALSE(make_day(10000, 1, 1));
    CHECK_FALSE(make_day(2024, 13, 1));
    CHECK_FALSE(make_day(2024, 1, 32));
    CHECK_FALSE(make_day(2024, 0, 1));
    CHECK_FALSE(make_day(2024, 1, 0));
    for (const char* wrong : {"2024-03-1", "2024-03-123", "2024x03-12", "2024-03x12", "2024-03-1x", "2024-0:-12", "2024-03-/1"})
        CHECK_FALSE(read_iso_day(wrong));
    CHECK(to_string(2932897) == "10000-01-01");
    CHECK(to_string(2932896) == "9999-12-31");
    CHECK(to_string(-719162 - 366) == "0000-01-01");
    CHECK(to_string(-719162 - 367) == "-1-12-31");
    CHECK(add_months(-719162, -1) == -719162);
    CHECK(add_months(-719162, 0) == -719162);
    CHECK(add_months(2932896, 1) == 2932896);
    CHECK(to_string(add_months(*make_day(9998, 12, 31), 12)) == "9999-12-31");
    CHECK(to_string(add_months(*make_day(1, 2, 3), -1)) == "0001-01-03");
    CHECK(to_string(end_of_year(*make_day(2024, 5, 5), 2)) == "2026-12-31");
    CHECK(to_string(end_of_year(*make_day(9999, 5, 5), 0)) == "9999-12-31");
    CHECK(to_string(end_of_year(*make_day(9999, 5, 5), 1)) == "9999-12-31");
    CHECK(end_of_year(day_max, 1) == day_max);
    CHECK(end_of_year(day_min, 1) == day_min);
    CHECK(add_months(day_max, -1) == day_max);
    CHECK(add_months(day_min, 1) == day_min);
}

TEST_CASE("moments are equal if they are the same of the same kind") {
    const auto day = Moment::of_day(10);
    CHECK(day == Moment{day.ms, Moment::Kind::day});
    CHECK_FALSE(day == Moment{day.ms, Moment::Kind::wall});
    CHECK_FALSE(day == Moment::of_day(11));
}

TEST_CASE("how exports write that there is no date") {
    for (const char* cell : {"", " ", "NULL", "null", "\\N", "n/a", "NaN", "NaT", "none", "-", "--", "—", "0", "00", "0000-00-00", "0000-00-00 00:00:00", "00.00.0000", "0000-00-00T00:00:00", "n.v.t."}) {
        CAPTURE(cell);
        CHECK(says_no_date(cell));
        CHECK(decide({cell, "2026-03-12"}).format == DateFormat::iso);
        CHECK(decide({cell}).trouble.empty());
    }
    for (const char* cell : {"unknown", "unbekannt", "soon", "2026-03-12", "1", "x", "nulll", "0000-00-01"}) CHECK_FALSE(says_no_date(cell));
}

TEST_CASE("serials and epochs: decimals, and the last that is a date") {
    CHECK(minutes(DateFormat::excel, "45383.9999999") == 1439);
    CHECK(read(DateFormat::excel, "45383.99999999999999")->ms - read(DateFormat::excel, "45383")->ms == 24 * hour - 1);
    for (const char* cell : {"18264", "73050", "2958465"}) CHECK(taken(DateFormat::excel, cell)); // 1950-01-01, 2099-12-31, no end
    for (const char* cell : {"18263", "73051", "2958464", "2958466", "045383", "01032025", "311225", "251231", "122025", "10225", "91225"})
        CHECK_FALSE(taken(DateFormat::excel, cell));
    CHECK(taken(DateFormat::excel_1904, "16802"));
    CHECK_FALSE(taken(DateFormat::excel_1904, "16801"));
    CHECK_FALSE(taken(DateFormat::excel, "45383.x"));
    CHECK_FALSE(taken(DateFormat::excel, "45383;5"));
    CHECK(taken(DateFormat::epoch_s, "100000000"));
    CHECK(taken(DateFormat::epoch_s, "253402300799"));
    CHECK(taken(DateFormat::epoch_ms, "100000000000"));
    CHECK(taken(DateFormat::epoch_ms, "253402300799999"));
    CHECK(taken(DateFormat::iso, "\x7F" "2024-03-12") == false);
    CHECK(taken(DateFormat::iso, "2024-03-12}") == false);
    CHECK(taken(DateFormat::iso, "2024-03-12\t"));
}

TEST_CASE("what looks like a date with its month out of place, and what does not") {
    for (const char* cell : {"2024-13-12", "2024-31-01", "2024-31-1", "13-31-2024", "12.13.2024"}) {
        CAPTURE(cell);
        const auto found = decide({cell}).trouble.find("the other way round") != std::string::npos;
        CHECK(found == (std::string(cell) != "13-31-2024"));
    }
    for (const char* cell : {"2024-32-05", "2024-13-00", "2024-13-13", "32-12-2024", "32 Jan 2024", "00-13-2024", "12-12", "12_12_2024", "2024-12", "1:2:2024", "12.13.20245"}) {
        CAPTURE(cell);
        CHECK(decide({cell}).trouble.find("is no date of a form we know") != std::string::npos);
    }
    for (const char* cell : {"1-2-24", "1.2.3", "1/2/03", "1 Jan 24"}) CHECK(decide({cell}).trouble.find("four digits") != std::string::npos);
    for (const char* cell : {"1-2-024", "123-2-24", "1 Foo 24"}) CHECK(decide({cell}).trouble.find("four digits") == std::string::npos);
}

TEST_CASE("of two pieces of a column the earlier line speaks") {
    const auto piece = [](const char* cell, std::uint64_t line) {
        DateCensus out;
        out.add(cell, line);
        return out;
    };
    DateCensus early = piece("soon", 5);
    early.merge(piece("later", 9));
    CHECK(early.decide().line == 5);
    DateCensus late = piece("later", 9);
    late.merge(piece("soon", 5));
    CHECK(late.decide().line == 5);
    DateCensus none;
    none.merge(piece("soon", 5));
    none.merge(DateCensus());
    CHECK(none.decide().line == 5);
    CHECK(none.decide().unreadable == 1);
}

TEST_CASE("moments before 1970 have the first offset known") {
    const Zone berlin = Zone::load("Europe/Berlin");
    CHECK(to_string(berlin.today(-1)) == "1970-01-01");
    CHECK(to_string(berlin.today(-hour)) == "1970-01-01");
    CHECK(to_string(berlin.today(-hour - 1)) == "1969-12-31");
    const Zone utc = Zone::load("UTC");
    CHECK(to_string(utc.today(-1)) == "1969-12-31");
    CHECK(to_string(utc.today(std::int64_t{1} << 42)) == "2109-05-15");
}

TEST_CASE("the short way through ISO takes the usual spellings of days that exist, and leaves all else") {
    const auto taken_at_once = [](std::string_view cell) {
        Written out;
        const bool taken = read_plain_iso(cell, out);
        const auto patient = read_written(DateFormat::iso, std::string(cell) + (out.time ? "" : "T00:00"));
        CHECK((taken || (out.day == 0 && !out.time && !out.offset))); // nothing half done is left behind
        if (taken) CHECK(patient->day == out.day);
        return taken;
    };
    for (const char* cell : {"2024-03-12", "1900-01-01", "9999-12-31", "2024-03-12T09:14", "2024-03-12 23:59", "2024-03-12T09:14:05",
                             "2024-03-12 00:00:00", "2024-03-12 23:59:59", "2024-03-12T09:14:05Z", "2024-03-12 09:14:05Z"}) {
        CAPTURE(cell);
        CHECK(taken_at_once(cell));
    }
    for (const char* cell : {"", "2024-3-12", "2024/03/12", "2024-03/12", "2024-13-01", "2024-00-10", "2024-02-30", "1899-12-31", "2024-03-1x", "2024-03-x2",
                             "20240312", "2024-03-12T", "2024-03-12t09:14", "2024-03-12T24:00", "2024-03-12T09:60", "2024-03-12T09.14", "2024-03-12T09:14:60",
                             "2024-03-12T09:14.05", "2024-03-12T09:14:05z", "2024-03-12T09:14:05.1", "2024-03-12T9:14Z", "2024-03-12T09:1a:05",
                             "2024-03-12T09:14:0a", "2024-03-12T09:14:05+01"}) {
        CAPTURE(cell);
        CHECK_FALSE(taken_at_once(cell));
    }
    Written out;
    REQUIRE(read_plain_iso("2024-03-12 09:14:05Z", out));
    CHECK(out.time == ((9 * 60 + 14) * 60 + 5) * 1000);
    CHECK(out.offset == 0);
    out = {};
    REQUIRE(read_plain_iso("2024-03-12 09:14:05", out));
    CHECK_FALSE(out.offset);
    out = {};
    REQUIRE(read_plain_iso("2024-03-12", out));
    CHECK_FALSE(out.time);
}

TEST_CASE("a part of a date or a time that is missing makes it none") {
    for (const char* cell : {"2024-02-03T:30", "2024-02-03 :30", "-02-03", "2024--03", "2024-02-", "2024-02-03T10:", "2024-02-03T10:00:"}) {
        CAPTURE(cell);
        CHECK_FALSE(taken(DateFormat::iso, cell));
    }
    for (const char* cell : {"-3-2024", "3--2024", "3-4-", "--2024", "3-4-024"}) CHECK_FALSE(taken(DateFormat::dmy_dash, cell));
    for (const char* cell : {"jan", "jan 2024", "5 2024", " jan 2024", "x 5, 2024", "5 x 2024", "jan 5", "jan 5,", "0 jan 2024", "jan 0, 2024"})
        CHECK_FALSE(taken(DateFormat::d_month_y, cell));
    for (const char* cell : {"", ".5", ",5", "7", "."}) {
        CHECK_FALSE(taken(DateFormat::excel, cell));
        CHECK_FALSE(taken(DateFormat::epoch_s, cell));
    }
}
