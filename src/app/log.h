/// Events for people (standard error) and for the machine that keeps them (--log FILE). Behind it spdlog,
/// which only log.cpp includes. One event is one line: control characters are escaped, phone numbers masked.
#pragma once
#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::app {

enum class Level : unsigned char { debug, info, warning, error };

/// What belongs to an event. Names are lower case and not time, level or event.
struct Field {
    std::string name, value;
    bool exact; ///< not a text that could hold a phone number: shown whole

    Field(std::string_view what, std::string_view text) : name(what), value(text), exact(false) {}
    template <std::integral T>
    Field(std::string_view what, T number) : name(what), value(std::to_string(number)), exact(true) {}
    /// A path, a digest or an id of ours.
    static Field whole(std::string_view what, std::string_view text) {
        Field out(what, text);
        out.exact = true;
        return out;
    }
};

/// Thread-safe. Never writes to standard output. A log file that stops taking lines is reported once on
/// standard error and does not stop the run.
class Log {
public:
    struct Settings {
        bool quiet = false;                 ///< standard error: only warnings and errors
        bool verbose = false;               ///< standard error: debug events as well
        std::string file;                   ///< "" = none; gets every level
        bool json = false;                  ///< the file: one JSON object for each line
        std::size_t file_bytes = 16u << 20; ///< rotated when larger
        std::size_t files = 5;              ///< kept: FILE, FILE.1 … (numbers before the extension)
        int err_fd = 2;
    };
    using Fields = std::vector<Field>;

    /// Failure(output) if the file can't be opened.
    explicit Log(const Settings& settings);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// `event`: one sentence. `fields`: name and value of what belongs to it; on standard error they follow
    /// the sentence only when verbose.
    void write(Level level, std::string_view event, const Fields& fields = {});
    void debug(std::string_view event, const Fields& fields = {}) { write(Level::debug, event, fields); }
    void info(std::string_view event, const Fields& fields = {}) { write(Level::info, event, fields); }
    void warning(std::string_view event, const Fields& fields = {}) { write(Level::warning, event, fields); }
    void error(std::string_view event, const Fields& fields = {}) { write(Level::error, event, fields); }
    /// What the log file should tell later: an info there, on standard error only when verbose.
    void record(std::string_view event, const Fields& fields = {});
    /// The command ends with a failure: "callscrub: error: what", whole, for `what` has been made for people.
    void failure(std::string_view what, int exit_code);
    void flush();

private:
    void write(Level said, Level kept, std::string_view event, const Fields& fields);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace callscrub::app
