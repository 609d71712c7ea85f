/// The table of profile keys: what each is called, takes and does. The profile reader, the flags of the same
/// meaning (options.h) and the page callscrub-profile(5) are made from it.
#pragma once
#include "app/value.h"
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace callscrub::app {

/// What may stand behind the `=` in the profile.
enum class Kind : std::uint8_t {
    text,
    word,  ///< one of `words`
    list,  ///< list of texts, or one text with commas
    names, ///< list of texts, or one text as it is
    path,  ///< text; relative to the profile's folder
    boolean,
    count,       ///< whole number
    share,       ///< 0.25 or "25%"
    day,         ///< date, "today", "+14d"
    duration,    ///< "36h"
    size,        ///< "2GiB"
    table,       ///< canonical column = text
    name_table,  ///< canonical column = text or list of texts
    word_tables, ///< canonical column = table of word = our word
};
/// "text", "date, \"today\" or \"+14d\"": for the manual.
std::string_view says(Kind kind);

/// A key of one of the profile's single tables.
struct Setting {
    std::string_view key; ///< "campaign.entity"
    Kind kind;
    std::string_view words;
    std::string_view fallback; ///< default, for the manual
    std::string_view help;     ///< one sentence without full stop
    void (*put)(Job&, const Given&);
    std::string_view section() const { return key.substr(0, key.find('.')); }
    std::string_view leaf() const { return key.substr(key.find('.') + 1); }
};
std::span<const Setting> settings();
/// Null for an unknown key.
const Setting* setting(std::string_view key);

/// A key of an input's table ([[list]], [[consents]], …).
struct InputSetting {
    std::string_view key;
    Kind kind;
    std::string_view words;
    std::string_view fallback;
    std::string_view help;
    void (*put)(InputSpec&, const Given&); ///< null: read by profile.cpp itself (path and the tables)
    bool registers_only = false;
};
std::span<const InputSetting> input_settings();

/// The roles and the names of their tables, in the order of a job's inputs.
struct RoleInfo {
    Role role;
    std::string_view table; ///< "consents"
    std::string_view says;
};
std::span<const RoleInfo> roles();

/// The canonical columns of a role, as the contract names them.
std::vector<std::string_view> canonical_columns(Role role);

/// Everything stated or defaulted that could change a result, as name and value in a fixed order: for the
/// manifest. Days are as stated ("today", "+14d"); whoever knows them adds those in force. Resources, talk
/// and the places of outputs are left out: they change no byte.
std::vector<std::pair<std::string, std::string>> settings_in_force(const Job& job);

} // namespace callscrub::app
