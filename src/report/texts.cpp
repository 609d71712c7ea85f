#include "report/texts.h"
#include "base/failure.h"
#include "base/table.h"
#include "embedded/texts.h"
#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace callscrub::report {

namespace {

using Sentence = std::array<std::string, 3>; ///< in the order of Language
using Sentences = std::map<std::string, Sentence, std::less<>>;

[[noreturn]] void incomplete(const std::string& what) {
    throw base::Failure(base::Exit::internal, "the program's own texts lack " + what);
}

/// All tables whose file name begins with `stem`; `column` heads their first column.
Sentences load(std::string_view stem, std::string_view column) {
    Sentences out;
    for (const auto& file : embedded_texts()) {
        if (!file.name.starts_with(stem)) continue;
        for (auto& [key, en, de, nl] : base::read_table<4>(file.name, file.text, {column, "en", "de", "nl"}))
            if (!out.emplace(key, Sentence{en, de, nl}).second) incomplete("a single row for " + key);
    }
    return out;
}

/// One sentence for each value 0 … N-1 of a code, found by the name of the value.
template <std::size_t N> std::array<Sentence, N> by_code(const Sentences& all, auto&& name_of) {
    std::array<Sentence, N> out;
    for (std::size_t i = 0; i < N; ++i) {
        const std::string name(name_of(i));
        const auto found = all.find(name);
        if (found == all.end()) incomplete("a row for " + name);
        out[i] = found->second;
    }
    return out;
}

const std::array<Sentence, law::reason_count>& reasons() {
    static const auto table = by_code<law::reason_count>(
        load("reasons", "code"), [](std::size_t i) { return law::code(static_cast<law::Reason>(i)); });
    return table;
}

const std::array<Sentence, law::basis_count>& bases() {
    static const auto table = by_code<law::basis_count>(load("bases", "name"), [](std::size_t i) {
        return i == 0 ? "none" : law::name(static_cast<law::Basis>(i));
    });
    return table;
}

const Sentences& phrases() {
    static const auto table = load("phrases", "key");
    return table;
}

std::string_view in(const Sentence& sentence, Language language) {
    return sentence[static_cast<std::size_t>(language)];
}

} // namespace

Language language_of(std::string_view code) {
    if (code == "de") return Language::de;
    if (code == "nl") return Language::nl;
    return Language::en;
}

std::string_view code_of(Language language) {
    constexpr std::array<std::string_view, 3> codes = {"en", "de", "nl"};
    return codes[static_cast<std::size_t>(language)];
}

std::string_view text(law::Reason reason, Language language) {
    return in(reasons()[static_cast<std::size_t>(reason)], language);
}

std::string_view text(law::Basis basis, Language language) {
    return in(bases()[static_cast<std::size_t>(basis)], language);
}

std::optional<std::string_view> find_phrase(std::string_view key, Language language) {
    const auto found = phrases().find(key);
    if (found == phrases().end()) return std::nullopt;
    return in(found->second, language);
}

std::string_view phrase(std::string_view key, Language language) {
    const auto found = find_phrase(key, language);
    if (!found) incomplete("the phrase " + std::string(key));
    return *found;
}

std::string filled(std::string_view key, Language language,
                   std::span<const std::pair<std::string_view, std::string>> slots) {
    std::string out;
    std::string_view rest = phrase(key, language);
    for (auto at = rest.find('{'); at != rest.npos; at = rest.find('{')) {
        const auto end = rest.find('}', at);
        if (end == rest.npos) break;
        const auto wanted = rest.substr(at + 1, end - at - 1);
        const auto found =
            std::find_if(slots.begin(), slots.end(), [&](const auto& slot) { return slot.first == wanted; });
        if (found == slots.end()) incomplete("{" + std::string(wanted) + "} for " + std::string(key));
        out.append(rest.substr(0, at)).append(found->second);
        rest.remove_prefix(end + 1);
    }
    return out.append(rest);
}

std::string grouped(std::uint64_t n, Language language) {
    std::string out = std::to_string(n);
    for (std::size_t at = out.size(); at > 3;) out.insert(at -= 3, 1, language == Language::en ? ',' : '.');
    return out;
}

} // namespace callscrub::report
