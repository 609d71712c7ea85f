#include "app/value.h"
#include "report/scratch.h"
#include <doctest/doctest.h>

using namespace callscrub;
using namespace callscrub::app;
using report::test::failure_of;

namespace {

Given given(const std::string& text) { return {"--x", text, {}, {}}; }

template <class Read> std::string message(Read read, const std::string& text) {
    const auto failed = failure_of([&] { read(given(text)); });
    REQUIRE_MESSAGE(failed, "was accepted: ", text);
    CHECK(failed->code == base::Exit::usage);
    return failed->text;
}

} // namespace

TEST_CASE("durations are seconds") {
    CHECK(read_duration(given("0s")) == 0);
    CHECK(read_duration(given("90s")) == 90);
    CHECK(read_duration(given("10min")) == 600);
    CHECK(read_duration(given("36h")) == 129'600);
    CHECK(read_duration(given("60d")) == 5'184'000);
    CHECK(read_duration(given("2w")) == 1'209'600);
    for (const auto* wrong : {"", "36", "h", "-1h", "1.5h", "36 h", "36m", "1h30min", "99999999999999999999s",
                              "9999999999999999w"})
        CHECK(message(read_duration, wrong).find("expected a duration like 30s, 10min, 36h, 60d or 2w") !=
              std::string::npos);
    CHECK(message(read_duration, "36m") ==
          "--x is '36m'; expected a duration like 30s, 10min, 36h, 60d or 2w");
}

TEST_CASE("whole days") {
    CHECK(read_whole_days(given("60d")) == 60);
    CHECK(read_whole_days(given("8w")) == 56);
    CHECK(message(read_whole_days, "36h") ==
          "--x is '36h'; expected a number of days or weeks like 60d or 8w");
    CHECK(message(read_whole_days, "36526d") != "");
}

TEST_CASE("sizes") {
    CHECK(read_size(given("1024")) == 1024);
    CHECK(read_size(given("512MiB")) == 536'870'912);
    CHECK(read_size(given("2GiB")) == 2'147'483'648);
    CHECK(read_size(given("2G")) == 2'147'483'648);
    CHECK(read_size(given("2GB")) == 2'000'000'000);
    CHECK(message(read_size, "0") == "--x is '0'; expected a size like 512MiB or 2GiB");
    CHECK(message(read_size, "lots") == "--x is 'lots'; expected a size like 512MiB or 2GiB");
    CHECK(message(read_size, "9999999999TiB") != "");
}

TEST_CASE("shares") {
    CHECK(read_share(given("0.25")) == doctest::Approx(0.25));
    CHECK(read_share(given("25%")) == doctest::Approx(0.25));
    CHECK(read_share(given("0")) == 0.0);
    CHECK(read_share(given("1")) == 1.0);
    CHECK(read_share(given("100%")) == 1.0);
    for (const auto* wrong : {"", "25", "-0.1", "1.01", "101%", "nan", "inf", "0,25", "25 %", "%"})
        CHECK(message(read_share, wrong).find("expected a share from 0 to 1, for example 0.25 or 25%") !=
              std::string::npos);
}

TEST_CASE("counts") {
    const auto read = [](const Given& g) { return read_count(g, 1, 10); };
    CHECK(read(given("1")) == 1);
    CHECK(read(given("10")) == 10);
    CHECK(message(read, "0") == "--x is '0'; expected a whole number from 1 to 10");
    CHECK(message(read, "11") != "");
    CHECK(message(read, "ten") != "");
    CHECK(message(read, "1.0") != "");
    CHECK(message(read, "-1") != "");
}

TEST_CASE("days of the window") {
    using K = DaySpec::Kind;
    CHECK(read_day(given("today"), false) == DaySpec{K::today, 0, 0});
    CHECK(read_day(given("2026-07-01"), false) == DaySpec{K::fixed, *facts::make_day(2026, 7, 1), 0});
    CHECK(read_day(given("+14d"), true) == DaySpec{K::after, 0, 14});
    CHECK(read_day(given("+2w"), true) == DaySpec{K::after, 0, 14});
    CHECK(read_day(given("+1d"), false) == DaySpec{K::today, 0, 1});
    const auto until = [](const Given& g) { return read_day(g, true); };
    CHECK(message(until, "2026-02-29") ==
          "--x is '2026-02-29'; expected a day like 2026-07-01, today, or +14d for days after the first one");
    for (const auto* wrong : {"", "01.07.2026", "2026-7-1", "14d", "+d", "+14", "+99999d", "tomorrow"})
        CHECK(message(until, wrong) != "");
}

TEST_CASE("words come with a suggestion") {
    const auto read = [](const Given& g) { return read_word(g, "commercial|charity|publisher|lottery"); };
    CHECK(read(given("charity")) == 1);
    CHECK(message(read, "chairty") ==
          "--x is 'chairty'; expected one of commercial, charity, publisher, lottery "
          "(did you mean 'charity'?)");
    CHECK(message(read, "") == "--x is empty; expected one of commercial, charity, publisher, lottery");
    CHECK(message(read, "Charity").find("did you mean 'charity'") != std::string::npos);
}

TEST_CASE("a value keeps its place and never shows a whole number") {
    const auto failed = failure_of([] {
        read_duration({"consents.max_age", "+31612345678", {}, {"n.toml", 3, 11}});
    });
    REQUIRE(failed);
    CHECK(failed->text.starts_with("n.toml:3:11: consents.max_age is '+31"));
    CHECK(failed->text.find("31612345678") == std::string::npos);
}

TEST_CASE("texts and lists") {
    CHECK(read_text(given("Müller & Söhne")) == "Müller & Söhne");
    CHECK(message(read_text, "  ") == "--x is '  '; expected some text");
    CHECK(message(read_text, "a\nb") == "--x is 'a\\x0Ab'; expected text without control characters");
    CHECK(message(read_text, "a\xFF") == "--x is 'a\\xFF'; expected text in UTF-8");
    CHECK(read_list(given("a, b,,c")) == std::vector<std::string>{"a", "b", "c"});
    CHECK(read_list({"x", "", {"a, b", "c"}, {}}) == std::vector<std::string>{"a, b", "c"});
    CHECK(message(read_list, " ,") == "--x is ' ,'; expected at least one word");
}

TEST_CASE("dialects, encodings, dates, zones") {
    CHECK(read_delimiter(given(";")) == ';');
    CHECK(read_delimiter(given("tab")) == '\t');
    CHECK(message(read_delimiter, "::") == "--x is '::'; expected one of , ; | or tab");
    CHECK(read_quote(given("'")) == '\'');
    CHECK(read_quote(given("none")) == '\0');
    CHECK(message(read_quote, "ab") == "--x is 'ab'; expected one character, or none");
    CHECK(read_encoding(given("windows-1252")) == csv::Encoding::windows1252);
    CHECK(message(read_encoding, "uft-8").find("(did you mean 'utf-8'?)") != std::string::npos);
    CHECK(read_zone(given("Europe/Amsterdam")) == "Europe/Amsterdam");
    CHECK(message(read_zone, "Europe/Amsterdan").starts_with("--x: "));
    CHECK(read_date_format(given("dd.mm.yyyy")) == "dd.mm.yyyy");
    CHECK(message(read_date_format, "dd.mm.yy").starts_with("--x: "));
    CHECK(read_region(given("nl")).text() == "NL");
    CHECK(message(read_region, "NLD") == "--x is 'NLD'; expected a country code of two letters (ISO 3166)");
}
