// docs/RULES.md names every word that a pack may use.
#include "law/words.h"
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace callscrub::law;

namespace {

std::string page() {
    std::ifstream in(SOURCE_DIR "/docs/RULES.md", std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

template <class Enum, std::size_t N> void all_named(const std::string& text, const Word<Enum> (&words)[N]) {
    for (const auto& word : words) {
        const auto name = "`" + std::string(word.word) + "`";
        CHECK_MESSAGE(text.find(name) != std::string::npos, name);
    }
}

} // namespace

TEST_CASE("docs/RULES.md names every word of a pack") {
    const auto text = page();
    all_named(text, party_words);
    all_named(text, caller_words);
    all_named(text, purpose_words);
    all_named(text, line_words);
    all_named(text, kind_words);
    all_named(text, condition_words);
    all_named(text, needs_words);
}
