/// The one table of commands and options. It feeds the parser (parse.cpp), --help, man pages and completions.
#pragma once
#include "app/job.h"
#include <optional>
#include <span>
#include <string_view>

namespace callscrub::app {

/// Headings in --help and man pages, in this order.
enum class Group : std::uint8_t { inputs, campaign, rules, output, dialect, limits, general };
std::string_view heading(Group group);

/// What a shell may offer for a value.
enum class Completion : std::uint8_t { none, file, directory };

using CommandSet = std::uint32_t;
constexpr CommandSet only(Command command) { return CommandSet{1} << static_cast<unsigned>(command); }

struct Option {
    std::string_view name;  ///< without dashes
    char letter;            ///< short form; '\0' = none
    std::string_view value; ///< name of its value in help; "" = a switch
    std::string_view words; ///< the only allowed values, '|'-separated; "" = free
    std::string_view key;   ///< profile key of the same meaning (settings.h); "" = none
    Group group;
    CommandSet commands;
    std::string_view help;          ///< one sentence without a full stop; "" = that of the profile key
    std::string_view fallback = ""; ///< default, as text; "" = that of the profile key
    bool repeatable = false;
    bool hidden = false; ///< in man pages and completions only
    Completion completion = Completion::none;
};

struct Example {
    std::string_view line; ///< what to type
    std::string_view says;
};

struct CommandInfo {
    Command command;
    std::string_view name;
    std::string_view operands; ///< as shown: "[LIST…]"
    std::size_t least, most;   ///< how many operands
    std::string_view words;    ///< allowed first operands (actions), '|'-separated; "" = none
    std::string_view says;     ///< one line
    std::string_view more;     ///< paragraphs for the man page, separated by an empty line
    std::span<const Example> examples;
    Completion completion; ///< of the operands
};

std::span<const Option> options();
std::span<const CommandInfo> commands();
const CommandInfo& info(Command command);
/// Nothing for an unknown name.
std::optional<Command> command_of(std::string_view name);
bool belongs(const Option& option, Command command);
/// Null if there is none of that name for the command.
const Option* option(std::string_view name, Command command);
/// Its own help and default, or those of its profile key.
std::string_view meaning(const Option& option);
std::string_view fallback(const Option& option);

/// "-o, --out DIR", with four blanks for a missing letter.
std::string spelled(const Option& option);
/// Meaning, allowed words and default: "what reads numbers … (table, library; default: table)".
std::string described(const Option& option);

/// Texts made from the table. `width`: columns of the terminal.
std::string help_text(Command command, std::size_t width);
/// For `callscrub` alone: three examples.
std::string short_text();
/// "callscrub.1", "callscrub-run.1", "callscrub-profile.5" …: all pages of the manual.
std::vector<std::string> man_pages();
/// One page as roff: by its full name, or short: "" = callscrub.1, "run", "profile". Failure(usage) for
/// another name.
std::string man_page(std::string_view name);
/// `shell`: bash, zsh, fish.
std::string completions(std::string_view shell);

} // namespace callscrub::app
