#include "app/options.h"

namespace callscrub::app {

namespace {

constexpr std::size_t many = 1'000'000;

constexpr Example none_examples[] = {
    {"callscrub init calls.csv consents.csv > job.toml", "look at two exports and write a profile"},
    {"callscrub run --profile job.toml --out scrubbed", "scrub the lists of the profile"},
    {"callscrub explain '+31 6 12345678' --profile job.toml",
     "may this number be called, and what proves it?"},
};
constexpr Example run_examples[] = {
    {"callscrub run leads.csv --consents consents.csv --entity 'Energy Ltd' --out scrubbed",
     "one list, one export"},
    {"callscrub run --profile nightly.toml --call-until +14d --replace",
     "the nightly job, for two weeks of calls"},
    {"zcat leads.csv.gz | callscrub run - --profile nightly.toml --clean - > clean.csv", "in a pipe"},
    {"callscrub run late.csv --profile nightly.toml --index facts.idx --out late", "one more list, from facts that index has gathered"},
    {"callscrub run --part 3/8 parts", "one part of a job that was split with part, on any machine that sees the directory"},
};
constexpr Example part_examples[] = {
    {"callscrub part --parts 8 -o parts --profile nightly.toml", "split the job of a profile into eight parts"},
    {"callscrub part --parts 64 -o parts leads.csv --consents all.csv.gz --entity 'Energy Ltd' --memory 1GiB",
     "more room for the table of who asks for whom"},
};
constexpr Example merge_examples[] = {
    {"callscrub merge parts --out scrubbed", "one result of all parts"},
    {"callscrub merge parts --out scrubbed --replace --ledger ledger.jsonl", "instead of yesterday's"},
};
constexpr Example explain_examples[] = {
    {"callscrub explain '+31 6 12345678' --profile nightly.toml", "the decision for today"},
    {"callscrub explain 030-23125000 --profile nightly.toml --as-of 2026-07-01", "for another day"},
    {"callscrub explain --list leads.csv --line 17 --profile nightly.toml",
     "why the row on line 17 was rejected"},
    {"callscrub explain +31612345678 --profile nightly.toml --index facts.idx", "at once, from facts that index has gathered"},
};
constexpr Example check_examples[] = {
    {"callscrub check leads.csv consents.csv", "what would be understood of these files"},
    {"callscrub check --profile nightly.toml --json", "all inputs of a profile, for a script"},
};
constexpr Example tidy_examples[] = {
    {"callscrub tidy export.csv -o plain.csv --rejects damaged.csv", "plain CSV; damaged rows set aside"},
    {"callscrub tidy - --delimiter ';' --encoding windows-1252 < export.csv", "in a pipe, dialect stated"},
};
constexpr Example rules_examples[] = {
    {"callscrub rules list", "the rule packs and their dates"},
    {"callscrub rules show NL", "one law with every condition and citation"},
    {"callscrub rules test cases/*.toml", "run own cases against the rules"},
};
constexpr Example presets_examples[] = {
    {"callscrub presets list", "the export formats that are known"},
    {"callscrub presets show salesforce-cptc", "which column becomes what"},
};
constexpr Example init_examples[] = {
    {"callscrub init calls.csv consents.csv > job.toml", "a commented profile from sample files"},
};
constexpr Example diff_examples[] = {
    {"callscrub diff runs/monday runs/tuesday", "who left the clean list, who joined it, and why"},
    {"callscrub diff runs/monday runs/tuesday --csv > changes.csv", "one row for each change"},
};
constexpr Example verify_examples[] = {
    {"callscrub verify scrubbed", "recheck the files of a run"},
    {"callscrub verify scrubbed --ledger ledger.jsonl", "and that the ledger has it"},
};
constexpr Example index_examples[] = {
    {"callscrub index --profile nightly.toml -o facts.idx", "gather once, explain many times"},
};

const CommandInfo table[] = {
    {Command::none, "", "COMMAND", 0, 0, "",
     "decide which numbers of a call list may be telephoned, and prove it",
     "callscrub answers one question for every row of a call list: may this person be telephoned for this "
     "campaign on "
     "every day of the calling window, and what proves it? It reads the list, the consents, the customer "
     "relationships "
     "and the suppression files, applies the law of the country, and writes the rows that may be called, the "
     "rows that "
     "may not with the reason and the article, and the evidence. Default deny: no proven basis, no call.",
     none_examples, Completion::none},
    {Command::run, "run", "[LIST…]", 0, many, "",
     "scrub call lists: clean rows, rejected rows, evidence, report",
     "Every setting can stand in a profile, see callscrub-profile(5); a flag beats it. Lists, and input "
     "files of a kind, "
     "given on the command line replace those of the profile, but keep its mapping.\n\n"
     "Clean rows are written byte for byte as they stood. For every exit code but 0 nothing is published and "
     "earlier "
     "outputs stay as they are.\n\n"
     "With --part K/N the one operand is the directory that part has made; all settings are those of the split. A part "
     "that is done is not done again.",
     run_examples, Completion::file},
    {Command::explain, "explain", "[NUMBER]", 0, 1, "", "the decision for one number, step by step",
     "Tells every record about the number, every check with its article, and the days on which it may be "
     "called. "
     "It is the same engine as run. The exit code is 0 if the number may be called and 1 if not.",
     explain_examples, Completion::none},
    {Command::check, "check", "[FILE…]", 0, many, "",
     "what would be understood of the inputs; writes nothing",
     "Reads inputs as run would and says what was understood: encoding, delimiter, columns, date formats, "
     "words, and "
     "the first problems with their places. The exit code is 1 if there are problems.",
     check_examples, Completion::file},
    {Command::tidy, "tidy", "FILE", 1, 1, "", "rewrite a messy CSV as plain CSV",
     "The result is UTF-8 with commas, LF and quotes as in RFC 4180. Damaged rows are never shifted or "
     "padded: they are "
     "set aside, and the exit code is 1 if there were any. Blank lines are dropped and counted.",
     tidy_examples, Completion::file},
    {Command::rules, "rules", "list | show ID | test CASES…", 1, many, "list|show|test",
     "the rule packs with dates, sources and citations; run case files",
     "list names the packs, show prints one law as a page that can be checked against its sources, test runs "
     "case "
     "files and prints one line for each failing case; its exit code is then 1.",
     rules_examples, Completion::file},
    {Command::presets, "presets", "list | show NAME", 1, 2, "list|show",
     "the column mappings for known export formats",
     "A preset says which column of a known export holds what, and what its words mean. Name it in the "
     "profile: "
     "preset = \"NAME\". Own preset files are named by their path.",
     presets_examples, Completion::none},
    {Command::init, "init", "FILE…", 1, many, "", "look at sample files and write a commented profile",
     "Tells from the header what each file is and writes a profile in which every guess is explained. Read "
     "it before "
     "you run it.",
     init_examples, Completion::file},
    {Command::diff, "diff", "RUN_A RUN_B", 2, 2, "", "who left the clean list, who joined it, and why",
     "Compares the directories of two runs. The exit code is 1 if they differ.", diff_examples,
     Completion::directory},
    {Command::verify, "verify", "RUN_DIR", 1, 1, "", "recheck hashes and balances of a finished run",
     "Reads every file of the run again. Each mismatch is one line; the exit code is then 1.",
     verify_examples, Completion::directory},
    {Command::part, "part", "[LIST…]", 0, many, "", "split a job into parts that can be scrubbed on several machines",
     "Takes the lists, inputs and settings of run and writes a directory with the records that each part needs and one "
     "plan.json. Nothing is judged yet. Numbers, persons, requests and contracts are followed, so that every part has all "
     "facts about its rows. It appears complete or not at all; the same split is not done twice.\n\n"
     "Then `callscrub run --part K/N DIR` for each part, at once and anywhere, and `callscrub merge DIR`.",
     part_examples, Completion::file},
    {Command::merge, "merge", "DIR", 1, 1, "", "one result from all parts of a scrub",
     "Puts the rows of all parts back in the order of the lists and publishes what one run would have published, byte for "
     "byte but for the timings in summary.json. Refuses parts that are missing, there twice, damaged, or made with other "
     "inputs, settings, rules or another version. Bad rows, ages and guards are judged here.",
     merge_examples, Completion::directory},
    {Command::index, "index", "", 0, 0, "", "write the gathered facts as a file that run and explain can use",
     "Reads consents, relations, suppression files, registers and calls as run would and writes what it knows into one file. "
     "`run --index FILE` and `explain --index FILE` then map that file instead of reading the inputs, and what they answer "
     "is the same.\n\n"
     "The file is refused (exit code 3) once the program, the rules, the settings of the campaign or of an input, or an input "
     "itself is another than it was: an input with another size, time or inode is read again, and its SHA-256 decides. Lists, "
     "days, outputs and guards may differ. Facts that are damaged are found before they are used.",
     index_examples, Completion::none},
};

} // namespace

std::span<const CommandInfo> commands() { return table; }

const CommandInfo& info(Command command) {
    for (const auto& one : table)
        if (one.command == command) return one;
    return table[0];
}

std::optional<Command> command_of(std::string_view name) {
    for (const auto& one : table)
        if (one.name == name && one.command != Command::none) return one.command;
    return std::nullopt;
}

} // namespace callscrub::app
