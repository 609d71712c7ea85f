/// Words of a pack as values: inner header of pack*.cpp.
#pragma once
#include "base/text.h"
#include "base/toml.h"
#include "law/words.h"
#include <string>
#include <vector>

namespace callscrub::law {

/// The value of `found`, or a Failure at `key` that lists the words there are.
template <class Enum, std::size_t N>
Enum word_value(const base::TomlTable& table, std::string_view key, const std::string& found,
                const Word<Enum> (&words)[N]) {
    std::vector<std::string_view> known;
    std::string list;
    for (const auto& word : words) {
        if (word.word == found) return word.value;
        known.push_back(word.word);
        list += (list.empty() ? "" : ", ") + std::string(word.word);
    }
    table.fail(key, "'" + std::string(key) + "' has the unknown word '" + base::quoted(found) +
                        "'; expected " + list + base::did_you_mean(found, known));
}

/// A text that stands in reports and proofs, so it has to say something.
inline std::string stated_text(const base::TomlTable& table, std::string_view key) {
    auto out = table.text(key);
    if (base::trim(out).empty()) table.fail(key, "'" + std::string(key) + "' is empty; reports and proofs name it, so state it");
    return out;
}

/// The texts under `key`; empty if the key is missing. A stated list names something.
inline std::vector<std::string> stated_list(const base::TomlTable& table, std::string_view key) {
    auto out = table.texts(key);
    if (table.has(key) && out.empty())
        table.fail(key, "'" + std::string(key) + "' is an empty list; name what is meant, or leave it out");
    return out;
}

/// The words under `key` as a set; empty if the key is missing.
template <class Enum, std::size_t N>
Set<Enum> stated_words(const base::TomlTable& table, std::string_view key, const Word<Enum> (&words)[N]) {
    Set<Enum> out;
    for (const auto& found : stated_list(table, key)) out.add(word_value(table, key, found, words));
    return out;
}

/// The same, but a missing key means all words.
template <class Enum, std::size_t N>
Set<Enum> words_or_all(const base::TomlTable& table, std::string_view key, const Word<Enum> (&words)[N]) {
    if (table.has(key)) return stated_words(table, key, words);
    Set<Enum> out;
    for (const auto& word : words) out.add(word.value);
    return out;
}

} // namespace callscrub::law
