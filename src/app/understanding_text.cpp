// What was understood, for people.
#include "app/understanding.h"
#include "base/text.h"
#include <algorithm>
#include <cmath>

namespace callscrub::app {

std::string encoding_why(const FileSeen& file) {
    if (file.understanding.bom) return "it begins with a byte order mark";
    if (file.understanding.encoding_stated) return "stated";
    switch (file.encoding) {
    case csv::Encoding::utf8:
        return "found: all of it, but for stray bytes, is valid UTF-8 or ASCII";
    case csv::Encoding::windows1252:
        return "found: it is no UTF-8 and has letters that only Windows-1252 has";
    case csv::Encoding::latin9:
        return "found: it is no UTF-8 and has the byte that only here is a euro sign";
    default:
        return "a guess: it is no UTF-8, and nothing tells Latin-1, Latin-9 and Windows-1252 apart; state "
               "encoding";
    }
}

std::string delimiter_why(const FileSeen& file) {
    if (file.understanding.separator_line) return "its first line says so";
    if (file.understanding.delimiter_stated) return "stated";
    return file.headers.size() == 1 ? "nothing separates cells" : "found";
}

namespace {

using facts::PhoneStatus;

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return with_commas(number) + " " + std::string(number == 1 ? one : many);
}

std::string age(std::int64_t ms) {
    const auto hours = ms / 3'600'000;
    if (hours < 0) return "in the future";
    if (hours < 1) return "less than an hour old";
    if (hours < 48) return counted(static_cast<std::uint64_t>(hours), "hour old", "hours old");
    return counted(static_cast<std::uint64_t>(hours / 24), "day old", "days old");
}

std::string_view says(PhoneStatus status) {
    switch (status) {
    case PhoneStatus::ok:
        return "good";
    case PhoneStatus::missing:
        return "empty";
    case PhoneStatus::scientific:
        return "with digits lost (4.9E+11)";
    case PhoneStatus::two_in_cell:
        return "with two numbers";
    case PhoneStatus::invalid:
        return "not readable without guessing";
    case PhoneStatus::not_diallable:
        break;
    }
    return "short, emergency or premium";
}

std::string one_line(std::string text) {
    for (std::size_t at = 0; (at = text.find("\n  ", at)) != std::string::npos;) text.replace(at, 3, " ");
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string header_cell(const std::string& header) { return "'" + base::quoted(header) + "'"; }

class Page {
public:
    Page(std::int64_t now_ms, const Manners& manners) : now_ms_(now_ms), manners_(manners) {}

    std::string text(const Seen& seen) {
        for (const auto& file : seen.files) put_file(file, seen.facts);
        const auto problems = seen.problems();
        out_ += problems == 0
                    ? tinted("no problems found", Tint::good, manners_.colour)
                    : tinted(counted(problems, "problem", "problems") + " found", Tint::bad, manners_.colour);
        return out_ + "\n";
    }

private:
    void put_file(const FileSeen& file, bool facts) {
        const auto role = file.spec.role == Role::any ? std::string("not clear what it is")
                                                      : std::string(name(file.spec.role));
        out_ += tinted(harmless(file.spec.path), Tint::strong, manners_.colour) + ": " + role +
                (file.spec.name.empty() ? "" : " " + harmless(file.spec.name)) + " (" +
                harmless(file.guess.why) + ")\n";
        table_ = Table({Table::Align::left, Table::Align::left});
        if (file.read) {
            put_form(file);
            put_columns(file);
            put_counts(file, facts);
        }
        for (const auto& note : file.notes) table_.row({"note", one_line(note)});
        put_problems(file);
        out_ += table_.text(manners_.terminal ? manners_.width : 0, manners_.colour, 2) + "\n";
    }

    void put_form(const FileSeen& file) {
        std::string bytes = file.source.size ? with_commas(*file.source.size) + " bytes" : "a stream";
        if (file.source.compression != csv::Compression::none)
            bytes += ", " + std::string(csv::name(file.source.compression));
        if (file.source.modified) bytes += ", " + age(now_ms_ - *file.source.modified / 1'000'000);
        table_.row({"file", bytes});
        if (!file.spec.preset.empty()) table_.row({"preset", file.spec.preset});
        if (file.headers.empty()) return table_.row({"rows", "none: the file is empty"});
        const bool wide = file.encoding == csv::Encoding::utf16le || file.encoding == csv::Encoding::utf16be;
        table_.row({"encoding", std::string(csv::name(file.encoding)) + " (" + encoding_why(file) + ")" +
                                    (wide && file.spec.role == Role::list
                                         ? "; the cleaned and the rejected list will be utf-8"
                                         : "")});
        table_.row(
            {"delimiter", csv::delimiter_name(file.dialect.delimiter) + " (" + delimiter_why(file) + ")"});
        table_.row({"header", file.header ? "line " + std::to_string(file.header_line) + ", " +
                                                counted(file.headers.size(), "column", "columns")
                                          : "none; " + counted(file.headers.size(), "column", "columns")});
    }

    void put_columns(const FileSeen& file) {
        for (const auto& column : file.columns)
            table_.row({std::string(facts::name(column.column)),
                        (file.header ? header_cell(column.header) + ", column " : "column ") +
                            std::to_string(column.index + 1) +
                            (column.why.empty() ? "" : " (" + column.why + ")") +
                            (column.dates.empty() ? "" : "; dates are " + column.dates)});
        for (const auto& [column, value] : file.spec.constants)
            table_.row({column, "\"" + value + "\" in every row (stated)"});
        std::string unused;
        for (const auto& header : file.unused) unused += (unused.empty() ? "" : ", ") + header_cell(header);
        if (!unused.empty()) table_.row({"not used", unused});
        for (const auto& column : file.columns) put_words(column);
    }

    void put_words(const ColumnSeen& column) {
        constexpr std::size_t most = 25;
        std::string text;
        for (std::size_t i = 0; i < column.words.size() && i < most; ++i) {
            const auto& word = column.words[i];
            text += (text.empty() ? "" : "; ") + (word.word.empty() ? "(empty)" : "'" + word.word + "'") +
                    " " + with_commas(word.count) + " = " +
                    (word.meaning.empty() ? "not known" : word.meaning);
        }
        if (column.words.size() > most)
            text += "; … (" + std::to_string(column.words.size()) + " words in all)";
        if (!text.empty()) table_.row({"words", std::string(facts::name(column.column)) + ": " + text});
    }

    void put_counts(const FileSeen& file, bool facts) {
        std::string rows = counted(file.tally.records, "row", "rows");
        const bool list = file.spec.role == Role::list;
        if (!list) rows += ": " + with_commas(file.kept) + " that may matter";
        if (const auto rest = file.tally.records - std::min(file.tally.records, file.kept + file.bad);
            rest != 0 && !list)
            rows += ", " + with_commas(rest) + " that say nothing about calls";
        if (file.bad != 0) rows += ", " + with_commas(file.bad) + " that can't be used";
        if (file.tally.blank != 0) rows += ", " + counted(file.tally.blank, "blank line", "blank lines");
        if (file.tally.crlf != 0)
            rows += file.tally.lf == 0 ? "; lines end with CRLF" : "; line ends are mixed";
        table_.row({"rows", rows});
        std::string phones;
        for (std::size_t i = 0; i < file.phones.size(); ++i)
            if (file.phones[i] != 0)
                phones += (phones.empty() ? "" : ", ") + with_commas(file.phones[i]) + " " +
                          std::string(says(static_cast<PhoneStatus>(i)));
        if (!phones.empty()) table_.row({"phone cells", phones});
        if (file.unreadable_cells != 0)
            table_.row({"text", counted(file.unreadable_cells, "cell holds", "cells hold") +
                                    " NUL or bytes that are no text"});
        if (file.newest_ms != INT64_MIN) {
            constexpr std::int64_t day = 86'400'000;
            const auto at =
                static_cast<facts::Day>((file.newest_ms - (file.newest_ms < 0 ? day - 1 : 0)) / day);
            table_.row({"newest event", facts::to_string(at) + ", " + age(now_ms_ - file.newest_ms)});
        }
        if (list && facts && file.tally.records != 0) {
            const double share =
                100.0 * static_cast<double>(file.matched) / static_cast<double>(file.tally.records);
            char percent[16];
            std::snprintf(percent, sizeof percent, "%.1f", share);
            table_.row({"match", with_commas(file.matched) + " of " +
                                     counted(file.tally.records, "row", "rows") + " (" + percent +
                                     " %) are on record in the other files"});
        }
    }

    void put_problems(const FileSeen& file) {
        for (const auto& problem : file.problems) {
            const auto place = problem.place.line == 0 ? "" : problem.place.text() + ": ";
            table_.row({"problem", place + one_line(problem.text)}, Tint::bad);
        }
        if (file.problem_count > file.problems.size())
            table_.row(
                {"problem", "… and " + with_commas(file.problem_count - file.problems.size()) + " more"},
                Tint::bad);
    }

    std::int64_t now_ms_;
    const Manners& manners_;
    Table table_{{}};
    std::string out_;
};

} // namespace

std::string to_text(const Seen& seen, std::int64_t now_ms, const Manners& manners) {
    return Page(now_ms, manners).text(seen);
}

} // namespace callscrub::app
