// report.html: numbers as in the summary, names stay text, one shape in all languages, nothing from
// elsewhere.
#include "report/digest.h"
#include "report/html.h"
#include "report/html_calendar.h"
#include "report/html_sections.h"
#include "report/page.h"
#include "report/report_sample.h"
#include "report/scratch.h"
#include <cstdlib>
#include <doctest/doctest.h>

using namespace callscrub;
using namespace callscrub::report;
using namespace callscrub::report::test;

namespace {

constexpr std::array languages = {Language::en, Language::de, Language::nl};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string html(const Summary& summary, Language language = Language::en) {
    return to_html(summary, nullptr, language);
}

/// Bytes of standard Base64, so that the hash in the page is checked against the style sheet by other code
/// than wrote it.
std::string from_base64(std::string_view text) {
    const std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, held = 0;
    for (const char c : text) {
        if (c == '=') break;
        bits = bits << 6 | static_cast<unsigned>(letters.find(c));
        held += 6;
        if (held >= 8) out += static_cast<char>(bits >> (held -= 8) & 255);
    }
    return out;
}

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
        out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

Summary empty_summary() {
    Summary out;
    out.call_from = out.call_until = iso("2027-02-28");
    return out;
}

} // namespace

TEST_CASE("the page holds together and needs nothing from elsewhere") {
    const Summary before = previous_summary();
    for (const auto& summary : {big_summary(), hostile_summary(), empty_summary()}) {
        for (const auto language : languages) {
            for (const Summary* previous : {static_cast<const Summary*>(nullptr), &before}) {
                const Page page(to_html(summary, previous, language)); // requires that it is well formed
                CHECK(page.elements("script") == 0);
                CHECK(page.elements("iframe") == 0);
                CHECK(page.elements("img") == 0);
                CHECK(page.elements("style") == 1);
                for (const auto& [attribute, value] : page.attributes()) {
                    INFO(attribute << " = " << value);
                    CHECK_FALSE(attribute.starts_with("on"));
                    CHECK(attribute != "style");
                    CHECK(attribute != "src");
                    if (attribute == "href")
                        CHECK((value.starts_with("#") || value.starts_with("data:image/svg+xml,")));
                }
                // Each picture has a name, or is decoration and says so.
                CHECK(page.unnamed_pictures() == 0);
                for (const auto& id : page.references()) {
                    INFO(id);
                    CHECK(page.ids().count(id) == 1);
                }
                CHECK(base::valid_utf8(page.source()));
            }
        }
    }
}

TEST_CASE("the policy permits this style sheet and nothing else") {
    const std::string page = html(big_summary());
    const auto style_at = page.find("<style>") + 7;
    const std::string style = page.substr(style_at, page.find("</style>") - style_at);
    const auto hash_at = page.find("sha256-") + 7;
    const std::string hash = page.substr(hash_at, page.find("&#39;", hash_at) - hash_at);
    CHECK(hash.size() == 44);
    CHECK(hex(from_base64(hash)) == sha256_hex(style));
    CHECK(has(page, "content=\"default-src 'none'; style-src &#39;sha256-"));
    CHECK_FALSE(has(page, "unsafe"));
    CHECK_FALSE(has(style, "url(h"));
    CHECK_FALSE(has(style, "@import"));
}

TEST_CASE("names from the data stay text") {
    const Summary summary = hostile_summary();
    const std::string page = to_html(summary, &summary, Language::de);
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "alert(1)<"));
    CHECK(has(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK_FALSE(has(page, "\x01"));
    CHECK(has(page, "\\xFF"));
    // A brace in a name is no slot of a phrase.
    CHECK(has(page, "{n} &amp;amp;"));
    // So is a character that would turn the direction of what follows.
    CHECK_FALSE(has(page, "\xE2\x80\xAE"));
    CHECK(has(page, "\uFFFDevil"));
}

TEST_CASE("the page names the laws that judged a row, and how a file was packed only if it was") {
    Summary summary = big_summary();
    summary.inputs[0].compression = "none";
    CHECK(has(html(summary), "Law: Germany <code>DE</code>, Netherlands <code>NL</code>."));
    CHECK_FALSE(has(html(summary), "· none"));
    summary.total.jurisdictions.erase("NL");
    const std::string page = html(summary);
    CHECK(has(page, "Law: Germany <code>DE</code>."));
    CHECK_FALSE(has(page, "Netherlands"));
    summary.total.jurisdictions.clear();
    CHECK(has(html(summary), "Law: –."));
}

TEST_CASE("phone numbers in remarks are masked") {
    const std::string page = html(hostile_summary());
    CHECK_FALSE(has(page, "12345678"));
    CHECK(has(page, "column &#39;Tel&#39; holds"));
}

TEST_CASE("folders stay out of the page, unless two lists bear one name") {
    Summary summary = big_summary();
    CHECK_FALSE(has(html(summary), "lists/north"));
    CHECK(has(html(summary), "north_2026-12.csv"));
    summary.lists[1].files.path = "other/north_2026-12.csv";
    CHECK(has(html(summary), "<bdi>lists/north_2026-12.csv</bdi>"));
    CHECK(has(html(summary), "<bdi>other/north_2026-12.csv</bdi>"));
}

TEST_CASE("the numbers shown are the summary's") {
    const Summary summary = big_summary();
    for (const auto language : languages) {
        const Words words(language);
        const std::string page = html(summary, language);
        const auto number = [&](std::uint64_t n) { return words.number(n).bytes(); };
        const auto& total = summary.total;
        for (const auto& [reason, rows] : reason_counts(total)) {
            const std::string code(law::code(reason));
            INFO(code);
            CHECK(has(page, ">" + code + ": " + number(rows) + " ("));
            CHECK(has(page, "<code>" + code + "</code></th><td class=\"r\">" + number(rows) + "</td>"));
            CHECK(has(page, prose(text(reason, language)).bytes()));
        }
        for (std::size_t i = 1; i < total.bases.size(); ++i)
            if (total.bases[i] > 0) {
                const auto basis = static_cast<law::Basis>(i);
                CHECK(has(page, ">" + escaped(text(basis, language)).bytes() + ": " + number(total.bases[i]) +
                                    " ("));
            }
        for (const auto& list : summary.lists) {
            CHECK(has(page, "<td class=\"r\">" + number(list.tallies.rows) + "</td><td class=\"r\">" +
                                number(list.tallies.clean) + "</td><td class=\"r\">" +
                                number(list.tallies.rejected) + "</td>"));
        }
        for (const auto& [day, rows] : total.lapses) {
            if (day >= facts::add_months(summary.call_from, 12)) continue;
            CHECK(has(page, words.day(day).bytes() + "</th><td class=\"r\">" + number(rows) + "</td>"));
        }
        CHECK(has(page, number(total.clean)));
        CHECK(has(page, number(total.open_ended)));
        CHECK(has(page, number(summary.facts)));
        CHECK(has(page, prose("Tw art. 11.7(6)").bytes()));
    }
}

TEST_CASE("the sample's sums are right") {
    for (const auto& summary : {big_summary(), previous_summary()}) {
        const auto& total = summary.total;
        std::uint64_t rejected = 0, clean = 0, ends = total.open_ended;
        for (const auto n : total.reasons) rejected += n;
        for (const auto n : total.bases) clean += n;
        for (const auto& [day, n] : total.lapses) ends += n;
        CHECK(total.rows == total.clean + total.rejected);
        CHECK(total.rejected == rejected);
        CHECK(total.clean == clean);
        CHECK(ends == total.clean);
    }
}

TEST_CASE("equal summaries give equal bytes, whatever the clock says") {
    const Summary before = previous_summary();
    Summary summary = big_summary();
    const std::string page = to_html(summary, &before, Language::nl);
    summary.seconds = 12.5;
    summary.started = "2026-12-01T03:00:00Z";
    summary.peak_memory = 1 << 30;
    summary.timings = {{"gather", 3.0}};
    for (auto& input : summary.inputs) input.age_seconds = 4711;
    CHECK(to_html(summary, &before, Language::nl) == page);
    // The run before as it comes out of its summary.json.
    const Summary read = read_summary(to_json(before), "before");
    CHECK(to_html(summary, &read, Language::nl) == page);
}

TEST_CASE("articles are cited in the language of the page, and as the pack has them in English") {
    const law::Translations law{std::span<const law::PackText>()};
    Summary summary = big_summary();
    summary.packs[1].regimes[0].article = "Tw art. 11.7(2), (5)-(6)";
    const auto de = to_html(summary, nullptr, Language::de, law), nl = to_html(summary, nullptr, Language::nl, law);
    CHECK(has(de, prose("Art. 7 Abs. 3 DSGVO").bytes()));
    CHECK(has(de, prose("Art. 11.7 Abs. 2, 5–6 Tw").bytes()));
    CHECK(has(nl, prose("art. 7 lid 3 AVG").bytes()));
    CHECK(has(nl, prose("art. 11.7 lid 6 Tw").bytes()));
    CHECK_FALSE(has(de + nl, "GDPR"));
    CHECK(has(to_html(summary, nullptr, Language::en, law), prose("GDPR art. 7(3)").bytes()));
}

TEST_CASE("what changed") {
    const Summary now = big_summary(), before = previous_summary();
    const std::string page = to_html(now, &before, Language::en);
    CHECK(has(page, "What changed since the previous run"));
    CHECK(has(page, ">CONSENT_EXPIRED: \u2212"));
    CHECK(has(page,
              "<code>PERSON_MISMATCH</code></th><td class=\"r\">5,300</td><td class=\"r\">5,565</td><td "
              "class=\"r\">+265</td>"));
    CHECK(has(page, "<code>NOT_SIMILAR</code></th><td class=\"r\">312</td><td class=\"r\">0</td><td "
                    "class=\"r\">\u2212312</td>"));
    CHECK(has(page, "<code>on_lapse</code>: <bdi>trim</bdi> → <bdi>reject</bdi>"));
    CHECK(has(page, "2026-11-17"));
    CHECK_FALSE(has(html(now), "What changed"));
    const std::string same = to_html(now, &now, Language::en);
    CHECK(has(same, "are the same in both runs"));
    CHECK(has(same, "±0"));
}

TEST_CASE("files for looking at" * doctest::skip(std::getenv("CALLSCRUB_REPORTS") == nullptr)) {
    const char* folder = std::getenv("CALLSCRUB_REPORTS");
    REQUIRE(folder != nullptr);
    const Summary before = previous_summary();
    const auto path = [&](const std::string& name) { return std::string(folder) + "/" + name + ".html"; };
    for (const auto language : languages)
        put(path(std::string(Words(language).code())), to_html(big_summary(), &before, language, law::Translations(std::span<const law::PackText>())));
    put(path("hostile"), to_html(hostile_summary(), &before, Language::en));
    put(path("empty"), html(empty_summary()));
}
