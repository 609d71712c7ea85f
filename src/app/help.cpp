#include "app/commands.h"
#include "app/options.h"
#include "base/text.h"
#include <algorithm>

namespace callscrub::app {

namespace {

constexpr Group groups[] = {Group::inputs,  Group::campaign, Group::rules,  Group::output,
                            Group::dialect, Group::limits,   Group::general};

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t size = display_width(text);
    return size < width ? text + std::string(width - size, ' ') : text;
}

std::string examples_text(std::span<const Example> examples, std::size_t width) {
    std::string out;
    for (const auto& example : examples)
        out += "  " + std::string(example.line) + "\n      " + wrapped(example.says, width, 6) + "\n";
    return out;
}

std::string options_text(Command command, Group group, std::size_t width) {
    const std::size_t column = width < 64 ? 8 : 28;
    std::string out;
    for (const auto& one : options()) {
        if (one.group != group || one.hidden || !belongs(one, command)) continue;
        const std::string flag = "  " + spelled(one);
        const bool narrow = display_width(flag) + 2 > column;
        out += padded(flag, column) + (narrow ? "\n" + std::string(column, ' ') : "") +
               wrapped(described(one), width, column) + "\n";
    }
    return out;
}

std::string commands_text(std::size_t width) {
    std::string out;
    for (const auto& one : commands())
        if (runner(one.command))
            out += "  " + padded(std::string(one.name), 10) + wrapped(one.says, width, 12) + "\n";
    return out;
}

} // namespace

std::string spelled(const Option& option) {
    std::string out = option.letter ? std::string("-") + option.letter + ", " : "    ";
    out += "--" + std::string(option.name);
    return option.value.empty() ? out : out + " " + std::string(option.value);
}

std::string described(const Option& option) {
    std::string out(meaning(option));
    std::string more;
    for (const auto word : base::split(option.words, '|'))
        more += (more.empty() ? "" : ", ") + std::string(word);
    if (option.repeatable) more += (more.empty() ? "" : "; ") + std::string("may be repeated");
    const auto usual = fallback(option);
    if (!usual.empty()) more += (more.empty() ? "" : "; ") + std::string("default: ") + std::string(usual);
    return more.empty() ? out : out + " (" + more + ")";
}

std::string help_text(Command command, std::size_t terminal_width) {
    const std::size_t width = std::clamp<std::size_t>(terminal_width, 40, 100);
    const auto& about = info(command);
    const std::string name = command == Command::none ? "callscrub" : "callscrub " + std::string(about.name);
    std::string out = wrapped(name + ": " + std::string(about.says), width) + "\n\nExamples:\n";
    out += examples_text(about.examples, width);
    out += "\nUsage: " + name + (about.operands.empty() ? "" : " " + std::string(about.operands)) +
           " [options]\n";
    if (command == Command::none) out += "\nCommands:\n" + commands_text(width);
    for (const auto group : groups)
        if (const auto text = options_text(command, group, width); !text.empty())
            out += "\n" + std::string(heading(group)) + ":\n" + text;
    if (command == Command::none)
        out += "\n" +
               wrapped("`callscrub COMMAND --help` tells more, and the manual all: man callscrub-COMMAND, "
                       "man callscrub-profile.",
                       width) +
               "\n";
    return out;
}

std::string short_text() {
    return "callscrub: " + std::string(info(Command::none).says) + "\n\n" +
           examples_text(info(Command::none).examples, 80) + "\nAll commands: callscrub --help\n";
}

} // namespace callscrub::app
