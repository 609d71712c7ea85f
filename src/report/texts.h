/// What the program says to people about reasons and bases, in English, German and Dutch. Codes never change;
/// the sentences stand in texts/*.csv and are complete by test.
#pragma once
#include "law/reason.h"
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace callscrub::report {

enum class Language : unsigned char { en, de, nl };

/// "en", "de", "nl"; English for anything else.
Language language_of(std::string_view code);

std::string_view code_of(Language language);

/// One plain sentence: why the row is rejected. Lives as long as the program.
std::string_view text(law::Reason reason, Language language);
/// A few words: what lets the row be called; for none, that nothing does.
std::string_view text(law::Basis basis, Language language);
/// A word or sentence of reports and explain by its key (texts/phrases*.csv, read as one table). An unknown
/// key is our own mistake: Failure(Exit::internal).
std::string_view phrase(std::string_view key, Language language);
/// The same for keys made of data (a jurisdiction, a stated word): nothing for an unknown key.
std::optional<std::string_view> find_phrase(std::string_view key, Language language);
/// A phrase with its `{slots}` filled in, as plain text. A slot that is not given is our own mistake, too.
std::string filled(std::string_view key, Language language,
                   std::span<const std::pair<std::string_view, std::string>> slots);

/// A count as people write it: 1,234,567 in English, 1.234.567 in German and Dutch.
std::string grouped(std::uint64_t n, Language language);

} // namespace callscrub::report
