#include "law/translations.h"
#include "base/table.h"
#include "embedded/packs.h"

namespace callscrub::law {

std::vector<PackText> embedded_translations() {
    std::vector<PackText> out;
    for (const auto& file : embedded_packs())
        if (file.name.ends_with(".csv")) out.push_back({std::string(file.name), std::string(file.text)});
    return out;
}

Translations::Translations(std::span<const PackText> own) {
    for (const auto& table : own) add(table, base::Exit::usage);
    for (const auto& table : embedded_translations()) add(table, base::Exit::internal);
}

void Translations::add(const PackText& table, base::Exit code) {
    for (auto& [en, de, nl] : base::read_table<3>(table.name, table.text, {"en", "de", "nl"}, code))
        texts_.try_emplace(std::move(en), std::array{std::move(de), std::move(nl)});
}

std::string Translations::in(std::string_view language, std::string_view english) const {
    const bool german = language == "de";
    if (!german && language != "nl") return std::string(english);
    const auto found = texts_.find(english);
    if (found != texts_.end()) {
        const auto& text = found->second[german ? 0 : 1];
        return text.empty() ? found->first : text;
    }
    // A service call is cited as what the regime's article is not about.
    if (english.starts_with(outside_of) && english.size() > outside_of.size())
        return in(language, outside_of) + " " + in(language, english.substr(outside_of.size() + 1));
    return std::string(english);
}

} // namespace callscrub::law
