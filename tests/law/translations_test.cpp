// What the packs say in German and Dutch: complete for those built in, English where a user's own pack has no table.
#include "base/failure.h"
#include "base/text.h"
#include "base/toml.h"
#include "law/translations.h"
#include <doctest/doctest.h>
#include <set>

using namespace callscrub;
using law::Translations;

namespace {

using Texts = std::set<std::string>;

/// Articles, titles of sources and sentences of regimes, wherever they stand in a pack and whatever the policy.
void collect(const base::TomlTable& table, Texts& out, bool regime = false) {
    for (const auto& key : table.keys()) {
        if (table.is_table(key)) collect(table.table(key), out);
        if (key == "regime" || (regime && (key == "register" || key == "basis")))
            for (const auto& one : table.tables(key)) collect(one, out, key == "regime");
        if (key == "article" || key == "title" || (key == "says" && regime)) out.insert(table.text(key));
    }
}

Texts said_by_packs() {
    Texts out;
    for (const auto& pack : law::embedded_pack_texts()) collect(base::TomlTable::parse(pack.text, pack.name), out);
    return out;
}

/// English text → German, Dutch, of all tables.
std::map<std::string, std::array<std::string, 2>> tables() {
    std::map<std::string, std::array<std::string, 2>> out;
    for (const auto& table : law::embedded_translations())
        for (const auto& line : base::split(table.text, '\n')) {
            // Cells hold commas only within quotes, and no quotes within quotes.
            std::vector<std::string> cells(1);
            bool quoted = false;
            for (const char c : line) {
                if (c == '"')
                    quoted = !quoted;
                else if (c == ',' && !quoted)
                    cells.emplace_back();
                else
                    cells.back() += c;
            }
            if (line.empty() || line == "en,de,nl") continue;
            INFO(table.name << ": " << line);
            REQUIRE(cells.size() == 3);
            CHECK(out.emplace(cells[0], std::array{cells[1], cells[2]}).second); // one row for one text
        }
    return out;
}

} // namespace

TEST_CASE("every article, source and regime of the packs is said in German and Dutch") {
    const auto said = said_by_packs();
    const auto known = tables();
    CHECK(said.size() > 200);
    for (const auto& text : said) {
        INFO("no row for: " << text);
        REQUIRE(known.contains(text));
        for (const auto& other : known.at(text)) CHECK_FALSE(other.empty());
    }
}

TEST_CASE("no row is left over from a text that changed") {
    Texts said = said_by_packs();
    said.insert(std::string(law::outside_of));
    for (const auto& pack : law::embedded_pack_texts()) {
        const auto root = base::TomlTable::parse(pack.text, pack.name);
        const auto sources = root.table("source");
        for (const auto& key : sources.keys()) said.insert(sources.table(key).text("where"));
    }
    for (const auto& [text, others] : tables()) {
        INFO("no pack says: " << text);
        CHECK(said.contains(text));
    }
}

TEST_CASE("no English is left in a translation") {
    for (const auto& [text, others] : tables())
        for (const auto& other : others) {
            INFO(other);
            CHECK(base::valid_utf8(other));
            CHECK(text.ends_with('.') == other.ends_with('.'));
            for (const auto* word : {" the ", " calls ", " consent", " s. ", "GDPR", "arts.", " years", " only"})
                CHECK((" " + other + " ").find(word) == std::string::npos);
        }
}

TEST_CASE("laws are cited as is usual in each country") {
    const Translations law{std::span<const law::PackText>()};
    const auto check = [&](std::string_view english, std::string_view german, std::string_view dutch) {
        CHECK(law.in("de", english) == german);
        CHECK(law.in("nl", english) == dutch);
        CHECK(law.in("en", english) == english);
    };
    check("GDPR art. 7(3)", "Art. 7 Abs. 3 DSGVO", "art. 7 lid 3 AVG");
    check("UWG s. 7(2) no. 1", "§ 7 Abs. 2 Nr. 1 UWG", "§ 7 lid 2 nr. 1 UWG");
    check("Tw art. 11.7(2)", "Art. 11.7 Abs. 2 Tw", "art. 11.7 lid 2 Tw");
    check("UWG art. 3(1)(u)", "Art. 3 Abs. 1 lit. u UWG", "art. 3 lid 1 onder u UWG");
    check("no advertising: outside UWG s. 7(2) no. 1", "keine Werbung, außerhalb von § 7 Abs. 2 Nr. 1 UWG",
          "geen reclame, valt buiten § 7 lid 2 nr. 1 UWG");
}

TEST_CASE("a pack of a user's own needs no table, and its table goes first") {
    const law::PackText own{"my/XX.csv", "en,de,nl\n\"Act s. 1, half\",\"§ 1, Hälfte\",\nGDPR art. 7(3),DSGVO 7,AVG 7\n"};
    const Translations law{std::span<const law::PackText>(&own, 1)};
    CHECK(law.in("de", "Act s. 1, half") == "§ 1, Hälfte");
    CHECK(law.in("nl", "Act s. 1, half") == "Act s. 1, half"); // an empty cell
    CHECK(law.in("de", "Act s. 2") == "Act s. 2");             // no row
    CHECK(law.in("nl", "GDPR art. 7(3)") == "AVG 7");
    CHECK(law.in("de", "GDPR art. 7(1)") == "Art. 7 Abs. 1 DSGVO");
    const law::PackText broken{"my/XX.csv", "en,fr\na,b\n"};
    try {
        Translations{std::span<const law::PackText>(&broken, 1)};
        FAIL("a table without German was taken");
    } catch (const base::Failure& failure) {
        CHECK(failure.code() == base::Exit::usage);
        CHECK(std::string(failure.what()).find("my/XX.csv") != std::string::npos);
    }
}
