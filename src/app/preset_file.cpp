// Preset files, read.
#include "app/presets.h"
#include "app/profile.h"
#include "app/toml_file.h"
#include "base/text.h"
#include "base/toml.h"
#include "embedded/presets.h"
#include <algorithm>
#include <charconv>

namespace callscrub::app {

using base::Exit;
using base::Failure;
using base::TomlTable;

namespace {

bool number(std::string_view text, std::size_t& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size();
}

// "2" or "26-29"
void read_cells(const TomlTable& document, Preset& out) {
    const auto text = document.opt_text("cells");
    if (!text) return;
    const auto cut = std::min(text->find('-'), text->size());
    const auto least = std::string_view(*text).substr(0, cut);
    const auto most = cut < text->size() ? std::string_view(*text).substr(cut + 1) : least;
    if (!number(least, out.least_cells) || !number(most, out.most_cells) || out.least_cells == 0 ||
        out.most_cells < out.least_cells)
        document.fail("cells", "cells is '" + base::quoted(*text) +
                                   "'; expected a number of cells or a range like 26-29");
    out.row = document.texts("row");
    if (out.row.size() > out.least_cells)
        document.fail("row", "row has more patterns than the file has cells");
}

void read_headers(const TomlTable& document, Preset& out) {
    for (const auto& set : document.texts("headers")) {
        std::vector<std::string> names;
        for (const auto name : base::split(set, '|')) names.emplace_back(name);
        if (names.empty())
            document.fail("headers", "headers names an empty set; expected names like \"Phone | Status\"");
        out.headers.push_back(std::move(names));
    }
}

void read_use(const TomlTable& document, const RoleInfo& role, Preset& out) {
    const auto table = document.opt_table(role.table);
    if (!table) return;
    PresetUse use;
    use.hint = table->opt_text("hint").value_or("");
    auto input = read_input(*table, role, "");
    if (!input.patterns.empty()) table->fail("path", "a preset says how a file is read and names none");
    if (!input.spec.preset.empty()) table->fail("preset", "a preset can't be built on another one");
    use.spec = std::move(input.spec);
    out.uses.push_back(std::move(use));
}

std::vector<Preset> read_known() {
    std::vector<Preset> out;
    for (const auto& file : embedded_presets()) {
        if (!file.name.ends_with(".toml")) continue;
        out.push_back(parse_preset(file.text, "presets/" + std::string(file.name)));
        out.back().file.clear();
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
}

Preset read_own(const std::string& path, const base::Place& place) {
    return parse_preset(toml_text(path, "the preset file '" + base::quoted(path, 200) + "'", place), path);
}

} // namespace

Preset parse_preset(std::string_view text, const std::string& file) {
    const auto document = TomlTable::parse(text, file, Exit::usage);
    Preset out;
    out.file = file;
    out.name = document.text("name");
    out.says = document.opt_text("says").value_or("");
    out.source = document.opt_text("source").value_or("");
    out.confidence = document.opt_text("confidence").value_or("");
    out.cannot = document.opt_text("cannot").value_or("");
    read_headers(document, out);
    read_cells(document, out);
    for (const auto& role : roles()) read_use(document, role, out);
    document.refuse_unknown();
    if (out.uses.empty())
        document.fail(
            "",
            "this preset says nothing about any kind of file; expected a table like [list] or [consents]");
    return out;
}

std::span<const Preset> known_presets() {
    static const std::vector<Preset> all = read_known();
    return all;
}

bool is_preset_file(std::string_view preset) { return preset.find('/') != std::string_view::npos || preset.ends_with(".toml"); }

std::shared_ptr<const Preset> preset_of(const InputSpec& input) {
    const auto& name = input.preset;
    if (name.empty()) return nullptr;
    if (is_preset_file(name))
        return std::make_shared<const Preset>(read_own(name, input.place));
    std::vector<std::string_view> names;
    for (const auto& one : known_presets()) {
        if (one.name == name) return {std::shared_ptr<const Preset>(), &one};
        names.push_back(one.name);
    }
    throw Failure(
        Exit::usage, input.place,
        "there is no preset '" + base::quoted(name) + "'" + base::did_you_mean(name, names) +
            "; `callscrub presets list` names them, and an own one is named by its path (./own.toml)");
}

} // namespace callscrub::app
