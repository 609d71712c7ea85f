/// Small things done to text. All text inside the program is UTF-8 unless a name says otherwise.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::base {

/// Without leading and trailing blanks, tabs, line ends and no-break spaces (U+00A0).
std::string_view trim_ends(std::string_view text);
inline std::string_view trim(std::string_view text) {
    // Most texts begin and end with a visible ASCII character.
    const auto visible = [](char c) { return c > ' ' && c < '\x7F'; };
    return text.empty() || (visible(text.front()) && visible(text.back())) ? text : trim_ends(text);
}

/// For comparing names: trimmed, inner white space folded to one blank, ASCII, Latin-1 and Latin Extended-A
/// letters in lower case. Independent of the locale. Other bytes stay as they are.
std::string fold(std::string_view text);

/// The parts of `text` between `separator`s, each trimmed, empty ones left out.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Of `candidates`, the one that a typist of `word` most likely meant (edit distance at most a third of the
/// length, at least 1), or "" if none is near. Compares folded.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// " (did you mean 'x'?)" or "".
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// For messages: control characters and invalid UTF-8 as \xNN, cut to `most` characters with "…", and runs of
/// six or more digits masked (`mask_numbers`), so that no message shows a whole phone number.
std::string quoted(std::string_view text, std::size_t most = 40);

/// "+31 6 ••••• 678": the middle digits of every run of digits that could be a phone number are hidden.
std::string mask_numbers(std::string_view text);

/// True if `text` is well-formed UTF-8 (no surrogates, no overlong forms, up to U+10FFFF).
bool valid_utf8(std::string_view text);

/// 64-bit hash of bytes (FNV-1a with a final mix); the same on every machine and in every run.
std::uint64_t hash(std::string_view text, std::uint64_t seed = 0);

} // namespace callscrub::base
