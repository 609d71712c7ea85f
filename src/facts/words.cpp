#include "facts/words.h"
#include "base/failure.h"
#include "base/table.h"
#include "base/text.h"
#include "embedded/words.h"
#include "facts/word_key.h"
#include <array>
#include <span>
#include <vector>

namespace callscrub::facts {

namespace {

struct Meaning {
    std::string_view name;
    int number;
};

template <class Enum> constexpr Meaning means(std::string_view name, Enum value) {
    return {name, static_cast<int>(value)};
}

constexpr Meaning status_meanings[] = {
    means("opt_in", ConsentStatus::opt_in),       means("opt_out", ConsentStatus::opt_out),
    means("objection", ConsentStatus::objection), means("requested", ConsentStatus::requested),
    means("published", ConsentStatus::published), means("ignore", ConsentStatus::ignore)};
constexpr Meaning channel_meanings[] = {means("phone", Channel::phone), means("any", Channel::any),
                                        means("email", Channel::email), means("sms", Channel::sms),
                                        means("post", Channel::post),   means("other", Channel::other),
                                        means("empty", Channel::empty)};
constexpr Meaning party_meanings[] = {
    means("consumer", Party::consumer), means("sole_trader", Party::sole_trader),
    means("partnership", Party::partnership), means("legal_person", Party::legal_person)};
constexpr Meaning kind_meanings[] = {
    means("sale", RelationKind::sale),           means("subscription", RelationKind::subscription),
    means("quotation", RelationKind::quotation), means("inquiry", RelationKind::inquiry),
    means("donation", RelationKind::donation),   means("volunteer", RelationKind::volunteer),
    means("event", RelationKind::event),         means("other", RelationKind::other)};
constexpr Meaning relation_status_meanings[] = {means("running", RelationStatus::running),
                                                means("ended", RelationStatus::ended),
                                                means("empty", RelationStatus::empty)};
constexpr Meaning yes_no_meanings[] = {means("yes", YesNo::yes), means("no", YesNo::no)};
constexpr Meaning number_source_meanings[] = {means("customer", YesNo::yes), means("other", YesNo::no)};
constexpr Meaning outcome_meanings[] = {means("refused", CallOutcome::refused),
                                        means("objection", CallOutcome::objection),
                                        means("other", CallOutcome::other)};

struct Vocabulary {
    std::string_view column;
    std::string_view words; ///< its name in values.csv
    std::span<const Meaning> meanings;
};

constexpr Vocabulary vocabularies[] = {
    {"status", "status", status_meanings},
    {"channel", "channel", channel_meanings},
    {"party", "party", party_meanings},
    {"kind", "kind", kind_meanings},
    {"relation_status", "relation_status", relation_status_meanings},
    {"paid", "yes_no", yes_no_meanings},
    {"informed", "yes_no", yes_no_meanings},
    {"objection_offered", "yes_no", yes_no_meanings},
    {"number_source", "number_source", number_source_meanings},
    {"outcome", "outcome", outcome_meanings},
};

using Row = std::array<std::string, 3>; // column, word, meaning

const std::vector<Row>& table() {
    static const std::vector<Row> rows = [] {
        for (const auto& file : embedded_words())
            if (file.name == "values.csv")
                return base::read_table<3>(file.name, file.text, {"column", "word", "meaning"});
        throw base::Failure(base::Exit::internal, "the program lacks its table words/values.csv");
    }();
    return rows;
}

const Vocabulary& vocabulary(std::string_view column) {
    std::vector<std::string_view> known;
    for (const auto& one : vocabularies) {
        if (one.column == column) return one;
        known.push_back(one.column);
    }
    throw base::Failure(base::Exit::usage,
                        "the column '" + base::quoted(column) +
                            "' has no words of its own; words can be stated for status, channel, party, "
                            "kind, paid, informed, objection_offered, number_source and outcome" +
                            base::did_you_mean(column, known));
}

// -1: no such meaning.
int meaning_of(const Vocabulary& vocabulary, std::string_view name) {
    const WordKey wanted(name);
    for (const auto& meaning : vocabulary.meanings)
        if (wanted.fits() && WordKey(meaning.name).text() == wanted.text()) return meaning.number;
    return -1;
}

[[noreturn]] void unknown_meaning(const Vocabulary& vocabulary, const std::string& word,
                                  const std::string& meaning) {
    std::vector<std::string_view> names;
    std::string all;
    for (const auto& one : vocabulary.meanings) {
        names.push_back(one.name);
        all += (all.empty() ? "" : ", ") + std::string(one.name);
    }
    throw base::Failure(base::Exit::usage, "values." + std::string(vocabulary.column) + ": '" +
                                               base::quoted(word) + "' is said to mean '" +
                                               base::quoted(meaning) + "', expected one of " + all +
                                               base::did_you_mean(meaning, names));
}

using Words = std::unordered_map<std::string, int>;

// "any yes" and "any no" of a profile stand for every word of yes or no: for columns like "do not call", where a yes
// is no consent.
template <class Map> void add_all(std::string_view answer, int number, Map& words) {
    for (const auto& [of, word, meaning] : table())
        if (of == "yes_no" && meaning == answer)
            words.insert_or_assign(std::string(WordKey(word).text()), number);
}

template <class Map>
void add_own(const Vocabulary& vocabulary, const std::map<std::string, std::string>& own, Map& words) {
    std::map<std::string, std::pair<int, std::string>> stated;
    for (const auto& [word, meaning] : own) {
        const int number = meaning_of(vocabulary, meaning);
        if (number < 0) unknown_meaning(vocabulary, word, meaning);
        const WordKey key(word);
        if (!key.fits())
            throw base::Failure(base::Exit::usage, "values." + std::string(vocabulary.column) +
                                                       ": the word '" + base::quoted(word) +
                                                       "' is longer than " +
                                                       std::to_string(WordKey::longest) + " bytes");
        const auto [at, fresh] = stated.try_emplace(std::string(key.text()), number, word);
        if (!fresh && at->second.first != number)
            throw base::Failure(base::Exit::usage,
                                "values." + std::string(vocabulary.column) + ": '" +
                                    base::quoted(at->second.second) + "' and '" + base::quoted(word) +
                                    "' are the same word and are given two meanings; state one");
    }
    for (const auto& [key, meaning] : stated)
        if (key == "anyyes" || key == "anyno") add_all(key == "anyyes" ? "yes" : "no", meaning.first, words);
    for (const auto& [key, meaning] : stated) words.insert_or_assign(key, meaning.first);
}

// "opt_in (opted in, subscribed, …), opt_out (…)": a few words for each meaning, the profile's own first.
std::string examples(const Vocabulary& vocabulary, const std::map<std::string, std::string>& own) {
    constexpr std::size_t most = 4;
    std::string out;
    for (const auto& meaning : vocabulary.meanings) {
        std::string some;
        std::size_t count = 0;
        const auto show = [&](std::string_view word) {
            if (word.empty() || word == meaning.name || ++count > most) return;
            some += (some.empty() ? "" : ", ") + std::string(word);
        };
        for (const auto& [word, stated] : own)
            if (meaning_of(vocabulary, stated) == meaning.number) show(base::quoted(word));
        for (const auto& [column, word, name] : table())
            if (column == vocabulary.words && name == meaning.name) show(word);
        if (count > most) some += ", …";
        out +=
            (out.empty() ? "" : "; ") + std::string(meaning.name) + (some.empty() ? "" : " (" + some + ")");
    }
    return out;
}

} // namespace

std::size_t WordMap::Hash::operator()(std::string_view word) const { return base::hash(word); }

WordMap::WordMap(std::string_view column, const std::map<std::string, std::string>& own) {
    const Vocabulary& vocabulary = facts::vocabulary(column);
    // A word of yes or no in a status column says whether there is a consent; its own words come second and
    // win.
    if (vocabulary.column == "status")
        for (const auto& [of, word, meaning] : table())
            if (of == "yes_no")
                words_.insert_or_assign(std::string(WordKey(word).text()),
                                        meaning_of(vocabulary, meaning == "yes" ? "opt_in" : "opt_out"));
    for (const auto& [of, word, meaning] : table()) {
        if (of != vocabulary.words) continue;
        const int number = meaning_of(vocabulary, meaning);
        if (number < 0)
            throw base::Failure(base::Exit::internal, "words/values.csv: unknown meaning '" + meaning + "'");
        words_.insert_or_assign(std::string(WordKey(word).text()), number);
    }
    add_own(vocabulary, own, words_);
    known_ = examples(vocabulary, own);
}

int WordMap::find(std::string_view word) const {
    const WordKey key(word);
    if (!key.fits()) return -1;
    const auto found = words_.find(key.text());
    return found == words_.end() ? -1 : found->second;
}

namespace {

template <class Enum> Enum read(const WordMap& words, std::string_view cell, Enum unknown) {
    const int number = words.find(cell);
    return number < 0 ? unknown : static_cast<Enum>(number);
}

} // namespace

std::vector<std::pair<std::string_view, std::string_view>> known_words(std::string_view column) {
    const Vocabulary& one = vocabulary(column);
    std::vector<std::pair<std::string_view, std::string_view>> out;
    for (const auto& [of, word, meaning] : table())
        if (of == one.words) out.emplace_back(word, meaning);
    if (one.column == "status")
        for (const auto& [of, word, meaning] : table())
            if (of == "yes_no") out.emplace_back(word, meaning == "yes" ? "opt_in" : "opt_out");
    return out;
}

std::string_view meaning_name(std::string_view column, int number) {
    for (const auto& meaning : vocabulary(column).meanings)
        if (meaning.number == number) return meaning.name;
    return "";
}

ConsentStatus consent_status(const WordMap& words, std::string_view cell) {
    return read(words, cell, ConsentStatus::unknown);
}
Channel channel(const WordMap& words, std::string_view cell) { return read(words, cell, Channel::unknown); }
YesNo yes_no(const WordMap& words, std::string_view cell) { return read(words, cell, YesNo::unknown); }
Party party(const WordMap& words, std::string_view cell) { return read(words, cell, Party::consumer); }
RelationKind relation_kind(const WordMap& words, std::string_view cell) {
    return read(words, cell, RelationKind::other);
}
RelationStatus relation_status(const WordMap& words, std::string_view cell) {
    return read(words, cell, RelationStatus::unknown);
}
std::optional<CallOutcome> call_outcome(const WordMap& words, const WordMap& statuses, std::string_view cell) {
    static const WordMap answers("informed"); // a bare no is an answer to who knows what
    if (const int number = words.find(cell); number >= 0) return static_cast<CallOutcome>(number);
    if (cell.empty() || answers.find(cell) >= 0) return CallOutcome::other;
    const auto status = consent_status(statuses, cell);
    if (status == ConsentStatus::opt_out || status == ConsentStatus::objection) return CallOutcome::objection;
    return status == ConsentStatus::unknown ? std::nullopt : std::optional(CallOutcome::other);
}

} // namespace callscrub::facts
