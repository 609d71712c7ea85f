#include "app/part_split.h"
#include "app/parallel.h"
#include "app/part_rows.h"
#include <algorithm>
#include <atomic>
#include <functional>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

constexpr std::uint64_t usual_reach = std::uint64_t{128} << 20; // bytes

/// Of one input in one part.
struct PartPiece {
    std::string records;
    std::vector<std::uint64_t> lines;
};

std::string_view bytes_of(const std::vector<std::uint64_t>& words) {
    return {reinterpret_cast<const char*>(words.data()), words.size() * sizeof(std::uint64_t)};
}

} // namespace

/// The open files of one input.
struct Splitter::Files {
    std::vector<report::OutputFile*> records, lines;
    report::OutputFile* damaged = nullptr;

    Files(report::Publication& publication, std::size_t input, unsigned parts, bool list) {
        for (unsigned part = 0; part < parts; ++part) {
            records.push_back(&publication.create(part_file(part, input, "csv")));
            lines.push_back(&publication.create(part_file(part, input, "lines")));
        }
        if (list) damaged = &publication.create(damaged_file(input));
    }

    /// Each file is synced, which is waiting; a file system does it for many at once.
    void finish() {
        auto all = records;
        all.insert(all.end(), lines.begin(), lines.end());
        if (damaged) all.push_back(damaged);
        std::atomic<std::size_t> next{0};
        on_threads(16, [&] {
            for (std::size_t i = next++; i < all.size(); i = next++) all[i]->finish();
        });
    }
};

/// What a block of an input becomes.
struct Splitter::Piece {
    std::vector<PartPiece> parts;
    std::string damaged;
    std::uint64_t encoding_line = 0; ///< its first line if it is in another encoding than UTF-8

    void write(Files& files) const {
        for (std::size_t part = 0; part < parts.size(); ++part) {
            files.records[part]->write(parts[part].records);
            files.lines[part]->write(bytes_of(parts[part].lines));
        }
        if (files.damaged) files.damaged->write(damaged);
    }
};

/// One thread's share of an input.
class Splitter::Worker {
public:
    Worker(Splitter& splitter, const Opened& opened)
        : opened_(opened), parts_(splitter.plan_.parts), records_(opened.reader->format()) {
        const auto& context = splitter.context_;
        if (opened.kind == facts::FileKind::list)
            route_ = [rows = std::make_shared<ListRouter>(context, splitter.products_, opened, splitter.reach_, parts_)](
                         const csv::Record& record) { return rows->route(record); };
        else
            route_ = [facts = std::make_shared<FactRouter>(context, opened, splitter.reach_, parts_)](const csv::Record& record) {
                return facts->route(record);
            };
    }

    Piece split(const csv::Block& block) {
        Piece out;
        out.parts.resize(parts_);
        if (block.encoding != csv::Encoding::utf8) out.encoding_line = block.first_line;
        records_.reset(block);
        csv::Record record;
        while (records_.next(record)) take(record, out);
        return out;
    }

    void report(PartInput& into) const {
        into.tally += records_.tally();
        into.damaged += damaged_;
        into.troubles.insert(into.troubles.end(), troubles_.begin(), troubles_.end());
    }

private:
    void take(const csv::Record& record, Piece& out) {
        if (record.line > UINT32_MAX && opened_.kind != facts::FileKind::list)
            throw Failure(Exit::input, {opened_.spec->path, record.line, 0}, "files of more than 4,294,967,295 lines are not supported; split it");
        if (record.damage != csv::Damage::none) return set_aside(record, out);
        const auto route = route_(record);
        PartLine line{record.line, lines_of(record), false};
        for (PartSet rest = route.to; rest != 0; rest &= rest - 1) {
            const auto part = static_cast<unsigned>(std::countr_zero(rest));
            line.guest = part != route.home;
            out.parts[part].records += record.raw;
            out.parts[part].lines.push_back(line.packed());
        }
    }

    static std::uint32_t lines_of(const csv::Record& record) {
        const auto ends = static_cast<std::uint32_t>(std::count(record.raw.begin(), record.raw.end(), '\n'));
        return std::max(ends, 1U);
    }

    void set_aside(const csv::Record& record, Piece& out) {
        if (opened_.kind == facts::FileKind::list) return put_damaged(out.damaged, record);
        ++damaged_;
        if (troubles_.size() < shown_troubles) troubles_.push_back(unreadable(opened_, record));
    }

    const Opened& opened_;
    unsigned parts_;
    csv::Records records_;
    std::function<Route(const csv::Record&)> route_;
    std::uint64_t damaged_ = 0;
    std::vector<RowTrouble> troubles_;
};

Splitter::Splitter(const Context& context, PartPlan& plan, report::Publication& publication)
    : context_(context), plan_(plan), publication_(publication), reach_(plan.parts, context.job.limits.memory != 0 ? context.job.limits.memory / 2 : usual_reach) {}

void Splitter::split(std::size_t input) {
    auto& out = plan_.inputs[input];
    const auto& spec = context_.job.inputs[out.of];
    const bool list = spec.role == Role::list;
    const auto file = static_cast<std::uint16_t>(std::min(input, plan_.first_list()));
    const Opened opened = open_input(context_, spec, file, list ? Dates::first_rows : Dates::all_rows, context_.job.hash_inputs);
    const auto counted = follow(context_, *opened.reader);
    Files files(publication_, input, plan_.parts, list);
    std::uint64_t encoding_line = UINT64_MAX;
    Turnstile<Piece> in_order([&](Piece& piece) {
        piece.write(files);
        if (piece.encoding_line != 0) encoding_line = std::min(encoding_line, piece.encoding_line);
    });
    std::mutex mutex;
    if (!opened.reader->empty())
        on_threads(context_.threads, [&] {
            try {
                Worker worker(*this, opened);
                csv::Block block;
                while (opened.reader->next(block)) {
                    auto piece = worker.split(block);
                    const auto index = block.index;
                    block = {};
                    in_order.put(index, std::move(piece));
                }
                const std::lock_guard lock(mutex);
                worker.report(out);
            } catch (...) {
                in_order.abandon();
                throw;
            }
        });
    files.finish();
    describe(opened, out);
    out.encoding_line = encoding_line == UINT64_MAX ? 0 : encoding_line;
    keep_first(out.troubles);
}

void Splitter::describe(const Opened& opened, PartInput& out) const {
    const auto& reader = *opened.reader;
    out.known = {reader.format(), reader.header(), reader.understanding(), reader.encoding(), reader.empty()};
    if (opened.merged) out.merged = *opened.merged;
    out.source = reader.source();
    if (context_.job.hash_inputs) out.digest = opened.reader->digest();
    out.columns = opened.columns;
    for (std::size_t i = 0; i < out.dates.size(); ++i) out.dates[i] = opened.reading.dates[i].format();
}

} // namespace callscrub::app
