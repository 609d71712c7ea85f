#include "app/command_explain.h"
#include "app/commands.h"
#include "app/facts_index.h"
#include "app/facts_index_rows.h"
#include "app/pack_files.h"
#include "base/text.h"
#include "verdict/cases.h"
#include <algorithm>

namespace callscrub::app {

using base::Exit;
using base::Failure;
using facts::Column;
using facts::PhoneStatus;
using law::Reason;

Story Explanation::tell() {
    if (job_.explain.list.empty())
        read_number();
    else
        find_row();
    Witness witness(numbers(), person(), context_.own);
    if (job_.index.empty()) {
        gathered_ = gather(context_, [&](const SeenRow& row) { witness.see(row); });
    } else {
        gathered_ = read_index(context_);
        witness_rows(context_, gathered_, numbers(), person(), witness);
    }
    progress_.rest();
    refuse_bad_rows(gathered_.files);
    rows_ = witness.rows();
    begin_story();
    const auto campaign = campaign_of(context_, *gathered_.history);
    if (job_.explain.list.empty())
        tell_number(campaign);
    else
        tell_row(campaign);
    return std::move(story_);
}

// A number that is typed has been misread by nobody but us, so it is told at once what is wrong with it.
void Explanation::read_number() {
    const auto& typed = job_.explain.number;
    phone_ = context_.phones.read(typed, context_.region);
    const std::string start = "'" + base::quoted(typed) + "' ";
    switch (phone_.status) {
    case PhoneStatus::ok:
    case PhoneStatus::not_diallable:
        return;
    case PhoneStatus::missing:
        throw Failure(Exit::usage, start + "is no telephone number; name one, for example +31 6 12345678");
    case PhoneStatus::scientific:
        throw Failure(Exit::usage,
                      start + "was rounded by a spreadsheet and its digits are lost; name the whole number");
    case PhoneStatus::two_in_cell:
        throw Failure(Exit::usage, start + "holds more than one number; ask for one at a time");
    case PhoneStatus::invalid:
        break;
    }
    if (!context_.region.known())
        throw Failure(Exit::usage,
                      start +
                          "is no telephone number that can be read without its country; write it with its "
                          "country code (+49 …), or state --region");
    throw Failure(Exit::usage,
                  start + "is no valid telephone number of region " + context_.region.text() +
                      "; correct it, write it with its country code (+49 …), or state another --region");
}

// The list is read up to the line; its records may be longer than one.
void Explanation::find_row() {
    const auto lists = job_.inputs_of(Role::list);
    if (lists.empty()) throw Failure(Exit::internal, "the list to explain is not among the inputs");
    std::size_t others = 0;
    for (const auto& input : job_.inputs) others += input.role != Role::list ? 1U : 0U;
    list_ = std::make_unique<Opened>(
        open_input(context_, *lists.front(), static_cast<std::uint16_t>(others), Dates::first_rows, false));
    csv::Block block;
    csv::Records records(list_->reader->format());
    std::uint64_t last = 0;
    while (!list_->reader->empty() && list_->reader->next(block)) {
        records.reset(block);
        csv::Record record;
        while (records.next(record)) {
            if (record.line == job_.explain.line) return read_row(record);
            if (record.line > job_.explain.line) break;
            last = record.line;
        }
        if (record.line > job_.explain.line) break;
    }
    const std::string near =
        last != 0 ? "; the nearest row before it starts on line " + std::to_string(last) : std::string();
    throw Failure(Exit::usage, {job_.explain.list, job_.explain.line, 0},
                  "no row of the list starts on this line (the header is line " +
                      std::to_string(list_->reader->header().line) + ")" + near);
}

// The same cells as the judge of rows reads: to know whose records are to be kept.
void Explanation::read_row(const csv::Record& record) {
    row_.size = record.raw.size();
    row_.raw.assign(record.raw).append(csv::Buffer::slack, '\0');
    row_.encoding = record.encoding;
    if (record.damage != csv::Damage::none) return;
    CellReader reader(*list_);
    const auto& cells = reader.read(record);
    row_.person = facts::text_key(cells[Column::person_id]);
    row_.person_id = base::trim(cells[Column::person_id]);
    row_.product = base::trim(cells[Column::product]);
    const auto country = base::trim(cells[Column::country]);
    row_.country_stated = !country.empty();
    auto region = list_->reading.region;
    if (row_.country_stated) {
        const auto* law = context_.rules.by_any_name(country);
        const auto stated = law ? law->region : facts::make_region(country);
        if (stated.known()) region = stated;
    }
    const auto& phones = list_->columns.phones;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, phones.size()); ++i) {
        const auto& row = phones.empty() ? cells : reader.with_phone(record, phones[i]);
        const auto read = context_.phones.read(row[Column::phone], region);
        if (read.number != 0) row_.numbers.push_back(read.number);
    }
}

void Explanation::begin_story() {
    story_.job = &job_;
    story_.policy = &context_.rules.policy();
    story_.translations = translations(job_.rules_dir);
    story_.product = job_.campaign.product;
    story_.person_id = job_.explain.person;
    story_.history = gathered_.history.get();
    story_.files = gathered_.paths();
    if (!list_) return;
    story_.list = list_->spec->path;
    story_.line = job_.explain.line;
    story_.files.push_back(story_.list);
    story_.person_id = row_.person_id;
    if (!row_.product.empty()) story_.product = row_.product;
}

void Explanation::tell_number(const verdict::Campaign& campaign) {
    JudgedCell cell;
    cell.phone = phone_;
    verdict::Contact contact;
    contact.line = verdict::line_type(phone_.type);
    contact.product = gathered_.history->products().product(job_.campaign.product);
    const auto* law = context_.fixed ? context_.fixed : context_.rules.find(phone_.region);
    if (phone_.status == PhoneStatus::not_diallable) {
        reject(cell, Reason::number_not_diallable);
    } else if (!law) {
        reject(cell, Reason::jurisdiction_unknown);
    } else {
        facts::SubjectFacts known;
        gathered_.history->subject(phone_.number, person(), *law->zone, known);
        cell.law = law;
        cell.window = context_.window(*law);
        cell.on_record = !known.empty();
        verdict::decide({*law, campaign, contact, known}, cell.window, cell.verdict);
    }
    auto& told = story_.numbers.emplace_back(app::tell(story_, cell, contact, person(), campaign, rows_));
    told.law_from = context_.fixed ? LawFrom::stated : LawFrom::number;
    story_.callable = cell.verdict.clean;
}

void Explanation::tell_row(const verdict::Campaign& campaign) {
    RowJudge judge(context_, *gathered_.history, campaign, *list_);
    csv::Block block;
    block.bytes = std::string_view(row_.raw).substr(0, row_.size);
    block.first_line = job_.explain.line;
    block.encoding = row_.encoding;
    csv::Records records(list_->reader->format(), block);
    csv::Record record;
    if (!records.next(record)) throw Failure(Exit::internal, "the row can't be read a second time");
    std::vector<JudgedCell> cells;
    judge.judge(record, cells);
    const auto contact = judge.contact();
    mark_doubles(judge, cells);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        auto& told =
            story_.numbers.emplace_back(app::tell(story_, cells[i], contact, row_.person, campaign, rows_));
        if (cells.size() > 1) told.column = list_->reader->header().names[list_->columns.phones[i]];
        const bool by_number = cells[i].law && cells[i].law == context_.rules.find(cells[i].phone.region);
        told.law_from = context_.fixed                                             ? LawFrom::stated
                        : row_.country_stated && !(cells[i].other_law && by_number) ? LawFrom::country
                                                                                   : LawFrom::number;
        story_.callable |= cells[i].verdict.clean;
    }
}

// A number that an earlier clean row already has is not called twice: earlier rows are judged as in a run.
void Explanation::mark_doubles(RowJudge& judge, std::vector<JudgedCell>& cells) {
    const auto& source = list_->reader->source();
    bool any = false;
    for (const auto& cell : cells) any |= cell.verdict.clean;
    if (!any || !source.regular) return;
    csv::ReaderOptions options;
    options.digest = false;
    options.unclosed = csv::Unclosed::set_aside; // as a run reads a list
    const auto again = csv::Reader::open(list_->spec->path, list_->spec->dialect, options);
    csv::Block block;
    csv::Records records(again->format());
    std::vector<JudgedCell> earlier;
    std::map<facts::Number, std::uint64_t> first; ///< line of the clean row that has it
    while (again->next(block)) {
        records.reset(block);
        csv::Record record;
        while (records.next(record)) {
            if (record.line >= job_.explain.line) break;
            judge.judge(record, earlier);
            for (const auto& cell : earlier)
                if (cell.verdict.clean) first.emplace(cell.phone.number, record.line);
        }
        if (record.line >= job_.explain.line) break;
    }
    for (auto& cell : cells) {
        if (!cell.verdict.clean) continue;
        const auto [found, fresh] = first.emplace(cell.phone.number, job_.explain.line);
        const bool within_row = !fresh && found->second == job_.explain.line;
        if (!fresh && !within_row)
            reject(cell, Reason::duplicate, {static_cast<std::uint32_t>(found->second), list_->reading.file});
    }
}

int run_explain(const Job& job, Console& console) {
    Explanation explanation(job);
    const Story story = explanation.tell();
    const auto language = report::language_of(job.output.lang.empty() ? "en" : job.output.lang.front());
    if (job.explain.html)
        console.print(story_html(story, language));
    else if (job.talk.json)
        console.print(story_json(story, language));
    else
        console.print(story_text(story, language, console.out().width, console.out().colour));
    return static_cast<int>(story.callable ? Exit::done : Exit::finding);
}

} // namespace callscrub::app
