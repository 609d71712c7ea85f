/// What the words of a file mean. The vocabularies (English, German, Dutch, vendors' words) are tables in
/// words/; a profile may add to them or overrule them for one file.
#pragma once
#include "facts/kinds.h"
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace callscrub::facts {

/// One column's words. Immutable after construction; shared by all threads.
/// `meaning` is the canonical word of the contract ("opt_in", "phone", "yes", "sole_trader", "sale", "ended",
/// …).
class WordMap {
public:
    /// `column`: canonical name of the column ("status", "channel", "party", "kind", "relation_status",
    /// "paid", "informed", "objection_offered", "number_source", "outcome"). Columns of yes and no share one
    /// vocabulary; in number_source "customer" is the yes and "other" the no; in a status column a word of
    /// yes means opt_in, one of no opt_out. `own`: word → meaning of the profile, which overrules ours.
    /// The word "any yes" of `own` stands for all words of yes, "any no" for those of no.
    /// Failure (usage) for a meaning that the column does not know, with a suggestion.
    explicit WordMap(std::string_view column, const std::map<std::string, std::string>& own = {});

    /// The number of the meaning (the enum's value), or -1 for a word that is not known. Words compare by
    /// WordKey (case, accents and separators between letters do not matter). Allocates nothing.
    /// "" is looked up like any word: a vocabulary says what an empty cell means, if anything.
    int find(std::string_view word) const;

    /// The meanings with a few of the words that are known for each, for messages.
    const std::string& known() const { return known_; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view word) const;
    };
    std::unordered_map<std::string, int, Hash, std::equal_to<>> words_; ///< by WordKey
    std::string known_;
};

/// The words that are known for a column (named as for WordMap) and what each means, as the tables spell them.
std::vector<std::pair<std::string_view, std::string_view>> known_words(std::string_view column);
/// "opt_in" for the number that WordMap::find gives; "" for -1.
std::string_view meaning_name(std::string_view column, int number);

/// Meanings as enums; an unknown word gives the enum's `unknown` (never a yes).
ConsentStatus consent_status(const WordMap& words, std::string_view cell);
Channel channel(const WordMap& words, std::string_view cell);
YesNo yes_no(const WordMap& words, std::string_view cell);
Party party(const WordMap& words, std::string_view cell);
RelationKind relation_kind(const WordMap& words, std::string_view cell);
RelationStatus relation_status(const WordMap& words, std::string_view cell);
/// A word that is no outcome we know but a no among the statuses (gesperrt, unsubscribed) is an objection, too. Nothing: a
/// word that is not known at all; it is no refusal and no objection.
std::optional<CallOutcome> call_outcome(const WordMap& words, const WordMap& statuses, std::string_view cell);

} // namespace callscrub::facts
