#include "app/job.h"

namespace callscrub::app {

std::vector<const InputSpec*> Job::inputs_of(Role role) const {
    std::vector<const InputSpec*> out;
    for (const auto& input : inputs)
        if (input.role == role) out.push_back(&input);
    return out;
}

namespace {
bool cut_ending(std::string& name, std::string_view ending) {
    if (name.size() <= ending.size() || !name.ends_with(ending)) return false;
    name.resize(name.size() - ending.size());
    return true;
}
} // namespace

std::string output_stem(const std::string& path) {
    if (path == "-") return "stdin";
    std::string out = path.substr(path.find_last_of('/') + 1);
    for (const auto* packed : {".gz", ".zst"})
        if (cut_ending(out, packed)) break;
    for (const auto* plain : {".csv", ".tsv", ".txt"})
        if (cut_ending(out, plain)) break;
    return out;
}

std::string_view name(Role role) {
    switch (role) {
    case Role::list:
        return "list";
    case Role::consents:
        return "consents";
    case Role::relations:
        return "relations";
    case Role::suppress:
        return "suppress";
    case Role::registers:
        return "register";
    case Role::calls:
        return "calls";
    case Role::any:
        break;
    }
    return "input";
}

} // namespace callscrub::app
