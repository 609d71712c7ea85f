#include "app/commands.h"
#include "app/presets.h"
#include "app/setting.h"
#include "facts/columns.h"
#include <nlohmann/json.hpp>

namespace callscrub::app {

namespace {

using Json = nlohmann::ordered_json;

std::string joined(std::span<const std::string> parts, const char* between) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : between) + part;
    return out;
}

std::string_view says_confidence(const std::string& letter) {
    if (letter == "A") return "A (the vendor's own documentation or code)";
    if (letter == "B") return "B (several independent projects agree)";
    if (letter == "C") return "C (one source)";
    return letter;
}

std::string delimiter_of(const InputSpec& spec) {
    return spec.dialect.delimiter ? csv::delimiter_name(*spec.dialect.delimiter) : "";
}

Json use_json(const PresetUse& use) {
    const auto& spec = use.spec;
    Json out = {{"role", name(spec.role)}};
    if (!use.hint.empty()) out["hint"] = use.hint;
    if (spec.dialect.delimiter) out["delimiter"] = delimiter_of(spec);
    if (spec.dialect.no_header) out["no_header"] = true;
    if (!spec.time_zone.empty()) out["time_zone"] = spec.time_zone;
    if (spec.region.known()) out["region"] = spec.region.text();
    out["columns"] = spec.columns;
    out["set"] = spec.constants;
    if (!spec.dates.empty())
        out["dates"] = spec.dates;
    else if (!spec.dates_of.empty())
        out["dates"] = spec.dates_of;
    out["values"] = spec.values;
    return out;
}

Json preset_json(const Preset& preset) {
    Json out = {{"name", preset.name},
                {"says", preset.says},
                {"source", preset.source},
                {"confidence", preset.confidence}};
    if (!preset.cannot.empty()) out["cannot"] = preset.cannot;
    out["headers"] = preset.headers;
    if (preset.least_cells != 0) {
        out["cells"] = {preset.least_cells, preset.most_cells};
        out["row"] = preset.row;
    }
    out["inputs"] = Json::array();
    for (const auto& use : preset.uses) out["inputs"].push_back(use_json(use));
    return out;
}

void print_json(const Json& json, Console& console) {
    console.print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

int list(const Job& job, Console& console) {
    if (job.talk.json) {
        Json out = Json::array();
        for (const auto& preset : known_presets())
            out.push_back({{"name", preset.name},
                           {"inputs", roles_text(preset)},
                           {"says", preset.says},
                           {"confidence", preset.confidence}});
        print_json(out, console);
        return 0;
    }
    Table table(std::vector<Table::Align>(3, Table::Align::left));
    table.row({"preset", "read as", "what it is"}, Tint::strong);
    for (const auto& preset : known_presets())
        table.row({preset.name, roles_text(preset),
                   preset.says + (preset.cannot.empty() ? "" : " (no consents for calls)")});
    console.print(table.text(console.out().terminal ? console.out().width : 0, console.out().colour));
    return 0;
}

void line(std::string& out, std::string_view what, const std::string& text, std::size_t indent) {
    constexpr std::size_t column = 22;
    if (text.empty()) return;
    std::string head(indent, ' ');
    head.append(what);
    head.resize(std::max(column, head.size() + 2), ' ');
    for (const char c : wrapped(harmless(text), 100 - column)) {
        head += c;
        if (c == '\n') head.append(column, ' ');
    }
    out += head + "\n";
}

void show_use(const PresetUse& use, std::string& out) {
    const auto& spec = use.spec;
    out += "\n[" + std::string(name(spec.role)) + "]\n";
    line(out, "note", use.hint, 2);
    line(out, "delimiter", delimiter_of(spec), 2);
    line(out, "header", spec.dialect.no_header ? "none; columns count from 1" : "", 2);
    line(out, "region", spec.region.text(), 2);
    line(out, "time zone", spec.time_zone, 2);
    line(out, "dates", spec.dates, 2);
    for (const auto column :
         facts::columns_of(static_cast<facts::FileKind>(static_cast<unsigned>(spec.role) - 1))) {
        const std::string key(facts::name(column));
        if (const auto at = spec.columns.find(key); at != spec.columns.end())
            line(out, key, at->second.empty() ? "not in this export" : joined(at->second, ", "), 2);
        if (const auto at = spec.constants.find(key); at != spec.constants.end())
            line(out, key, "\"" + at->second + "\" in every row", 2);
        if (const auto at = spec.dates_of.find(key); at != spec.dates_of.end())
            line(out, "", "as " + at->second, 4);
        if (const auto at = spec.values.find(key); at != spec.values.end())
            for (const auto& [word, meaning] : at->second)
                line(out, "", (word.empty() ? "(empty)" : "\"" + word + "\"") + " means " + meaning, 4);
    }
}

int show(const Job& job, Console& console) {
    InputSpec wanted;
    wanted.preset = job.operands.front();
    const auto preset = preset_of(wanted);
    if (job.talk.json) {
        print_json(preset_json(*preset), console);
        return 0;
    }
    std::string out = tinted(harmless(preset->name), Tint::strong, console.out().colour) + "\n";
    line(out, "what", preset->says, 0);
    line(out, "known from", preset->source, 0);
    line(out, "confidence", std::string(says_confidence(preset->confidence)), 0);
    line(out, "consents", preset->cannot, 0);
    for (const auto& set : preset->headers) line(out, "recognised by", joined(set, ", "), 0);
    if (preset->least_cells != 0)
        line(out, "recognised by",
             (preset->least_cells == preset->most_cells
                  ? std::to_string(preset->least_cells)
                  : std::to_string(preset->least_cells) + " to " + std::to_string(preset->most_cells)) +
                 " cells without header, beginning with " + joined(preset->row, " "),
             0);
    for (const auto& use : preset->uses) show_use(use, out);
    console.print(out);
    return 0;
}

} // namespace

int run_presets(const Job& job, Console& console) {
    return job.action == "list" ? list(job, console) : show(job, console);
}

} // namespace callscrub::app
