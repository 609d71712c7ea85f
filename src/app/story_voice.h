/// What a story says in one language, as plain text. Codes, days, places and names of the data stay as they
/// are.
#pragma once
#include "app/story.h"
#include "law/translations.h"
#include "report/texts.h"
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace callscrub::app {

class Voice {
public:
    using Slots = std::initializer_list<std::pair<std::string_view, std::string>>;
    /// `law`: what packs say in other languages; must outlive this.
    Voice(report::Language language, const law::Translations& law) : language_(language), law_(law) {}
    report::Language language() const { return language_; }
    /// "en", "de", "nl".
    std::string_view code() const { return report::code_of(language_); }

    /// The phrase "explain.<key>" with its `{slots}` filled in.
    std::string say(std::string_view key, Slots slots = {}) const;
    std::string say(const Saying& saying) const;
    std::string text(law::Reason reason) const { return std::string(report::text(reason, language_)); }
    std::string text(law::Basis basis) const { return std::string(report::text(basis, language_)); }
    /// What a pack says in English: an article, the sentence of a regime.
    std::string law(std::string_view english) const { return law_.in(code(), english); }
    /// What a check asks, as a statement that holds when it passes.
    std::string check(law::Reason failure) const;
    /// "on …", "from … to …", "from … on".
    std::string days(facts::Day from, facts::Day until) const;
    /// The day, or the words for none: "no end known".
    std::string until(facts::Day day) const;
    /// "Title (where), checked …": nothing for none.
    std::string source(const law::Citation* citation) const;
    std::string country(const law::Jurisdiction& law) const;

    /// What is asked, as label (phrase key) and text, in the order of reading.
    std::vector<std::pair<std::string_view, std::string>> question(const Story& story,
                                                                   const NumberTold& told) const;
    /// "E.164 (mobile, Netherlands)".
    std::string number(const NumberTold& told) const;
    /// "CALLABLE on …".
    std::string headline(const NumberTold& told) const;
    /// Place and name of the deciding record.
    std::string record(const Story& story, facts::Source source) const;
    /// The record in the words of its own cells: "channel phone · company …".
    std::string cells(const RecordTold& told) const;
    std::string result(const TrialTold& trial) const;

private:
    std::string contact(const NumberTold& told) const;
    std::string fill(std::string_view key, std::span<const std::pair<std::string_view, std::string>> slots) const;

    report::Language language_;
    const law::Translations& law_;
};

/// The day on which the answer is decided: the first of the window, or the first that is not callable.
facts::Day deciding_day(const NumberTold& told);
/// "" for no day.
std::string day_text(facts::Day day);

} // namespace callscrub::app
