// The texts in three languages are complete and read as sentences.
#include "base/failure.h"
#include "base/table.h"
#include "base/text.h"
#include "embedded/texts.h"
#include "report/texts.h"
#include <array>
#include <doctest/doctest.h>
#include <set>
#include <string>

using namespace callscrub;
using report::Language;

namespace {

constexpr std::array languages = {Language::en, Language::de, Language::nl};

std::string_view file(std::string_view name) {
    for (const auto& one : embedded_texts())
        if (one.name == name) return one.text;
    FAIL("no file " << name);
    return {};
}

/// The names between braces: "{n} of {all}" → all, n.
std::multiset<std::string> slots(std::string_view text) {
    std::multiset<std::string> out;
    for (auto at = text.find('{'); at != text.npos; at = text.find('{', at + 1))
        out.emplace(text.substr(at + 1, text.find('}', at) - at - 1));
    return out;
}

bool says_later(std::string_view text) {
    for (const auto* word : {"TODO", "TBD", "XXX", "FIXME", "???", "lorem", "Lorem", "..."})
        if (text.find(word) != text.npos) return true;
    return false;
}

} // namespace

TEST_CASE("every reason has one plain sentence in each language") {
    for (std::size_t i = 0; i < law::reason_count; ++i) {
        const auto reason = static_cast<law::Reason>(i);
        std::set<std::string_view> different;
        for (const auto language : languages) {
            const auto sentence = report::text(reason, language);
            INFO(law::code(reason) << ": " << sentence);
            CHECK(sentence.size() > 30);
            CHECK(sentence.ends_with('.'));
            CHECK(sentence.find(". ") == sentence.npos);
            CHECK(base::valid_utf8(sentence));
            CHECK(slots(sentence).empty());
            CHECK_FALSE(says_later(sentence));
            // A cell that begins like a formula would have to be neutralised.
            CHECK(std::string_view("=+-@\t\r").find(sentence.front()) == std::string_view::npos);
            different.insert(sentence);
        }
        CHECK(different.size() == languages.size());
    }
}

TEST_CASE("every basis has a name in each language") {
    for (std::size_t i = 0; i < law::basis_count; ++i) {
        for (const auto language : languages) {
            const auto words = report::text(static_cast<law::Basis>(i), language);
            INFO(i << ": " << words);
            CHECK(words.size() > 5);
            CHECK_FALSE(words.ends_with('.'));
            CHECK(slots(words).empty());
            CHECK_FALSE(says_later(words));
        }
    }
}

TEST_CASE("the tables hold nothing else") {
    std::set<std::string> codes;
    for (const auto& row :
         base::read_table<4>("reasons.csv", file("reasons.csv"), {"code", "en", "de", "nl"})) {
        CHECK(law::reason_of(row[0]));
        CHECK(codes.insert(row[0]).second);
    }
    // Two reasons share the code PERSON_MISMATCH.
    CHECK(codes.size() == law::reason_count - 1);
    CHECK(report::text(law::Reason::consent_person_mismatch, Language::nl) ==
          report::text(law::Reason::relation_person_mismatch, Language::nl));
    for (const auto& row : base::read_table<4>("bases.csv", file("bases.csv"), {"name", "en", "de", "nl"}))
        CHECK((row[0] == "none" || law::basis_of(row[0])));
}

TEST_CASE("phrases are complete and take the same numbers in each language") {
    std::set<std::string> keys;
    for (const auto& one : embedded_texts()) {
        if (!one.name.starts_with("phrases")) continue;
        for (const auto& row : base::read_table<4>(one.name, one.text, {"key", "en", "de", "nl"})) {
            INFO(one.name << ' ' << row[0]);
            CHECK(keys.insert(row[0]).second);
            for (std::size_t i = 1; i < row.size(); ++i) {
                CHECK_FALSE(row[i].empty());
                CHECK(base::valid_utf8(row[i]));
                CHECK_FALSE(says_later(row[i]));
                CHECK(slots(row[i]) == slots(row[1]));
                CHECK(report::phrase(row[0], languages[i - 1]) == row[i]);
            }
        }
    }
    CHECK(keys.size() > 1);
    CHECK_THROWS_AS(report::phrase("no_such_phrase", Language::en), base::Failure);
}

TEST_CASE("languages by code") {
    CHECK(report::language_of("de") == Language::de);
    CHECK(report::language_of("nl") == Language::nl);
    CHECK(report::language_of("en") == Language::en);
    CHECK(report::language_of("fr") == Language::en);
    CHECK(report::language_of("") == Language::en);
}
