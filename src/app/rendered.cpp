#include "app/rendered.h"
#include "app/kept_cells.h"
#include "csv/writer.h"
#include <algorithm>
#include <bit>
#include <utility>

namespace callscrub::app {

using facts::day_max;
using law::Reason;

// --- numbers seen ---

std::size_t NumbersSeen::place(const Slot* slots, std::size_t size, facts::Number number) {
    std::size_t at = history::spread(number) & (size - 1);
    while (slots[at].number != 0 && slots[at].number != number) at = (at + 1) & (size - 1);
    return at;
}

std::uint64_t NumbersSeen::first_line(facts::Number number, std::uint64_t line) {
    Slot& slot = slots_.data()[place(slots_.data(), slots_.size(), number)];
    if (slot.number == number) return slot.line;
    slot = {number, line};
    if (++used_ * 4 > slots_.size() * 3) {
        history::Array<Slot> larger(slots_.size() * 2);
        for (const auto& one : slots_.part(0, slots_.size()))
            if (one.number != 0) larger.data()[place(larger.data(), larger.size(), one.number)] = one;
        slots_ = std::move(larger);
    }
    return line;
}

namespace {

constexpr std::size_t piece_count = 4;
std::string& piece(Pieces& pieces, std::size_t i) {
    std::string* const all[piece_count] = {&pieces.clean, &pieces.rejected, &pieces.evidence, &pieces.renew};
    return *all[i]; // cppcheck-suppress returnReference ; of the caller's pieces
}

} // namespace

std::array<std::size_t, 4> sizes(const Pieces& pieces) {
    return {pieces.clean.size(), pieces.rejected.size(), pieces.evidence.size(), pieces.renew.size()};
}

void count_clean(report::Tallies& tallies, const Rendered::CleanRow& row, bool add) {
    const std::uint64_t one = add ? 1 : ~std::uint64_t{0}; // minus one
    tallies.clean += one;
    tallies.bases[static_cast<std::size_t>(row.basis)] += one;
    tallies.emptied += one * row.emptied;
    for (auto rest = row.doubts; rest != 0; rest &= rest - 1) tallies.doubts[static_cast<std::size_t>(std::countr_zero(rest))] += one;
    auto& rows = row.until == day_max ? tallies.open_ended : tallies.lapses[row.until];
    rows += one;
    if (rows == 0) tallies.lapses.erase(row.until);
}

namespace {

bool missing(const JudgedCell& cell) {
    return !cell.verdict.clean && cell.verdict.judgement.reasons.first() == Reason::number_missing;
}

// Of a row's phone cells the one that speaks for it: the first that is clean, else the first that holds something.
std::size_t speaker(const std::vector<JudgedCell>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i].verdict.clean) return i;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (!missing(cells[i])) return i;
    return 0;
}

// A number that stands in two cells of a row is called once: the first one keeps it.
void reject_twins(std::vector<JudgedCell>& cells, facts::Source row) {
    for (std::size_t i = 1; i < cells.size(); ++i) {
        if (!cells[i].verdict.clean) continue;
        const bool twin = std::any_of(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(i), [&](const JudgedCell& before) {
            return before.verdict.clean && before.phone.number == cells[i].phone.number;
        });
        if (twin) app::reject(cells[i], Reason::duplicate, row);
    }
}

} // namespace

Renderer::Renderer(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
                   const std::vector<std::string>& files, const report::RowStyle& style, MergeSide side)
    : context_(context), list_(list), history_(history), judge_(context, history, campaign, list), style_(style),
      writer_(style, files), records_(list.reader->format()), places_(list.lines.get()), side_(side) {}

std::string_view Renderer::stricter_of(const JudgedCell& cell) {
    if (!cell.other_law) return {};
    auto [it, added] = two_laws_.try_emplace({cell.law, cell.other_law});
    if (added) it->second = "the stricter of " + cell.law->id + " and " + cell.other_law->id;
    return it->second;
}

std::string_view Renderer::line_end(const csv::Record& record) const {
    const auto end = record.raw.substr(record.body().size());
    return end.empty() ? std::string_view(style_.line_end) : end;
}

void Renderer::reject(const csv::Record& record, std::size_t cell, std::string_view body, bool emptied, Pieces& out) {
    const auto& judged = cells_[cell];
    note_.clear();
    const bool damaged = record.damage != csv::Damage::none; // what it holds stands in no column
    if (list_.columns.phones.size() > 1 && !damaged) note_ = list_.reader->header().names[list_.columns.phones[cell]];
    if (emptied) note_ += " (cell emptied)";
    report::Rejection rejection;
    rejection.line = record.line;
    rejection.encoding = record.encoding;
    rejection.reasons = &judged.verdict.judgement.reasons;
    rejection.callable_until = judged.verdict.callable_until;
    rejection.note = note_;
    if (judged.law) {
        const auto* regime = judged.verdict.judgement.regime;
        rejection.law = regime ? regime->id : judged.law->id;
        rejection.two_laws = stricter_of(judged);
    }
    if (damaged) rejection.raw = record.body();
    writer_.rejected(out.rejected, body, line_end(record), rejection);
}

// How long the law wants the proof kept: from the day it was given or, where each use counts, from the latest call on
// record. The calls of this campaign are in the next run's call file and extend it then.
facts::Day Renderer::retain_until(const JudgedCell& cell, const law::Jurisdiction& law) {
    const auto& judgement = cell.verdict.judgement;
    const auto& keep = law.retention;
    if (keep.years == 0 || !judgement.source.known()) return facts::day_min;
    const auto last = keep.from_each_use ? std::max(judgement.given_day, cell.last_call) : judgement.given_day;
    return facts::add_months(last, keep.years * 12);
}

void Renderer::evidence(const csv::Record& record, const JudgedCell& cell, Pieces& out) {
    const auto& judgement = cell.verdict.judgement;
    const std::string name = cell.record_id ? *cell.record_id : judgement.source.known() ? history_.name_of(judgement.source) : std::string();
    report::Proof proof;
    proof.line = record.line;
    proof.number = cell.phone.number;
    proof.rule = judgement.rule;
    proof.source = judgement.source;
    proof.record_id = name;
    proof.two_laws = stricter_of(cell);
    proof.given = judgement.given_day;
    proof.callable_from = cell.window.from;
    proof.callable_until = cell.verdict.callable_until;
    proof.retain_until = std::max(retain_until(cell, *cell.law), retain_until(cell, cell.other_law ? *cell.other_law : *cell.law));
    writer_.evidence(out.evidence, proof);
    const auto& renew = context_.job.output.renew_within;
    if (renew && proof.callable_until != day_max && proof.callable_until < proof.callable_from + *renew) writer_.renewal(out.renew, proof);
}

void Renderer::emit_clean(const csv::Record& record, Rendered& out) {
    auto& row = out.rows.emplace_back();
    row.raw = record.raw;
    row.line = record.line;
    row.encoding = record.encoding;
    row.first_number = out.numbers.size();
    row.begin = sizes(out.pieces);
    const auto& main = cells_[speaker(cells_)];
    row.basis = main.verdict.judgement.rule->basis;
    bases_met_.add(static_cast<std::size_t>(row.basis), &main.verdict.judgement.rule->citation);
    row.law = main.law;
    row.other_law = main.other_law;
    row.regime = main.verdict.judgement.regime;
    row.until = day_max;
    const auto body = record.body();
    std::size_t copied = 0;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const auto& cell = cells_[i];
        if (cell.verdict.clean) {
            out.numbers.push_back(cell.phone.number);
            row.until = std::min(row.until, cell.verdict.callable_until);
            row.doubts |= cell.verdict.judgement.doubts;
            evidence(record, cell, out.pieces);
        } else if (!missing(cell)) {
            const auto& field = record.fields[list_.columns.phones[i]];
            const std::size_t quote = field.quoted() ? 1 : 0;
            const std::size_t begin = field.begin() - quote, end = field.begin() + field.length() + quote;
            out.pieces.clean += body.substr(copied, begin - copied);
            copied = end;
            ++row.emptied;
            reject(record, i, body, true, out.pieces);
        }
    }
    out.pieces.clean += body.substr(copied);
    if (context_.job.output.annotate) writer_.annotation(out.pieces.clean, main.phone.number, row.basis, main.verdict.callable_until);
    out.pieces.clean += record.raw.substr(body.size());
    row.end = sizes(out.pieces);
    if (side_.keep) {
        row.kept_begin = out.kept.size();
        KeptCells::put(out.kept, cells_, context_, history_);
        row.kept_end = out.kept.size();
    }
    count_clean(out.tallies, row, true);
}

void Renderer::emit_rejected(const csv::Record& record, Rendered& out) {
    const std::size_t cell = speaker(cells_);
    reject(record, cell, record.body(), false, out.pieces);
    ++out.tallies.rejected;
    const auto& reasons = cells_[cell].verdict.judgement.reasons;
    const auto first = static_cast<std::size_t>(reasons.first());
    ++out.tallies.reasons[first];
    reasons_met_.add(first, reasons.citation(reasons.first()));
}

void Renderer::emit(const csv::Record& record, Rendered& out) {
    const bool clean = std::any_of(cells_.begin(), cells_.end(), [](const JudgedCell& cell) { return cell.verdict.clean; });
    if (clean) emit_clean(record, out);
    else emit_rejected(record, out);
}

// Rows of one law follow each other, mostly.
void Renderer::count_law(const law::Jurisdiction* law, Rendered& out) {
    if (!law) return;
    if (law != last_law_) {
        last_law_ = law;
        law_rows_ = &out.tallies.jurisdictions[law->id];
    }
    ++*law_rows_;
}

void Renderer::row(const csv::Record& record, Rendered& out) {
    questions_.resize(1);
    judge_.read(record, questions_[0]);
    last_law_ = nullptr;
    judge_.judge(questions_[0], cells_);
    settle(questions_[0], out);
}

void Renderer::settle(const Question& question, Rendered& out) {
    ++out.tallies.rows;
    reject_twins(cells_, {static_cast<std::uint32_t>(question.record.line), list_.reading.file});
    const auto& main = cells_[speaker(cells_)];
    if (std::any_of(cells_.begin(), cells_.end(), [](const JudgedCell& cell) { return cell.on_record; })) ++out.tallies.matched;
    count_law(main.law, out);
    emit(question.record, out);
    if (side_.keep) out.marks.push_back({question.record.line, sizes(out.pieces)});
}

void Renderer::report_articles(ScrubbedList& out) const {
    for (const auto& [reason, citation] : reasons_met_.all) out.articles[static_cast<Reason>(reason)].insert(citation->article);
    for (const auto& [basis, citation] : bases_met_.all) out.basis_articles[static_cast<law::Basis>(basis)].insert(citation->article);
}

void Renderer::prefetch_names(std::size_t count) {
    names_.clear();
    for (std::size_t i = 0; i < count; ++i)
        for (const auto& cell : judged_[i])
            if (cell.verdict.clean) names_.push_back(history_.prefetch_name_place(cell.verdict.judgement.source));
    for (const auto* place : names_) history::prefetch_name(place);
}

// Several rows are read ahead, so that what is known of their numbers is on its way from memory when they are judged;
// and several are judged before they are written, for the names of the records that decided. Each step asks for all of
// them in one go: a processor waits for the way to an address (through page tables, mostly), unless it finds several at once.
void Renderer::render(const csv::Block& block, Rendered& out) {
    constexpr std::size_t ahead = 48;
    out.block = block;
    last_law_ = nullptr;
    records_.reset(block);
    places_.begin(block);
    // A record of a block whose quotes are not all in order is good only until the next one.
    questions_.resize(block.well_quoted ? ahead : 1);
    judged_.resize(questions_.size());
    csv::Record record;
    for (bool more = true; more;) {
        std::size_t count = 0;
        while (count < questions_.size() && (more = records_.next(record))) {
            places_.place(record);
            judge_.read(record, questions_[count++]);
        }
        for (std::size_t i = 0; i < count; ++i) judge_.prefetch_place(questions_[i]);
        for (std::size_t i = 0; i < count; ++i) judge_.prefetch_facts(questions_[i]);
        for (std::size_t i = 0; i < count; ++i) judge_.judge(questions_[i], judged_[i]);
        prefetch_names(count);
        for (std::size_t i = 0; i < count; ++i) {
            std::swap(cells_, judged_[i]);
            settle(questions_[i], out);
        }
    }
}

// A row with one number that stands on the list already: nothing else about it has changed.
void Renderer::redo_single(const Rendered::CleanRow& row, std::uint64_t first, Rendered& out) {
    cells_.resize(1);
    auto& cell = cells_[0];
    cell.law = row.law;
    cell.other_law = row.other_law;
    cell.verdict.judgement.regime = row.regime;
    app::reject(cell, Reason::duplicate, {static_cast<std::uint32_t>(first), list_.reading.file});
    csv::Record record;
    record.raw = row.raw;
    record.line = row.line;
    record.encoding = row.encoding;
    emit_rejected(record, out);
}

// Judges the row anew, without the numbers that stand on the list already.
void Renderer::redo(const Rendered::CleanRow& row, const Rendered& rendered, NumbersSeen& seen, Rendered& out) {
    csv::Block one;
    one.bytes = row.raw;
    one.first_line = row.line;
    one.encoding = row.encoding;
    csv::Records again(list_.reader->format(), one);
    csv::Record record;
    if (!again.next(record)) return;
    if (side_.kept) side_.kept->get(std::string_view(rendered.kept).substr(row.kept_begin, row.kept_end - row.kept_begin), cells_);
    else judge_.judge(record, cells_);
    reject_twins(cells_, {static_cast<std::uint32_t>(row.line), list_.reading.file});
    for (auto& cell : cells_) {
        if (!cell.verdict.clean) continue;
        const auto first = seen.first_line(cell.phone.number, row.line);
        if (first != row.line) app::reject(cell, Reason::duplicate, {static_cast<std::uint32_t>(first), list_.reading.file});
    }
    emit(record, out);
}

void Renderer::mend(Rendered& rendered, NumbersSeen& seen) {
    struct Double {
        std::size_t row;
        std::uint64_t first; ///< line of the row that has the number
    };
    std::vector<Double> doubles;
    constexpr std::size_t ahead = 16;
    for (std::size_t i = 0; i < std::min(ahead, rendered.numbers.size()); ++i) seen.prefetch(rendered.numbers[i]);
    for (std::size_t i = 0; i < rendered.rows.size(); ++i) {
        const auto& row = rendered.rows[i];
        const std::size_t end = i + 1 < rendered.rows.size() ? rendered.rows[i + 1].first_number : rendered.numbers.size();
        std::uint64_t first = row.line;
        for (std::size_t n = row.first_number; n < end; ++n) {
            if (n + ahead < rendered.numbers.size()) seen.prefetch(rendered.numbers[n + ahead]);
            const auto line = seen.first_line(rendered.numbers[n], row.line);
            if (line != row.line) first = line;
        }
        if (first != row.line) doubles.push_back({i, first});
    }
    if (doubles.empty()) return;
    Rendered out;
    out.pieces = std::move(mended_);
    out.pieces.clear();
    std::array<std::size_t, piece_count> copied{};
    const auto copy_until = [&](const std::array<std::size_t, piece_count>& at) {
        for (std::size_t i = 0; i < piece_count; ++i) piece(out.pieces, i).append(piece(rendered.pieces, i), copied[i], at[i] - copied[i]);
    };
    const bool single = list_.columns.phones.size() <= 1 && !side_.kept;
    for (const auto& [i, first] : doubles) {
        const auto& row = rendered.rows[i];
        copy_until(row.begin);
        copied = row.end;
        if (single) redo_single(row, first, out);
        else redo(row, rendered, seen, out);
        count_clean(rendered.tallies, row, false);
    }
    copy_until(sizes(rendered.pieces));
    mended_ = std::exchange(rendered.pieces, std::move(out.pieces));
    rendered.tallies += out.tallies;
}

} // namespace callscrub::app
