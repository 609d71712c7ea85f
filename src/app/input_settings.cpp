#include "app/setting.h"
#include "facts/columns.h"
#include <limits>

namespace callscrub::app {

namespace {

constexpr std::string_view age_words = "file_time|newest_event|sidecar";

void put_delimiter(InputSpec& input, const Given& given) { input.dialect.delimiter = read_delimiter(given); }
void put_encoding(InputSpec& input, const Given& given) { input.dialect.encoding = read_encoding(given); }

const InputSetting table[] = {
    {"path", Kind::path, "", "",
     "the file; * ? [ ] match several, taken in order of their names; - = standard input", nullptr},
    {"name", Kind::text, "", "", "the register's name as the rule packs call it",
     [](InputSpec& input, const Given& g) { input.name = read_text(g); }, true},
    {"preset", Kind::text, "", "", "columns of a known export format, or the path of an own preset file",
     [](InputSpec& input, const Given& g) { input.preset = read_text(g); }},
    {"columns", Kind::name_table, "", "",
     "header names that hold a canonical column, the first one found counts; "
     "several phone columns of a list are judged each by itself",
     nullptr},
    {"set", Kind::table, "", "", "canonical columns with the same value in every row", nullptr},
    {"unread", Kind::names, "", "",
     "header names of columns that say nothing of the calls, whatever they are called: no warning that they are not read",
     [](InputSpec& input, const Given& g) { input.unread = g.text.empty() ? g.list : std::vector{g.text}; }},
    {"dates", Kind::text, "", "found out for each column",
     "date format of all date columns, or a table: column = format", nullptr},
    {"values", Kind::word_tables, "", "", "what the file's own words mean", nullptr},
    {"delimiter", Kind::text, "", "found out", "one of , ; | or tab", put_delimiter},
    {"quote", Kind::text, "", "\"", "the quote character, or none",
     [](InputSpec& input, const Given& g) { input.dialect.quote = read_quote(g); }},
    {"escape", Kind::text, "", "a doubled quote",
     "the character that takes the meaning from the next one, or none",
     [](InputSpec& input, const Given& g) { input.dialect.escape = read_quote(g); }},
    {"encoding", Kind::text, "", "found out",
     "utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1 or iso-8859-15", put_encoding},
    {"no_header", Kind::boolean, "", "false", "the first row is data; columns are called 1, 2, …",
     [](InputSpec& input, const Given& g) { input.dialect.no_header = read_switch(g); }},
    {"skip", Kind::count, "", "0", "lines to pass over before the header",
     [](InputSpec& input, const Given& g) {
         input.dialect.skip = static_cast<unsigned>(read_count(g, 0, 1'000'000));
     }},
    {"time_zone", Kind::text, "", "the jurisdiction's",
     "zone of times that state none, for example Europe/Berlin",
     [](InputSpec& input, const Given& g) { input.time_zone = read_zone(g); }},
    {"region", Kind::text, "", "campaign.region", "the country of this file's numbers without a country code",
     [](InputSpec& input, const Given& g) { input.region = read_region(g); }},
    {"max_age", Kind::duration, "", "", "an older file ends the run with exit code 4",
     [](InputSpec& input, const Given& g) { input.max_age = read_duration(g); }},
    {"age_from", Kind::word, age_words, "file_time",
     "what tells the age: the file's time, its newest event, or a file PATH.timestamp beside it",
     [](InputSpec& input, const Given& g) {
         input.age_from = static_cast<AgeFrom>(read_word(g, age_words));
     }},
    {"allow_bad_rows", Kind::count, "", "0", "so many unreadable rows do not end the run; each is listed",
     [](InputSpec& input, const Given& g) {
         input.allow_bad_rows = read_count(g, 0, std::numeric_limits<std::uint32_t>::max());
     }},
    {"allow_empty", Kind::boolean, "", "false", "a consent, suppression or register file without rows is fine; of calls and relations nothing is said",
     [](InputSpec& input, const Given& g) { input.allow_empty = read_switch(g); }},
    {"allow_shrink", Kind::boolean, "", "false",
     "a consent or suppression file smaller than in the previous run is fine",
     [](InputSpec& input, const Given& g) { input.allow_shrink = read_switch(g); }},
};

const RoleInfo role_table[] = {
    {Role::list, "list", "call lists, each scrubbed by itself"},
    {Role::consents, "consents", "consent events: opt-ins, opt-outs, objections, requests"},
    {Role::relations, "relations", "contracts, purchases, donations: the customer relationships"},
    {Role::suppress, "suppress", "own do-not-call lists"},
    {Role::registers, "register", "exports of national registers"},
    {Role::calls, "calls", "calls already made"},
};

} // namespace

std::span<const InputSetting> input_settings() { return table; }
std::span<const RoleInfo> roles() { return role_table; }

std::vector<std::string_view> canonical_columns(Role role) {
    std::vector<std::string_view> out;
    if (role == Role::any) return out;
    // The kinds of file are the roles without `any`.
    const auto kind = static_cast<facts::FileKind>(static_cast<unsigned>(role) - 1);
    for (const auto column : facts::columns_of(kind)) out.push_back(facts::name(column));
    return out;
}

static_assert(static_cast<unsigned>(facts::FileKind::list) + 1 == static_cast<unsigned>(Role::list));
static_assert(static_cast<unsigned>(facts::FileKind::registers) + 1 ==
              static_cast<unsigned>(Role::registers));
static_assert(static_cast<unsigned>(facts::FileKind::calls) + 1 == static_cast<unsigned>(Role::calls));

} // namespace callscrub::app
