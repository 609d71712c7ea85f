#include "base/text.h"
#include "law/pack_reader.h"
#include <algorithm>

namespace callscrub::law {

using base::TomlTable;

namespace {

// A default that the switch itself does not allow would only show when somebody writes it down.
void check_default(const TomlTable& table, std::string_view key, const Switch& one,
                   const std::string& value) {
    if (!one.words.empty()) {
        if (std::find(one.words.begin(), one.words.end(), value) == one.words.end())
            table.fail(key, "'" + std::string(key) + "' is none of the words of this switch");
        return;
    }
    const auto number = table.integer(key);
    if (number < one.least || number > one.most)
        table.fail(key, "'" + std::string(key) + "' is " + value + "; this switch allows " +
                            std::to_string(one.least) + " to " + std::to_string(one.most));
}

Switch read_switch(const TomlTable& table) {
    Switch out;
    out.name = table.text("name");
    out.words = table.texts("words");
    out.says = table.text("says");
    out.source = table.text("source");
    out.certainty = static_cast<int>(table.opt_integer("certainty").value_or(0));
    if (out.certainty < 1 || out.certainty > 100)
        table.fail("certainty", "'certainty' must be stated in per cent, from 1 to 100");
    out.least = table.opt_integer("least").value_or(0);
    out.most = table.opt_integer("most").value_or(0);
    for (const auto& [key, value] :
         {std::pair{"standard", &out.standard}, std::pair{"strict", &out.strict}}) {
        *value = table.scalar(key).text;
        check_default(table, key, out, *value);
    }
    return out;
}

} // namespace

std::vector<Switch> read_switches(const TomlTable& root) {
    std::vector<Switch> out;
    for (const auto& table : root.tables("switch")) {
        out.push_back(read_switch(table));
        const auto& name = out.back().name;
        const auto same = [&](const Switch& other) { return other.name == name; };
        if (std::count_if(out.begin(), out.end(), same) > 1)
            table.fail("name", "the switch '" + base::quoted(name) + "' is declared twice");
    }
    return out;
}

// Packs share one space of switches, so each carries its country's name.
void PackReader::check_switches(const std::string& id) const {
    const auto prefix = base::fold(id) + "_";
    const auto tables = root_.tables("switch");
    for (std::size_t i = 0; i < switches_.size(); ++i)
        if (!switches_[i].name.starts_with(prefix))
            tables[i].fail("name", "the switch '" + base::quoted(switches_[i].name) + "' must begin with '" +
                                       prefix + "'");
}

} // namespace callscrub::law
