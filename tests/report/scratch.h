/// A directory of its own for a test, and small things to look at files with.
#pragma once
#include "base/failure.h"
#include <csignal>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace callscrub::report::test {
namespace fs = std::filesystem;

class Scratch {
public:
    Scratch() {
        std::string name = (fs::temp_directory_path() / "callscrub-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path_ = name;
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::string path() const { return path_.string(); }
    /// Names in the directory, hidden ones included.
    std::set<std::string> names(const std::string& below = "") const {
        std::set<std::string> out;
        for (const auto& entry : fs::directory_iterator(path_ / below))
            out.insert(entry.path().filename().string());
        return out;
    }

private:
    fs::path path_;
};

inline void put(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

inline std::string slurp(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

/// What `act` fails with: exit code and message; nothing if it does not fail.
struct Failed {
    base::Exit code;
    std::string text;
};
inline std::optional<Failed> failure_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const base::Failure& failure) {
        return Failed{failure.code(), failure.what()};
    }
    return std::nullopt;
}

/// Requires that `act` fails with this code and a message that holds `part`.
inline void check_fails(base::Exit code, const std::string& part, const std::function<void()>& act) {
    const auto failed = failure_of(act);
    REQUIRE(failed);
    CHECK(static_cast<int>(failed->code) == static_cast<int>(code));
    INFO(failed->text);
    CHECK(failed->text.find(part) != std::string::npos);
}

/// Runs `act` in a child process; a Failure becomes its exit code, as in main.
inline pid_t in_child(const std::function<void()>& act) {
    const pid_t pid = fork();
    if (pid != 0) return pid;
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGSEGV, SIGABRT})
        std::signal(number, SIG_DFL); // not doctest's
    int code = 0;
    try {
        act();
    } catch (const base::Failure& failure) {
        code = static_cast<int>(failure.code());
    } catch (...) {
        code = 99;
    }
    _exit(code);
}

/// As a shell sees it: exit code, or 128 + signal.
inline int end_of(pid_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// Two processes in step: one waits until the other one tells.
class Bell {
public:
    Bell() {
        if (pipe(ends_) != 0) throw std::runtime_error("no pipe");
    }
    ~Bell() {
        close(ends_[0]);
        close(ends_[1]);
    }
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;
    void ring() const { (void)!write(ends_[1], "!", 1); }
    void wait() const {
        char byte = 0;
        while (read(ends_[0], &byte, 1) < 0) {
        }
    }

private:
    int ends_[2]{};
};

} // namespace callscrub::report::test
