#include "app/profile.h"
#include "app/presets.h"
#include "app/toml_file.h"
#include "base/text.h"
#include "base/toml.h"
#include <algorithm>
#include <filesystem>
#include <fnmatch.h>
#include <glob.h>

namespace callscrub::app {

namespace fs = std::filesystem;
using base::Exit;
using base::Failure;
using base::TomlScalar;
using base::TomlTable;

namespace {

bool allowed(Kind kind, TomlScalar::Kind found) {
    using K = TomlScalar::Kind;
    switch (kind) {
    case Kind::boolean:
        return found == K::boolean;
    case Kind::count:
        return found == K::integer;
    case Kind::share:
        return found == K::real || found == K::integer || found == K::text;
    case Kind::size:
        return found == K::integer || found == K::text;
    case Kind::day:
        return found == K::date || found == K::text;
    default:
        return found == K::text;
    }
}

/// "campaign.entity" or "consents.dates": how messages call a key.
std::string full_name(std::string_view section, std::string_view leaf) {
    return std::string(section) + "." + std::string(leaf);
}

Given given_of(const TomlTable& table, std::string_view section, std::string_view leaf, Kind kind) {
    Given out;
    out.name = full_name(section, leaf);
    if ((kind == Kind::list || kind == Kind::names) && table.is_list(leaf)) {
        out.list = table.texts(leaf);
        out.place = table.place_of(leaf);
        return out;
    }
    const auto found = table.scalar(leaf);
    out.text = found.text;
    out.place = found.place;
    if (!allowed(kind, found.kind)) {
        const bool in_quotes = found.kind == TomlScalar::Kind::text, never = kind == Kind::boolean || kind == Kind::count;
        const std::string expected = in_quotes ? " without quotes" : never ? "" : " in quotes";
        throw Failure(Exit::usage, out.place,
                      out.name + " is " + base::quoted(found.text) + (in_quotes ? " in quotes" : " without quotes") + "; expected " +
                          std::string(says(kind)) + expected);
    }
    return out;
}

std::string in_folder(const std::string& folder, const std::string& path) {
    if (path == "-" || path.empty() || path.front() == '/' || folder.empty()) return path;
    return folder + "/" + path;
}

std::string folder_of(const std::string& path) { return fs::path(path).parent_path().string(); }

/// The keys of a sub-table, which must be canonical columns of the role.
void check_columns(const TomlTable& table, const RoleInfo& role, std::string_view what) {
    const auto known = canonical_columns(role.role);
    for (const auto& key : table.keys())
        if (std::find(known.begin(), known.end(), key) == known.end())
            table.fail(key, "unknown column '" + base::quoted(key) + "' in " + full_name(role.table, what) +
                                base::did_you_mean(key, known));
}

void read_columns(const TomlTable& input, const RoleInfo& role, InputSpec& spec) {
    const auto columns = input.opt_table("columns");
    if (!columns) return;
    check_columns(*columns, role, "columns");
    for (const auto& key : columns->keys()) {
        const auto given = given_of(*columns, full_name(role.table, "columns"), key, Kind::names);
        spec.columns[key] = columns->is_list(key) ? given.list : std::vector<std::string>{given.text};
    }
}

void read_constants(const TomlTable& input, const RoleInfo& role, InputSpec& spec) {
    const auto constants = input.opt_table("set");
    if (!constants) return;
    check_columns(*constants, role, "set");
    for (const auto& key : constants->keys()) {
        const auto found = constants->scalar(key); // yes/no columns may be stated as true and dates as dates
        spec.constants[key] =
            found.kind == TomlScalar::Kind::boolean ? (found.boolean ? "yes" : "no") : found.text;
    }
}

void read_dates(const TomlTable& input, const RoleInfo& role, InputSpec& spec) {
    if (!input.has("dates")) return;
    if (!input.is_table("dates")) {
        spec.dates = read_date_format(given_of(input, role.table, "dates", Kind::text));
        return;
    }
    const auto formats = input.table("dates");
    check_columns(formats, role, "dates");
    for (const auto& key : formats.keys())
        spec.dates_of[key] =
            read_date_format(given_of(formats, full_name(role.table, "dates"), key, Kind::text));
}

void read_values(const TomlTable& input, const RoleInfo& role, InputSpec& spec) {
    const auto values = input.opt_table("values");
    if (!values) return;
    check_columns(*values, role, "values");
    for (const auto& column : values->keys()) {
        const auto words = values->table(column);
        for (const auto& word : words.keys())
            spec.values[column][word] =
                given_of(words, full_name(full_name(role.table, "values"), column), word, Kind::text).text;
    }
}

} // namespace

InputTable read_input(const TomlTable& table, const RoleInfo& role, const std::string& folder) {
    InputTable out;
    out.spec.role = role.role;
    out.spec.place = table.place();
    for (const auto& one : input_settings())
        if (one.put && (!one.registers_only || role.role == Role::registers) && table.has(one.key))
            one.put(out.spec, given_of(table, role.table, one.key, one.kind));
        else if (one.put && (!one.registers_only || role.role == Role::registers))
            table.opt_scalar(one.key); // asked for: it may serve as a suggestion
    if (is_preset_file(out.spec.preset))
        out.spec.preset = in_folder(folder, out.spec.preset);
    read_columns(table, role, out.spec);
    read_constants(table, role, out.spec);
    read_dates(table, role, out.spec);
    read_values(table, role, out.spec);
    for (const auto* read_when_there : {"path", "dates"})
        if (!table.has(read_when_there)) table.opt_scalar(read_when_there); // asked for: it may serve as a suggestion
    if (table.has("path")) {
        const auto given = given_of(table, role.table, "path", Kind::names);
        out.patterns = table.is_list("path") ? given.list : std::vector<std::string>{given.text};
        for (auto& pattern : out.patterns) {
            if (pattern.empty()) refuse({given.name, "", {}, given.place}, "a path");
            pattern = in_folder(folder, pattern);
        }
    }
    return out;
}

namespace {

void read_switches(const TomlTable& document, Profile& out) {
    const auto table = document.opt_table("policy");
    if (!table) return;
    for (const auto& key : table->keys()) {
        const auto found = table->scalar(key);
        if (key == "base") continue;
        if (found.kind != TomlScalar::Kind::text && found.kind != TomlScalar::Kind::integer)
            table->fail(key, "policy switch '" + base::quoted(key) + "' is " + base::quoted(found.text) +
                                 "; expected a word in quotes or a whole number");
        out.switches.push_back({key, found.text, found.place});
    }
}

} // namespace

Profile parse_profile(std::string_view text, const std::string& path) {
    Profile out;
    out.path = path;
    const std::string folder = folder_of(path);
    const auto document = TomlTable::parse(text, path, Exit::usage);
    std::optional<TomlTable> table;
    std::string_view section;
    for (const auto& one : settings()) {
        if (one.section() != section) {
            section = one.section();
            table = document.opt_table(section);
        }
        if (!table) continue;
        if (!table->has(one.leaf())) {
            table->opt_scalar(one.leaf()); // asked for: it may serve as a suggestion
            continue;
        }
        auto given = given_of(*table, section, one.leaf(), one.kind);
        if (one.kind == Kind::path) given.text = in_folder(folder, given.text);
        out.settings.push_back({&one, std::move(given)});
    }
    read_switches(document, out);
    for (const auto& role : roles())
        for (const auto& input : document.tables(role.table)) {
            out.inputs.push_back(read_input(input, role, folder));
            if (role.role == Role::registers && out.inputs.back().spec.name.empty())
                input.fail("name", "a [[register]] needs a name, as the rule packs call it");
        }
    document.refuse_unknown();
    return out;
}

Profile read_profile(const std::string& path) { return parse_profile(toml_text(path, "the profile", {path}), path); }

void Profile::apply(Job& job) const {
    job.profile = path;
    for (const auto& [setting, given] : settings) {
        if (setting->kind == Kind::path && given.text.empty()) refuse(given, "a path");
        setting->put(job, given);
    }
    job.policy.switches = switches;
}

namespace {

bool has_wildcard(const std::string& pattern) { return pattern.find_first_of("*?[") != std::string::npos; }

std::vector<std::string> matches(const std::string& pattern, const base::Place& place) {
    std::error_code error;
    if (!has_wildcard(pattern) || fs::exists(pattern, error)) return {pattern};
    glob_t found{};
    const int result = ::glob(pattern.c_str(), GLOB_ERR, nullptr, &found);
    std::vector<std::string> out(found.gl_pathv, found.gl_pathv + (result == 0 ? found.gl_pathc : 0));
    ::globfree(&found);
    if (out.empty())
        throw Failure(Exit::usage, place,
                      "no file matches the path '" + base::quoted(pattern, 200) + "'" +
                          (result == GLOB_NOMATCH ? "" : ": its folder can't be read"));
    std::sort(out.begin(), out.end());
    return out;
}

fs::path absolute(const std::string& path) {
    std::error_code error;
    return fs::absolute(path, error).lexically_normal();
}

} // namespace

std::vector<InputSpec> expand(const InputTable& table) {
    if (table.patterns.empty())
        throw Failure(Exit::usage, table.spec.place,
                      "this [[" + std::string(name(table.spec.role)) +
                          "]] has no path, and no file of its kind is given by a flag");
    std::vector<InputSpec> out;
    for (const auto& pattern : table.patterns)
        for (auto& path : matches(pattern, table.spec.place)) {
            out.push_back(table.spec);
            out.back().path = std::move(path);
        }
    return out;
}

bool names_file(const InputTable& table, const std::string& path) {
    const auto wanted = absolute(path).string();
    return std::any_of(table.patterns.begin(), table.patterns.end(), [&](const std::string& pattern) {
        const auto stated = absolute(pattern).string();
        return stated == wanted || ::fnmatch(stated.c_str(), wanted.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0;
    });
}

} // namespace callscrub::app
