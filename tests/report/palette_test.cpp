// The colours of the report and of explain, computed: contrast as WCAG 2.2 reckons it, and whether those of charts are
// told apart by readers who see red or green weakly.
#include "embedded/texts.h"
#include "report/html.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <map>
#include <string>
#include <vector>

using namespace callscrub;

namespace {

using Colour = std::array<double, 3>; ///< linear light, 0 to 1
using Palette = std::map<std::string, std::string, std::less<>>;
using Matrix = std::array<Colour, 3>;

std::string sheet() {
    for (const auto& one : embedded_texts())
        if (one.name == "report.css") return std::string(one.text);
    return {};
}

/// The three blocks ":root{--name:#value;…}" in the order of the sheet: light, dark, print.
std::vector<Palette> palettes() {
    std::vector<Palette> out;
    const auto css = sheet();
    for (auto at = css.find(":root{"); at != css.npos; at = css.find(":root{", at + 1)) {
        const auto end = css.find('}', at);
        Palette one = out.empty() ? Palette() : out.front(); // a later block states what differs from the first
        for (auto name = css.find("--", at); name < end; name = css.find("--", name + 1)) {
            const auto colon = css.find(':', name), stop = css.find_first_of(";}", name);
            one[css.substr(name + 2, colon - name - 2)] = css.substr(colon + 1, stop - colon - 1);
        }
        out.push_back(one);
    }
    return out;
}

Colour colour(const Palette& palette, std::string_view name) {
    const auto found = palette.find(name);
    REQUIRE(found != palette.end());
    std::string hex = found->second.substr(1);
    if (hex.size() == 3) hex = {hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]};
    Colour out{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double c = std::stoi(hex.substr(2 * i, 2), nullptr, 16) / 255.0;
        out[i] = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    }
    return out;
}

double luminance(const Colour& c) { return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; }

double contrast(const Colour& a, const Colour& b) {
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

/// What a reader sees who lacks one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
constexpr Matrix everyone = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix protan = {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deutan = {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};

Colour seen(const Matrix& eye, const Colour& c) {
    Colour out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = std::clamp(eye[i][0] * c[0] + eye[i][1] * c[1] + eye[i][2] * c[2], 0.0, 1.0);
    return out;
}

Colour lab(const Colour& c) {
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505);
    const double y = f(luminance(c));
    const double z = f((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// Distance of two colours in CIELAB; about 2 is just seen side by side.
double distance(const Matrix& eye, const Colour& a, const Colour& b) {
    const auto p = lab(seen(eye, a)), q = lab(seen(eye, b));
    return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

struct Pair {
    std::string_view front, behind;
};
// Every pair that stands in the style sheet or in a chart.
constexpr Pair texts[] = {{"ink", "page"},  {"ink", "paper"},  {"ink", "warn"},  {"soft", "page"}, {"soft", "paper"},
                          {"link", "page"}, {"link", "paper"}, {"yes", "paper"}};
constexpr Pair graphics[] = {{"yes", "paper"},  {"yes", "track"},     {"yes", "page"},       {"no", "paper"}, {"no", "track"},
                             {"plain", "paper"}, {"plain", "track"},  {"ink", "track"},      {"warnline", "paper"},
                             {"warnline", "warn"}, {"l1", "track"},   {"l1", "paper"},       {"l2", "track"}, {"l3", "track"},
                             {"l4", "track"},    {"l5", "track"},     {"ink", "paper"}};
constexpr Pair apart[] = {{"yes", "no"}, {"yes", "plain"}, {"no", "plain"}, {"yes", "track"}, {"no", "track"}, {"plain", "track"}};
constexpr Pair shades[] = {{"track", "l1"}, {"l1", "l2"}, {"l2", "l3"}, {"l3", "l4"}, {"l4", "l5"}};

} // namespace

TEST_CASE("text and graphics stand out in light, dark and print") {
    // Known results first, so that the arithmetic is right.
    const Palette known{{"black", "#000"}, {"white", "#ffffff"}, {"grey", "#767676"}};
    CHECK(contrast(colour(known, "black"), colour(known, "white")) == doctest::Approx(21));
    CHECK(contrast(colour(known, "grey"), colour(known, "white")) == doctest::Approx(4.54).epsilon(0.01));
    const auto all = palettes();
    REQUIRE(all.size() == 3);
    for (const auto& palette : all) {
        for (const auto& [front, behind] : texts) {
            INFO(front << " on " << behind << " in " << palette.at("page"));
            CHECK(contrast(colour(palette, front), colour(palette, behind)) >= 4.5);
        }
        for (const auto& [front, behind] : graphics) {
            INFO(front << " on " << behind << " in " << palette.at("page"));
            CHECK(contrast(colour(palette, front), colour(palette, behind)) >= 3);
        }
    }
}

TEST_CASE("charts are read without telling red from green") {
    // The eyes see what they should: red and green of equal lightness come together, blue and yellow stay apart.
    const Palette known{{"red", "#c85a3c"}, {"green", "#7b8a3a"}, {"blue", "#0000ff"}, {"yellow", "#ffff00"}};
    CHECK(distance(deutan, colour(known, "red"), colour(known, "green")) <
          distance(everyone, colour(known, "red"), colour(known, "green")) / 3);
    CHECK(distance(protan, colour(known, "blue"), colour(known, "yellow")) > 100);
    for (const auto& palette : palettes())
        for (const auto* eye : {&everyone, &protan, &deutan}) {
            for (const auto& [one, other] : apart) {
                INFO(one << " beside " << other << " in " << palette.at("page"));
                CHECK(distance(*eye, colour(palette, one), colour(palette, other)) >= 20);
            }
            for (const auto& [one, other] : shades) {
                INFO(one << " beside " << other << " in " << palette.at("page"));
                CHECK(distance(*eye, colour(palette, one), colour(palette, other)) >= 8);
            }
        }
}

TEST_CASE("colours come from the palette and from nowhere else") {
    auto css = sheet();
    for (auto at = css.find(":root{"); at != css.npos; at = css.find(":root{")) css.erase(at, css.find('}', at) - at);
    CHECK(css.find('#') == css.find("#hatching"));
    CHECK(css.find('#', css.find("#hatching") + 1) == css.npos);
    for (const auto* way : {"rgb(", "hsl(", "opacity"}) CHECK(css.find(way) == css.npos);
    // The icon of the page can't read the palette; its two colours are those of the charts.
    const auto page = report::html_page(report::Language::en, {}, {});
    const auto light = palettes().front();
    CHECK(page.find("%23" + light.at("yes").substr(1)) != page.npos);
    CHECK(page.find("%23" + light.at("no").substr(1)) != page.npos);
}
