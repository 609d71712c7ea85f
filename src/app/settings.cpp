#include "app/setting.h"
#include <limits>

namespace callscrub::app {

namespace {

constexpr std::uint64_t any_count = std::numeric_limits<std::uint64_t>::max();
constexpr std::string_view caller_types = "commercial|charity|publisher|lottery";
constexpr std::string_view purposes = "sales|winback|fundraising|service";
constexpr std::string_view languages = "en|de|nl";

void put_purpose(Job& job, const Given& given) {
    job.campaign.purpose_word = read_text(given);
    job.campaign.purpose = facts::Purpose::other;
    for (std::size_t i = 0; const auto word : {"sales", "winback", "fundraising", "service"}) {
        if (given.text == word) job.campaign.purpose = static_cast<facts::Purpose>(i);
        ++i;
    }
}

void put_jurisdiction(Job& job, const Given& given) {
    if (given.text == "auto") {
        job.campaign.jurisdiction = "auto";
        return;
    }
    const auto region = facts::make_region(given.text);
    if (!region.known()) refuse(given, "auto or a country code of two letters (see `callscrub rules list`)");
    job.campaign.jurisdiction = region.text();
}

void put_lang(Job& job, const Given& given) {
    job.output.lang.clear();
    for (const auto& word : read_list(given)) {
        read_word({given.name, word, {}, given.place}, languages);
        for (const auto& earlier : job.output.lang)
            if (earlier == word) refuse(given, "each language once");
        job.output.lang.push_back(word);
    }
}

const Setting table[] = {
    {"campaign.entity", Kind::text, "", "", "the legal entity on whose behalf the call is made",
     [](Job& job, const Given& g) { job.campaign.entity = read_text(g); }},
    {"campaign.caller_type", Kind::word, caller_types, "commercial",
     "what the caller is in the eyes of the law; what makes one a publisher or a lottery, the notes of the "
     "law's page say",
     [](Job& job, const Given& g) {
         job.campaign.caller_type = static_cast<facts::CallerType>(read_word(g, caller_types));
     }},
    {"campaign.purpose", Kind::text, purposes, "sales",
     "what the call is for; fundraising = a charity's own purposes, service = no advertising, "
     "any other word counts as advertising",
     put_purpose},
    {"campaign.product", Kind::text, "", "",
     "the product offered; a product column in the list overrides it for its row",
     [](Job& job, const Given& g) { job.campaign.product = read_text(g); }},
    {"campaign.similar", Kind::list, "", "",
     "product groups that count as the campaign's own similar products",
     [](Job& job, const Given& g) { job.campaign.similar = read_list(g); }},
    {"campaign.dialing", Kind::word, "human|automatic", "human", "who dials and speaks: people, or a machine",
     [](Job& job, const Given& g) {
         job.campaign.dialing = static_cast<facts::Dialing>(read_word(g, "human|automatic"));
     }},
    {"campaign.caller_id", Kind::word, "shown|withheld", "shown", "whether the called person sees a number",
     [](Job& job, const Given& g) { job.campaign.caller_id_shown = read_word(g, "shown|withheld") == 0; }},
    {"campaign.jurisdiction", Kind::text, "", "auto",
     "the law that judges: a country code, or auto = the row's country column, else the number's country",
     put_jurisdiction},
    {"campaign.region", Kind::text, "", "", "the country of numbers written without a country code",
     [](Job& job, const Given& g) { job.campaign.region = read_region(g); }},
    {"campaign.call_from", Kind::day, "", "today",
     "first day of the calling window, in the jurisdiction's time zone",
     [](Job& job, const Given& g) { job.campaign.call_from = read_day(g, false); }},
    {"campaign.call_until", Kind::day, "", "call_from",
     "last day of the calling window; +14d = 14 days after the first",
     [](Job& job, const Given& g) { job.campaign.call_until = read_day(g, true); }},

    {"policy.base", Kind::word, "standard|strict", "standard",
     "where the law is silent or disputed; every other key of this table is a switch by its name",
     [](Job& job, const Given& g) {
         job.policy.base = read_word(g, "standard|strict") == 0 ? "standard" : "strict";
     }},

    {"output.dir", Kind::path, "", "", "the directory of the run's files; it appears complete or not at all",
     [](Job& job, const Given& g) { job.output.dir = g.text; }},
    {"output.replace", Kind::boolean, "", "false", "an earlier run's directory may be replaced",
     [](Job& job, const Given& g) { job.output.replace = read_switch(g); }},
    {"output.annotate", Kind::boolean, "", "false",
     "append scrub_phone, scrub_basis and scrub_callable_until to the cleaned list",
     [](Job& job, const Given& g) { job.output.annotate = read_switch(g); }},
    {"output.lang", Kind::list, languages, "en",
     "languages of texts: all of them stand in CSV files, the first one speaks in the report", put_lang},
    {"output.renew_within", Kind::duration, "", "",
     "write <stem>.renew.csv: numbers whose permission lapses within this time",
     [](Job& job, const Given& g) { job.output.renew_within = read_whole_days(g); }},
    {"output.ledger", Kind::path, "", "",
     "append-only file outside of the directory: one chained line for each run",
     [](Job& job, const Given& g) { job.output.ledger = g.text; }},
    {"output.hash_inputs", Kind::boolean, "", "true", "put the SHA-256 of every input into the manifest",
     [](Job& job, const Given& g) { job.hash_inputs = read_switch(g); }},

    {"guard.max_reject_rate", Kind::share, "", "", "stop if a larger share of the rows is rejected",
     [](Job& job, const Given& g) { job.guard.max_reject_rate = read_share(g); }},
    {"guard.min_match_rate", Kind::share, "", "", "stop if fewer rows match any fact at all",
     [](Job& job, const Given& g) { job.guard.min_match_rate = read_share(g); }},
    {"guard.min_rows", Kind::count, "", "", "stop if the lists together have fewer rows",
     [](Job& job, const Given& g) { job.guard.min_rows = read_count(g, 0, any_count); }},
    {"guard.max_rows_drop", Kind::share, "", "",
     "stop if the lists together lost a larger share of their rows since the run that is replaced",
     [](Job& job, const Given& g) { job.guard.max_rows_drop = read_share(g); }},
    {"guard.max_clean_rise", Kind::share, "", "",
     "stop if more rows are clean than in the run that is replaced, by a larger share of those",
     [](Job& job, const Given& g) { job.guard.max_clean_rise = read_share(g); }},

    {"limits.threads", Kind::count, "", "one for each core", "threads to work with",
     [](Job& job, const Given& g) {
         job.limits.threads = static_cast<std::uint32_t>(read_count(g, 1, 1024));
     }},
    {"limits.memory", Kind::size, "", "",
     "memory for the facts; what does not fit is worked off in parts on disk",
     [](Job& job, const Given& g) { job.limits.memory = read_size(g); }},
    {"limits.block", Kind::size, "", "512KiB", "how much of a file a thread takes at a time; outputs are the same for every value",
     [](Job& job, const Given& g) { job.limits.block = read_size(g); }},
    {"limits.wait_lock", Kind::duration, "", "0s", "how long to wait for another run on the same output",
     [](Job& job, const Given& g) { job.wait_lock = read_duration(g); }},
    {"limits.phone_engine", Kind::word, "table|library", "table",
     "what reads numbers: own tables, or libphonenumber",
     [](Job& job, const Given& g) {
         job.phone_engine = static_cast<facts::PhoneEngine>(read_word(g, "table|library"));
     }},

    {"rules.dir", Kind::path, "", "", "rule packs of this folder instead of the built-in ones",
     [](Job& job, const Given& g) { job.rules_dir = g.text; }},

    {"log.file", Kind::path, "", "", "keep a log in this file; it is rotated at 16 MiB, five files are kept",
     [](Job& job, const Given& g) { job.talk.log = g.text; }},
    {"log.format", Kind::word, "text|json", "text", "form of the log file: lines of text, or of JSON",
     [](Job& job, const Given& g) { job.talk.log_json = read_word(g, "text|json") == 1; }},
};

} // namespace

std::span<const Setting> settings() { return table; }

const Setting* setting(std::string_view key) {
    for (const auto& one : table)
        if (one.key == key) return &one;
    return nullptr;
}

std::string_view says(Kind kind) {
    switch (kind) {
    case Kind::text:
        return "text";
    case Kind::word:
        return "word";
    case Kind::list:
        return "list of texts, or one text with commas";
    case Kind::names:
        return "text or list of texts";
    case Kind::path:
        return "path";
    case Kind::boolean:
        return "true or false";
    case Kind::count:
        return "whole number";
    case Kind::share:
        return "share: 0.25 or \"25%\"";
    case Kind::day:
        return "date, \"today\" or \"+14d\"";
    case Kind::duration:
        return "duration: \"36h\", \"60d\"";
    case Kind::size:
        return "size: \"2GiB\"";
    case Kind::table:
        return "table: column = text";
    case Kind::name_table:
        return "table: column = text or list of texts";
    case Kind::word_tables:
        return "tables: column.word = our word";
    }
    return "";
}

} // namespace callscrub::app
