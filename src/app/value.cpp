#include "app/value.h"
#include "base/text.h"
#include "facts/dates.h"
#include "facts/zone.h"
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>

namespace callscrub::app {

using base::Exit;
using base::Failure;

void refuse(const Given& given, const std::string& expected, std::span<const std::string_view> known) {
    const std::string found = given.text.empty() ? "empty" : "'" + base::quoted(given.text) + "'";
    throw Failure(Exit::usage, given.place,
                  given.name + " is " + found + "; expected " + expected +
                      base::did_you_mean(given.text, known));
}

namespace {

/// A whole number in decimal digits and what follows it.
bool leading_number(std::string_view text, std::uint64_t& number, std::string_view& rest) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return false;
    rest = text.substr(static_cast<std::size_t>(end - text.data()));
    return true;
}

struct Unit {
    std::string_view name;
    std::uint64_t worth;
};

/// number × unit, or nothing for an unknown unit, a missing number or a product beyond 2^62.
std::optional<std::uint64_t> measured(std::string_view text, std::span<const Unit> units) {
    std::uint64_t number = 0;
    std::string_view rest;
    if (!leading_number(text, number, rest)) return std::nullopt;
    for (const auto& unit : units) {
        if (unit.name != rest) continue;
        if (number > (std::uint64_t{1} << 62) / unit.worth) return std::nullopt;
        return number * unit.worth;
    }
    return std::nullopt;
}

constexpr Unit time_units[] = {{"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86'400}, {"w", 604'800}};
constexpr Unit day_units[] = {{"d", 1}, {"w", 7}};
constexpr Unit size_units[] = {
    {"", 1},           {"B", 1},          {"k", 1u << 10},       {"K", 1u << 10},
    {"M", 1u << 20},   {"G", 1u << 30},   {"T", 1ull << 40},     {"KiB", 1u << 10},
    {"MiB", 1u << 20}, {"GiB", 1u << 30}, {"TiB", 1ull << 40},   {"kB", 1000},
    {"KB", 1000},      {"MB", 1'000'000}, {"GB", 1'000'000'000}, {"TB", 1'000'000'000'000},
};

/// "a, b, c" of "a|b|c".
std::string listed(std::string_view words) {
    std::string out;
    for (const auto word : base::split(words, '|')) out += (out.empty() ? "" : ", ") + std::string(word);
    return out;
}

/// The text, if `check` lets it pass; its Failure gets the name and the place of the statement.
std::string checked(const Given& given, const std::function<void()>& check) {
    try {
        check();
    } catch (const Failure& failure) {
        throw Failure(Exit::usage, given.place, given.name + ": " + failure.what());
    }
    return given.text;
}

} // namespace

std::size_t read_word(const Given& given, std::string_view words) {
    const auto known = base::split(words, '|');
    for (std::size_t i = 0; i < known.size(); ++i)
        if (known[i] == given.text) return i;
    refuse(given, "one of " + listed(words), known);
}

bool read_switch(const Given& given) { return read_word(given, "false|true") == 1; }

std::uint64_t read_count(const Given& given, std::uint64_t least, std::uint64_t most) {
    std::uint64_t number = 0;
    std::string_view rest;
    if (leading_number(given.text, number, rest) && rest.empty() && number >= least && number <= most)
        return number;
    const std::string range = most == std::numeric_limits<std::uint64_t>::max()
                                  ? (least == 0 ? "" : " from " + std::to_string(least) + " on")
                                  : " from " + std::to_string(least) + " to " + std::to_string(most);
    refuse(given, "a whole number" + range);
}

double read_share(const Given& given) {
    std::string_view text = given.text;
    const bool percent = text.ends_with('%');
    if (percent) text.remove_suffix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const double share = percent ? number / 100 : number;
    if (error == std::errc{} && end == text.data() + text.size() && std::isfinite(share) && share >= 0 &&
        share <= 1)
        return share;
    refuse(given, "a share from 0 to 1, for example 0.25 or 25%");
}

std::int64_t read_duration(const Given& given) {
    const auto seconds = measured(given.text, time_units);
    if (!seconds) refuse(given, "a duration like 30s, 10min, 36h, 60d or 2w");
    return static_cast<std::int64_t>(*seconds);
}

std::int32_t read_whole_days(const Given& given) {
    const auto days = measured(given.text, day_units);
    if (!days || *days > 36'525) refuse(given, "a number of days or weeks like 60d or 8w");
    return static_cast<std::int32_t>(*days);
}

std::uint64_t read_size(const Given& given) {
    const auto bytes = measured(given.text, size_units);
    if (!bytes || *bytes == 0) refuse(given, "a size like 512MiB or 2GiB");
    return *bytes;
}

DaySpec read_day(const Given& given, bool until) {
    if (given.text == "today") return {};
    if (const auto day = facts::read_iso_day(given.text)) return {DaySpec::Kind::fixed, *day, 0};
    if (given.text.starts_with('+')) {
        const auto days = measured(std::string_view(given.text).substr(1), day_units);
        if (days && *days <= 36'525)
            return {until ? DaySpec::Kind::after : DaySpec::Kind::today, 0, static_cast<std::int32_t>(*days)};
    }
    refuse(given, until ? "a day like 2026-07-01, today, or +14d for days after the first one"
                        : "a day like 2026-07-01, today, or +1d for days after today");
}

facts::Region read_region(const Given& given) {
    const auto region = facts::make_region(given.text);
    if (!region.known()) refuse(given, "a country code of two letters (ISO 3166)");
    return region;
}

char read_delimiter(const Given& given) {
    if (const auto found = csv::read_delimiter(given.text)) return *found;
    refuse(given, "one of , ; | or tab");
}

char read_quote(const Given& given) {
    if (given.text == "none") return '\0';
    if (given.text.size() == 1 && given.text[0] > ' ' && given.text[0] < 0x7f) return given.text[0];
    refuse(given, "one character, or none");
}

csv::Encoding read_encoding(const Given& given) {
    if (const auto found = csv::read_encoding(given.text)) return *found;
    static constexpr std::string_view known[] = {"utf-8",        "utf-16le",   "utf-16be",
                                                 "windows-1252", "iso-8859-1", "iso-8859-15"};
    refuse(given, "one of utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1, iso-8859-15", known);
}

std::string read_date_format(const Given& given) {
    return checked(given, [&] { facts::date_format_of(given.text); });
}

std::string read_zone(const Given& given) {
    return checked(given, [&] { facts::Zone::load(given.text); });
}

std::vector<std::string> read_list(const Given& given) {
    std::vector<std::string> out = given.list;
    if (out.empty())
        for (const auto part : base::split(given.text, ',')) out.emplace_back(part);
    for (const auto& part : out) {
        Given one{given.name, part, {}, given.place};
        read_text(one);
    }
    if (out.empty()) refuse(given, "at least one word");
    return out;
}

std::string read_text(const Given& given) {
    if (base::trim(given.text).empty()) refuse(given, "some text");
    for (const char c : given.text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            refuse(given, "text without control characters");
    if (!base::valid_utf8(given.text)) refuse(given, "text in UTF-8");
    return given.text;
}

} // namespace callscrub::app
