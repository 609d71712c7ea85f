#include "app/terminal.h"
#include "base/failure.h"
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

namespace callscrub::app {

namespace {

bool set(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

std::size_t width_of(int fd) {
    if (set("COLUMNS")) {
        const long stated = std::strtol(std::getenv("COLUMNS"), nullptr, 10);
        if (stated >= 20 && stated <= 1000) return static_cast<std::size_t>(stated);
    }
    winsize size{};
    if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
    return 80;
}

} // namespace

Manners manners_of(int fd) {
    Manners out;
    out.terminal = ::isatty(fd) == 1;
    if (!out.terminal) return out;
    out.width = width_of(fd);
    out.moves = set("TERM") && std::strcmp(std::getenv("TERM"), "dumb") != 0;
    out.colour =
        out.moves && !set("NO_COLOR"); // https://no-color.org: present and not empty, whatever its value
    return out;
}

std::string tinted(std::string_view text, Tint tint, bool colour) {
    if (!colour || tint == Tint::none) return std::string(text);
    const char* code = "";
    switch (tint) {
    case Tint::strong:
        code = "1";
        break;
    case Tint::faint:
        code = "2";
        break;
    case Tint::good:
        code = "32";
        break;
    case Tint::bad:
        code = "31";
        break;
    case Tint::warn:
        code = "33";
        break;
    case Tint::none:
        break;
    }
    return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

Console::Console(const Log::Settings& log, int out_fd, int err_fd)
    : out_fd_(out_fd), err_fd_(err_fd), out_(manners_of(out_fd)), err_(manners_of(err_fd)), quiet_(log.quiet),
      log_(log) {}

Console::~Console() = default;

void Console::print(std::string_view text) {
    buffer_.append(text);
    if (buffer_.size() >= (std::size_t{64} << 10)) flush();
}

void Console::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t written = ::write(out_fd_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const std::string why = std::strerror(errno);
            buffer_.clear(); // not to be tried again
            throw base::Failure(base::Exit::output, "standard output can't be written: " + why);
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
}

void Console::say(std::string_view text) {
    if (quiet_) return;
    while (!text.empty()) {
        const ssize_t written = ::write(err_fd_, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return; // nobody listens; that is no error of the job
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace callscrub::app
