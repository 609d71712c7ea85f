#include "app/commands.h"
#include "app/options.h"
#include "base/failure.h"
#include "base/text.h"

namespace callscrub::app {

namespace {

std::vector<const CommandInfo*> known() {
    std::vector<const CommandInfo*> out;
    for (const auto& one : commands())
        if (one.command != Command::none && runner(one.command)) out.push_back(&one);
    return out;
}

std::vector<const Option*> options_of(Command command) {
    std::vector<const Option*> out;
    for (const auto& one : options())
        if (belongs(one, command)) out.push_back(&one);
    return out;
}

/// The words to offer as a value; more than these may be right.
std::string_view words_of(const Option& option) { return option.name == "generate" ? "man|bash|zsh|fish" : option.words; }

std::string spaced(std::string_view words) {
    std::string out;
    for (const auto word : base::split(words, '|')) out += (out.empty() ? "" : " ") + std::string(word);
    return out;
}

/// "--out|-o".
std::string names(const Option& option) {
    return "--" + std::string(option.name) + (option.letter ? std::string("|-") + option.letter : "");
}

// ---- bash ----

std::string bash_values(Command command) {
    std::string out;
    for (const auto* one : options_of(command)) {
        if (one->value.empty()) continue;
        std::string reply = "COMPREPLY=()";
        if (!words_of(*one).empty()) reply = "COMPREPLY=($(compgen -W '" + spaced(words_of(*one)) + "' -- \"$cur\"))";
        if (one->completion == Completion::file) reply = "_callscrub_files f";
        if (one->completion == Completion::directory) reply = "_callscrub_files d";
        out += "            " + names(*one) + ") " + reply + "; return ;;\n";
    }
    return out;
}

std::string bash_command(const CommandInfo& about) {
    std::string flags;
    for (const auto* one : options_of(about.command))
        flags += (flags.empty() ? "--" : " --") + std::string(one->name);
    std::string out =
        "    " + std::string(about.name) + ")\n        case \"$prev\" in\n" + bash_values(about.command) +
        "        esac\n        if [[ $cur == -* ]]; then\n            COMPREPLY=($(compgen -W '" + flags +
        "' -- \"$cur\"))\n";
    if (!about.words.empty())
        out += "        elif (( COMP_CWORD == at + 1 )); then\n            COMPREPLY=($(compgen -W '" +
               spaced(about.words) + "' -- \"$cur\"))\n";
    if (about.completion != Completion::none)
        out += std::string("        else\n            _callscrub_files ") +
               (about.completion == Completion::directory ? "d" : "f") + "\n";
    return out + "        fi ;;\n";
}

std::string bash() {
    std::string commands, flags, cases;
    for (const auto* one : known()) {
        commands += (commands.empty() ? "" : " ") + std::string(one->name);
        cases += bash_command(*one);
    }
    for (const auto* one : options_of(Command::none))
        flags += (flags.empty() ? "--" : " --") + std::string(one->name);
    return R"(# bash completion for callscrub; made by `callscrub --generate bash`
_callscrub_files() {
    compopt -o filenames 2>/dev/null
    local IFS=$'\n'
    COMPREPLY=($(compgen "-$1" -- "$cur"))
    [[ $1 == f ]] && COMPREPLY+=($(compgen -d -- "$cur"))
    local -A seen=() ; local one ; local -a once=()
    for one in "${COMPREPLY[@]}"; do [[ ${seen[$one]-} ]] || once+=("$one"); seen[$one]=1; done
    COMPREPLY=("${once[@]}")
}

_callscrub() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' at
    COMPREPLY=()
    for (( at = 1; at < COMP_CWORD; at++ )); do
        case " )" +
           commands +
           R"( " in *" ${COMP_WORDS[at]} "*) command=${COMP_WORDS[at]}; break ;; esac
    done
    case "$command" in
    '')
        case "$prev" in
)" + bash_values(Command::none) +
           R"(        esac
        if [[ $cur == -* ]]; then
            COMPREPLY=($(compgen -W ')" +
           flags + R"(' -- "$cur"))
        else
            COMPREPLY=($(compgen -W ')" +
           commands + R"(' -- "$cur"))
        fi ;;
)" + cases +
           R"(    esac
}

complete -F _callscrub callscrub
)";
}

// ---- zsh ----

/// In single quotes, for a specification of _arguments or _describe.
std::string zsh_quoted(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out;
}

std::string zsh_action(const Option& option) {
    if (option.value.empty()) return "";
    const std::string start = ":" + zsh_quoted(option.value) + ":";
    if (!words_of(option).empty()) return start + "(" + spaced(words_of(option)) + ")";
    if (option.value.find('=') != std::string_view::npos) return start + "{ compset -P \"*=\"; _files }"; // NAME=FILE
    if (option.completion == Completion::file) return start + "_files";
    return option.completion == Completion::directory ? start + "_files -/" : start;
}

std::string zsh_option(const Option& option) {
    const std::string rest = "[" + zsh_quoted(meaning(option)) + "]" + zsh_action(option) + "'";
    const std::string star = option.repeatable ? "*" : "";
    const std::string joined = option.value.empty() ? "" : "="; // --out DIR and --out=DIR
    std::string out = " \\\n            '" + star + "--" + std::string(option.name) + joined + rest;
    if (option.letter) out += std::string(" \\\n            '") + star + "-" + option.letter + rest;
    return out;
}

std::string zsh() {
    std::string list, cases;
    for (const auto* one : known()) {
        list += "        '" + std::string(one->name) + ":" + zsh_quoted(one->says) + "'\n";
        cases += "    " + std::string(one->name) + ")\n        _arguments -S";
        for (const auto* option : options_of(one->command)) cases += zsh_option(*option);
        if (!one->words.empty()) cases += " \\\n            '1:action:(" + spaced(one->words) + ")'";
        if (one->completion != Completion::none)
            cases += std::string(" \\\n            '*:file:_files") +
                     (one->completion == Completion::directory ? " -/'" : "'");
        cases += " ;;\n";
    }
    std::string top;
    for (const auto* option : options_of(Command::none)) top += zsh_option(*option);
    return "#compdef callscrub\n# made by `callscrub --generate zsh`\n\n_callscrub() {\n    local context "
           "state state_descr line\n"
           "    typeset -A opt_args\n    local -a commands=(\n" +
           list + "    )\n    _arguments -C" + top +
           " \\\n            '1:command:->command' '*::argument:->argument' && return\n"
           "    case $state in\n    command) _describe command commands; return ;;\n    esac\n    case "
           "$line[1] in\n" +
           cases + "    esac\n}\n\n_callscrub \"$@\"\n";
}

// ---- fish ----

std::string fish_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

std::string fish_option(const Option& option, const std::string& when) {
    std::string out = "complete -c callscrub -n " + when + " -l " + std::string(option.name);
    if (option.letter) out += std::string(" -s ") + option.letter;
    if (!option.value.empty()) out += " -r";
    if (!words_of(option).empty())
        out += " -f -a " + fish_quoted(spaced(words_of(option)));
    else if (option.completion == Completion::directory)
        out += " -f -a '(__fish_complete_directories)'";
    else if (option.completion == Completion::file)
        out += " -F";
    else
        out += " -f";
    return out + " -d " + fish_quoted(meaning(option)) + "\n";
}

std::string fish() {
    std::string out =
        "# fish completion for callscrub; made by `callscrub --generate fish`\ncomplete -c callscrub -f\n";
    for (const auto* one : known())
        out += "complete -c callscrub -n __fish_use_subcommand -a " + std::string(one->name) + " -d " +
               fish_quoted(one->says) + "\n";
    for (const auto* option : options_of(Command::none)) out += fish_option(*option, "__fish_use_subcommand");
    for (const auto* one : known()) {
        const std::string when = "'__fish_seen_subcommand_from " + std::string(one->name) + "'";
        for (const auto* option : options_of(one->command)) out += fish_option(*option, when);
        if (!one->words.empty())
            out += "complete -c callscrub -n " + when + " -a " + fish_quoted(spaced(one->words)) + "\n";
        if (one->completion == Completion::file) out += "complete -c callscrub -n " + when + " -F\n";
        if (one->completion == Completion::directory)
            out += "complete -c callscrub -n " + when + " -a '(__fish_complete_directories)'\n";
    }
    return out;
}

} // namespace

std::string completions(std::string_view shell) {
    if (shell == "bash") return bash();
    if (shell == "zsh") return zsh();
    if (shell == "fish") return fish();
    static constexpr std::string_view shells[] = {"bash", "zsh", "fish"};
    throw base::Failure(base::Exit::usage, "no completions for '" + base::quoted(shell) +
                                               "'; expected man, bash, zsh or fish" +
                                               base::did_you_mean(shell, shells));
}

} // namespace callscrub::app
