#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/man_files.h"
#include "app/options.h"
#include "app/roff.h"
#include "app/setting.h"
#include "app/version.h"
#include "base/failure.h"
#include "base/text.h"

namespace callscrub::app {

namespace {

std::string page_of(const CommandInfo& command) {
    return command.command == Command::none ? "callscrub.1" : "callscrub-" + std::string(command.name) + ".1";
}

constexpr std::string_view profile_page = "callscrub-profile.5";

/// Pages of files, in section 5 with commands of the same name in section 1.
struct FilePage {
    std::string_view name;
    std::string (*text)();
};
std::string profile_text();
constexpr FilePage file_pages[] = {
    {profile_page, profile_text}, {"callscrub-rules.5", rules_page}, {"callscrub-formats.5", formats_page}};

void add_examples(Roff& roff, std::span<const Example> examples) {
    roff.section("Examples");
    for (const auto& example : examples) roff.item(roff_code(example.line), roff_text(example.says));
}

std::string flag_roff(const Option& option) {
    std::string out;
    if (option.letter) out += roff_strong(std::string("-") + option.letter) + ", ";
    out += roff_strong("--" + std::string(option.name));
    return option.value.empty() ? out : out + " " + roff_emphasis(option.value);
}

void add_options(Roff& roff, Command command) {
    roff.section("Options");
    for (unsigned group = 0; group <= static_cast<unsigned>(Group::general); ++group) {
        bool first = true;
        for (const auto& one : options()) {
            if (static_cast<unsigned>(one.group) != group || !belongs(one, command)) continue;
            if (first) roff.subsection(heading(one.group));
            first = false;
            std::string text = described(one) + ".";
            if (!one.key.empty()) text += " In the profile: " + std::string(one.key) + ".";
            roff.item(flag_roff(one), roff_text(text));
        }
    }
}

void add_end(Roff& roff, std::string_view own) {
    roff.section("Exit status");
    for (const auto& exit : exit_texts) roff.item(roff_strong(exit.code), roff_text(exit.says));
    roff.section("Environment");
    roff.item(roff_strong("CALLSCRUB_PROFILE"), roff_text("the profile, if --profile is not given."));
    roff.item(roff_strong("NO_COLOR"),
              roff_text("set to anything: no colours. They are only used on terminals anyway."));
    roff.section("See also");
    std::string pages;
    for (const auto& page : man_pages()) {
        if (page == own) continue;
        const auto dot = page.find('.');
        pages +=
            (pages.empty() ? "" : ", ") + roff_strong(page.substr(0, dot)) + "(" + page.substr(dot + 1) + ")";
    }
    roff.paragraph(pages);
}

std::string command_page(const CommandInfo& command) {
    const std::string page = page_of(command);
    Roff roff(page.substr(0, page.find('.')), "1");
    roff.section("Name");
    roff.paragraph(roff_text(page.substr(0, page.find('.'))) + " \\- " + roff_text(command.says));
    roff.section("Synopsis");
    std::string call =
        roff_strong("callscrub" + (command.name.empty() ? "" : " " + std::string(command.name)));
    if (!command.operands.empty()) call += " " + roff_emphasis(command.operands);
    roff.paragraph(call + " [" + roff_emphasis("options") + "]");
    roff.section("Description");
    for (std::string_view rest = command.more; !rest.empty();) {
        const auto cut = std::min(rest.find("\n\n"), rest.size());
        roff.paragraph(roff_text(rest.substr(0, cut)));
        rest.remove_prefix(std::min(cut + 2, rest.size()));
    }
    if (command.command == Command::none) {
        roff.section("Commands");
        for (const auto& one : commands())
            if (runner(one.command))
                roff.item(roff_strong(one.name) + " " + roff_emphasis(one.operands),
                          roff_text(one.says) + ".");
    }
    add_examples(roff, command.examples);
    add_options(roff, command.command);
    add_end(roff, page);
    return roff.text();
}

std::string key_text(std::string_view help, Kind kind, std::string_view words, std::string_view usual) {
    std::string out = std::string(says(kind)) + ": " + std::string(help);
    std::string more;
    for (const auto word : base::split(words, '|')) more += (more.empty() ? "" : ", ") + std::string(word);
    if (!usual.empty()) more += (more.empty() ? "default: " : "; default: ") + std::string(usual);
    return out + (more.empty() ? "" : " (" + more + ")") + ".";
}

void add_keys(Roff& roff) {
    std::string_view section;
    for (const auto& one : settings()) {
        if (one.section() != section) roff.subsection("[" + std::string(one.section()) + "]");
        section = one.section();
        roff.item(roff_strong(one.leaf()), roff_text(key_text(one.help, one.kind, one.words, one.fallback)));
    }
}

void add_inputs(Roff& roff) {
    roff.section("Inputs");
    roff.paragraph(roff_text("Each input is a table of its own; a kind may stand several times."));
    for (const auto& role : roles()) {
        std::string columns;
        for (const auto column : canonical_columns(role.role))
            columns += (columns.empty() ? "" : ", ") + std::string(column);
        roff.item(roff_strong("[[" + std::string(role.table) + "]]"),
                  roff_text(std::string(role.says) + ". Columns: " + columns + "."));
    }
    roff.subsection("Keys of an input");
    for (const auto& one : input_settings())
        roff.item(roff_strong(one.key),
                  roff_text(key_text(one.help, one.kind, one.words, one.fallback) +
                            (one.registers_only ? " Only for [[register]], and needed there." : "")));
}

constexpr std::string_view sample_profile = R"([campaign]
entity = "Energy Ltd"
product = "energy"
call_until = "+14d"

[output]
dir = "runs/nightly"
replace = true

[[list]]
path = "lists/*.csv"

[[consents]]
path = "consents.csv"
dates = "dd.mm.yyyy"
max_age = "36h"
columns.phone = ["Telefon", "Mobil"]
values.status = { "Ja" = "opt_in", "Nein" = "opt_out" }
)";

std::string profile_text() {
    Roff roff("callscrub-profile", "5");
    roff.section("Name");
    roff.paragraph(roff_text("callscrub-profile") + " \\- " +
                   roff_text("settings of a scrubbing job in a TOML file"));
    roff.section("Description");
    roff.paragraph(roff_text("A profile states what a job needs, so that it runs the same every night: "
                             "callscrub run --profile FILE. It is the profile of --profile, else that of "
                             "$CALLSCRUB_PROFILE. A flag beats the profile."));
    roff.paragraph(
        roff_text("Relative paths are relative to the profile's own folder. Unknown keys and wrong types "
                  "end the program with exit code 2 and their place."));
    roff.paragraph(
        roff_text("Files of a kind that are given by flags replace those of the profile. Such a file is read "
                  "by the table that "
                  "names it, else by the only table of its kind, or by several that agree in everything but "
                  "the path; where they "
                  "differ it is refused. A table without a path states a mapping for files given by flags."));
    roff.section("Example");
    roff.block(sample_profile);
    roff.section("Keys");
    add_keys(roff);
    add_inputs(roff);
    add_end(roff, profile_page);
    return roff.text();
}

} // namespace

std::vector<std::string> man_pages() {
    std::vector<std::string> out;
    for (const auto& one : commands())
        if (one.command == Command::none || runner(one.command)) out.push_back(page_of(one));
    for (const auto& page : file_pages) out.emplace_back(page.name);
    return out;
}

std::string man_page(std::string_view name) {
    // A command comes before a file of the same name.
    for (const auto& one : commands()) {
        const auto page = page_of(one);
        if (one.command != Command::none && !runner(one.command)) continue;
        if (name == one.name || name == page || name == page.substr(0, page.size() - 2))
            return command_page(one);
    }
    const std::string start = "callscrub-";
    for (const auto& page : file_pages) {
        const auto bare = page.name.substr(0, page.name.size() - 2);
        if (name == page.name || name == bare || start + std::string(name) == page.name || start + std::string(name) == bare)
            return page.text();
    }
    const auto pages = man_pages();
    const std::vector<std::string_view> known(pages.begin(), pages.end());
    throw base::Failure(base::Exit::usage, "there is no man page '" + base::quoted(name) + "'" +
                                               base::did_you_mean(name, known) +
                                               "; `callscrub --generate man:names` lists them");
}

} // namespace callscrub::app
