#include "base/failure.h"
#include "facts/zone.h"
#include <date/tz.h>
#include <doctest/doctest.h>
#include <vector>
#include <random>
#include <algorithm>
#include <string>

using namespace callscrub::facts;

namespace {

constexpr std::int64_t minute = 60'000, hour = 60 * minute;

std::int64_t ms_of(std::string_view date, int hours, int minutes) {
    return std::int64_t{read_iso_day(date).value()} * 24 * hour + hours * hour + minutes * minute;
}
Moment day(std::string_view date) { return Moment::of_day(read_iso_day(date).value()); }
Moment wall(std::string_view date, int hours, int minutes = 0) {
    return {ms_of(date, hours, minutes), Moment::Kind::wall};
}
Moment instant(std::string_view date, int hours, int minutes = 0) {
    return {ms_of(date, hours, minutes), Moment::Kind::instant};
}
std::string day_in(const Zone& zone, const Moment& moment) { return to_string(zone.day_of(moment)); }

} // namespace

TEST_CASE("an instant falls on the civil day of its zone") {
    const Zone amsterdam = Zone::load("Europe/Amsterdam");
    CHECK(amsterdam.name() == "Europe/Amsterdam");
    CHECK(day_in(amsterdam, instant("2024-06-30", 21, 59)) == "2024-06-30");
    CHECK(day_in(amsterdam, instant("2024-06-30", 22, 0)) == "2024-07-01");
    CHECK(day_in(amsterdam, instant("2024-12-31", 22, 59)) == "2024-12-31");
    CHECK(day_in(amsterdam, instant("2024-12-31", 23, 0)) == "2025-01-01");
    CHECK(amsterdam.today(ms_of("2026-06-30", 22, 0)) == read_iso_day("2026-07-01"));
    CHECK(day_in(amsterdam, wall("2024-06-30", 23, 30)) == "2024-06-30");
    CHECK(day_in(amsterdam, day("1969-12-31")) == "1969-12-31");
    CHECK(day_in(amsterdam, wall("1969-12-31", 23, 59)) == "1969-12-31");
    const Zone auckland = Zone::load("Pacific/Auckland");
    CHECK(day_in(auckland, instant("2024-01-01", 10, 59)) == "2024-01-01");
    CHECK(day_in(auckland, instant("2024-01-01", 11, 0)) == "2024-01-02");
    CHECK(day_in(auckland, instant("2024-07-01", 11, 59)) == "2024-07-01");
}

TEST_CASE("a wall time that occurs twice has two readings, one that does not occur lies on either side of "
          "the gap") {
    const Zone berlin = Zone::load("Europe/Berlin");
    CHECK(berlin.earliest(wall("2024-06-01", 12)) == ms_of("2024-06-01", 10, 0));
    CHECK(berlin.latest(wall("2024-06-01", 12)) == ms_of("2024-06-01", 10, 0));
    // 2024-10-27 03:00 summer time → 02:00
    CHECK(berlin.earliest(wall("2024-10-27", 2, 30)) == ms_of("2024-10-27", 0, 30));
    CHECK(berlin.latest(wall("2024-10-27", 2, 30)) == ms_of("2024-10-27", 1, 30));
    CHECK(berlin.earliest(wall("2024-10-27", 1, 59)) == berlin.latest(wall("2024-10-27", 1, 59)));
    CHECK(berlin.earliest(wall("2024-10-27", 3, 0)) == ms_of("2024-10-27", 2, 0));
    // 2024-03-31 02:00 → 03:00
    CHECK(berlin.earliest(wall("2024-03-31", 2, 30)) == ms_of("2024-03-31", 0, 30));
    CHECK(berlin.latest(wall("2024-03-31", 2, 30)) == ms_of("2024-03-31", 1, 30));
    CHECK(berlin.latest(wall("2024-03-31", 3, 0)) == ms_of("2024-03-31", 1, 0));
}

TEST_CASE("clock changes south of the equator, by half an hour, and of a whole day") {
    const Zone sydney = Zone::load("Australia/Sydney");
    CHECK(sydney.earliest(wall("2024-04-07", 2, 30)) == ms_of("2024-04-06", 15, 30));
    CHECK(sydney.latest(wall("2024-04-07", 2, 30)) == ms_of("2024-04-06", 16, 30));
    const Zone lord_howe = Zone::load("Australia/Lord_Howe");
    CHECK(lord_howe.latest(wall("2024-04-07", 1, 45)) - lord_howe.earliest(wall("2024-04-07", 1, 45)) ==
          30 * minute);
    const Zone apia = Zone::load("Pacific/Apia");
    CHECK(day_in(apia, instant("2011-12-30", 9, 59)) == "2011-12-29");
    CHECK(day_in(apia, instant("2011-12-30", 10, 0)) == "2011-12-31");
    CHECK(apia.latest(wall("2011-12-30", 12)) - apia.earliest(wall("2011-12-30", 12)) == 24 * hour);
}

TEST_CASE("a day without time spans the day of its zone") {
    const Zone amsterdam = Zone::load("Europe/Amsterdam");
    CHECK(amsterdam.earliest(day("2024-10-27")) == ms_of("2024-10-26", 22, 0));
    CHECK(amsterdam.latest(day("2024-10-27")) == ms_of("2024-10-27", 23, 0) - 1);
    CHECK(amsterdam.latest(day("2024-03-31")) - amsterdam.earliest(day("2024-03-31")) == 23 * hour - 1);
}

TEST_CASE("an instant is its own earliest and latest") {
    const Zone amsterdam = Zone::load("Europe/Amsterdam");
    const Moment at = instant("2024-10-27", 0, 30);
    CHECK(amsterdam.earliest(at) == at.ms);
    CHECK(amsterdam.latest(at) == at.ms);
}

TEST_CASE("the no wins wherever the order is in doubt") {
    const Zone zone = Zone::load("Europe/Amsterdam");
    SUBCASE("with times, the later one is later") {
        CHECK(strictly_later(wall("2024-05-01", 12, 1), wall("2024-05-01", 12, 0), zone));
        CHECK_FALSE(strictly_later(wall("2024-05-01", 12, 0), wall("2024-05-01", 12, 0), zone));
        CHECK(strictly_later(instant("2024-05-01", 10, 1), wall("2024-05-01", 12, 0), zone));
        CHECK_FALSE(strictly_later(instant("2024-05-01", 10, 0), wall("2024-05-01", 12, 0), zone));
    }
    SUBCASE("on one day with a time missing on either side nothing is later") {
        CHECK_FALSE(strictly_later(day("2024-05-01"), day("2024-05-01"), zone));
        CHECK_FALSE(strictly_later(wall("2024-05-01", 23, 59), day("2024-05-01"), zone));
        CHECK_FALSE(strictly_later(day("2024-05-01"), wall("2024-05-01", 0, 0), zone));
        CHECK(strictly_later(day("2024-05-02"), wall("2024-05-01", 23, 59), zone));
        CHECK_FALSE(strictly_later(day("2024-05-01"), wall("2024-05-02", 0, 0), zone));
    }
    SUBCASE("the day of an instant is the one of the zone") {
        CHECK(strictly_later(instant("2024-05-01", 22, 0), day("2024-05-01"), zone));
        CHECK_FALSE(strictly_later(instant("2024-05-01", 21, 59), day("2024-05-01"), zone));
    }
    SUBCASE("in the hour that occurs twice a later minute need not be later") {
        CHECK_FALSE(strictly_later(wall("2024-10-27", 2, 45), wall("2024-10-27", 2, 15), zone));
        CHECK(strictly_later(wall("2024-10-27", 3, 20), wall("2024-10-27", 2, 15), zone));
        CHECK_FALSE(strictly_later(instant("2024-10-27", 1, 10), wall("2024-10-27", 2, 15), zone));
        CHECK(strictly_later(instant("2024-10-27", 1, 16), wall("2024-10-27", 2, 15), zone));
    }
    SUBCASE("without a date") {
        CHECK_FALSE(strictly_later(Moment{}, day("2024-05-01"), zone));
        CHECK_FALSE(strictly_later(day("2024-05-01"), Moment{}, zone));
        CHECK_FALSE(strictly_later(Moment{}, Moment{}, zone));
    }
}

TEST_CASE("an unknown zone is refused with a suggestion") {
    using callscrub::base::Failure;
    try {
        Zone::load("Europe/Amsterdm");
        FAIL("loaded");
    } catch (const Failure& failure) {
        CHECK(failure.code() == callscrub::base::Exit::usage);
        CHECK(std::string(failure.what()) ==
              "unknown time zone 'Europe/Amsterdm'; expected a name like Europe/Amsterdam"
              " (did you mean 'Europe/Amsterdam'?)");
    }
    CHECK_THROWS_AS(Zone::load(""), Failure);
    CHECK_THROWS_AS(Zone::load("../../etc/localtime"), Failure);
}

TEST_CASE("a rule holds on after the last clock change that the system lists") {
    const Zone amsterdam = Zone::load("Europe/Amsterdam");
    CHECK(day_in(amsterdam, instant("2050-06-30", 22, 0)) == "2050-07-01");
    CHECK(day_in(amsterdam, instant("2050-12-30", 22, 59)) == "2050-12-30");
    CHECK(amsterdam.latest(wall("2050-03-27", 2, 30)) - amsterdam.earliest(wall("2050-03-27", 2, 30)) ==
          hour);
    CHECK(amsterdam.earliest(wall("2099-10-25", 2, 30)) == ms_of("2099-10-25", 0, 30));
    CHECK(amsterdam.latest(wall("2099-10-25", 2, 30)) == ms_of("2099-10-25", 1, 30));
    const Zone sydney = Zone::load("Australia/Sydney"); // first Sundays of April and October
    CHECK(sydney.latest(wall("2060-04-04", 2, 30)) - sydney.earliest(wall("2060-04-04", 2, 30)) == hour);
    CHECK(sydney.latest(wall("2060-10-03", 2, 30)) - sydney.earliest(wall("2060-10-03", 2, 30)) == hour);
    CHECK(day_in(sydney, instant("2060-06-30", 14, 0)) == "2060-07-01");
    CHECK(day_in(Zone::load("Asia/Tokyo"), instant("2060-06-30", 15, 0)) == "2060-07-01");
}

// The plain twin: the library asked for each moment, around every clock change and between.
TEST_CASE("the table says what the library says, from 1970 to 2037") {
    for (const std::string name :
         {"Europe/Amsterdam", "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York",
          "America/Sao_Paulo", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata",
          "Pacific/Apia", "Asia/Gaza", "UTC"}) {
        CAPTURE(name);
        const Zone zone = Zone::load(name);
        const auto* library = date::locate_zone(name);
        int wrong = 0;
        const auto check = [&](std::chrono::sys_seconds at) {
            const std::int64_t ms = std::int64_t{at.time_since_epoch().count()} * 1000;
            const auto local = std::chrono::floor<date::days>(library->to_local(at));
            if (zone.today(ms) != static_cast<Day>(local.time_since_epoch().count())) ++wrong;
            const date::local_seconds on_the_wall{at.time_since_epoch()};
            const Moment moment{ms, Moment::Kind::wall};
            const auto info = library->get_info(on_the_wall);
            std::int64_t early = ms - std::int64_t{info.first.offset.count()} * 1000, late = early;
            if (info.result != date::local_info::unique) {
                const std::int64_t other = ms - std::int64_t{info.second.offset.count()} * 1000;
                late = std::max(early, other);
                early = std::min(early, other);
            }
            if (zone.earliest(moment) != early || zone.latest(moment) != late) ++wrong;
        };
        using namespace std::chrono;
        date::sys_seconds at = date::sys_days(date::January / 2 / 1970);
        const date::sys_seconds end = date::sys_days(date::October / 1 / 2037);
        while (at < end) {
            const auto info = library->get_info(at);
            for (auto near = info.begin - 26h; near <= info.begin + 26h; near += 15min)
                if (near > date::sys_days(date::January / 2 / 1970)) check(near);
            if (info.end >= end) break;
            at = info.end;
        }
        for (date::sys_seconds day_by_day = date::sys_days(date::January / 2 / 1970); day_by_day < end;
             day_by_day += 241h)
            check(day_by_day);
        CHECK(wrong == 0);
    }
}

TEST_CASE("many noes and yeses at once are what each of them is by itself, whatever the clock does") {
    struct Change {
        const char* zone;
        std::int64_t at, on_the_wall;
    };
    for (const auto& [name, at, on_the_wall] :
         {Change{"Europe/Amsterdam", ms_of("2024-03-31", 1, 0), ms_of("2024-03-31", 1, 0)},   // forward, at two o'clock
          Change{"America/Havana", ms_of("2024-03-10", 5, 0), ms_of("2024-03-10", 0, 0)},     // forward, at midnight
          Change{"America/Havana", ms_of("2024-11-03", 5, 0), ms_of("2024-11-03", 0, 0)}}) {  // back, to midnight
        CAPTURE(name);
        const Zone zone = Zone::load(name);
        std::mt19937 random(20261127);
        const auto below = [&](unsigned bound) { return static_cast<int>(random() % bound); };
        const auto moment = [&, change = at, wall_change = on_the_wall] {
            const auto day = static_cast<Day>(change / 86'400'000 + below(3) - 1);
            switch (below(8)) {
            case 0: return Moment{};
            case 1:
            case 2: return Moment::of_day(day);
            case 3:
            case 4: return Moment{change + (below(13) - 6) * 1'800'000LL, Moment::Kind::instant};
            default: return Moment{wall_change + (below(13) - 2) * 1'800'000LL, Moment::Kind::wall};
            }
        };
        int seen[2] = {0, 0};
        for (int round = 0; round < 20'000; ++round) {
            std::vector<Moment> many(static_cast<std::size_t>(below(4)));
            for (auto& one : many) one = moment();
            const Moment other = moment();
            Noes noes(zone);
            Yeses yeses(zone);
            for (const auto& one : many) noes.add(one), yeses.add(one);
            const bool after_all = std::all_of(many.begin(), many.end(), [&](const Moment& no) { return strictly_later(other, no, zone); });
            const bool some_after = std::any_of(many.begin(), many.end(), [&](const Moment& yes) { return strictly_later(yes, other, zone); });
            REQUIRE(noes.all_before(other) == after_all);
            REQUIRE(yeses.any_after(other) == some_after);
            ++seen[after_all];
        }
        CHECK(seen[0] > 1000);
        CHECK(seen[1] > 1000);
    }
}

TEST_CASE("where midnight comes twice, days still decide about what has no time") {
    const Zone havana = Zone::load("America/Havana"); // 2024-11-03 01:00 → 00:00
    CHECK(strictly_later(wall("2024-11-03", 0, 30), day("2024-11-02"), havana));
    CHECK(strictly_later(day("2024-11-03"), wall("2024-11-02", 23, 59), havana));
    CHECK_FALSE(strictly_later(wall("2024-11-03", 0, 45), wall("2024-11-03", 0, 30), havana));
    CHECK(havana.earliest(day("2024-11-03")) == ms_of("2024-11-03", 4, 0));
    CHECK(havana.latest(day("2024-11-02")) == ms_of("2024-11-03", 5, 0) - 1); // rather too late than too early
    Noes noes(havana);
    noes.add(day("2024-11-02"));
    CHECK(noes.all_before(wall("2024-11-03", 0, 30)));
    Yeses yeses(havana);
    yeses.add(wall("2024-11-03", 0, 30));
    CHECK(yeses.any_after(day("2024-11-02")));
}

TEST_CASE("the rule fills the table up to 2099 without a gap; before 1970 and after it the first and last offset hold") {
    const Zone amsterdam = Zone::load("Europe/Amsterdam");
    for (int year = 2036; year < 2100; ++year) {
        CAPTURE(year);
        const auto at = [&](const char* date) { return std::to_string(year) + date; };
        CHECK(day_in(amsterdam, instant(at("-06-30"), 21, 59)) == at("-06-30"));
        CHECK(day_in(amsterdam, instant(at("-06-30"), 22, 0)) == at("-07-01"));
        CHECK(day_in(amsterdam, instant(at("-12-30"), 22, 59)) == at("-12-30"));
        CHECK(day_in(amsterdam, instant(at("-12-30"), 23, 0)) == at("-12-31"));
    }
    CHECK(day_in(amsterdam, instant("2100-06-30", 22, 0)) == "2100-06-30");
    CHECK(day_in(amsterdam, instant("1960-06-30", 22, 59)) == "1960-06-30");
    CHECK(day_in(amsterdam, instant("1960-06-30", 23, 0)) == "1960-07-01");
}
