#include "app/presets.h"
#include "app/setting.h"
#include "base/text.h"
#include "facts/word_key.h"
#include <algorithm>

namespace callscrub::app {

using base::Exit;
using base::Failure;

const PresetUse* Preset::use(Role role) const {
    for (const auto& one : uses)
        if (one.spec.role == role) return &one;
    return nullptr;
}

std::string roles_text(const Preset& preset) {
    std::string out;
    for (const auto& use : preset.uses) out += (out.empty() ? "" : ", ") + std::string(name(use.spec.role));
    return out;
}

namespace {

[[noreturn]] void refuse_role(const InputSpec& input, const Preset& preset) {
    std::string why = preset.cannot;
    if (input.role != Role::consents || why.empty())
        why = "it is known as " + roles_text(preset) + "; name the file so, or read it without a preset";
    throw Failure(Exit::input, {input.path, 0, 0},
                  "the preset '" + preset.name + "' (" + preset.says + ") can't be read as " +
                      std::string(name(input.role)) + ": " + why);
}

// Words that the user has not given a meaning, however they are spelled.
void add_words(const std::map<std::string, std::string>& words, std::map<std::string, std::string>& into) {
    const auto own = into;
    for (const auto& [word, meaning] : words) {
        const facts::WordKey key(word);
        const bool stated = std::any_of(own.begin(), own.end(), [&](const auto& one) {
            return facts::WordKey(one.first).text() == key.text();
        });
        if (!stated) into.emplace(word, meaning);
    }
}

template <class Value> void take_unless_stated(std::optional<Value>& into, const std::optional<Value>& from) {
    if (!into) into = from;
}

bool is_in(std::span<const std::string> headers, std::string_view wanted) {
    const auto key = facts::header_key(wanted);
    for (const auto& header : headers)
        if (base::trim(header) == base::trim(wanted) || (!key.empty() && facts::header_key(header) == key))
            return true;
    return false;
}

// Also a sum of headers (facts::PhoneJoin).
bool is_there(std::span<const std::string> headers, const std::string& wanted) {
    if (is_in(headers, wanted)) return true;
    if (wanted.find('+') == std::string::npos) return false;
    for (const auto part : base::split(wanted, '+'))
        if (!is_in(headers, part)) return false;
    return true;
}

} // namespace

InputSpec merge(const InputSpec& stated, const Preset& preset) {
    const auto* use = preset.use(stated.role);
    if (!use) refuse_role(stated, preset);
    const auto& from = use->spec;
    InputSpec out = stated;
    const auto free = [&](const std::string& column) {
        return !stated.columns.contains(column) && !stated.constants.contains(column);
    };
    for (const auto& [column, names] : from.columns)
        if (free(column)) out.columns.emplace(column, names);
    for (const auto& [column, value] : from.constants)
        if (free(column)) out.constants.emplace(column, value);
    out.unread.insert(out.unread.end(), from.unread.begin(), from.unread.end());
    for (const auto& [column, words] : from.values) add_words(words, out.values[column]);
    if (stated.dates.empty()) {
        out.dates = from.dates;
        for (const auto& [column, format] : from.dates_of) out.dates_of.emplace(column, format);
    }
    take_unless_stated(out.dialect.delimiter, from.dialect.delimiter);
    take_unless_stated(out.dialect.quote, from.dialect.quote);
    take_unless_stated(out.dialect.escape, from.dialect.escape);
    take_unless_stated(out.dialect.encoding, from.dialect.encoding);
    if (from.dialect.no_header) out.dialect.no_header = true;
    if (out.dialect.skip == 0) out.dialect.skip = from.dialect.skip;
    if (out.time_zone.empty()) out.time_zone = from.time_zone;
    if (!out.region.known()) out.region = from.region;
    return out;
}

void fit_columns(InputSpec& merged, const InputSpec& stated, std::span<const std::string> headers) {
    for (auto at = merged.columns.begin(); at != merged.columns.end();) {
        auto& [column, names] = *at;
        if (stated.columns.contains(column) || names.empty()) {
            ++at;
            continue;
        }
        std::erase_if(names, [&](const std::string& name) { return !is_there(headers, name); });
        at = names.empty() ? merged.columns.erase(at) : std::next(at);
    }
}

std::vector<const Preset*> recognise(std::span<const std::string> headers) {
    std::vector<const Preset*> out;
    std::size_t most = 0;
    for (const auto& preset : known_presets())
        for (const auto& set : preset.headers) {
            if (set.size() < most ||
                !std::all_of(set.begin(), set.end(), [&](const auto& name) { return is_in(headers, name); }))
                continue;
            if (set.size() > most) out.clear();
            most = set.size();
            if (out.empty() || out.back() != &preset) out.push_back(&preset);
        }
    return out;
}

namespace {

bool digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool fits(std::string_view cell, std::string_view pattern) {
    cell = base::trim(cell);
    if (pattern == "*") return true;
    if (pattern != "#+") return digits(cell) && cell.size() == pattern.size();
    if (cell.starts_with('+')) cell.remove_prefix(1);
    std::string plain(cell);
    std::erase_if(
        plain, [](char c) { return c == ' ' || c == '-' || c == '/' || c == '(' || c == ')' || c == '.'; });
    return digits(plain);
}

} // namespace

std::vector<const Preset*> recognise_row(std::span<const std::string> cells) {
    std::vector<const Preset*> out;
    for (const auto& preset : known_presets()) {
        if (preset.least_cells == 0 || cells.size() < preset.least_cells || cells.size() > preset.most_cells)
            continue;
        bool fit = true;
        for (std::size_t i = 0; i < preset.row.size(); ++i) fit = fit && fits(cells[i], preset.row[i]);
        if (fit) out.push_back(&preset);
    }
    return out;
}

} // namespace callscrub::app
