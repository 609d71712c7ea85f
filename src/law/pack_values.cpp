#include "base/text.h"
#include "law/pack_reader.h"
#include "law/pack_words.h"
#include <algorithm>

namespace callscrub::law {

using base::TomlTable;

Citation PackReader::cited_source(const TomlTable& table, const std::string& source) const {
    const auto sources = root_.opt_table("source");
    const auto found = sources ? sources->opt_table(source) : std::nullopt;
    if (!found) {
        const auto name = base::quoted(source);
        table.fail("source", "the source '" + name + "' is not described; add [source." + name + "]");
    }
    Citation out;
    out.source = stated_text(*found, "title");
    out.where = stated_text(*found, "where");
    out.checked = day(*found, "checked", facts::day_min);
    if (out.checked == facts::day_min)
        found->fail("", "a source needs 'checked', the day on which it was checked");
    return out;
}

Citation PackReader::citation(const TomlTable& table) const {
    Citation out = cited_source(table, table.text("source"));
    out.article = stated_text(table, "article");
    const auto certainty = table.opt_integer("certainty");
    if (!certainty || *certainty < 1 || *certainty > 100)
        table.fail("certainty", "'certainty' must be stated in per cent, from 1 to 100");
    out.certainty = static_cast<int>(*certainty);
    return out;
}

Day PackReader::day(const TomlTable& table, std::string_view key, Day missing) const {
    const auto text = table.opt_iso(key);
    if (!text) return missing;
    const auto found = facts::read_iso_day(*text);
    if (!found) table.fail(key, "'" + std::string(key) + "' must be a date without time");
    return *found;
}

const Switch& PackReader::find_switch(const TomlTable& table, std::string_view key,
                                      const std::string& name) const {
    std::vector<std::string_view> known;
    for (const auto* list : {&switches_, &general_switches()})
        for (const auto& one : *list) {
            if (one.name == name) return one;
            known.push_back(one.name);
        }
    table.fail(key, "the switch '" + base::quoted(name) + "' is not declared in this pack; add [[switch]]" +
                        base::did_you_mean(name, known));
}

// A number, or "@name" for the value of a switch.
Amount PackReader::number(const TomlTable& table, std::string_view key, int missing) const {
    const auto found = table.opt_scalar(key);
    if (!found) return missing;
    if (found->kind == base::TomlScalar::Kind::text && found->text.starts_with('@')) {
        const auto name = found->text.substr(1);
        if (!find_switch(table, key, name).words.empty())
            table.fail(key, "the switch '" + base::quoted(name) + "' is no number");
        return {static_cast<int>(policy_.number(name)), name};
    }
    const auto value = table.integer(key);
    if (value < 0 || value > 100'000)
        table.fail(key,
                   "'" + std::string(key) + "' is " + found->text + "; expected a number from 0 to 100000");
    return static_cast<int>(value);
}

bool PackReader::holds(const TomlTable& table, Citation& citation) const {
    const auto when = table.opt_text("when");
    if (!when) return true;
    const auto cut = when->find('=');
    if (cut == std::string::npos)
        table.fail("when", "'when' must be \"switch=word\"; found '" + base::quoted(*when) + "'");
    const auto name = when->substr(0, cut), word = when->substr(cut + 1);
    const auto& words = find_switch(table, "when", name).words;
    const std::vector<std::string_view> known(words.begin(), words.end());
    if (std::find(words.begin(), words.end(), word) == words.end())
        table.fail("when", "the switch '" + name + "' has no word '" + base::quoted(word) + "'" +
                               base::did_you_mean(word, known));
    citation.when = *when;
    return policy_.word(name) == word;
}

bool PackReader::warns(const Citation& citation) const {
    return policy_.word(citation.when.substr(0, citation.when.find('='))) == "warn";
}

void PackReader::cites(const TomlTable& table, std::map<Reason, Citation>& out) const {
    const auto found = table.opt_table("cites");
    if (!found) return;
    for (const auto& key : found->keys()) {
        const auto reason = reason_of(key);
        if (!reason) found->fail(key, "unknown reason code '" + base::quoted(key) + "'");
        out[*reason] = citation(found->table(key));
    }
}

} // namespace callscrub::law
