#include "app/pack_files.h"
#include "app/context.h"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

std::vector<law::PackText> files_in(const std::string& dir, std::string_view ending) {
    std::vector<law::PackText> out;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
        if (entry.path().extension() != ending) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        if (!in) throw Failure(Exit::usage, {entry.path().string(), 0, 0}, "this file of rule packs can't be read");
        out.push_back({entry.path().string(), text.str()});
    }
    if (error) return {};
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
}

} // namespace

std::vector<law::PackText> pack_texts(const std::string& dir) {
    if (dir.empty()) return law::embedded_pack_texts();
    auto out = files_in(dir, ".toml");
    if (out.empty())
        throw Failure(Exit::usage, "no rule packs (*.toml) found in '" + dir + "'; name a folder that holds them, or leave --rules out");
    return out;
}

law::Translations translations(const std::string& dir) {
    return law::Translations(dir.empty() ? std::vector<law::PackText>() : files_in(dir, ".csv"));
}

} // namespace callscrub::app
