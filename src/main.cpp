/// From argv to an exit code: what was typed is cut, resolved to a job and given to its command.
#include "app/commands.h"
#include "app/options.h"
#include "app/parse.h"
#include "app/resolve.h"
#include "app/version.h"
#include "base/brittle.h"
#include "report/signals.h"
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <mutex>
#include <new>
#include <optional>
#include <unistd.h>

namespace {

using namespace callscrub;
using app::Arguments;
using app::Command;
using app::Console;
using base::Exit;
using base::Failure;

/// man, man:run, man:names, bash, zsh, fish.
std::string generated(const std::string& what) {
    if (what == "man:names") {
        std::string out;
        for (const auto& page : app::man_pages()) out += page + "\n";
        return out;
    }
    if (what == "man") return app::man_page("");
    return what.starts_with("man:") ? app::man_page(what.substr(4)) : app::completions(what);
}

/// What ends before there is a job: help, version, generated texts. Nothing if there is one.
std::optional<std::string> answer(const Arguments& arguments) {
    if (arguments.has("help")) return app::help_text(arguments.command, app::manners_of(STDOUT_FILENO).width);
    if (arguments.has("version")) {
        const auto* rules = arguments.find("rules");
        return app::version_text(rules ? *rules : "", arguments.has("json"));
    }
    if (const auto* what = arguments.find("generate")) return generated(*what);
    return std::nullopt;
}

app::Log::Settings log_settings(const app::TalkSpec& talk) {
    app::Log::Settings out;
    out.quiet = talk.quiet;
    out.verbose = talk.verbose;
    out.file = talk.log;
    out.json = talk.log_json;
    return out;
}

/// A failure is told to the log, too. What fails after the outputs are in place is none: a warning, and the outcome
/// that was published stands.
int end_of(Console& console, Exit code, const std::string& what) {
    report::Signals::settle();
    const int outcome = report::Signals::outcome();
    if (outcome < 0) {
        console.log().failure(what, static_cast<int>(code));
        return static_cast<int>(code);
    }
    console.log().warning("the outputs are in place; afterwards: " + what);
    return outcome;
}

/// The job with its log open.
int work(const app::Job& job) {
    Console console(log_settings(job.talk));
    // What other commands tell as JSON; a run guards its own trees, one by one, for it has outputs to take back.
    std::optional<base::Brittle> brittle;
    if (job.talk.json && job.command != Command::run) brittle.emplace();
    try {
        const int code = app::runner(job.command)(job, console);
        console.flush();
        report::Signals::settle();
        return code;
    } catch (const Failure& failure) {
        return end_of(console, failure.code(), failure.what());
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        return end_of(console, Exit::internal, std::string("internal error: ") + error.what());
    }
}

/// glibc opens its unwinder when an exception first passes one of its own frames (pthread_once, which loads time zones),
/// and ends the program if there is no memory for that; so it is done while there is some.
void open_unwinder() {
    std::once_flag flag;
    try {
        std::call_once(flag, [] { throw std::bad_alloc(); });
    } catch (const std::bad_alloc&) { // NOLINT(bugprone-empty-catch): thrown by ourselves
    }
}

/// Memory that was freed is kept for the next block: asking the system anew for each costs more than using it.
void keep_freed_memory() {
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 4 << 20);
}

int serve(const std::vector<std::string>& typed) {
    const Arguments arguments = app::parse(typed);
    if (const auto text = answer(arguments)) {
        Console console({});
        console.print(*text);
        console.flush();
        return static_cast<int>(Exit::done);
    }
    if (arguments.command == Command::none) {
        Console({}).say(app::short_text());
        return static_cast<int>(Exit::usage);
    }
    const char* profile = std::getenv("CALLSCRUB_PROFILE");
    return work(app::resolve(arguments, {profile ? profile : ""}));
}

/// Without the heap: it may be what is missing.
int end_with(Exit code, const char* what) noexcept {
    const int outcome = report::Signals::outcome();
    for (const char* part : {outcome < 0 ? "callscrub: error: " : "callscrub: warning: the outputs are in place; afterwards: ", what, "\n"})
        if (::write(STDERR_FILENO, part, std::strlen(part)) < 0) break; // nobody listens
    return outcome < 0 ? static_cast<int>(code) : outcome;
}

} // namespace

int main(int argc, char** argv) {
    try {
        keep_freed_memory();
        open_unwinder();
        report::guard_standard_streams();
        const report::Signals signals;
        try {
            return serve({argv + (argc > 0 ? 1 : 0), argv + argc});
        } catch (const Failure& failure) {
            report::Signals::settle();
            return end_with(failure.code(), app::harmless(failure.what()).c_str());
        } catch (const std::bad_alloc&) {
            report::Signals::settle();
            return end_with(Exit::internal,
                            "out of memory; state a smaller --memory, or give the machine more");
        } catch (const std::exception& error) {
            report::Signals::settle();
            return end_with(Exit::internal, error.what());
        }
    } catch (const std::exception& error) {
        return end_with(Exit::internal, error.what());
    }
}
