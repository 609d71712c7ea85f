/// What a command line resolves to, and what is said of one that is refused.
#pragma once
#include "app/resolve.h"
#include "report/scratch.h"
#include <doctest/doctest.h>

namespace callscrub::app::test {

using report::test::failure_of;
using report::test::put;
using report::test::Scratch;

inline Job job_of(const std::vector<std::string>& args, const std::string& profile = "") { return resolve(parse(args, true), {profile}); }

/// The message; the code is that of wrong usage.
inline std::string message(const std::vector<std::string>& args, const std::string& profile = "") {
    const auto failed = failure_of([&] { job_of(args, profile); });
    std::string line;
    for (const auto& arg : args) line += " " + arg;
    REQUIRE_MESSAGE(failed, "was accepted:", line);
    CHECK(failed->code == base::Exit::usage);
    return failed->text;
}

} // namespace callscrub::app::test
