#include "report/manifest.h"
#include "base/brittle.h"
#include "base/failure.h"
#include "base/text.h"
#include "report/digest.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace callscrub::report {
namespace {
using Json = nlohmann::ordered_json;

constexpr std::string_view program = "callscrub";
constexpr int format = 1;

Json settings_json(const std::vector<Setting>& settings) {
    Json out = Json::object();
    for (const auto& [key, value] : settings) out[path_text(key)] = path_text(value);
    return out;
}

Json counts_json(const std::vector<Count>& counts) {
    Json out = Json::object();
    for (const auto& [key, value] : counts) out[key] = value;
    return out;
}

Json packs_json(const std::vector<ManifestPack>& packs) {
    Json out = Json::array();
    for (const ManifestPack& pack : packs)
        out.push_back(Json{{"id", pack.id}, {"version", pack.version}, {"sha256", pack.sha256}});
    return out;
}

Json switches_json(const std::vector<ManifestSwitch>& switches) {
    Json out = Json::object();
    for (const auto& one : switches)
        out[one.name] = {{"standard", one.standard}, {"strict", one.strict}, {"certainty", one.certainty}};
    return out;
}

Json input_json(const ManifestInput& input) {
    return Json{{"role", input.role},
                {"path", path_text(input.path)},
                {"size", input.size},
                {"sha256", input.sha256},
                {"rows", input.rows}};
}

Json list_json(const ManifestList& list) {
    Json out{{"path", path_text(list.path)},
             {"rows", list.rows},
             {"clean", list.clean},
             {"rejected", list.rejected},
             {"emptied", list.emptied},
             {"clean_file", path_text(list.clean_file)},
             {"rejected_file", path_text(list.rejected_file)},
             {"evidence_file", path_text(list.evidence_file)},
             {"delimiter", list.delimiter},
             {"quote", list.quote},
             {"encoding", list.encoding},
             {"phone_columns", list.phone_columns}};
    if (!list.header) out["header"] = false;
    for (const auto& join : list.phone_joins)
        out["phone_joins"].push_back({{"column", join.column}, {"before", join.before}, {"plus", join.plus}});
    if (list.country_column != 0) out["country_column"] = list.country_column;
    if (!list.region.empty()) out["region"] = list.region;
    return out;
}

template <class Range, class Function> Json array_of(const Range& range, Function&& function) {
    Json out = Json::array();
    for (const auto& each : range) out.push_back(function(each));
    return out;
}
} // namespace

std::string path_text(std::string_view path) {
    if (base::valid_utf8(path)) return std::string(path);
    std::string out;
    while (!path.empty()) {
        std::size_t length = 1;
        while (length < 4 && length < path.size() && !base::valid_utf8(path.substr(0, length))) ++length;
        if (base::valid_utf8(path.substr(0, length))) {
            out += path.substr(0, length);
        } else {
            length = 1;
            const auto byte = static_cast<unsigned char>(path.front());
            out += "\\x";
            out += "0123456789ABCDEF"[byte >> 4];
            out += "0123456789ABCDEF"[byte & 15];
        }
        path.remove_prefix(length);
    }
    return out;
}

std::string make_run_id(const Manifest& manifest) {
    const Json basis{{"version", manifest.version},
                     {"settings", settings_json(manifest.settings)},
                     {"policy", settings_json(manifest.policy)},
                     {"inputs", array_of(manifest.inputs,
                                         [](const ManifestInput& input) {
                                             return Json{input.role, path_text(input.path), input.sha256};
                                         })},
                     {"rule_packs", packs_json(manifest.packs)},
                     {"phone_metadata", manifest.phone_metadata}};
    std::string id = sha256_hex(basis.dump()).substr(0, 24);
    for (char& c : id) c = static_cast<char>(c <= '9' ? c - '0' + 'a' : c - 'a' + 'k');
    return id;
}

std::string to_json(const Manifest& manifest) {
    const base::Brittle brittle;
    const Json out{
        {"program", program},
        {"format", format},
        {"run_id", manifest.run_id},
        {"version", manifest.version},
        {"settings", settings_json(manifest.settings)},
        {"policy", settings_json(manifest.policy)},
        {"switches", switches_json(manifest.switches)},
        {"inputs", array_of(manifest.inputs, input_json)},
        {"lists", array_of(manifest.lists, list_json)},
        {"outputs",
         array_of(
             manifest.outputs,
             [](const FileRecord& file) {
                 return Json{{"name", path_text(file.name)}, {"size", file.size}, {"sha256", file.sha256}};
             })},
        {"not_compared", array_of(manifest.not_compared, path_text)},
        {"rule_packs", packs_json(manifest.packs)},
        {"phone_metadata", manifest.phone_metadata},
        {"counts", counts_json(manifest.counts)}};
    return out.dump(2) + "\n";
}

std::vector<std::string> files_of(const Manifest& manifest) {
    std::vector<std::string> out{std::string(manifest_name), std::string(sums_name)};
    for (const FileRecord& file : manifest.outputs) out.push_back(path_text(file.name));
    for (const std::string& name : manifest.not_compared) out.push_back(path_text(name));
    return out;
}

namespace {
std::vector<Setting> read_settings(const Json& json) {
    std::vector<Setting> out;
    for (const auto& [key, value] : json.items()) out.emplace_back(key, value.get<std::string>());
    return out;
}

ManifestList read_list(const Json& json) {
    ManifestList out;
    out.path = json.at("path");
    out.rows = json.at("rows");
    out.clean = json.at("clean");
    out.rejected = json.at("rejected");
    out.emptied = json.at("emptied");
    out.clean_file = json.at("clean_file");
    out.rejected_file = json.at("rejected_file");
    out.evidence_file = json.at("evidence_file");
    out.delimiter = json.at("delimiter");
    out.quote = json.at("quote");
    out.encoding = json.at("encoding");
    out.phone_columns = json.at("phone_columns").get<std::vector<std::uint32_t>>();
    out.header = json.value("header", true);
    for (const auto& join : json.value("phone_joins", Json::array()))
        out.phone_joins.push_back(
            {join.at("column"), join.at("before").get<std::vector<std::uint32_t>>(), join.at("plus")});
    out.country_column = json.value("country_column", 0U);
    out.region = json.value("region", "");
    return out;
}

Manifest from_json(const Json& json) {
    Manifest out;
    out.run_id = json.at("run_id");
    out.version = json.at("version");
    out.settings = read_settings(json.at("settings"));
    out.policy = read_settings(json.at("policy"));
    const Json switches = json.value("switches", Json::object()); // earlier versions had none
    for (const auto& [name, one] : switches.items())
        out.switches.push_back({name, one.at("standard"), one.at("strict"), one.at("certainty")});
    for (const Json& input : json.at("inputs"))
        out.inputs.push_back(
            {input.at("role"), input.at("path"), input.at("size"), input.at("sha256"), input.at("rows")});
    for (const Json& list : json.at("lists")) out.lists.push_back(read_list(list));
    for (const Json& file : json.at("outputs"))
        out.outputs.push_back({file.at("name"), file.at("size"), file.at("sha256")});
    out.not_compared = json.at("not_compared").get<std::vector<std::string>>();
    for (const Json& pack : json.at("rule_packs"))
        out.packs.push_back({pack.at("id"), pack.at("version"), pack.at("sha256")});
    out.phone_metadata = json.at("phone_metadata");
    for (const auto& [key, value] : json.at("counts").items())
        out.counts.emplace_back(key, value.get<std::uint64_t>());
    return out;
}
} // namespace

Manifest read_manifest(std::string_view text, const std::string& file) {
    const auto fail = [&file](const std::string& what) -> base::Failure {
        return {base::Exit::input, base::Place{file}, "is no manifest of callscrub: " + what};
    };
    const base::Brittle brittle;
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) throw fail("not well-formed JSON");
    try {
        if (json.at("program") != program) throw fail("\"program\" is not \"callscrub\"");
        if (json.at("format") != format)
            throw fail("format " + json.at("format").dump() + " is not known to this version");
        return from_json(json);
    } catch (const Json::exception& error) {
        throw fail(base::quoted(error.what(), 120));
    }
}

} // namespace callscrub::report
