#include "app/options.h"
#include "app/setting.h"

namespace callscrub::app {

namespace {

constexpr CommandSet run = only(Command::run), explain = only(Command::explain), check = only(Command::check),
                     tidy = only(Command::tidy), rules = only(Command::rules),
                     presets = only(Command::presets), init = only(Command::init), diff = only(Command::diff),
                     verify = only(Command::verify), index = only(Command::index),
                     part = only(Command::part), merge = only(Command::merge);
constexpr CommandSet none = only(Command::none), judging = run | explain | part;
constexpr CommandSet gathering = judging | check | index;
constexpr CommandSet all = gathering | tidy | rules | presets | init | diff | verify | merge;

// name, letter, value, words, key, group, commands, help, fallback, repeatable, hidden, completion
constexpr Option table[] = {
    // inputs
    {"consents", 0, "FILE", "", "", Group::inputs, gathering,
     "consent events: opt-ins, opt-outs, objections, requests", "", true, false, Completion::file},
    {"relations", 0, "FILE", "", "", Group::inputs, gathering, "contracts, purchases, donations", "", true,
     false, Completion::file},
    {"suppress", 0, "FILE", "", "", Group::inputs, gathering,
     "own do-not-call list: one number per line, or CSV", "", true, false, Completion::file},
    {"register", 0, "NAME=FILE", "", "", Group::inputs, gathering, "a national register export", "", true,
     false, Completion::file},
    {"calls", 0, "FILE", "", "", Group::inputs, gathering, "calls already made", "", true, false,
     Completion::file},
    {"index", 0, "FILE", "", "", Group::inputs, run | explain,
     "take the facts from this file, which `callscrub index` made of the same inputs", "", false, false, Completion::file},
    {"list", 0, "FILE", "", "", Group::inputs, explain, "explain a row of this call list instead of a number",
     "", false, false, Completion::file},
    {"line", 0, "N", "", "", Group::inputs, explain,
     "the line on which the row starts; the header is line 1"},
    {"person", 0, "ID", "", "", Group::inputs, explain, "the person_id that goes with the number"},

    {"parts", 0, "N", "", "", Group::inputs, part, "split into so many parts, 1 to 64"},
    {"part", 0, "K/N", "", "", Group::inputs, run,
     "scrub part K of the N parts in the directory that is the operand; all else was stated to `part`"},

    // campaign
    {"entity", 0, "NAME", "", "campaign.entity", Group::campaign, judging | index, ""},
    {"caller-type", 0, "TYPE", "commercial|charity|publisher|lottery", "campaign.caller_type",
     Group::campaign, judging | index, ""},
    {"purpose", 0, "WORD", "", "campaign.purpose", Group::campaign, judging | index, ""},
    {"product", 0, "NAME", "", "campaign.product", Group::campaign, judging | index, ""},
    {"similar", 0, "A,B", "", "campaign.similar", Group::campaign, judging | index, ""},
    {"dialing", 0, "HOW", "human|automatic", "campaign.dialing", Group::campaign, judging | index, ""},
    {"caller-id", 0, "HOW", "shown|withheld", "campaign.caller_id", Group::campaign, judging | index, ""},
    {"jurisdiction", 0, "CODE", "", "campaign.jurisdiction", Group::campaign, judging | index, ""},
    {"region", 0, "CODE", "", "campaign.region", Group::campaign, gathering, ""},
    {"call-from", 0, "DAY", "", "campaign.call_from", Group::campaign, judging, ""},
    {"call-until", 0, "DAY", "", "campaign.call_until", Group::campaign, judging, ""},
    {"as-of", 0, "DAY", "", "", Group::campaign, judging,
     "judge this one day: sets --call-from and --call-until"},

    // rules
    {"policy", 0, "NAME", "standard|strict", "policy.base", Group::rules, judging | index,
     "where the law is "
     "silent or disputed"},
    {"rules", 0, "DIR", "", "rules.dir", Group::rules, gathering | rules, "", "", false, true,
     Completion::directory},

    // output
    {"out", 'o', "DIR", "", "output.dir", Group::output, run | merge, "", "", false, false, Completion::directory},
    {"replace", 0, "", "", "output.replace", Group::output, run | merge, ""},
    {"clean", 0, "FILE", "", "", Group::output, run,
     "instead of --out, for one list: the cleaned list; - = standard output", "", false, false,
     Completion::file},
    {"rejected", 0, "FILE", "", "", Group::output, run, "the rejected rows of that list; - = standard output",
     "", false, false, Completion::file},
    {"annotate", 0, "", "", "output.annotate", Group::output, run | part, ""},
    {"renew-within", 0, "DURATION", "", "output.renew_within", Group::output, run | part, ""},
    {"ledger", 0, "FILE", "", "output.ledger", Group::output, run | merge | verify, "", "", false, false,
     Completion::file},
    {"no-input-hashes", 0, "", "", "", Group::output, run | part,
     "leave the SHA-256 of the inputs out of the manifest", "", false, true},
    {"dry-run", 'n', "", "", "", Group::output, run | merge, "everything but the outputs"},
    {"output", 'o', "DIR", "", "", Group::output, part, "the directory of the parts", "", false, false,
     Completion::directory},
    {"output", 'o', "FILE", "", "", Group::output, tidy | init, "write here", "standard output",
     false, false, Completion::file},
    {"output", 'o', "FILE", "", "", Group::output, index, "write the facts here", "", false, false, Completion::file},
    {"rejects", 0, "FILE", "", "", Group::output, tidy,
     "set damaged rows aside into this CSV: line,byte,reason,raw", "", false, false, Completion::file},
    {"html", 0, "", "", "", Group::output, explain, "the answer as a page of HTML on standard output"},
    {"csv", 0, "", "", "", Group::output, diff, "one CSV row for each change"},
    {"lang", 0, "LANG", "", "output.lang", Group::output, judging, ""},

    // dialect
    {"delimiter", 0, "CHAR", "", "", Group::dialect, tidy, "what separates cells: , ; | or tab", "found out"},
    {"quote", 0, "CHAR", "", "", Group::dialect, tidy, "the quote character, or none", "\""},
    {"escape", 0, "CHAR", "", "", Group::dialect, tidy,
     "the character that takes the meaning from the next one", "a doubled quote"},
    {"encoding", 0, "NAME", "", "", Group::dialect, tidy,
     "utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1 or iso-8859-15", "found out"},
    {"no-header", 0, "", "", "", Group::dialect, tidy, "the first row is data"},
    {"skip", 0, "N", "", "", Group::dialect, tidy, "lines to pass over before the header", "0"},

    // limits
    {"threads", 0, "N", "", "limits.threads", Group::limits, gathering, ""},
    {"memory", 0, "SIZE", "", "limits.memory", Group::limits, gathering, ""},
    {"block", 0, "SIZE", "", "limits.block", Group::limits, gathering, "", "", false, true},
    {"wait-lock", 0, "DURATION", "", "limits.wait_lock", Group::limits, run | part | merge | index, "", "", false, true},
    {"phone-engine", 0, "NAME", "table|library", "limits.phone_engine", Group::limits, gathering, "", "",
     false, true},

    // general
    {"profile", 'p', "FILE", "", "", Group::general, gathering | rules | verify | none,
     "settings from this TOML file, see callscrub-profile(5); flags beat it", "$CALLSCRUB_PROFILE", false,
     false, Completion::file},
    {"json", 0, "", "", "", Group::general, (all & ~(init | index | part)) | none,
     "the result for machines, on standard output"},
    {"quiet", 'q', "", "", "", Group::general, all | none, "only warnings and errors on standard error"},
    {"verbose", 'v', "", "", "", Group::general, all | none, "say more on standard error"},
    {"log", 0, "FILE", "", "log.file", Group::general, all | none, "", "", false, true, Completion::file},
    {"log-format", 0, "FORM", "text|json", "log.format", Group::general, all | none, "", "", false, true},
    {"progress", 0, "WHEN", "auto|always|never", "", Group::general, gathering | merge,
     "one line about the work under way, on standard error; auto = if that is a terminal", "auto", false,
     true},
    {"help", 'h', "", "", "", Group::general, all | none, "this help"},
    {"version", 'V', "", "", "", Group::general, all | none, "versions of program, rules and numbers"},
    {"generate", 0, "WHAT", "", "", Group::general, none,
     "print a man page (man, man:run, man:profile.5) or completions (bash, zsh, fish)", "", false, true},
};

} // namespace

std::span<const Option> options() { return table; }

bool belongs(const Option& option, Command command) { return (option.commands & only(command)) != 0; }

const Option* option(std::string_view name, Command command) {
    for (const auto& one : table)
        if (one.name == name && belongs(one, command)) return &one;
    return nullptr;
}

std::string_view meaning(const Option& option) {
    const auto* key = setting(option.key);
    return option.help.empty() && key ? key->help : option.help;
}

std::string_view fallback(const Option& option) {
    const auto* key = setting(option.key);
    return option.fallback.empty() && key && !option.value.empty() ? key->fallback : option.fallback;
}

std::string_view heading(Group group) {
    switch (group) {
    case Group::inputs:
        return "Inputs";
    case Group::campaign:
        return "Campaign";
    case Group::rules:
        return "Rules";
    case Group::output:
        return "Output";
    case Group::dialect:
        return "How the file is written";
    case Group::limits:
        return "Resources";
    case Group::general:
        return "General";
    }
    return "";
}

} // namespace callscrub::app
