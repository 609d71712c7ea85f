#include "base/toml.h"
#include "base/text.h"
#include <algorithm>
#include <map>
#include <sstream>
#include <toml++/toml.h>
#include <variant>

namespace callscrub::base {

// The document is copied out of the parser's tree once; documents are small (packs, profiles, case files).
struct TomlTable::Node {
    using Value = std::variant<TomlScalar, std::vector<TomlScalar>, TomlTable, std::vector<TomlTable>>;
    struct Entry {
        Value value;
        Place place;
        mutable bool asked = false;
    };
    std::map<std::string, Entry, std::less<>> entries;
    mutable std::vector<std::string> asked_names;
    Place place;
    Exit code;

    const Entry* find(std::string_view key) const {
        asked_names.emplace_back(key);
        const auto it = entries.find(key);
        if (it == entries.end()) return nullptr;
        it->second.asked = true;
        return &it->second;
    }

    static std::shared_ptr<const Node> copy(const toml::table& table, const std::string& file, Exit code);
};

namespace {

Place where_is(const toml::node& node, const std::string& file) {
    return {file, node.source().begin.line, node.source().begin.column};
}

std::string iso(const toml::node& node) {
    std::ostringstream out;
    if (const auto* date = node.as_date()) out << date->get();
    if (const auto* time = node.as_date_time()) out << time->get();
    return out.str();
}

TomlScalar scalar_of(const toml::node& node, const std::string& file) {
    TomlScalar out;
    out.place = where_is(node, file);
    if (const auto* text = node.as_string()) {
        out.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
        out.kind = TomlScalar::Kind::integer;
        out.integer = integer->get();
        out.text = std::to_string(out.integer);
    } else if (const auto* boolean = node.as_boolean()) {
        out.kind = TomlScalar::Kind::boolean;
        out.boolean = boolean->get();
        out.text = out.boolean ? "true" : "false";
    } else if (const auto* real = node.as_floating_point()) {
        out.kind = TomlScalar::Kind::real;
        std::ostringstream text_out;
        text_out << real->get();
        out.text = text_out.str();
    } else {
        out.kind = node.is_date() ? TomlScalar::Kind::date : TomlScalar::Kind::date_time;
        out.text = iso(node);
    }
    return out;
}

} // namespace

std::shared_ptr<const TomlTable::Node> TomlTable::Node::copy(const toml::table& table, const std::string& file,
                                                            Exit code) {
    auto out = std::make_shared<Node>();
    out->place = where_is(table, file);
    out->code = code;
    for (const auto& [key, node] : table) {
        Entry entry;
        entry.place = where_is(node, file);
        if (const auto* sub = node.as_table()) {
            entry.value = TomlTable(copy(*sub, file, code));
        } else if (const auto* array = node.as_array(); array && !array->empty() && array->front().is_table()) {
            std::vector<TomlTable> subs;
            for (const auto& element : *array) {
                if (!element.is_table()) throw Failure(code, where_is(element, file), "tables and values mixed in one array");
                subs.push_back(TomlTable(copy(*element.as_table(), file, code)));
            }
            entry.value = std::move(subs);
        } else if (array) {
            std::vector<TomlScalar> scalars;
            for (const auto& element : *array) {
                if (element.is_table() || element.is_array())
                    throw Failure(code, where_is(element, file), "a list of plain values was expected here");
                scalars.push_back(scalar_of(element, file));
            }
            entry.value = std::move(scalars);
        } else {
            entry.value = scalar_of(node, file);
        }
        out->entries.emplace(std::string(key.str()), std::move(entry));
    }
    return out;
}

namespace {

// The parser bounds how deeply values nest, but not how many parts a dotted key has, and it takes its tables apart
// one inside the other: a key of a million parts would use up the stack.
constexpr int most_dots = 32;

// The text behind the string that begins at `text`, in quotes of one or of three.
std::string_view behind_string(std::string_view text) {
    const char quote = text[0];
    const std::string three(3, quote);
    const bool lines = text.starts_with(three);
    for (std::size_t i = lines ? 3 : 1; i < text.size(); ++i) {
        if (text[i] == '\\' && quote == '"') ++i;
        else if (lines && text.substr(i).starts_with(three)) return text.substr(i + 3);
        else if (!lines && (text[i] == quote || text[i] == '\n')) return text.substr(i + 1);
    }
    return {};
}

void refuse_deep_keys(const std::string_view whole, const std::string& file, Exit code) {
    int dots = 0;
    for (std::string_view text = whole; !text.empty();) {
        const char c = text[0];
        if (c == '"' || c == '\'') {
            text = behind_string(text);
            continue;
        }
        if (c == '#') text.remove_prefix(std::min(text.find('\n'), text.size()));
        else text.remove_prefix(1);
        if (c == '\n') dots = 0;
        if (c != '.' || ++dots <= most_dots) continue;
        const auto before = whole.substr(0, whole.size() - text.size());
        throw Failure(code, {file, static_cast<std::uint64_t>(1 + std::count(before.begin(), before.end(), '\n'))},
                      "more than " + std::to_string(most_dots) +
                          " dots outside of quotes in one line; keys have at most three parts");
    }
}

} // namespace

TomlTable TomlTable::parse(std::string_view text, const std::string& file, Exit code) {
    refuse_deep_keys(text, file, code);
    refuse_deep_keys(text, file, code);
    try {
        const toml::table table = toml::parse(text, file);
        return TomlTable(Node::copy(table, file, code));
    } catch (const toml::parse_error& error) {
        throw Failure(code, {file, error.source().begin.line, error.source().begin.column},
                      "not readable as TOML: " + std::string(error.description()));
    }
}

const Place& TomlTable::place() const { return node_->place; }

bool TomlTable::has(std::string_view key) const { return node_->entries.contains(key); }

bool TomlTable::is_table(std::string_view key) const {
    const auto it = node_->entries.find(key);
    return it != node_->entries.end() && std::holds_alternative<TomlTable>(it->second.value);
}

bool TomlTable::is_list(std::string_view key) const {
    const auto it = node_->entries.find(key);
    return it != node_->entries.end() && std::holds_alternative<std::vector<TomlScalar>>(it->second.value);
}

Place TomlTable::place_of(std::string_view key) const {
    const auto it = node_->entries.find(key);
    return it == node_->entries.end() ? node_->place : it->second.place;
}

std::vector<std::string> TomlTable::keys() const {
    std::vector<std::string> out;
    for (const auto& [key, entry] : node_->entries) out.push_back(key);
    return out;
}

void TomlTable::fail(std::string_view key, const std::string& what) const {
    throw Failure(node_->code, place_of(key), what);
}

std::optional<TomlScalar> TomlTable::scalar(std::string_view key) const {
    const auto* entry = node_->find(key);
    if (!entry) return std::nullopt;
    if (const auto* found = std::get_if<TomlScalar>(&entry->value)) return *found;
    fail(key, "'" + std::string(key) + "' must be a single value, not a list or a table");
}

namespace {
std::string wrong_type(std::string_view key, const TomlScalar& found, const std::string& expected) {
    return "'" + std::string(key) + "' is " + quoted(found.text) + "; expected " + expected;
}
} // namespace

std::optional<std::string> TomlTable::opt_text(std::string_view key) const {
    auto found = scalar(key);
    if (!found) return std::nullopt;
    if (found->kind != TomlScalar::Kind::text) fail(key, wrong_type(key, *found, "text in quotes"));
    return found->text;
}

std::string TomlTable::text(std::string_view key) const {
    auto found = opt_text(key);
    if (!found) fail("", "the key '" + std::string(key) + "' is missing");
    return *found;
}

std::optional<std::int64_t> TomlTable::opt_integer(std::string_view key) const {
    auto found = scalar(key);
    if (!found) return std::nullopt;
    if (found->kind != TomlScalar::Kind::integer) fail(key, wrong_type(key, *found, "a whole number"));
    return found->integer;
}

std::optional<bool> TomlTable::opt_boolean(std::string_view key) const {
    auto found = scalar(key);
    if (!found) return std::nullopt;
    if (found->kind != TomlScalar::Kind::boolean) fail(key, wrong_type(key, *found, "true or false"));
    return found->boolean;
}

std::optional<std::string> TomlTable::opt_iso(std::string_view key, bool or_text) const {
    auto found = scalar(key);
    if (!found) return std::nullopt;
    const bool date = found->kind == TomlScalar::Kind::date || found->kind == TomlScalar::Kind::date_time;
    if (!date && !(or_text && found->kind == TomlScalar::Kind::text))
        fail(key, wrong_type(key, *found, "a date like 2026-07-01 without quotes"));
    return found->text;
}

std::vector<std::string> TomlTable::texts(std::string_view key) const {
    const auto* entry = node_->find(key);
    std::vector<std::string> out;
    if (!entry) return out;
    const auto* list = std::get_if<std::vector<TomlScalar>>(&entry->value);
    if (!list) fail(key, "'" + std::string(key) + "' must be a list of texts, for example [\"a\", \"b\"]");
    for (const auto& found : *list) {
        if (found.kind != TomlScalar::Kind::text) throw Failure(node_->code, found.place, wrong_type(key, found, "text in quotes"));
        out.push_back(found.text);
    }
    return out;
}

std::optional<TomlTable> TomlTable::opt_table(std::string_view key) const {
    const auto* entry = node_->find(key);
    if (!entry) return std::nullopt;
    if (const auto* found = std::get_if<TomlTable>(&entry->value)) return *found;
    fail(key, "'" + std::string(key) + "' must be a table, for example [" + std::string(key) + "]");
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const {
    const auto* entry = node_->find(key);
    if (!entry) return {};
    if (const auto* found = std::get_if<std::vector<TomlTable>>(&entry->value)) return *found;
    if (const auto* none = std::get_if<std::vector<TomlScalar>>(&entry->value); none && none->empty()) return {};
    fail(key, "'" + std::string(key) + "' must be a list of tables, written [[" + std::string(key) + "]]");
}

void TomlTable::refuse_unknown() const {
    const std::vector<std::string_view> known(node_->asked_names.begin(), node_->asked_names.end());
    for (const auto& [key, entry] : node_->entries) {
        if (!entry.asked)
            throw Failure(node_->code, entry.place, "unknown key '" + key + "'" + did_you_mean(key, known));
        if (const auto* sub = std::get_if<TomlTable>(&entry.value)) sub->refuse_unknown();
        if (const auto* subs = std::get_if<std::vector<TomlTable>>(&entry.value))
            for (const auto& one : *subs) one.refuse_unknown();
    }
}

} // namespace callscrub::base
