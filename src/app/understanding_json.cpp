// What was understood, for machines.
#include "app/understanding.h"
#include <nlohmann/json.hpp>

namespace callscrub::app {

namespace {

using Json = nlohmann::ordered_json;

Json words_json(const ColumnSeen& column) {
    Json out = Json::array();
    for (const auto& word : column.words) {
        Json one = {{"word", word.word}, {"rows", word.count}, {"meaning", nullptr}};
        if (!word.meaning.empty()) one["meaning"] = word.meaning;
        if (!word.near.empty()) one["did_you_mean"] = word.near;
        out.push_back(std::move(one));
    }
    return out;
}

Json columns_json(const FileSeen& file) {
    Json out = Json::array();
    for (const auto& column : file.columns) {
        Json one = {{"column", facts::name(column.column)},
                    {"at", column.index + 1},
                    {"header", column.header},
                    {"why", column.why}};
        if (!column.dates.empty()) one["dates"] = column.dates;
        if (!column.words.empty()) one["words"] = words_json(column);
        out.push_back(std::move(one));
    }
    return out;
}

Json form_json(const FileSeen& file, std::int64_t now_ms) {
    Json out = {{"bytes", nullptr},
                {"age_seconds", nullptr},
                {"compression", csv::name(file.source.compression)},
                {"encoding", csv::name(file.encoding)},
                {"encoding_why", encoding_why(file)},
                {"delimiter", csv::delimiter_name(file.dialect.delimiter)},
                {"delimiter_why", delimiter_why(file)},
                {"header", file.header},
                {"header_line", file.header_line}};
    if (file.source.size) out["bytes"] = *file.source.size;
    if (file.source.modified) out["age_seconds"] = (now_ms - *file.source.modified / 1'000'000) / 1000;
    return out;
}

void add_counts(const FileSeen& file, bool facts, Json& out) {
    out["rows"] = file.tally.records;
    if (file.spec.role != Role::list) out["kept"] = file.kept;
    out["bad"] = file.bad;
    out["damaged"] = file.tally.damaged;
    out["blank_lines"] = file.tally.blank;
    for (std::size_t i = 0; i < file.phones.size(); ++i)
        out["phone_cells"][std::string(name(static_cast<facts::PhoneStatus>(i)))] = file.phones[i];
    out["unreadable_cells"] = file.unreadable_cells;
    if (file.newest_ms != INT64_MIN) {
        out["newest_event"] = facts::to_string(
            static_cast<facts::Day>((file.newest_ms - (file.newest_ms < 0 ? 86'399'999 : 0)) / 86'400'000));
    }
    if (file.spec.role != Role::list || !facts) return;
    out["matched"] = file.matched;
    out["match_rate"] = file.tally.records == 0
                            ? 0.0
                            : static_cast<double>(file.matched) / static_cast<double>(file.tally.records);
}

Json file_json(const FileSeen& file, bool facts, std::int64_t now_ms) {
    Json out = {
        {"path", file.spec.path}, {"role", nullptr}, {"role_why", file.guess.why}, {"preset", nullptr}};
    if (file.spec.role != Role::any) out["role"] = name(file.spec.role);
    if (!file.spec.name.empty()) out["name"] = file.spec.name;
    if (!file.spec.preset.empty()) out["preset"] = file.spec.preset;
    Json presets = Json::array();
    for (const auto* preset : file.guess.presets) presets.push_back(preset->name);
    out["looks_like"] = std::move(presets);
    out["read"] = file.read;
    if (file.read) {
        out.update(form_json(file, now_ms));
        out["columns"] = columns_json(file);
        out["not_used"] = file.unused;
        add_counts(file, facts, out);
    }
    out["notes"] = file.notes;
    out["problem_count"] = file.problem_count;
    out["problems"] = Json::array();
    for (const auto& problem : file.problems) {
        Json one = {{"text", problem.text}};
        if (problem.place.line != 0) one["line"] = problem.place.line;
        if (problem.place.column != 0) one["column"] = problem.place.column;
        out["problems"].push_back(std::move(one));
    }
    return out;
}

} // namespace

std::string to_json(const Seen& seen, std::int64_t now_ms) {
    Json out = {{"files", Json::array()}, {"problems", seen.problems()}};
    for (const auto& file : seen.files) out["files"].push_back(file_json(file, seen.facts, now_ms));
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace callscrub::app
