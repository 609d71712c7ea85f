#include "app/log.h"
#include "report/scratch.h"
#include <doctest/doctest.h>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/stat.h>
#include <thread>

using namespace callscrub;
using namespace callscrub::app;
using report::test::Scratch;
using report::test::slurp;

namespace {

/// What `act` writes to the log's standard error and file.
struct Written {
    std::string people, file;
};
Written written(Log::Settings settings, bool with_file, const std::function<void(Log&)>& act) {
    Scratch scratch;
    settings.err_fd = open((scratch / "err").c_str(), O_CREAT | O_WRONLY, 0600);
    if (with_file) settings.file = scratch / "x.log";
    {
        Log log(settings);
        act(log);
    }
    close(settings.err_fd);
    return {slurp(scratch / "err"), with_file ? slurp(settings.file) : ""};
}

void every_level(Log& log) {
    log.debug("a detail", {{"rows", 1'204'113}});
    log.info("an event");
    log.warning("a warning", {{"why", "because"}});
    log.error("an error");
}

} // namespace

TEST_CASE("what people hear: quiet, plain, verbose") {
    CHECK(written({}, false, every_level).people ==
          "callscrub: an event\ncallscrub: warning: a warning\ncallscrub: error: an error\n");
    Log::Settings quiet;
    quiet.quiet = true;
    CHECK(written(quiet, false, every_level).people ==
          "callscrub: warning: a warning\ncallscrub: error: an error\n");
    Log::Settings verbose;
    verbose.verbose = true;
    CHECK(written(verbose, false, every_level).people ==
          "callscrub: a detail (rows 1204113)\ncallscrub: an event\ncallscrub: warning: a warning (why "
          "because)\n"
          "callscrub: error: an error\n");
}

TEST_CASE("the file has every level, with time, also when quiet") {
    Log::Settings settings;
    settings.quiet = true;
    std::istringstream lines(written(settings, true, every_level).file);
    std::vector<std::string> rest;
    for (std::string line; std::getline(lines, line);) {
        REQUIRE(line.size() > 25);
        CHECK(line[4] == '-');
        CHECK(line[10] == 'T');
        CHECK(line[23] == 'Z');
        rest.push_back(line.substr(25));
    }
    CHECK(rest == std::vector<std::string>{"debug a detail rows=1204113", "info an event",
                                           "warning a warning why=because", "error an error"});
}

TEST_CASE("no whole number, no control character, one line for each event") {
    const auto act = [](Log& log) {
        log.info("called +31612345678\nand\x1b[31m",
                 {{"cell", "0612345678 \"x\"\r\n"}, Field::whole("file", "leads 20260701.csv")});
    };
    const auto both = written({}, true, act);
    CHECK(both.people == "callscrub: called +316•••••678\\x0Aand\\x1B[31m\n");
    CHECK(both.file.substr(25) == "info called +316•••••678\\x0Aand\\x1B[31m cell=\"06•••••678 "
                                  "\\\"x\\\"\\\\x0D\\\\x0A\" file=\"leads 20260701.csv\"\n");
    CHECK(std::count(both.file.begin(), both.file.end(), '\n') == 1);
}

TEST_CASE("braces are text, not places for values") {
    CHECK(written({}, false, [](Log& log) { log.info("{} {0} %v %n {x}"); }).people ==
          "callscrub: {} {0} %v %n {x}\n");
}

TEST_CASE("JSON lines can be read again") {
    Log::Settings settings;
    settings.json = true;
    const auto file =
        written(settings, true, [](Log& log) {
            log.warning("a \"strange\"\nthing %v {}", {{"cell", "+49 171 3920000\xFF"}, {"rows", 7}});
        }).file;
    CHECK(std::count(file.begin(), file.end(), '\n') == 1);
    const auto object = nlohmann::json::parse(file);
    CHECK(object["level"] == "warning");
    CHECK(object["event"] == "a \"strange\"\nthing %v {}");
    CHECK(object["rows"] == "7");
    CHECK(object["cell"].get<std::string>().find("3920000") == std::string::npos);
    CHECK(object["time"].get<std::string>().size() == 24);
}

TEST_CASE("a failure is told whole") {
    const auto both =
        written({}, true, [](Log& log) { log.failure("in/20260701.csv:3:1: not readable", 3); });
    CHECK(both.people == "callscrub: error: in/20260701.csv:3:1: not readable\n");
    CHECK(both.file.substr(25) == "error failed why=\"in/20260701.csv:3:1: not readable\" exit=3\n");
}

TEST_CASE("a log file that can't be opened, and one that takes no more") {
    Scratch scratch;
    Log::Settings settings;
    settings.file = scratch / "no/such/x.log";
    report::test::put(scratch / "no", "a file in the way");
    const auto failed = report::test::failure_of([&] { Log log(settings); });
    REQUIRE(failed);
    CHECK(failed->code == base::Exit::output);
    CHECK(failed->text.starts_with(settings.file + ": the log can't be opened: "));

    settings.file = "/dev/full";
    settings.err_fd = open((scratch / "err").c_str(), O_CREAT | O_WRONLY, 0600);
    {
        Log log(settings);
        for (int i = 0; i < 5; ++i) log.debug("lost");
    }
    close(settings.err_fd);
    const auto err = slurp(scratch / "err");
    CHECK(err.starts_with("callscrub: warning: /dev/full: the log can't be written: "));
    CHECK(std::count(err.begin(), err.end(), '\n') == 1);
}

TEST_CASE("files are private and rotated; threads don't tear lines") {
    Scratch scratch;
    Log::Settings settings;
    settings.quiet = true;
    settings.file = scratch / "x.log";
    settings.file_bytes = 10'000;
    settings.files = 2;
    {
        Log log(settings);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 200; ++i) log.info("an event of a thread", {{"n", i}});
            });
        for (auto& thread : threads) thread.join();
    }
    CHECK(scratch.names() == std::set<std::string>{"x.log", "x.1.log", "x.2.log"});
    for (const auto& name : scratch.names()) {
        struct stat found {};
        REQUIRE(stat((scratch / name).c_str(), &found) == 0);
        CHECK((found.st_mode & 0777) == 0600);
        std::istringstream lines(slurp(scratch / name));
        for (std::string line; std::getline(lines, line);)
            CHECK(line.substr(23).starts_with("Z info an event of a thread n="));
    }
}
