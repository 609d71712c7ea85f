#include "base/failure.h"
#include "base/text.h"
#include "facts/dates.h"
#include <utility>

namespace callscrub::facts {

namespace {

constexpr std::array<std::string_view, date_format_count> names = {
    "iso",         "dd-mm-yyyy", "dd.mm.yyyy", "d/m/yyyy", "m/d/yyyy",
    "dd-mon-yyyy", "excel",      "excel1904",  "epoch",    "epoch-ms",
};

// What people write for the same.
constexpr std::pair<std::string_view, DateFormat> other_names[] = {
    {"yyyy-mm-dd", DateFormat::iso},       {"yyyy/mm/dd", DateFormat::iso},
    {"d-m-yyyy", DateFormat::dmy_dash},    {"d.m.yyyy", DateFormat::dmy_dot},
    {"dd/mm/yyyy", DateFormat::dmy_slash}, {"mm/dd/yyyy", DateFormat::mdy_slash},
    {"d-mon-yyyy", DateFormat::d_month_y}, {"dd-mmm-yyyy", DateFormat::d_month_y},
    {"excel1900", DateFormat::excel},      {"excel-1904", DateFormat::excel_1904},
    {"epoch-s", DateFormat::epoch_s},      {"epoch_ms", DateFormat::epoch_ms},
};

} // namespace

std::string_view name(DateFormat format) { return names[static_cast<std::size_t>(format)]; }

DateFormat date_format_of(std::string_view name) {
    const std::string wanted = base::fold(name);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == wanted) return static_cast<DateFormat>(i);
    for (const auto& [other, format] : other_names)
        if (other == wanted) return format;
    std::string known;
    for (const auto one : names) known += (known.empty() ? "" : ", ") + std::string(one);
    throw base::Failure(base::Exit::usage, "unknown date format '" + base::quoted(name) + "'" +
                                               base::did_you_mean(name, names) +
                                               "; expected one of: " + known);
}

} // namespace callscrub::facts
