/// Checked reading of TOML: every key that nobody asked for is an error with its place and a suggestion.
/// The parser is toml++; its header is included in toml.cpp only.
#pragma once
#include "base/failure.h"
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::base {

/// One scalar as it stood in the file.
struct TomlScalar {
    enum class Kind { text, integer, real, boolean, date, date_time };
    Kind kind = Kind::text;
    std::string text;         ///< text as is; integers in decimal; true/false; dates and times in ISO 8601
    std::int64_t integer = 0; ///< for integer
    bool boolean = false;     ///< for boolean
    Place place;
};

/// A table and what was asked of it. Getters throw Failure(code given at parsing) for a wrong type; the ones
/// that do not return an optional also for a missing key. Copies share the record of what was asked.
class TomlTable {
public:
    /// Parses a whole document. `file`: its name for messages. `code`: the exit code of Failures.
    static TomlTable parse(std::string_view text, const std::string& file, Exit code = Exit::usage);

    const Place& place() const;
    bool has(std::string_view key) const;
    bool is_table(std::string_view key) const;  ///< asks for nothing
    bool is_list(std::string_view key) const;   ///< of plain values; asks for nothing
    Place place_of(std::string_view key) const; ///< of its value; the table's own for a missing key
    std::vector<std::string> keys() const;      ///< in order of the alphabet; asks for none of them

    std::optional<TomlScalar> opt_scalar(std::string_view key) const; ///< any scalar
    TomlScalar scalar(std::string_view key) const;
    std::optional<std::string> opt_text(std::string_view key) const;
    std::string text(std::string_view key) const;
    std::optional<std::int64_t> opt_integer(std::string_view key) const;
    std::int64_t integer(std::string_view key) const;
    std::optional<bool> opt_boolean(std::string_view key) const;
    /// A date, or a date with time, as ISO 8601 text; a string is taken as it is if `or_text`.
    std::optional<std::string> opt_iso(std::string_view key, bool or_text = false) const;
    std::vector<std::string> texts(std::string_view key) const; ///< array of strings; empty if missing
    std::optional<TomlTable> opt_table(std::string_view key) const;
    TomlTable table(std::string_view key) const;
    std::vector<TomlTable> tables(std::string_view key) const; ///< array of tables; empty if missing

    /// Refuses keys that no getter asked for, here and in the tables that were handed out.
    void refuse_unknown() const;
    /// Failure at the place of `key` (or of the table, if it has none).
    [[noreturn]] void fail(std::string_view key, const std::string& what) const;

private:
    struct Node;
    [[noreturn]] void miss(std::string_view key) const;
    explicit TomlTable(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
    std::shared_ptr<const Node> node_;
};

} // namespace callscrub::base
