/// Where words go: data to standard output, everything said to people to standard error. Colour and width
/// only where a terminal reads along; nothing depends on it.
#pragma once
#include "app/log.h"
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::app {

/// What the reader of a stream can show.
struct Manners {
    bool terminal = false;
    bool moves = false;  ///< a terminal with TERM neither unset nor "dumb": a line can be rewritten
    bool colour = false; ///< such a one, and NO_COLOR unset or empty
    std::size_t width = 80;
};

/// Of a file descriptor: asks the terminal and the environment (NO_COLOR, TERM, COLUMNS).
Manners manners_of(int fd);

enum class Tint : unsigned char { none, strong, faint, good, bad, warn };

/// `text` in a colour, or as it is.
std::string tinted(std::string_view text, Tint tint, bool colour);

/// Columns that `text` (UTF-8) takes on a terminal: combining marks and zero-width characters 0, wide ones 2.
/// Control sequences made by `tinted` count nothing.
std::size_t display_width(std::string_view text);

/// Data as it may be shown: control characters and marks that turn the direction of writing as \xNN and
/// \uNNNN, so that a cell can't steer the terminal or fake a line.
std::string harmless(std::string_view text);

/// 1204113 → "1,204,113": also keeps a count from being taken for a phone number.
std::string with_commas(std::uint64_t number);

/// Breaks at blanks so that no line is wider than `width` (a longer word stands alone); every line but the
/// first starts with `indent` blanks. No line end at the end.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0);

/// Rows with aligned columns. The last column is wrapped if a width is given and it is the one that does not
/// fit; where hardly any room is left beside the others it stands below them.
class Table {
public:
    enum class Align : unsigned char { left, right };
    explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}
    /// As many cells as columns. Control characters in cells are shown escaped, so data can't steer the
    /// terminal.
    void row(std::vector<std::string> cells, Tint tint = Tint::none);
    /// Lines, each with '\n'; two blanks between columns, none at line ends. `indent`: blanks before each
    /// line.
    std::string text(std::size_t width = 0, bool colour = false, std::size_t indent = 0) const;

private:
    struct Row {
        std::vector<std::string> cells;
        Tint tint;
    };
    std::vector<Align> columns_;
    std::vector<Row> rows_;
};

/// The two streams of the program and its log. One for each process; not for several threads at once, except
/// log().
class Console {
public:
    /// Descriptors stay open and are not owned.
    Console(const Log::Settings& log, int out_fd = 1, int err_fd = 2);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// Data to standard output, buffered. Failure(output) if it can't be written (also a closed pipe).
    void print(std::string_view text);
    /// To be called before a successful end: writes what is buffered. Failure(output).
    void flush();
    /// Text to standard error as it is, but not when quiet (summaries, hints).
    void say(std::string_view text);

    const Manners& out() const { return out_; }
    const Manners& err() const { return err_; }
    Log& log() { return log_; }

private:
    int out_fd_, err_fd_;
    Manners out_, err_;
    bool quiet_;
    Log log_;
    std::string buffer_;
};

} // namespace callscrub::app
