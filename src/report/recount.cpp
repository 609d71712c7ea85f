#include "report/recount.h"
#include "base/failure.h"
#include "base/text.h"
#include "report/reread.h"
#include <charconv>
#include <limits>
#include <string_view>

namespace callscrub::report {

namespace {

/// The lines of the list that an output speaks of, each once, by the first of its rows: a row with several numbers has
/// several lines of evidence.
class Lines {
public:
    Lines(const std::string& path, std::string_view word, const csv::Stated& form = {})
        : path_(path), rows_(path, form), column_(rows_.column("scrub_line")), word_(rows_.column(word)) {}

    /// The next line, greater than the one before; false at the end.
    bool next(std::uint64_t& line) {
        while (rows_.next()) {
            const std::string_view text = rows_.cell(column_);
            std::uint64_t now = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), now);
            if (error != std::errc() || end != text.data() + text.size() || now < last_)
                throw base::Failure(base::Exit::input, base::Place{path_, rows_.line(), 0},
                                    "scrub_line is '" + base::quoted(text) + "', expected a number of at least " + std::to_string(last_));
            if (now == last_) continue;
            line = last_ = now;
            return true;
        }
        return false;
    }

    /// Counts the line in hand.
    void count(LineCount& out) {
        ++out.lines;
        const std::string_view word = rows_.cell(word_);
        const auto known = out.by_word.find(word);
        if (known != out.by_word.end()) ++known->second;
        else out.by_word.emplace(word, 1);
    }

private:
    std::string path_;
    OutputRows rows_;
    std::size_t column_, word_;
    std::uint64_t last_ = 0;
};

} // namespace

std::uint64_t count_rows(const std::string& path, const csv::Stated& form) {
    OutputRows rows(path, form);
    std::uint64_t count = 0;
    while (rows.next()) ++count;
    return count;
}

LineCount count_proven(const std::string& evidence) {
    LineCount out;
    Lines lines(evidence, "basis");
    for (std::uint64_t line = 0; lines.next(line);) lines.count(out);
    return out;
}

LineCount count_rejected(const std::string& rejected, const csv::Stated& form, const std::string& evidence) {
    LineCount out;
    Lines lines(rejected, "scrub_reason", form), proven(evidence, "basis");
    std::uint64_t clean = 0;
    for (std::uint64_t line = 0; lines.next(line);) {
        while (clean < line)
            if (!proven.next(clean)) clean = std::numeric_limits<std::uint64_t>::max();
        if (clean != line) lines.count(out);
    }
    return out;
}

} // namespace callscrub::report
