/// What rule packs say to people, in other languages than English: articles, sources and regimes. A table stands beside
/// a pack (XX.csv beside XX.toml, columns en,de,nl; the English text is the key). It decides nothing: codes, CSV,
/// manifest and JSON stay as the pack writes them, and what no table holds is said in English.
#pragma once
#include "base/failure.h"
#include "law/rulebook.h"
#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace callscrub::law {

/// How a call that is no advertising is cited: this, and the article that it stands outside of.
inline constexpr std::string_view outside_of = "no advertising: outside";

/// The tables that are built into the program.
std::vector<PackText> embedded_translations();

class Translations {
public:
    Translations() = default;
    /// `own` tables go before those built in. Failure (usage, with the table's name) for one of them that can't be read.
    explicit Translations(std::span<const PackText> own);

    /// `english` in a language ("de", "nl"); itself for any other, and where no table holds it.
    std::string in(std::string_view language, std::string_view english) const;

private:
    void add(const PackText& table, base::Exit code);
    std::map<std::string, std::array<std::string, 2>, std::less<>> texts_; ///< English → German, Dutch
};

} // namespace callscrub::law
