/// The commands, one file each (command_<name>.cpp). Each takes a resolved job, returns the exit code 0 or 1
/// and throws base::Failure for all the others.
#pragma once
#include "app/job.h"
#include "app/terminal.h"

namespace callscrub::app {

int run_run(const Job& job, Console& console);
int run_explain(const Job& job, Console& console);
int run_check(const Job& job, Console& console);
int run_tidy(const Job& job, Console& console);
int run_rules(const Job& job, Console& console);
int run_presets(const Job& job, Console& console);
int run_init(const Job& job, Console& console);
int run_diff(const Job& job, Console& console);
int run_verify(const Job& job, Console& console);
int run_part(const Job& job, Console& console);
int run_merge(const Job& job, Console& console);
int run_index(const Job& job, Console& console);

using Runner = int (*)(const Job&, Console&);

/// The function behind a command; null for a command that this version does not have. Help, man pages and
/// completions show only commands with a runner. To add a command: write command_<name>.cpp and its line in
/// commands.cpp.
Runner runner(Command command);

} // namespace callscrub::app
