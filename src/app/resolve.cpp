#include "app/resolve.h"
#include "app/demands.h"
#include "app/inputs.h"
#include "app/part_reach.h"
#include "app/profile.h"
#include "app/setting.h"
#include "base/text.h"
#include <algorithm>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

Given given_of(const Typed& typed) {
    return {
        "--" + std::string(typed.option->name), typed.option->value.empty() ? "true" : typed.text, {}, {}};
}

Profile profile_for(const Arguments& arguments, const Surroundings& surroundings) {
    if (!option("profile", arguments.command)) return {};
    const auto* stated = arguments.find("profile");
    const std::string path = stated ? *stated : surroundings.profile;
    if (stated && path.empty())
        throw Failure(Exit::usage, "--profile is empty; expected the path of a TOML file");
    return path.empty() ? Profile{} : read_profile(path);
}

/// The flags that mean the same as a profile key.
void put_settings(const Arguments& arguments, Job& job) {
    for (const auto& typed : arguments.options) {
        const auto* key = setting(typed.option->key);
        if (!key) continue;
        const auto given = given_of(typed);
        if (key->kind == Kind::path && given.text.empty()) refuse(given, "a path");
        key->put(job, given);
    }
}

/// What a profile leaves to be filled in (entity = "") and a flag states. What it states wrongly stays wrong.
void drop_blanks(const Arguments& arguments, Profile& profile) {
    std::erase_if(profile.settings, [&](const Profile::Stated& stated) {
        const auto& [key, given] = stated;
        if (!given.text.empty() || !given.list.empty()) return false;
        const bool window = key->key == "campaign.call_from" || key->key == "campaign.call_until";
        return (window && arguments.has("as-of")) ||
               std::any_of(arguments.options.begin(), arguments.options.end(), [&](const Typed& typed) { return typed.option->key == key->key; });
    });
}

void put_window(const Arguments& arguments, Job& job) {
    const auto* day = arguments.find("as-of");
    if (!day) return;
    for (const auto* other : {"call-from", "call-until"})
        if (arguments.has(other))
            throw Failure(Exit::usage, "--as-of and --" + std::string(other) +
                                           " exclude each other; --as-of sets the first and the last day");
    job.campaign.call_from = read_day({"--as-of", *day, {}, {}}, false);
    job.campaign.call_until = {DaySpec::Kind::after, 0, 0};
}

void put_talk(const Arguments& arguments, Job& job) {
    job.talk.quiet = arguments.has("quiet");
    job.talk.verbose = arguments.has("verbose");
    job.talk.json = arguments.has("json");
    if (job.talk.quiet && job.talk.verbose)
        throw Failure(Exit::usage, "--quiet and --verbose exclude each other");
    for (const auto& typed : arguments.options)
        if (typed.option->name == "progress") {
            read_word(given_of(typed), typed.option->words);
            job.talk.progress = typed.text;
        }
}

std::uint64_t count_of(const Arguments& arguments, std::string_view name, std::uint64_t least,
                       std::uint64_t otherwise, std::uint64_t most = 1'000'000'000'000) {
    const auto* text = arguments.find(name);
    return text ? read_count({"--" + std::string(name), *text, {}, {}}, least, most) : otherwise;
}

std::string path_of(const Arguments& arguments, std::string_view name, const std::string& otherwise) {
    const auto* text = arguments.find(name);
    if (text && text->empty())
        throw Failure(Exit::usage, "--" + std::string(name) + " is empty; expected a path");
    return text ? *text : otherwise;
}

void put_run(const Arguments& arguments, Job& job) {
    job.index = path_of(arguments, "index", "");
    job.output.clean = path_of(arguments, "clean", "");
    job.output.rejected = path_of(arguments, "rejected", "");
    job.dry_run = arguments.has("dry-run");
    if (arguments.has("no-input-hashes")) job.hash_inputs = false;
    const bool files = !job.output.clean.empty() || !job.output.rejected.empty();
    if (files && arguments.has("out"))
        throw Failure(
            Exit::usage,
            "--out and --clean/--rejected exclude each other; --out DIR writes all files of the run");
    if (files) job.output.dir.clear(); // of the profile
}

void put_explain(const Arguments& arguments, Job& job) {
    if (!arguments.operands.empty()) job.explain.number = arguments.operands.front();
    if (const auto* person = arguments.find("person")) job.explain.person = *person;
    job.index = path_of(arguments, "index", "");
    job.explain.list = path_of(arguments, "list", "");
    job.explain.line = count_of(arguments, "line", 1, 0);
    job.explain.html = arguments.has("html");
}

void put_tidy(const Arguments& arguments, Job& job) {
    auto& tidy = job.tidy;
    tidy.path = arguments.operands.front();
    tidy.output = path_of(arguments, "output", "-");
    tidy.rejects = path_of(arguments, "rejects", "");
    for (const auto& typed : arguments.options) {
        const auto name = typed.option->name;
        if (name == "delimiter") tidy.dialect.delimiter = read_delimiter(given_of(typed));
        if (name == "quote") tidy.dialect.quote = read_quote(given_of(typed));
        if (name == "escape") tidy.dialect.escape = read_quote(given_of(typed));
        if (name == "encoding") tidy.dialect.encoding = read_encoding(given_of(typed));
        if (name == "no-header") tidy.dialect.no_header = true;
        if (name == "skip")
            tidy.dialect.skip = static_cast<unsigned>(read_count(given_of(typed), 0, 1'000'000));
    }
}

/// "3/8".
void put_part(const std::string& text, Job& job) {
    if (job.operands.empty()) return; // refused later
    const auto cut = text.find('/');
    const auto count = [&](const std::string& digits, std::uint64_t least, std::uint64_t most) {
        return static_cast<std::uint32_t>(read_count({"--part", digits, {}, {}}, least, most));
    };
    if (cut == std::string::npos)
        throw Failure(Exit::usage, "--part is '" + base::quoted(text) + "'; expected K/N, the number of the part and how many there are: 3/8");
    job.parts.count = count(text.substr(cut + 1), 1, most_parts);
    job.parts.part = count(text.substr(0, cut), 1, job.parts.count);
    job.parts.dir = job.operands.front();
}

void put_parts(const Arguments& arguments, Job& job) {
    job.parts.count = static_cast<std::uint32_t>(count_of(arguments, "parts", 1, 0, most_parts));
    job.parts.dir = path_of(arguments, "output", "");
    if (arguments.has("no-input-hashes")) job.hash_inputs = false;
}

/// rules and presets: the first operand says what to do.
void put_action(const CommandInfo& command, Job& job) {
    if (command.words.empty()) return;
    const Given given{"the action of '" + std::string(command.name) + "'", job.operands.front(), {}, {}};
    read_word(given, command.words);
    job.action = job.operands.front();
    job.operands.erase(job.operands.begin());
}

void put_command(const Arguments& arguments, Job& job) {
    switch (job.command) {
    case Command::run:
        if (const auto* part = arguments.find("part")) put_part(*part, job);
        else put_run(arguments, job);
        break;
    case Command::part:
        put_parts(arguments, job);
        break;
    case Command::merge:
        job.parts.dir = job.operands.front();
        job.dry_run = arguments.has("dry-run");
        break;
    case Command::explain:
        put_explain(arguments, job);
        break;
    case Command::tidy:
        put_tidy(arguments, job);
        break;
    case Command::diff:
        job.diff = arguments.has("csv") ? DiffFormat::csv
                   : job.talk.json      ? DiffFormat::json
                                        : DiffFormat::text;
        break;
    case Command::verify:
        job.ledger = job.output.ledger;
        break;
    case Command::index:
        job.index = path_of(arguments, "output", "");
        break;
    case Command::init:
        job.output.dir = path_of(arguments, "output", "-");
        break;
    default:
        break;
    }
}

/// The profile's files of facts in whose place flags name others.
std::vector<std::string> replaced(const Arguments& arguments, const Profile& profile, const Job& job) {
    std::vector<std::string> out;
    const auto read = [&](const std::string& path) { return std::any_of(job.inputs.begin(), job.inputs.end(), [&](const auto& input) { return input.path == path; }); };
    for (const auto& table : profile.inputs)
        if (table.spec.role != Role::list && arguments.has(name(table.spec.role)))
            std::copy_if(table.patterns.begin(), table.patterns.end(), std::back_inserter(out), [&](const auto& path) { return !read(path); });
    return out;
}

} // namespace

Job resolve(const Arguments& arguments, const Surroundings& surroundings) {
    Job job;
    job.command = arguments.command;
    job.operands = arguments.operands;
    demand_operands(arguments);
    const bool one_part = arguments.command == Command::run && arguments.has("part");
    Profile profile = one_part ? Profile{} : profile_for(arguments, surroundings);
    drop_blanks(arguments, profile);
    profile.apply(job);
    put_settings(arguments, job);
    put_window(arguments, job);
    put_talk(arguments, job);
    put_action(info(job.command), job);
    put_command(arguments, job);
    if (!one_part) job.inputs = inputs_for(arguments, profile);
    job.replaced = replaced(arguments, profile, job);
    if (arguments.has("policy"))
        for (const auto& one : job.policy.switches) job.kept_switches.push_back(one.name + " = " + one.value);
    demand(job, arguments);
    return job;
}

} // namespace callscrub::app
