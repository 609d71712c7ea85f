#include "app/understanding.h"
#include "app/doubts.h"
#include "app/guards.h"
#include "app/onlooker.h"
#include "app/parallel.h"
#include "base/text.h"
#include <algorithm>

namespace callscrub::app {

using base::Exit;
using base::Failure;
using facts::Column;
using facts::PhoneStatus;

namespace {

constexpr std::size_t shown_problems = 20;

// "status: column 3, 'Einwilligung' (a synonym)" → "a synonym"
std::string why_of(const facts::ColumnMap& columns, Column column, std::size_t index) {
    const std::string start =
        std::string(facts::name(column)) + ": column " + std::to_string(index + 1) + ",";
    for (const auto& remark : columns.remarks) {
        const auto cut = remark.rfind(" (");
        if (remark.starts_with(start) && cut != std::string::npos)
            return remark.substr(cut + 2, remark.size() - cut - 3);
    }
    return "";
}

// Unknown words of these only miss a distinction; of the others they may be a no or lose a yes.
bool harmless_if_unknown(Column column) { return column == Column::party || column == Column::outcome; }

// How a file was read.
struct Reading {
    facts::FileKind kind;
    const facts::ColumnMap& columns;
    const facts::Vocabulary& words;
    std::array<facts::DateFormat, facts::column_count> dates;
    const CellCounts& counts;
};

std::vector<WordSeen> words_seen(const Reading& reading, Column column,
                                 const std::map<std::string, std::uint64_t, std::less<>>& counted) {
    const auto vocabulary = vocabulary_name(reading.kind, column);
    const auto& map = words_of(reading.words, reading.kind, column);
    std::vector<std::string_view> known;
    for (const auto& [word, meaning] : facts::known_words(vocabulary)) known.push_back(word);
    std::vector<WordSeen> out;
    for (const auto& [word, count] : counted) {
        const int number = map.find(word);
        const bool empty = base::trim(word).empty();
        if (empty && number < 0 && column != Column::status) continue; // nothing stated
        WordSeen one{number < 0 ? base::quoted(word) : word, count,
                     std::string(facts::meaning_name(vocabulary, number)), "", false};
        if (number < 0 && !empty) one.near = base::nearest(word, known);
        one.whole = one.word == word;
        one.harmful = number < 0 && !harmless_if_unknown(column);
        out.push_back(std::move(one));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    return out;
}

void describe(const Reading& reading, FileSeen& out) {
    const auto& columns = reading.columns;
    out.read = true;
    out.phones = reading.counts.phones;
    out.unreadable_cells = reading.counts.unreadable;
    for (const auto column : facts::columns_of(reading.kind)) {
        std::vector<std::size_t> places;
        if (column == Column::phone)
            places = columns.phones;
        else if (columns.has(column))
            places = {static_cast<std::size_t>(columns[column])};
        for (const auto index : places) {
            ColumnSeen one;
            one.column = column;
            one.index = index;
            one.header = out.headers[index];
            one.why = why_of(columns, column, index);
            if (!out.spec.preset.empty() && one.why.starts_with("stated") &&
                !out.spec.columns.contains(std::string(facts::name(column))))
                one.why.replace(0, 6, "the preset");
            if (facts::is_date(column))
                one.dates = facts::name(reading.dates[static_cast<std::size_t>(column)]);
            one.dated = (reading.counts.dated >> static_cast<unsigned>(column) & 1) != 0;
            if (const auto at = reading.counts.words.find(column); at != reading.counts.words.end())
                one.words = words_seen(reading, column, at->second);
            out.columns.push_back(std::move(one));
        }
    }
    for (const auto index : columns.unused) out.unused.push_back(out.headers[index]);
    for (const auto& remark : columns.remarks)
        if (remark.find(": column ") == std::string::npos) out.notes.push_back(remark);
}

// What users should state, told from the counts.
void judge_words(FileSeen& out) {
    for (const auto& column : out.columns)
        for (const auto& word : column.words) {
            if (!word.meaning.empty()) continue;
            const std::string text =
                std::string(facts::name(column.column)) + ": '" + word.word + "' (" +
                with_commas(word.count) + (word.count == 1 ? " row" : " rows") + ") is no word we know" +
                (word.near.empty() ? "" : " (did you mean '" + word.near + "'?)") +
                "; state what it means: values." + std::string(facts::name(column.column)) + " = { \"" +
                word.word + "\" = \"…\" }";
            if (word.harmful)
                out.problem({out.spec.path, 0, 0}, text);
            else
                out.notes.push_back(text);
        }
}

void judge_phones(FileSeen& out) {
    const auto cells = [&](PhoneStatus status) { return out.phones[static_cast<std::size_t>(status)]; };
    std::uint64_t all = 0;
    for (const auto one : out.phones) all += one;
    if (const auto lost = cells(PhoneStatus::scientific))
        out.problem({out.spec.path, 0, 0},
                    "phone: " + with_commas(lost) +
                        (lost == 1 ? " cell like 4.9E+11 has" : " cells like 4.9E+11 have") +
                        " lost digits in a spreadsheet; export the file again");
    if (all > cells(PhoneStatus::missing) && cells(PhoneStatus::ok) == 0)
        out.problem({out.spec.path, 0, 0}, "phone: no cell holds a number that can be dialled; is this the "
                                           "right column, and is the region of "
                                           "numbers without country code stated?");
    else if (cells(PhoneStatus::invalid) * 4 > all && !out.spec.region.known())
        out.notes.push_back(
            "phone: many cells can't be read; state region if numbers are written without country code");
}

void suggest_preset(FileSeen& out) {
    if (!out.spec.preset.empty() || out.guess.presets.empty()) return;
    const auto* preset = out.guess.presets[0];
    std::string text = "the file looks like " + names_of(out.guess.presets) + ": state " +
                       (out.guess.presets.size() > 1 ? "which one, for example " : "") + "preset = \"" +
                       preset->name + "\"";
    if (!preset->use(out.spec.role))
        text = "the file looks like " + names_of(out.guess.presets) + ", known as " + roles_text(*preset) +
               (preset->cannot.empty() ? "" : "; " + preset->cannot);
    out.notes.push_back(text);
}

/// The inputs that could be understood, read as a run reads them.
class Look {
public:
    explicit Look(const Job& job)
        : job_(job), context_(job_), progress_(Progress::when(job.talk.progress), job.talk.quiet) {
        context_.progress = &progress_;
        if (job.campaign.entity.empty()) context_.own = facts::OwnEntity::anybody();
    }

    Seen go() {
        seen_.files.reserve(job_.inputs.size());
        for (const auto& input : job_.inputs) add(input);
        while (!gather_facts()) {
        }
        for (auto& file : seen_.files)
            if (file.spec.role == Role::list && usable(file)) attempt(file, [&] { read_list(file); });
        for (auto& file : seen_.files) {
            suggest_preset(file);
            if (!file.read) continue;
            judge_words(file);
            judge_phones(file);
            judge_age(file);
            if (const auto doubt = without_rows(file.spec, file.tally.records)) file.notes.push_back(doubt->text());
        }
        for (const auto& [path, role, warning] : unheeded_.found())
            for (auto& file : seen_.files)
                if (file.spec.path == path && file.spec.role == role) file.notes.push_back(warning.text());
        return std::move(seen_);
    }

private:
    static bool usable(const FileSeen& file) { return file.problem_count == 0; }

    void add(const InputSpec& input) {
        auto& file = seen_.files.emplace_back();
        file.spec = input;
        attempt(file, [&] {
            if (input.path == "-") return about_stdin(file);
            file.guess.why = "it can't be read";
            file.guess = guess(input);
            file.spec.role = file.guess.role;
            if (file.spec.role == Role::registers && file.spec.name.empty()) {
                file.spec.role = Role::suppress;
                file.notes.push_back("it may be a register: state which one with --register NAME=FILE");
            }
            if (file.spec.role == Role::any)
                throw Failure(
                    Exit::input, {input.path, 0, 0},
                    "it is not clear what this file is: " + file.guess.why +
                        "; state it, for example with --consents FILE or [[consents]] in the profile");
            open_input(context_, file.spec, 0, Dates::first_rows, false);
        });
    }

    static void about_stdin(FileSeen& file) {
        file.guess.why = "stated";
        if (file.spec.role == Role::any)
            throw Failure(Exit::input, {"-", 0, 0},
                          "standard input can be read only once; say what it is, for example --consents -");
    }

    // Empty consents are a guard's matter.
    static bool of_a_file(const Failure& failure) { return failure.code() == Exit::input || failure.code() == Exit::guard; }

    // What is wrong with the file is kept as its problem.
    template <class Work> void attempt(FileSeen& file, Work&& work) {
        try {
            work();
        } catch (const Failure& failure) {
            if (!of_a_file(failure)) throw;
            note_failure(file, failure);
        }
    }

    static void note_failure(FileSeen& file, const Failure& failure) {
        const std::string place = failure.place().text();
        std::string what = failure.what();
        if (!place.empty() && what.starts_with(place + ": ")) what.erase(0, place.size() + 2);
        file.problem(failure.place(), what);
    }

    // False if a file failed on the way: then again without it.
    bool gather_facts() {
        std::vector<FileSeen*> members;
        job_.inputs.clear();
        for (auto& file : seen_.files)
            if (file.spec.role != Role::list && usable(file)) {
                job_.inputs.push_back(file.spec);
                members.push_back(&file);
            }
        Counting counting(context_, members.size());
        try {
            gathered_ = gather(context_, counting.onlooker());
            progress_.rest();
        } catch (const Failure& failure) {
            const auto broken = std::find_if(members.begin(), members.end(), [&](auto* file) {
                return file->spec.path == failure.place().file;
            });
            if (!of_a_file(failure) || broken == members.end()) throw;
            note_failure(**broken, failure);
            return false;
        }
        for (std::size_t i = 0; i < gathered_.files.size(); ++i)
            describe_facts(gathered_.files[i], counting.of(i),
                           *members[static_cast<std::size_t>(gathered_.files[i].spec - job_.inputs.data())]);
        seen_.facts = !gathered_.files.empty();
        return true;
    }

    void describe_facts(const GatheredFile& read, const CellCounts& counts, FileSeen& file) {
        file.source = read.source;
        file.understanding = read.understanding;
        file.dialect = read.dialect;
        file.encoding = read.encoding;
        file.tally = read.tally;
        file.headers = read.headers;
        file.header_line = read.header_line;
        file.header = read.header;
        file.kept = read.kept;
        file.bad = read.bad;
        file.newest_ms = read.newest_ms;
        describe({kind_of(file.spec.role), read.columns, *read.words, read.dates, counts}, file);
        unheeded_.add(file.spec, file.headers, read.columns);
        for (const auto& doubt : strange_rows(read))
            if (doubt.key != "outcomes") file.notes.push_back(doubt.text()); // words are told one by one
        for (const auto& trouble : read.troubles) file.problem(trouble.place, trouble.text);
        if (read.bad > read.troubles.size()) file.problem_count += read.bad - read.troubles.size();
    }

    // Too old for the profile, or without rows: a run would end with it.
    void judge_age(FileSeen& file) {
        try {
            if (file.tally.records == 0) refuse_empty(file.spec);
            refuse_stale(context_, file.spec, file.source, file.newest_ms);
        } catch (const Failure& failure) {
            note_failure(file, failure);
        }
    }

    void read_list(FileSeen& file) {
        const Opened list = open_input(context_, file.spec, 0, Dates::first_rows, false);
        CellCounts counts;
        std::mutex mutex;
        if (!list.reader->empty())
            on_threads(context_.threads, [&] {
                ListLook look{*this, list, file.spec, CellReader(list), csv::Records(list.reader->format())};
                look.run();
                const std::lock_guard lock(mutex);
                counts += look.counts;
                file.tally += look.records.tally();
                file.matched += look.matched;
                file.bad += look.records.tally().damaged;
                for (const auto& trouble : look.troubles) file.problem(trouble.place, trouble.text);
                file.problem_count += look.records.tally().damaged - look.troubles.size();
            });
        file.source = list.reader->source();
        file.understanding = list.reader->understanding();
        file.dialect = list.reader->dialect();
        file.encoding = list.reader->encoding();
        file.headers = list.reader->header().names;
        file.header_line = list.reader->header().line;
        file.header = list.reader->header().present;
        file.kept = file.tally.records - file.bad;
        describe({list.kind, list.columns, *list.reading.words, {}, counts}, file);
        unheeded_.add(file.spec, file.headers, list.columns);
    }

    /// One thread's part of a list.
    struct ListLook {
        const Look& look;
        const Opened& list;
        const InputSpec& spec;
        CellReader reader;
        csv::Records records;
        CellCounts counts{};
        std::uint64_t matched = 0;
        std::vector<RowTrouble> troubles{};
        facts::SubjectFacts facts{};

        void run() {
            csv::Block block;
            while (list.reader->next(block)) {
                records.reset(block);
                for (csv::Record record; records.next(record);) take(record);
            }
        }

        void take(const csv::Record& record) {
            if (record.damage != csv::Damage::none) {
                if (troubles.size() < shown_problems)
                    troubles.push_back({{spec.path, record.line, 0},
                                        "this row can't be read: " + damage_of(record)});
                return;
            }
            const auto& cells = reader.read(record);
            bool match = false, again = false;
            for (const auto column : list.columns.phones) {
                if (again || list.columns.phones.size() > 1) reader.with_phone(record, column);
                counts.count(look.context_, list, cells, again);
                again = true;
                match = match || on_record(cells);
            }
            matched += match ? 1 : 0;
        }

        bool on_record(const facts::Cells& cells) {
            const auto* law = look.context_.rules.by_any_name(cells[Column::country]);
            const auto country = law ? law->region : facts::make_region(cells[Column::country]);
            const auto read = look.context_.phones.read(cells[Column::phone],
                                                        country.known() ? country : list.reading.region);
            const auto person = facts::text_key(cells[Column::person_id]);
            if (read.number == 0 && person == 0) return false;
            look.gathered_.history->subject(read.number, person,
                                            *look.context_.rules.jurisdictions().front().zone, facts);
            return !facts.empty();
        }
    };

    Seen seen_;
    Job job_;
    Context context_;
    Gathered gathered_;
    UnheededColumns unheeded_;
    Progress progress_;
};

} // namespace

std::string_view name(PhoneStatus status) {
    switch (status) {
    case PhoneStatus::ok:
        return "ok";
    case PhoneStatus::missing:
        return "missing";
    case PhoneStatus::scientific:
        return "scientific";
    case PhoneStatus::two_in_cell:
        return "two_in_cell";
    case PhoneStatus::invalid:
        return "invalid";
    case PhoneStatus::not_diallable:
        break;
    }
    return "not_diallable";
}

void FileSeen::problem(base::Place place, std::string text) {
    ++problem_count;
    problems.push_back({std::move(place), std::move(text)});
    if (problems.size() <= 2 * shown_problems) return;
    std::stable_sort(problems.begin(), problems.end(),
                     [](const auto& a, const auto& b) { return a.place.line < b.place.line; });
    problems.resize(shown_problems);
}

std::uint64_t Seen::problems() const {
    std::uint64_t out = 0;
    for (const auto& file : files) out += file.problem_count;
    return out;
}

Seen understand(const Job& job) {
    Seen out = Look(job).go();
    for (auto& file : out.files) {
        std::stable_sort(file.problems.begin(), file.problems.end(),
                         [](const auto& a, const auto& b) { return a.place.line < b.place.line; });
        if (file.problems.size() > shown_problems) file.problems.resize(shown_problems);
        if (file.spec.role == Role::list && file.read && out.facts && file.tally.records > 0 &&
            file.matched == 0)
            file.problem({file.spec.path, 0, 0},
                         "no row matches any fact: are the files of the same customers, and is the "
                         "region of numbers without country code right?");
    }
    return out;
}

} // namespace callscrub::app
