#include "app/gather.h"
#include "app/overflow_file.h"
#include "app/parallel.h"
#include <algorithm>
#include <filesystem>

namespace callscrub::app {

using base::Exit;
using base::Failure;
using facts::Column;
using history::Gathering;
using history::Intake;

namespace {

constexpr std::int64_t one_day_ms = 86'400'000;

// A column that looked like ISO in the first rows holds something else further down.
struct GuessedWrong {};

// One file's rows by one thread.
class FileWorker {
public:
    FileWorker(const Context& context, Gathering& gathering, const Opened& opened, const Onlooker& look, unsigned attempt)
        : gathering_(gathering), opened_(opened), look_(look), attempt_(attempt), phones_(context.phones), feed_(gathering),
          intake_(gathering, feed_, opened.reading, context.own, context.phones), cells_(opened), records_(opened.reader->format()), places_(opened.lines.get()) {
        intake_.newest_before(context.begun_ms + one_day_ms); // the day may already have begun further east
    }

    void run() {
        csv::Block block;
        while (opened_.reader->next(block)) {
            records_.reset(block);
            places_.begin(block);
            csv::Record record;
            while (records_.next(record)) {
                guest_ = !places_.place(record);
                const auto before = intake_.facts();
                take(record);
                if (!guest_) facts_ += intake_.facts() - before;
            }
            gathering_.put_names(opened_.reading.file, block.index, intake_.take_names());
            blocks_.push_back({block.first_line, block.offset});
        }
        feed_.flush(); // here, where a full disk can be told
    }

    void report(GatheredFile& into) {
        into.tally += records_.tally();
        into.kept += kept_;
        into.bad += bad_;
        into.facts += facts_;
        into.newest_ms = std::max(into.newest_ms, intake_.newest_ms());
        into.later.add(later_.rows, later_.line);
        into.outcomes.add(outcomes_.rows, outcomes_.line);
        into.blocks.insert(into.blocks.end(), blocks_.begin(), blocks_.end());
        into.troubles.insert(into.troubles.end(), troubles_.begin(), troubles_.end());
    }

    void take(const csv::Record& record) {
        if (record.line > UINT32_MAX) throw Failure(Exit::input, {opened_.spec->path, record.line, 0}, "files of more than 4,294,967,295 lines are not supported; split it");
        if (record.damage != csv::Damage::none) return trouble(unreadable(opened_, record));
        const auto& cells = cells_.read(record);
        if (opened_.columns.phones.size() > 1) return take_each_phone(record);
        const auto outcome = take(record, cells);
        if (outcome == Intake::Outcome::kept && !guest_) ++kept_;
        if (outcome == Intake::Outcome::bad) bad_row(record, opened_.columns[intake_.trouble_column()]);
    }

private:
    Intake::Outcome take(const csv::Record& record, const facts::Cells& cells, bool again = false) {
        const auto outcome = intake_.take(cells, static_cast<std::uint32_t>(record.line));
        if (look_) look_({opened_, record, cells, intake_.number(), intake_.person(), outcome, again, attempt_});
        if (const auto strange = intake_.strange(); strange != Intake::Strange::nothing && !guest_ && !again)
            (strange == Intake::Strange::later ? later_ : outcomes_).add(1, record.line);
        return outcome;
    }

    // What a row says holds for each number in it; a cell without number is passed over if another has one.
    void take_each_phone(const csv::Record& record) {
        bool any = false, kept = false, bad = false;
        for (const auto column : opened_.columns.phones) {
            const auto& cells = cells_.with_phone(record, column);
            const bool last = column == opened_.columns.phones.back();
            const bool missing = !cells.is_unreadable(Column::phone) &&
                                 phones_.read(cells[Column::phone], opened_.reading.region).status == facts::PhoneStatus::missing;
            if (missing && (any || !last)) continue;
            const auto outcome = take(record, cells, any);
            any = true;
            kept = kept || outcome == Intake::Outcome::kept;
            if (outcome != Intake::Outcome::bad || bad) continue;
            bad = true;
            const bool phone = intake_.trouble_column() == Column::phone;
            bad_row(record, phone ? static_cast<int>(column) : opened_.columns[intake_.trouble_column()]);
        }
        if (kept && !bad && !guest_) ++kept_;
    }

    // `at`: index of the column in the file; -1 = the row as a whole.
    void bad_row(const csv::Record& record, int at) {
        const auto column = intake_.trouble_column();
        if (opened_.dates_guessed && facts::is_date(column) && opened_.spec->dates.empty() &&
            !opened_.spec->dates_of.contains(std::string(facts::name(column))))
            throw GuessedWrong{};
        trouble({{opened_.spec->path, record.line, static_cast<std::uint32_t>(at + 1)}, std::string(facts::name(column)) + ": " + intake_.trouble()});
    }

    void trouble(RowTrouble what) {
        if (guest_) return; // counted elsewhere
        ++bad_;
        if (troubles_.size() < shown_troubles) troubles_.push_back(std::move(what));
    }

    Gathering& gathering_;
    const Opened& opened_;
    const Onlooker& look_;
    const unsigned attempt_;
    const facts::PhoneReader& phones_;
    Gathering::Feed feed_;
    Intake intake_;
    CellReader cells_;
    csv::Records records_;
    PartLines::Cursor places_;
    bool guest_ = false; ///< the row in hand is at home in another part
    std::uint64_t kept_ = 0, bad_ = 0, facts_ = 0;
    StrangeRows later_, outcomes_;
    std::vector<RowTrouble> troubles_;
    std::vector<BlockPlace> blocks_;
};

GatheredFile gather_file(const Context& context, Gathering& gathering, const InputSpec& spec, Opened opened,
                         const Onlooker& look, unsigned attempt) {
    GatheredFile out;
    out.spec = &spec;
    out.columns = opened.columns;
    out.headers = opened.reader->header().names;
    out.header_line = opened.reader->header().line;
    out.header = opened.reader->header().present;
    out.words = opened.reading.words;
    const auto counted = follow(context, *opened.reader);
    std::mutex mutex;
    if (!opened.reader->empty())
        on_threads(context.threads, [&] {
            FileWorker worker(context, gathering, opened, look, attempt);
            worker.run();
            const std::lock_guard lock(mutex);
            worker.report(out);
        });
    out.source = opened.reader->source();
    out.dialect = opened.reader->dialect();
    out.encoding = opened.reader->encoding();
    out.understanding = opened.reader->understanding();
    for (std::size_t i = 0; i < out.dates.size(); ++i) out.dates[i] = opened.reading.dates[i].format();
    if (context.job.hash_inputs) out.digest = opened.reader->digest();
    keep_first(out.troubles);
    std::sort(out.blocks.begin(), out.blocks.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    return out;
}

} // namespace

std::vector<const InputSpec*> in_reading_order(const Job& job) {
    std::vector<const InputSpec*> out;
    for (const auto role : {Role::calls, Role::suppress, Role::registers, Role::consents, Role::relations})
        for (const auto* spec : job.inputs_of(role)) out.push_back(spec);
    return out;
}

RowTrouble unreadable(const Opened& opened, const csv::Record& record) {
    return {{opened.spec->path, record.line, 0}, "this row can't be read: " + std::string(says(record.damage))};
}

void keep_first(std::vector<RowTrouble>& troubles) {
    std::sort(troubles.begin(), troubles.end(), [](const auto& a, const auto& b) { return a.place.line < b.place.line; });
    if (troubles.size() > shown_troubles) troubles.resize(shown_troubles);
}

std::uint64_t Gathered::facts() const {
    std::uint64_t out = 0;
    for (const auto& file : files) out += file.facts;
    return out;
}

std::vector<std::string> Gathered::paths() const {
    std::vector<std::string> out;
    out.reserve(files.size() + 1); // a list's comes behind them, mostly
    for (const auto& file : files) out.push_back(file.spec->path);
    return out;
}

Gathered gather(const Context& context, const Onlooker& look, const Opener& open, const std::shared_ptr<const history::Wanted>& wanted) {
    const auto specs = in_reading_order(context.job);
    if (specs.size() >= history::most_files)
        throw Failure(Exit::usage, "at most " + std::to_string(history::most_files - 1) + " inputs besides the lists are supported");
    // A pipe can't be read twice, so nothing may be guessed that a second reading would have to mend.
    const bool once = std::any_of(specs.begin(), specs.end(), [](const InputSpec* spec) {
        std::error_code error;
        return spec->path == "-" || !std::filesystem::is_regular_file(spec->path, error);
    });
    const auto opened = [&](std::size_t at, Dates how) {
        const auto file = static_cast<std::uint16_t>(at);
        return open ? open(*specs[at], file, how) : open_input(context, *specs[at], file, how, context.job.hash_inputs);
    };
    std::vector<Dates> dates(specs.size(), once ? Dates::all_rows : Dates::first_rows);
    for (unsigned attempt = 0;; ++attempt) {
        begin_phase(context, "gather", specs);
        auto gathering = std::make_unique<Gathering>(room_for_facts(context.job.limits.memory));
        gathering->wanted = wanted;
        gathering->trace = context.job.command == Command::index;
        Gathered out;
        std::size_t at = 0;
        try {
            for (; at < specs.size(); ++at)
                out.files.push_back(gather_file(context, *gathering, *specs[at], opened(at, dates[at]), look, attempt));
        } catch (const GuessedWrong&) {
            dates[at] = Dates::all_rows;
            continue;
        }
        out.history = std::make_unique<history::History>(std::move(gathering), context.threads);
        return out;
    }
}

struct RowViewer::Inside {
    Inside(const Context& context, const Opened& opened, const Onlooker& look) : worker(context, gathering, opened, look, 0) {}
    Gathering gathering;
    FileWorker worker;
};

RowViewer::RowViewer(const Context& context, const Opened& opened, const Onlooker& look)
    : inside_(std::make_unique<Inside>(context, opened, look)) {}
RowViewer::~RowViewer() = default;
void RowViewer::show(const csv::Record& record) { inside_->worker.take(record); }

void refuse_bad_rows(const std::vector<GatheredFile>& files) {
    for (const auto& file : files) {
        if (file.bad <= file.spec->allow_bad_rows) continue;
        const auto& first = file.troubles.front();
        std::string text = first.text;
        for (std::size_t i = 1; i < file.troubles.size() && i < 4; ++i)
            text += "; " + file.troubles[i].place.text() + ": " + file.troubles[i].text;
        text += ". " + std::to_string(file.bad) + (file.bad == 1 ? " row" : " rows") +
                " of this file can't be used, and a lost row may be a no, so the run stops. Correct the file, or state allow_bad_rows = " +
                std::to_string(file.bad) + " for this input to go on without";
        if (!file.header && !file.spec->dialect.no_header && first.place.line == file.header_line)
            text += ". If line " + std::to_string(first.place.line) + " is the name of the column, state skip = " + std::to_string(first.place.line);
        if (!file.source.regular && file.spec->dates.empty() && text.find(" is no date of the form iso") != std::string::npos)
            text += ". A stream is read once, so its dates are taken for iso; if they are not, state dates = \"…\"";
        throw Failure(Exit::input, first.place, text);
    }
}

} // namespace callscrub::app
