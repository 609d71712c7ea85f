/// What the report says to people in one language: phrases with their numbers filled in, numbers, shares,
/// days.
#pragma once
#include "facts/day.h"
#include "law/translations.h"
#include "report/html_markup.h"
#include "report/texts.h"
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace callscrub::report {

using Slots = std::initializer_list<std::pair<std::string_view, Markup>>;

class Words {
public:
    /// `law`: what packs say in that language; must outlive this. Without it the law speaks English.
    explicit Words(Language language, const law::Translations* law = nullptr) : language_(language), law_(law) {}
    Language language() const { return language_; }
    /// "en", "de", "nl".
    std::string_view code() const;

    /// A phrase by its key. `{name}` in it is replaced by the slot of that name.
    Markup say(std::string_view key, Slots slots = {}) const;
    /// The phrase `key`.one or `key`.many with the number as `{n}`.
    Markup count(std::string_view key, std::uint64_t n, Slots slots = {}) const;
    /// The phrase `group`.`word`; the word itself, as a name, where there is none.
    Markup word(std::string_view group, std::string_view word) const;

    /// What a pack says in English: an article, the sentence of a regime.
    Markup law(std::string_view english) const;
    std::string plain_law(std::string_view english) const; ///< the same, not escaped

    Markup number(std::uint64_t n) const;                  ///< 1,234,567
    Markup share(std::uint64_t n, std::uint64_t of) const; ///< 97.3%; never 0% of some, never 100% of not all
    Markup change(std::uint64_t before, std::uint64_t now) const; ///< +1,234
    Markup day(facts::Day day) const;       ///< 31 January 2027, readable for machines too
    Markup plain_day(facts::Day day) const; ///< the same without tags: for titles
    Markup month(facts::Day day) const;     ///< Jan 2027

private:
    Markup fill(std::string_view key, Slots slots, const Markup* n) const;

    Language language_;
    const law::Translations* law_;
};

} // namespace callscrub::report
