#include "report/diff_read.h"
#include "base/failure.h"
#include "base/text.h"
#include "facts/phone_join.h"
#include "report/reread.h"
#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <functional>
#include <limits>
#include <optional>

namespace callscrub::report {
namespace {
using base::Exit;
using base::Failure;
using base::Place;

constexpr std::uint64_t of_row = std::uint64_t{1} << 63; ///< a key that is a hash and no number

std::uint64_t read_number(std::string_view text, const std::string& path, std::uint64_t line) {
    std::uint64_t value = 0;
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size())
        throw Failure(Exit::input, Place{path, line, 0},
                      "found '" + base::quoted(text) + "', expected a whole number; the file was edited");
    return value;
}

/// The numbers of a rejected row, read again as the run read them.
class PhoneCells {
public:
    explicit PhoneCells(const ManifestList& list) : list_(list), region_(facts::make_region(list.region)) {}

    /// Fills `out` with the numbers that can be read.
    void read(OutputRows& rows, std::vector<facts::Number>& out) {
        if (!reader_) reader_.emplace();
        out.clear();
        facts::Region region = region_;
        if (list_.country_column != 0) {
            const facts::Region stated = facts::make_region(rows.cell(list_.country_column - 1));
            if (stated.known()) region = stated;
        }
        for (const std::uint32_t column : list_.phone_columns) {
            const facts::PhoneReading reading = reader_->read(whole_number(rows, column), region);
            if (reading.number != 0) out.push_back(reading.number);
        }
    }

    /// The cells as they stand, for a row without a readable number.
    std::string text(OutputRows& rows) const {
        std::string out;
        for (const std::uint32_t column : list_.phone_columns) {
            const std::string_view cell = base::trim(rows.cell(column - 1));
            if (cell.empty()) continue;
            if (!out.empty()) out += " | ";
            out += cell;
        }
        return out;
    }

private:
    std::string_view whole_number(OutputRows& rows, std::uint32_t column) {
        for (const ManifestJoin& join : list_.phone_joins) {
            if (join.column != column) continue;
            std::string code;
            facts::PhoneJoin form;
            form.plus = join.plus;
            for (const std::uint32_t part : join.before) {
                code += base::trim(rows.cell(part - 1));
                form.before.push_back(part - 1);
            }
            return facts::join_phone(code, rows.cell(column - 1), form, joined_);
        }
        return rows.cell(column - 1);
    }

    const ManifestList& list_;
    std::string joined_;
    facts::Region region_;
    std::optional<facts::PhoneReader> reader_;
};

std::uint64_t hash_of_row(OutputRows& rows, std::size_t original_columns) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < original_columns; ++i) hash = base::hash(rows.cell(i), hash + 1);
    return hash | of_row;
}

void read_clean(std::vector<RowFate>& out, const Run& run, std::uint32_t list, bool by_line, Codes& codes) {
    const std::string path = run.directory + "/" + run.manifest.lists[list].evidence_file;
    OutputRows rows(path);
    const std::size_t line = rows.column("scrub_line"), phone = rows.column("phone"),
                      basis = rows.column("basis");
    while (rows.next()) {
        RowFate fate;
        fate.line = read_number(rows.cell(line), path, rows.line());
        fate.number = read_number(rows.cell(phone), path, rows.line());
        fate.key = by_line ? fate.line : fate.number;
        fate.list = list;
        fate.code = codes.number(rows.cell(basis));
        fate.state = State::clean;
        out.push_back(fate);
    }
}

void read_rejected(std::vector<RowFate>& out, const Run& run, std::uint32_t list, bool by_line,
                   Codes& codes) {
    const ManifestList& of = run.manifest.lists[list];
    const std::string path = run.directory + "/" + of.rejected_file;
    OutputRows rows(path, stated_form(of));
    const std::size_t line = rows.column("scrub_line"), reason = rows.column("scrub_reason"),
                      raw = rows.column("scrub_raw");
    PhoneCells cells(of);
    std::vector<facts::Number> numbers;
    while (rows.next()) {
        RowFate fate;
        fate.line = read_number(rows.cell(line), path, rows.line());
        fate.key = fate.line;
        fate.list = list;
        fate.code = codes.number(rows.cell(reason));
        fate.state = State::rejected;
        if (!by_line) cells.read(rows, numbers);
        if (!by_line && numbers.empty()) {
            const std::string_view text = rows.cell(raw);
            fate.key = text.empty() ? hash_of_row(rows, line) : base::hash(text) | of_row;
        }
        if (by_line || numbers.empty()) {
            out.push_back(fate);
            continue;
        }
        for (const facts::Number number : numbers) {
            fate.key = fate.number = number;
            out.push_back(fate);
        }
    }
}
} // namespace

std::uint16_t Codes::number(std::string_view text) {
    const auto [at, fresh] =
        numbers_.try_emplace(std::string(text), static_cast<std::uint16_t>(texts_.size()));
    if (fresh) {
        if (texts_.size() > std::numeric_limits<std::uint16_t>::max())
            throw Failure(
                Exit::input,
                "the runs hold more than 65,536 different reasons; these files were not made by callscrub");
        texts_.emplace_back(text);
    }
    return at->second;
}

Run open_run(const std::string& directory) {
    Run run{directory, {}};
    while (run.directory.size() > 1 && run.directory.back() == '/') run.directory.pop_back();
    const std::string path = run.directory + "/" + std::string(manifest_name);
    std::string text;
    if (const int error = read_file(AT_FDCWD, path, text); error != 0)
        throw Failure(Exit::input, Place{path},
                      "can't be read: " + errno_text(error) + "; expected the directory of a finished run");
    run.manifest = read_manifest(text, path);
    return run;
}

void read_fates(std::vector<RowFate>& out, const Run& run, std::uint32_t list, bool by_line, Codes& codes) {
    read_clean(out, run, list, by_line, codes);
    read_rejected(out, run, list, by_line, codes);
}

namespace {
using Places = std::unordered_multimap<std::uint64_t, Wanted*>; ///< by line of the list

void take_texts(OutputRows& rows, const Places& places, const char* article_name, const char* by_name,
                const char* until_name, const char* line_name, const std::function<bool(const Wanted&)>& fits,
                const std::function<void(Wanted&)>& also) {
    const std::size_t line = rows.column(line_name), article = rows.column(article_name),
                      by = rows.column(by_name), until = rows.column(until_name);
    while (rows.next()) {
        std::uint64_t at = 0;
        const std::string_view text = rows.cell(line);
        std::from_chars(text.data(), text.data() + text.size(), at);
        for (auto [each, end] = places.equal_range(at); each != end; ++each) {
            Wanted& wanted = *each->second;
            if (!fits(wanted)) continue;
            wanted.into->article = rows.cell(article);
            wanted.into->decided_by = rows.cell(by);
            wanted.into->until = rows.cell(until);
            also(wanted);
        }
    }
}
} // namespace

void read_texts(const Run& run, std::vector<Wanted>& wanted) {
    for (std::uint32_t list = 0; list < run.manifest.lists.size(); ++list) {
        const ManifestList& of = run.manifest.lists[list];
        Places clean, rejected;
        for (Wanted& each : wanted)
            if (each.fate->list == list)
                (each.fate->state == State::clean ? clean : rejected).emplace(each.fate->line, &each);
        if (!clean.empty()) {
            OutputRows rows(run.directory + "/" + of.evidence_file);
            const std::size_t phone = rows.column("phone");
            take_texts(
                rows, clean, "article", "decided_by", "callable_until", "scrub_line",
                [&](const Wanted& each) { return rows.cell(phone) == facts::e164(each.fate->number); },
                [](Wanted&) {});
        }
        if (!rejected.empty()) {
            OutputRows rows(run.directory + "/" + of.rejected_file, stated_form(of));
            const PhoneCells cells(of);
            take_texts(
                rows, rejected, "scrub_article", "scrub_decided_by", "scrub_callable_until", "scrub_line",
                [](const Wanted&) { return true; },
                [&](Wanted& each) {
                    if (each.phone != nullptr && each.phone->empty()) *each.phone = cells.text(rows);
                });
        }
    }
}

} // namespace callscrub::report
