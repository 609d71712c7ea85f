#include "base/brittle.h"
#include "report/publish.h"
#include "report/scratch.h"
#include "report/signals.h"
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <pthread.h>
#include <thread>

using namespace callscrub::report;
using namespace callscrub::report::test;
using callscrub::base::Exit;

namespace {
/// A run as the program does it: signals first, errors reported only when no signal has arrived.
void guarded(const std::function<void()>& act) {
    const Signals signals;
    try {
        act();
    } catch (...) {
        Signals::settle();
        throw;
    }
    Signals::settle();
}
} // namespace

TEST_CASE("a signal removes the temporary directory and the lock and ends the process by itself") {
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        const Scratch scratch;
        fs::create_directory(scratch / "out");
        const Bell ready;
        const pid_t child = in_child([&] {
            guarded([&] {
                const auto run = open_directory(scratch / "out", {});
                run->create("a").write(std::string(500'000, 'x'));
                ready.ring();
                for (;;) pause();
            });
        });
        ready.wait();
        kill(child, number);
        CHECK(end_of(child) == 128 + number);
        CHECK(scratch.names() == std::set<std::string>{"out"});
        CHECK(fs::is_empty(scratch / "out"));
    }
}

TEST_CASE("a signal while files are being made and written: never another exit code, never a rest") {
    for (int round = 0; round < 60; ++round) {
        const Scratch scratch;
        const Bell ready;
        const pid_t child = in_child([&] {
            guarded([&] {
                ready.ring();
                for (int i = 0;; ++i) {
                    const auto run = open_directory(scratch / "out", {});
                    for (int file = 0; file < 5; ++file)
                        run->create(std::to_string(file)).write(std::string(300'000, 'x'));
                }
            });
        });
        ready.wait();
        std::this_thread::sleep_for(std::chrono::microseconds{round * 137});
        kill(child, SIGTERM);
        CHECK(end_of(child) == 143);
        CHECK(scratch.names().empty());
    }
}

TEST_CASE("a signal around the commit: 0 with the new outputs, or 143 with the old ones") {
    // How long a commit takes depends on the disk: signals are spread over twice that time.
    std::chrono::steady_clock::duration usual{};
    {
        const Scratch scratch;
        const auto run = open_files({scratch / "c", scratch / "r"}, {});
        const auto start = std::chrono::steady_clock::now();
        run->commit();
        usual = std::chrono::steady_clock::now() - start;
    }
    int published = 0, interrupted = 0;
    for (int round = 0; round < 100; ++round) {
        const Scratch scratch;
        put(scratch / "c", "old");
        put(scratch / "r", "old");
        const Bell ready;
        const pid_t child = in_child([&] {
            guarded([&] {
                const auto run = open_files({scratch / "c", scratch / "r"}, {});
                run->create(scratch / "c").write("new");
                run->create(scratch / "r").write("new");
                ready.ring();
                run->commit();
            });
        });
        ready.wait();
        std::this_thread::sleep_for(usual * round / 50);
        kill(child, SIGINT);
        const int end = end_of(child);
        CHECK((end == 0 || end == 130));
        (end == 0 ? published : interrupted) += 1;
        CHECK(slurp(scratch / "c") == (end == 0 ? "new" : "old"));
        CHECK(slurp(scratch / "r") == (end == 0 ? "new" : "old"));
        CHECK(scratch.names() == std::set<std::string>{"c", "r"});
    }
    MESSAGE(published << " published, " << interrupted << " interrupted");
}

TEST_CASE("a signal sent to one thread counts too, and settle waits for the end") {
    const Scratch scratch;
    const pid_t child = in_child([&] {
        const Signals signals;
        CHECK_FALSE(Signals::interrupted());
        Signals::settle();
        const auto run = open_directory(scratch / "out", {});
        pthread_kill(pthread_self(), SIGTERM);
        Signals::settle();
        _exit(1);
    });
    CHECK(end_of(child) == 143);
    CHECK(scratch.names().empty());
}

TEST_CASE("a signal while waiting for a lock") {
    const Scratch scratch;
    const Bell held, ready;
    const pid_t holder = in_child([&] {
        const auto run = open_directory(scratch / "out", {});
        held.ring();
        pause();
    });
    held.wait();
    const pid_t child = in_child([&] {
        guarded([&] {
            ready.ring();
            open_directory(scratch / "out", {false, std::chrono::hours{1}, {}});
        });
    });
    ready.wait();
    std::this_thread::sleep_for(std::chrono::milliseconds{80});
    kill(child, SIGINT);
    CHECK(end_of(child) == 130);
    CHECK(scratch.names().count(".out.lock") == 1); // it is the holder's
    kill(holder, SIGKILL);
    end_of(holder);
}

TEST_CASE("a signal that was ignored before stays ignored") {
    const Bell ready;
    const pid_t child = in_child([&] {
        std::signal(SIGHUP, SIG_IGN);
        const Signals signals;
        raise(SIGHUP);
        if (Signals::interrupted()) _exit(1);
    });
    CHECK(end_of(child) == 0);
}

TEST_CASE("a closed pipe and the file size limit are errors of a write, and handlers are given back") {
    const pid_t child = in_child([&] {
        {
            const Signals signals;
            int ends[2];
            if (pipe(ends) != 0) _exit(1);
            close(ends[0]);
            if (write(ends[1], "x", 1) >= 0) _exit(2);
            raise(SIGXFSZ);
        }
        struct sigaction now {};
        sigaction(SIGPIPE, nullptr, &now);
        if (now.sa_handler != SIG_DFL) _exit(3);
        sigaction(SIGTERM, nullptr, &now);
        if (now.sa_handler != SIG_DFL) _exit(4);
    });
    CHECK(end_of(child) == 0);
}

TEST_CASE("closed standard streams are filled so that their use fails") {
    const pid_t child = in_child([] {
        for (const int fd : {0, 1, 2}) close(fd);
        guard_standard_streams();
        char byte = 0;
        if (read(0, &byte, 1) >= 0 || write(1, "x", 1) >= 0 || write(2, "x", 1) >= 0) _exit(1);
        if (open("/dev/null", O_RDONLY) < 3) _exit(2); // whoever started us may have left higher ones open
    });
    CHECK(end_of(child) == 0);
}

TEST_CASE("an exception that nobody takes: leftovers go, and the exit code is that of an internal error") {
    const Scratch scratch;
    const auto end_with = [&](bool commit) {
        return end_of(in_child([&] {
            close(2);
            const Signals signals;
            const auto run = open_directory(scratch / "out", {});
            if (commit) run->commit();
            std::terminate();
        }));
    };
    CHECK(end_with(false) == static_cast<int>(Exit::internal));
    CHECK(scratch.names().empty());
    CHECK(end_with(true) == 0);
    CHECK(scratch.names() == std::set<std::string>{"out"});
}

TEST_CASE("memory that runs out in brittle work ends the program by itself, with its leftovers gone") {
    const Scratch scratch;
    const auto out_of_memory = [&](bool brittle) {
        return end_of(in_child([&] {
            close(2);
            const Signals signals;
            const auto run = open_directory(scratch / "out", {});
            try {
                std::optional<callscrub::base::Brittle> guard;
                if (brittle) guard.emplace();
                std::vector<char>().reserve(std::size_t{1} << 62);
            } catch (const std::bad_alloc&) {
                _exit(99);
            }
        }));
    };
    CHECK(out_of_memory(true) == static_cast<int>(Exit::internal));
    CHECK(scratch.names().empty());
    CHECK(out_of_memory(false) == 99);
}
