#include "app/parse.h"
#include "app/commands.h"
#include "base/text.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

namespace callscrub::app {

using base::Exit;
using base::Failure;

const std::string* Arguments::find(std::string_view name) const {
    for (const auto& typed : options)
        if (typed.option->name == name) return &typed.text;
    return nullptr;
}

namespace {

std::string dashed(std::string_view name) { return "--" + std::string(name); }

std::string shown(Command command) {
    return command == Command::none ? "callscrub" : "callscrub " + std::string(info(command).name);
}

std::string or_help(Command command) { return "; see `" + shown(command) + " --help`"; }

std::vector<const CommandInfo*> known_commands(bool every) {
    std::vector<const CommandInfo*> out;
    for (const auto& one : commands())
        if (one.command != Command::none && (every || runner(one.command))) out.push_back(&one);
    return out;
}

/// The parser's objects beside the rows of the table that they were made from.
class Cutter {
public:
    explicit Cutter(bool every) : known_(known_commands(every)) {
        app_.set_help_flag();
        app_.allow_extras();
        app_.require_subcommand(0, 1);
        for (const auto& one : options())
            if (on_top(one)) add(app_, one);
        for (const auto* command : known_) {
            auto* sub = app_.add_subcommand(std::string(command->name));
            sub->set_help_flag();
            sub->allow_extras();
            sub->fallthrough();
            for (const auto& one : options())
                if (belongs(one, command->command) && !on_top(one)) add(*sub, one);
            subs_[command->command] = sub;
        }
    }

    Arguments cut(std::vector<std::string> args) {
        // Operands are what CLI11 leaves over: its own positionals take "[a,b]" apart.
        const auto dashes = std::find(args.begin(), args.end(), "--");
        if (dashes != args.end()) behind_dashes_.assign(dashes + 1, args.end());
        args.erase(dashes, args.end());
        for (const auto& word : args) // CLI11 takes the next word for the value of "--entity="
            if (word.starts_with("--") && word.find('=') == word.size() - 1)
                throw Failure(Exit::usage, base::quoted(word) + " has no value behind the =");
        std::reverse(args.begin(), args.end()); // CLI11 takes them from the back
        try {
            app_.parse(args);
        } catch (const CLI::ArgumentMismatch& error) {
            missing_value(error.what());
        } catch (const CLI::ParseError& error) {
            throw Failure(Exit::usage, std::string(error.what()) + or_help(command()));
        }
        return collected();
    }

private:
    struct Made {
        CLI::Option* option;
        const Option* row;
    };

    /// The general options may also stand before the command.
    static bool on_top(const Option& one) { return belongs(one, Command::none); }

    void add(CLI::App& app, const Option& one) {
        std::string names = dashed(one.name);
        if (one.letter) names = std::string("-") + one.letter + "," + names;
        CLI::Option* made = one.value.empty() ? app.add_flag(names) : app.add_option(names);
        // Once for each time it stands, never a list behind it: a flag's value does not eat operands.
        if (!one.value.empty()) made->expected(1, -1);
        made_.push_back({made, &one});
    }

    Command command() const {
        for (const auto& [command, sub] : subs_)
            if (sub->parsed()) return command;
        return Command::none;
    }

    [[noreturn]] void missing_value(const std::string& message) const {
        const std::string name = message.substr(0, message.find(':'));
        for (const auto& made : made_)
            if (dashed(made.row->name) == name ||
                (made.row->letter && std::string{'-', made.row->letter} == name))
                needs_value(*made.row);
        throw Failure(Exit::usage, message + or_help(command()));
    }

    [[noreturn]] void needs_value(const Option& row) const {
        throw Failure(Exit::usage, dashed(row.name) + " needs a value: " + dashed(row.name) + " " +
                                       std::string(row.value) + or_help(command()));
    }

    Arguments collected() const {
        Arguments out;
        out.command = command();
        out.operands = operands(out.command);
        for (const auto& made : made_) {
            if (made.option->count() == 0) continue;
            if (!belongs(*made.row, out.command)) unknown_option(dashed(made.row->name), out.command);
            if (made.row->value.empty())
                collect_switch(made, out);
            else
                collect_values(made, out);
        }
        return out;
    }

    void collect_switch(const Made& made, Arguments& out) const {
        for (const auto& text : made.option->results()) // CLI11 takes --quiet=false for a switch given once
            if (text != "true")
                throw Failure(Exit::usage, dashed(made.row->name) + " takes no value and got '" +
                                               base::quoted(text) + "'");
        out.options.push_back({made.row, ""});
    }

    void collect_values(const Made& made, Arguments& out) const {
        if (made.option->count() > 1 && !made.row->repeatable)
            throw Failure(Exit::usage, dashed(made.row->name) + " is given " +
                                           std::to_string(made.option->count()) + " times; once is enough");
        for (const auto& text : made.option->results()) {
            // "--entity --out DIR": the value was forgotten.
            if (text.starts_with("--") && option(text.substr(2), out.command)) needs_value(*made.row);
            out.options.push_back({made.row, text});
        }
    }

    /// What was left over, if it is no option and no unknown command.
    std::vector<std::string> operands(Command command) const {
        auto out = app_.remaining(true);
        for (const auto& word : out) {
            if (word.size() > 1 && word[0] == '-') unknown_option(word.substr(0, word.find('=')), command);
            if (command == Command::none) unknown_command(word);
        }
        out.insert(out.end(), behind_dashes_.begin(), behind_dashes_.end());
        if (command == Command::none && !out.empty()) unknown_command(out.front());
        return out;
    }

    [[noreturn]] void unknown_command(const std::string& word) const {
        std::vector<std::string_view> names;
        std::string all;
        for (const auto* one : known_) {
            names.push_back(one->name);
            all += (all.empty() ? "" : ", ") + std::string(one->name);
        }
        throw Failure(Exit::usage, "unknown command '" + base::quoted(word) + "'" +
                                       base::did_you_mean(word, names) + "; the commands are " + all);
    }

    [[noreturn]] void unknown_option(const std::string& word, Command command) const {
        const std::string what = "unknown option '" + base::quoted(word) + "' for '" + shown(command) + "'";
        std::string others;
        for (const auto* one : known_)
            if (word.starts_with("--") && option(word.substr(2), one->command))
                others += (others.empty() ? "" : ", ") + std::string(one->name);
        // "--list FILE" of one command is a bare name of another.
        const std::string_view operands = info(command).operands;
        if (command != Command::none && word == "--list" && operands.find("LIST") != operands.npos)
            throw Failure(Exit::usage, what + "; call lists are named without an option: callscrub " +
                                           std::string(info(command).name) + " " + std::string(operands));
        if (!others.empty()) throw Failure(Exit::usage, what + "; it belongs to: " + others);
        std::vector<std::string> names;
        for (const auto& one : options())
            if (belongs(one, command)) names.push_back(dashed(one.name));
        const std::vector<std::string_view> candidates(names.begin(), names.end());
        throw Failure(Exit::usage, what + base::did_you_mean(word, candidates) + or_help(command));
    }

    CLI::App app_{"", "callscrub"};
    std::vector<const CommandInfo*> known_;
    std::vector<Made> made_;
    std::vector<std::string> behind_dashes_;
    std::map<Command, CLI::App*> subs_;
};

} // namespace

Arguments parse(const std::vector<std::string>& args, bool every_command) {
    return Cutter(every_command).cut(args);
}

} // namespace callscrub::app
