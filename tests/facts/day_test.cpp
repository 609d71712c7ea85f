#include "facts/day.h"
#include <doctest/doctest.h>
#include <limits>

using namespace callscrub::facts;

namespace {

Day iso(std::string_view text) {
    const auto day = read_iso_day(text);
    REQUIRE_MESSAGE(day.has_value(), text);
    return *day;
}

// The plain twin of make_day: counts the days one by one.
struct Calendar {
    int year = 1600;
    unsigned month = 1, day = 1;

    bool leap() const { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
    unsigned month_length() const {
        if (month == 2) return leap() ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
    void next() {
        if (++day <= month_length()) return;
        day = 1;
        if (++month <= 12) return;
        month = 1;
        ++year;
    }
};

} // namespace

TEST_CASE("days count from 1970-01-01") {
    CHECK(make_day(1970, 1, 1) == 0);
    CHECK(make_day(1969, 12, 31) == -1);
    CHECK(make_day(2000, 3, 1) == 11017);
}

TEST_CASE("every day from 1600 to 2400 has its number and its text") {
    Calendar calendar;
    Day expected = make_day(1600, 1, 1).value();
    int wrong = 0;
    for (; calendar.year < 2400; calendar.next(), ++expected) {
        const auto day = make_day(calendar.year, calendar.month, calendar.day);
        if (day != expected || read_iso_day(to_string(expected)) != expected) ++wrong;
        if (make_day(calendar.year, calendar.month, calendar.month_length() + 1)) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("what is no day of the calendar is refused") {
    CHECK_FALSE(make_day(2023, 2, 29));
    CHECK_FALSE(make_day(1900, 2, 29));
    CHECK_FALSE(make_day(2024, 13, 1));
    CHECK_FALSE(make_day(2024, 0, 1));
    CHECK_FALSE(make_day(2024, 1, 0));
    CHECK_FALSE(make_day(2024, 257, 1));
    CHECK_FALSE(make_day(2024, 1, 257));
    CHECK_FALSE(make_day(0, 1, 1));
    CHECK_FALSE(make_day(10000, 1, 1));
}

TEST_CASE("only yyyy-mm-dd is an ISO day") {
    CHECK(to_string(iso("2024-02-29")) == "2024-02-29");
    CHECK(to_string(iso("0001-01-01")) == "0001-01-01");
    for (const std::string_view bad :
         {"24-02-03", "2024-2-3", "2024-02-30", "2024-02-03 ", " 2024-02-03", "2024/02/03", "", "2024-02-0x",
          "-024-02-03", "2024-02-03T00:00", "20240203", "2024-02- 3"})
        CHECK_FALSE(read_iso_day(bad));
}

TEST_CASE("months are added up to the end of a shorter month") {
    CHECK(add_months(iso("2024-01-31"), 1) == iso("2024-02-29"));
    CHECK(add_months(iso("2023-01-31"), 1) == iso("2023-02-28"));
    CHECK(add_months(iso("2024-02-29"), 12) == iso("2025-02-28"));
    CHECK(add_months(iso("2024-02-29"), 48) == iso("2028-02-29"));
    CHECK(add_months(iso("2023-12-31"), 2) == iso("2024-02-29"));
    CHECK(add_months(iso("2024-03-31"), -1) == iso("2024-02-29"));
    CHECK(add_months(iso("2024-01-15"), -1) == iso("2023-12-15"));
    CHECK(add_months(iso("2024-01-15"), 0) == iso("2024-01-15"));
    CHECK(add_months(iso("2023-02-28"), 36) == iso("2026-02-28"));
    CHECK(add_months(day_max, -1) == day_max);
    CHECK(add_months(day_min, 1) == day_min);
}

TEST_CASE("days beyond the calendar are its last or first day") {
    CHECK(add_months(iso("2024-05-31"), 12 * 7975) == iso("9999-05-31"));
    CHECK(add_months(iso("9999-11-30"), 1) == iso("9999-12-30"));
    for (const int months : {12 * 7976, 1'000'000, 12 * 65536, std::numeric_limits<int>::max()})
        CHECK(add_months(iso("2024-05-31"), months) == iso("9999-12-31"));
    CHECK(add_months(iso("2024-05-31"), -12 * 2023) == iso("0001-05-31"));
    CHECK(add_months(iso("2024-05-31"), -12 * 2024) == iso("0001-01-01"));
    CHECK(add_months(iso("2024-05-31"), std::numeric_limits<int>::min()) == iso("0001-01-01"));
    CHECK(end_of_year(iso("2024-05-31"), 7975) == iso("9999-12-31"));
    for (const int years : {7976, 40'000, 65'536, 999'999}) CHECK(end_of_year(iso("2024-05-31"), years) == iso("9999-12-31"));
    CHECK(end_of_year(iso("2024-05-31"), -2024) == iso("0001-01-01"));
}

TEST_CASE("the end of a calendar year") {
    CHECK(end_of_year(iso("2024-06-01"), 0) == iso("2024-12-31"));
    CHECK(end_of_year(iso("2024-12-31"), 1) == iso("2025-12-31"));
    CHECK(end_of_year(day_max, 1) == day_max);
}

TEST_CASE("what never begins or ends prints as nothing") {
    CHECK(to_string(day_min).empty());
    CHECK(to_string(day_max).empty());
}

TEST_CASE("a moment of a day is its midnight") {
    CHECK(Moment::of_day(-1) == Moment{-86'400'000, Moment::Kind::day});
    CHECK(Moment::of_day(0).known());
    CHECK_FALSE(Moment{}.known());
}
