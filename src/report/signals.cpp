#include "report/signals.h"
#include "base/failure.h"
#include "report/fd.h"
#include "report/leftover.h"
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <exception>
#include <fcntl.h>
#include <string_view>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace callscrub::report {
namespace {
constexpr std::array stop_signals{SIGINT, SIGTERM, SIGHUP};
constexpr std::array ignored_signals{SIGPIPE, SIGXFSZ};

std::atomic<int> arrived{0};   ///< the first signal, 0 = none
std::atomic<int> pipe_end{-1}; ///< where the handler writes
std::atomic<int> outcome_code{-1}; ///< once the outputs stand
static_assert(std::atomic<int>::is_always_lock_free, "used in a signal handler");

extern "C" void callscrub_on_signal(int number) {
    const int saved = errno;
    int none = 0;
    arrived.compare_exchange_strong(none, number);
    const char byte = static_cast<char>(number);
    if (write(pipe_end.load(), &byte, 1) < 0) errno = 0; // a full pipe already holds an order to stop
    errno = saved;
}

[[noreturn]] void end_by(int number) {
    leftover_gate().lock(); // never given back: nothing may be created or renamed any more
    remove_all_leftovers();
    if (const int code = outcome_code.load(); code >= 0) _exit(code);
    std::signal(number, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
    raise(number);
    _exit(128 + number);
}

/// Without the heap: it may be what is missing.
[[noreturn]] void on_terminate() {
    constexpr std::string_view text =
        "callscrub: error: internal error: out of memory, or an exception that nobody took\n";
    (void)!write(STDERR_FILENO, text.data(), text.size());
    if (leftover_gate().try_lock())
        remove_all_leftovers(); // else the thread of Signals is at it, or the next run
    const int code = outcome_code.load();
    _exit(code >= 0 ? code : static_cast<int>(base::Exit::internal));
}

void wait_for_signal(int fd) {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    char byte = 0;
    for (;;) {
        const ssize_t got = read(fd, &byte, 1);
        if (got == 1 && byte != 0) end_by(byte);
        if (got >= 0 || errno != EINTR) return;
    }
}
} // namespace

struct Signals::State {
    Fd reader, writer;
    std::array<struct sigaction, stop_signals.size()> stop_before{};
    std::array<struct sigaction, ignored_signals.size()> ignored_before{};
    std::thread thread;
    std::terminate_handler terminate_before = nullptr;
};

Signals::Signals() : state_(std::make_unique<State>()) {
    const auto fail = [](const std::string& why) {
        throw base::Failure(base::Exit::internal, "signals can't be handled: " + why);
    };
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) fail(errno_text(errno));
    state_->reader = Fd(ends[0]);
    state_->writer = Fd(ends[1]);
    if (fcntl(ends[0], F_SETFL, 0) != 0) fail(errno_text(errno)); // only the handler must not wait
    pipe_end = ends[1];
    arrived = 0;
    outcome_code = -1;
    try {
        state_->thread = std::thread(wait_for_signal, ends[0]);
    } catch (const std::system_error& error) {
        fail(error.what());
    }
    state_->terminate_before = std::set_terminate(on_terminate);
    struct sigaction action {};
    action.sa_handler = callscrub_on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < stop_signals.size(); ++i) {
        auto& before = state_->stop_before[i];
        sigaction(stop_signals[i], nullptr, &before);
        if (before.sa_handler != SIG_IGN) sigaction(stop_signals[i], &action, nullptr);
    }
    action.sa_handler = SIG_IGN;
    for (std::size_t i = 0; i < ignored_signals.size(); ++i)
        sigaction(ignored_signals[i], &action, &state_->ignored_before[i]);
}

Signals::~Signals() {
    std::set_terminate(state_->terminate_before);
    // When the outputs stand, the few steps that are left can't be interrupted any more.
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    for (std::size_t i = 0; i < stop_signals.size(); ++i)
        sigaction(stop_signals[i], outcome_code.load() >= 0 ? &ignore : &state_->stop_before[i], nullptr);
    for (std::size_t i = 0; i < ignored_signals.size(); ++i)
        sigaction(ignored_signals[i], &state_->ignored_before[i], nullptr);
    const char quit = 0;
    (void)!write(state_->writer.get(), &quit, 1);
    pipe_end = -1;
    state_->writer.reset(); // an end of file says the same if the byte could not be written
    state_->thread.join();
}

bool Signals::interrupted() noexcept { return arrived.load(std::memory_order_relaxed) != 0; }

void Signals::settle() noexcept {
    // Whoever is second at the gate waits there for the end.
    if (interrupted() && pipe_end.load() >= 0) end_by(arrived.load());
}

void Signals::published(int code) noexcept { outcome_code = code; }

int Signals::outcome() noexcept { return outcome_code.load(); }

void guard_standard_streams() noexcept {
    for (int fd = 0; fd <= 2; ++fd) {
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
        // The lowest free number is given: exactly `fd`. Opened the wrong way round, so that its use fails.
        (void)open("/dev/null", (fd == 0 ? O_WRONLY : O_RDONLY) | O_NOCTTY);
    }
}

} // namespace callscrub::report
