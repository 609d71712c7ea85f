#include "app/setting.h"
#include "csv/dialect.h"
#include <charconv>

namespace callscrub::app {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

/// The shortest decimal text that reads back as the same number.
std::string text(double number) {
    char out[32];
    const auto end = std::to_chars(out, out + sizeof out, number).ptr;
    return {out, end};
}

/// As read_day takes it.
std::string text(const DaySpec& spec) {
    if (spec.kind == DaySpec::Kind::fixed) return facts::to_string(spec.day);
    if (spec.kind == DaySpec::Kind::today && spec.days == 0) return "today";
    return "+" + std::to_string(spec.days) + "d";
}

std::string word(std::string_view words, std::size_t index) {
    for (; index > 0; --index) words.remove_prefix(words.find('|') + 1);
    return std::string(words.substr(0, words.find('|')));
}

std::string yes_no(bool value) { return value ? "true" : "false"; }

void add_campaign(Pairs& out, const CampaignSpec& campaign) {
    out.emplace_back("campaign.entity", campaign.entity);
    out.emplace_back("campaign.caller_type", word(setting("campaign.caller_type")->words,
                                                  static_cast<std::size_t>(campaign.caller_type)));
    out.emplace_back("campaign.purpose", campaign.purpose_word);
    out.emplace_back("campaign.product", campaign.product);
    out.emplace_back("campaign.similar", joined(campaign.similar));
    out.emplace_back("campaign.dialing",
                     word(setting("campaign.dialing")->words, static_cast<std::size_t>(campaign.dialing)));
    out.emplace_back("campaign.caller_id", campaign.caller_id_shown ? "shown" : "withheld");
    out.emplace_back("campaign.jurisdiction", campaign.jurisdiction);
    out.emplace_back("campaign.region", campaign.region.text());
    out.emplace_back("campaign.call_from", text(campaign.call_from));
    out.emplace_back("campaign.call_until", text(campaign.call_until));
}

void add_output(Pairs& out, const Job& job) {
    out.emplace_back("output.annotate", yes_no(job.output.annotate));
    out.emplace_back("output.lang", joined(job.output.lang));
    out.emplace_back("output.renew_within",
                     job.output.renew_within ? std::to_string(*job.output.renew_within) + "d" : "");
    out.emplace_back("output.hash_inputs", yes_no(job.hash_inputs));
}

void add_guards(Pairs& out, const GuardSpec& guard) {
    const auto share = [](const std::optional<double>& value) { return value ? text(*value) : ""; };
    out.emplace_back("guard.max_reject_rate", share(guard.max_reject_rate));
    out.emplace_back("guard.min_match_rate", share(guard.min_match_rate));
    out.emplace_back("guard.min_rows", guard.min_rows ? std::to_string(*guard.min_rows) : "");
    out.emplace_back("guard.max_rows_drop", share(guard.max_rows_drop));
    out.emplace_back("guard.max_clean_rise", share(guard.max_clean_rise));
}

void add_dialect(Pairs& out, const std::string& start, const csv::Stated& dialect) {
    const auto character = [](char c) { return c == '\0' ? std::string("none") : csv::delimiter_name(c); };
    if (dialect.delimiter) out.emplace_back(start + "delimiter", character(*dialect.delimiter));
    if (dialect.quote) out.emplace_back(start + "quote", character(*dialect.quote));
    if (dialect.escape) out.emplace_back(start + "escape", character(*dialect.escape));
    if (dialect.encoding) out.emplace_back(start + "encoding", csv::name(*dialect.encoding));
    if (dialect.no_header) out.emplace_back(start + "no_header", "true");
    if (dialect.skip != 0) out.emplace_back(start + "skip", std::to_string(dialect.skip));
}

/// Of an input, what was stated; its path stands among the manifest's inputs.
void add_input(Pairs& out, const std::string& start, const InputSpec& input) {
    if (!input.name.empty()) out.emplace_back(start + "name", input.name);
    if (!input.preset.empty()) out.emplace_back(start + "preset", input.preset);
    for (const auto& [column, headers] : input.columns)
        out.emplace_back(start + "columns." + column, joined(headers));
    for (const auto& [column, value] : input.constants) out.emplace_back(start + "set." + column, value);
    if (!input.unread.empty()) out.emplace_back(start + "unread", joined(input.unread));
    if (!input.dates.empty()) out.emplace_back(start + "dates", input.dates);
    for (const auto& [column, format] : input.dates_of) out.emplace_back(start + "dates." + column, format);
    for (const auto& [column, words] : input.values)
        for (const auto& [found, meaning] : words)
            out.emplace_back(start + "values." + column + "." + found, meaning);
    add_dialect(out, start, input.dialect);
    if (!input.time_zone.empty()) out.emplace_back(start + "time_zone", input.time_zone);
    if (input.region.known()) out.emplace_back(start + "region", input.region.text());
    if (input.max_age) out.emplace_back(start + "max_age", std::to_string(*input.max_age) + "s");
    if (input.max_age && input.age_from != AgeFrom::file_time)
        out.emplace_back(start + "age_from", input.age_from == AgeFrom::sidecar ? "sidecar" : "newest_event");
    if (input.allow_bad_rows != 0)
        out.emplace_back(start + "allow_bad_rows", std::to_string(input.allow_bad_rows));
    if (input.allow_empty) out.emplace_back(start + "allow_empty", "true");
    if (input.allow_shrink) out.emplace_back(start + "allow_shrink", "true");
}

} // namespace

std::vector<std::pair<std::string, std::string>> settings_in_force(const Job& job) {
    Pairs out;
    add_campaign(out, job.campaign);
    add_output(out, job);
    add_guards(out, job.guard);
    out.emplace_back("limits.phone_engine",
                     job.phone_engine == facts::PhoneEngine::table ? "table" : "library");
    for (const auto& role : roles())
        for (std::size_t number = 1; const auto* input : job.inputs_of(role.role))
            add_input(out, std::string(role.table) + "[" + std::to_string(number++) + "].", *input);
    return out;
}

} // namespace callscrub::app
