#include "report/publish.h"
#include "report/scratch.h"
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>

using namespace callscrub::report;
using namespace callscrub::report::test;
using callscrub::base::Exit;

namespace {
void run_files(const std::vector<std::string>& targets, const std::string& text,
               const PublishOptions& options = {}) {
    const auto run = open_files(targets, options);
    for (const std::string& target : targets) run->create(target).write(text + target);
    run->commit();
}

/// Puts `fd` in the place of standard output while it lives.
class Redirect {
public:
    explicit Redirect(int fd) : saved_(dup(1)) { dup2(fd, 1); }
    ~Redirect() {
        dup2(saved_, 1);
        close(saved_);
    }
    Redirect(const Redirect&) = delete;
    Redirect& operator=(const Redirect&) = delete;

private:
    int saved_;
};
} // namespace

TEST_CASE("two files appear together, replacing what stood there") {
    const Scratch scratch;
    const std::string clean = scratch / "clean.csv", rejected = scratch / "rejected.csv";
    put(clean, "old");
    {
        const auto run = open_files({clean, rejected}, {});
        run->create(clean).write("new clean");
        run->create(rejected).write("new rejected");
        CHECK(slurp(clean) == "old");
        CHECK_FALSE(fs::exists(rejected));
        run->commit();
        CHECK(run->files().size() == 2);
        CHECK(run->files()[0].sha256 == sha256_hex("new clean"));
    }
    CHECK(slurp(clean) == "new clean");
    CHECK(slurp(rejected) == "new rejected");
    CHECK(scratch.names() == std::set<std::string>{"clean.csv", "rejected.csv"});
    struct stat st {};
    REQUIRE(stat(rejected.c_str(), &st) == 0);
    CHECK((st.st_mode & 07777) == 0600);
}

TEST_CASE("without commit both files stay as they were") {
    const Scratch scratch;
    put(scratch / "c", "old");
    { open_files({scratch / "c", scratch / "r"}, {})->create(scratch / "c").write("x"); }
    CHECK(scratch.names() == std::set<std::string>{"c"});
    CHECK(slurp(scratch / "c") == "old");
}

TEST_CASE("if the second file can't be put in place the first one is put back") {
    const Scratch scratch;
    const std::string clean = scratch / "a/clean", rejected = scratch / "b/rejected",
                      fresh = scratch / "a/fresh";
    fs::create_directory(scratch / "a");
    fs::create_directory(scratch / "b");
    put(clean, "old");
    bool revoked = false;
    const auto run = open_files({clean, fresh, rejected}, {});
    run->create(clean).write("new");
    check_fails(Exit::output, "the earlier files stand", [&] {
        run->commit({[&] { fs::remove_all(scratch / "b"); }, [&] { revoked = true; }});
    });
    CHECK(revoked);
    CHECK(slurp(clean) == "old");
    CHECK_FALSE(fs::exists(fresh));
}

TEST_CASE("file targets that are refused") {
    const Scratch scratch;
    const std::string file = scratch / "list.csv";
    put(file, "rows");
    fs::create_hard_link(file, scratch / "hard");
    fs::create_symlink(file, scratch / "soft");
    fs::create_directory(scratch / "folder");
    const auto opened = [&](const std::vector<std::string>& targets) {
        return [&scratch, targets, file] { run_files(targets, "x", {false, {}, {file}}); };
    };
    check_fails(Exit::usage, "is this very file; name another output", opened({file}));
    check_fails(Exit::usage, "is this very file", opened({scratch / "hard"}));
    check_fails(Exit::output, "is a symbolic link", opened({scratch / "soft"}));
    check_fails(Exit::output, "is a directory", opened({scratch / "folder"}));
    check_fails(Exit::output, "can't be used: No such file", opened({scratch / "no/such"}));
    check_fails(Exit::usage, "is named for two outputs", opened({scratch / "a", scratch / "a"}));
    check_fails(Exit::usage, "is named for two outputs", opened({scratch / "a", scratch / "folder/../a"}));
    check_fails(Exit::usage, "is named for two outputs", opened({"-", "-"}));
    put(scratch / "one", "1");
    fs::create_hard_link(scratch / "one", scratch / "two");
    check_fails(Exit::usage, "is named for two outputs", opened({scratch / "one", scratch / "two"}));
    CHECK(slurp(file) == "rows");
    CHECK(scratch.names() == std::set<std::string>{"list.csv", "hard", "soft", "folder", "one", "two"});
}

TEST_CASE("a pipe gets its bytes at commit and not before") {
    const Scratch scratch;
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    {
        const Redirect redirect(ends[1]);
        const auto run = open_files({"-", scratch / "r"}, {});
        run->create("-").write("clean rows");
        run->create("-").write(std::string(300'000, 'x').substr(0, 20));
        fcntl(ends[0], F_SETFL, O_NONBLOCK);
        char byte = 0;
        CHECK(read(ends[0], &byte, 1) < 0);
        run->commit();
    }
    close(ends[1]);
    char text[100];
    const ssize_t got = read(ends[0], text, sizeof text);
    CHECK(std::string(text, static_cast<std::size_t>(got)) == "clean rows" + std::string(20, 'x'));
    close(ends[0]);
    CHECK(scratch.names() == std::set<std::string>{"r"});
}

TEST_CASE("a reader that has gone: exit code for output, and the file beside it is not touched") {
    const Scratch scratch;
    put(scratch / "r", "old");
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    close(ends[0]);
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    std::optional<Failed> failed;
    {
        const Redirect redirect(ends[1]);
        failed = failure_of([&] { run_files({"-", scratch / "r"}, "new"); });
    }
    std::signal(SIGPIPE, before);
    close(ends[1]);
    REQUIRE(failed);
    CHECK(failed->code == Exit::output);
    CHECK(failed->text == "standard output: can't be written: its reader has gone (Broken pipe)");
    CHECK(slurp(scratch / "r") == "old");
    CHECK(scratch.names() == std::set<std::string>{"r"});
}

TEST_CASE("standard output that is closed, only readable, full, or an input") {
    const Scratch scratch;
    put(scratch / "in", "rows");
    const auto failing = [&](int fd, const PublishOptions& options) {
        const Redirect redirect(fd);
        if (fd < 0) close(1);
        return failure_of([&] { run_files({"-"}, "new", options); });
    };
    const auto closed = failing(-1, {});
    REQUIRE(closed);
    CHECK(closed->text == "standard output: can't be written: Bad file descriptor");
    const Fd reading(open("/dev/null", O_RDONLY));
    CHECK(failing(reading.get(), {}).value().text == "standard output: is closed");
    const Fd full(open("/dev/full", O_WRONLY));
    CHECK(failing(full.get(), {}).value().text ==
          "standard output: can't be written: No space left on device");
    const Fd input(open((scratch / "in").c_str(), O_WRONLY | O_APPEND));
    const auto same = failing(input.get(), {false, {}, {scratch / "in"}});
    REQUIRE(same);
    CHECK(same->code == Exit::usage);
    CHECK(slurp(scratch / "in") == "rows");
    CHECK_FALSE(failing(input.get(), {}));
    CHECK(slurp(scratch / "in") == "rowsnew-");
}

TEST_CASE("devices and named pipes are written to directly") {
    const Scratch scratch;
    run_files({"/dev/null", scratch / "r"}, "x");
    CHECK(fs::is_character_file("/dev/null"));
    check_fails(Exit::output, "/dev/full: can't be written: No space left",
                [&] { run_files({"/dev/full"}, "x"); });
    REQUIRE(mkfifo((scratch / "fifo").c_str(), 0600) == 0);
    std::string got;
    std::thread reader([&] { got = slurp(scratch / "fifo"); });
    run_files({scratch / "fifo"}, "through ");
    reader.join();
    CHECK(got == "through " + (scratch / "fifo"));
    CHECK(fs::is_fifo(scratch / "fifo"));
}

TEST_CASE("files are locked and swept like directories") {
    const Scratch scratch;
    const std::string clean = scratch / "c", rejected = scratch / "r";
    put(clean, "old");
    const Bell ready;
    const pid_t child = in_child([&] {
        const auto run = open_files({clean, rejected}, {});
        run->create(clean).write(std::string(1'000'000, 'x'));
        ready.ring();
        pause();
    });
    ready.wait();
    check_fails(Exit::locked, "holds the lock", [&] { open_files({rejected}, {}); });
    check_fails(Exit::locked, "holds the lock", [&] { open_files({scratch / "a", clean}, {}); });
    kill(child, SIGKILL);
    CHECK(end_of(child) == 137);
    CHECK(scratch.names().size() == 5);
    run_files({clean, rejected}, "new ");
    CHECK(scratch.names() == std::set<std::string>{"c", "r"});
    CHECK(slurp(clean) == "new " + clean);
}
