/// A golden script: commands and what must come out of them, in one text that people read.
///
/// A `.golden` file:            In Markdown, inside ```console:
///
///     # remark                     $ command
///     $ command                    what it prints, both streams together
///     standard output
///     ! standard error
///     = 2                      (the exit code; not written if it is 0)
///
/// A line of output that is empty or begins with "$ ", "! ", "= ", "# " or "\" gets a "\" before it. Other
/// text of a Markdown file is left alone, and a block holds the commands of one story: they run one after the
/// other, each in the folder where the one before it ended.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace golden {

/// What came out of a command. `both`: the streams as they came, mixed, for Markdown; else it is empty.
struct Outcome {
    std::string out, err, both;
    int code = 0;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

struct Step {
    std::string command;
    std::size_t line = 0; ///< of the command, from 1
    Outcome expected;
    std::vector<std::string> before; ///< lines of the file in front of it that are no part of a step
};

struct Script {
    bool markdown = false;
    std::vector<Step> steps;
    std::vector<std::string> after; ///< lines behind the last step
};

/// Throws std::runtime_error with the line for what is out of place.
Script parse(std::string_view text, bool markdown);
/// The same file with other outcomes: parse(render(s)) == s.
std::string render(const Script& script);

/// What differs from run to run made equal: seconds and rows per second.
std::string steady(std::string_view text);

} // namespace golden
