#include "app/inputs.h"
#include "base/text.h"
#include <algorithm>
#include <filesystem>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

struct NamedFile {
    Role role;
    std::string path;
    std::string name; ///< of a register
    std::string flag; ///< for messages: "--consents", "the list"
};

NamedFile named(const Typed& typed, Role role) {
    NamedFile out{role, typed.text, "", "--" + std::string(typed.option->name)};
    if (role == Role::registers) {
        const auto cut = typed.text.find('=');
        if (cut == std::string::npos || cut == 0)
            throw Failure(Exit::usage, "--register is '" + base::quoted(typed.text) +
                                           "'; expected NAME=FILE, with the name as the rule packs call it");
        out.name = typed.text.substr(0, cut);
        out.path = typed.text.substr(cut + 1);
    }
    if (out.path.empty()) throw Failure(Exit::usage, out.flag + " is empty; expected the path of a file");
    return out;
}

/// The files that the command line names, in its order for each role.
std::vector<NamedFile> named_files(const Arguments& arguments) {
    std::vector<NamedFile> out;
    const bool lists = arguments.command == Command::run || arguments.command == Command::part;
    if (lists || arguments.command == Command::check)
        for (const auto& path : arguments.operands) {
            if (path.empty())
                throw Failure(Exit::usage, "an empty path is given; expected the path of a file");
            out.push_back({lists ? Role::list : Role::any, path, "", "the file"});
        }
    for (const auto& typed : arguments.options)
        for (const auto& role : roles())
            if (typed.option->name == role.table) out.push_back(named(typed, role.role));
    return out;
}

InputSpec without_place(InputSpec spec) {
    spec.place = {};
    return spec;
}

/// How a file that was named by a flag is to be read.
InputSpec adopted(const NamedFile& file, const Profile& profile) {
    const auto fits = [&](const InputTable& table) {
        return (file.role == Role::any || table.spec.role == file.role) &&
               (file.role != Role::registers || table.spec.name == file.name);
    };
    std::vector<const InputTable*> tables;
    for (const auto& table : profile.inputs)
        if (fits(table)) tables.push_back(&table);
    const auto own = std::find_if(tables.begin(), tables.end(),
                                  [&](const InputTable* table) { return names_file(*table, file.path); });
    InputSpec out;
    out.role = file.role;
    if (own != tables.end()) {
        out = (*own)->spec;
    } else if (!tables.empty() && file.role != Role::any) {
        out = tables.front()->spec;
        for (const auto* other : tables)
            if (without_place(other->spec) != without_place(out))
                throw Failure(
                    Exit::usage, other->spec.place,
                    file.flag + " '" + base::quoted(file.path, 200) + "' is named by none of the [[" +
                        std::string(name(file.role)) +
                        "]] tables, and they differ in how to read it; add the file to one of them");
    }
    out.path = file.path;
    if (!file.name.empty()) out.name = file.name;
    return out;
}

void refuse_stdin_twice(const std::vector<InputSpec>& inputs) {
    if (std::count_if(inputs.begin(), inputs.end(), [](const InputSpec& one) { return one.path == "-"; }) > 1)
        throw Failure(Exit::usage, "'-' (standard input) is named twice; it can be read only once");
}

} // namespace

std::vector<InputSpec> inputs_for(const Arguments& arguments, const Profile& profile) {
    if (!option("consents", arguments.command)) return {}; // a command without inputs of these kinds
    std::vector<InputSpec> out;
    const auto files = named_files(arguments);
    const bool only_named = arguments.command == Command::check && !files.empty();
    for (const auto& file : files)
        if (file.role == Role::any) out.push_back(adopted(file, profile));
    for (const auto& role : roles()) {
        bool by_flag = only_named;
        for (const auto& file : files) {
            if (file.role != role.role) continue;
            out.push_back(adopted(file, profile));
            by_flag = true;
        }
        // explain needs no list unless it is asked for a row of one.
        if (by_flag || (role.role == Role::list && arguments.command == Command::explain)) continue;
        for (const auto& table : profile.inputs)
            if (table.spec.role == role.role)
                for (auto& spec : expand(table)) out.push_back(std::move(spec));
    }
    refuse_stdin_twice(out);
    return out;
}

} // namespace callscrub::app
