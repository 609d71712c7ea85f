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
            sub->add_option("operands")->expected(0, 1 << 28)->allow_extra_args(false);
            subs_[command->command] = sub;
        }
    }

    Arguments cut(std::vector<std::string> args) {
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
    /// The general options may also stand before the command.
    static bool on_top(const Option& one) { return belongs(one, Command::none); }

    void add(CLI::App& app, const Option& one) {
        std::string names = dashed(one.name);
        if (one.letter) names = std::string("-") + one.letter + "," + names;
        CLI::Option* made = one.value.empty() ? app.add_flag(names) : app.add_option(names);
        // Once for each time it stands, never a list behind it: a flag's value does not eat operands.
        if (!one.value.empty()) made->expected(-1)->allow_extra_args(false);
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
        refuse_unknown(out.command);
        for (const auto& made : made_) {
            if (made.option->count() == 0) continue;
            if (!belongs(*made.row, out.command)) unknown_option(dashed(made.row->name), out.command);
            if (made.row->value.empty()) {
                out.options.push_back({made.row, ""});
                continue;
            }
            if (made.option->count() > 1 && !made.row->repeatable)
                throw Failure(Exit::usage, dashed(made.row->name) + " is given " +
                                               std::to_string(made.option->count()) +
                                               " times; once is enough");
            for (const auto& text : made.option->results()) {
                // "--entity --out DIR": the value was forgotten.
                if (text.starts_with("--") && option(text.substr(2), out.command)) needs_value(*made.row);
                out.options.push_back({made.row, text});
            }
        }
        if (const auto sub = subs_.find(out.command); sub != subs_.end())
            out.operands = sub->second->get_option("operands")->results();
        return out;
    }

    void refuse_unknown(Command command) const {
        auto rest = app_.remaining(true);
        if (rest.empty()) return;
        const auto dash = std::find_if(rest.begin(), rest.end(), [](const std::string& word) {
            return word.size() > 1 && word[0] == '-';
        });
        if (command == Command::none && dash != rest.begin()) unknown_command(rest.front());
        if (dash == rest.end())
            throw Failure(Exit::usage, "unexpected '" + base::quoted(rest.front()) + "'" + or_help(command));
        unknown_option(dash->substr(0, dash->find('=')), command);
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
        if (!others.empty()) throw Failure(Exit::usage, what + "; it belongs to: " + others);
        std::vector<std::string> names;
        for (const auto& one : options())
            if (belongs(one, command)) names.push_back(dashed(one.name));
        const std::vector<std::string_view> candidates(names.begin(), names.end());
        throw Failure(Exit::usage, what + base::did_you_mean(word, candidates) + or_help(command));
    }

    struct Made {
        CLI::Option* option;
        const Option* row;
    };
    CLI::App app_{"", "callscrub"};
    std::vector<const CommandInfo*> known_;
    std::vector<Made> made_;
    std::map<Command, CLI::App*> subs_;
};

} // namespace

Arguments parse(const std::vector<std::string>& args, bool every_command) {
    return Cutter(every_command).cut(args);
}

} // namespace callscrub::app
