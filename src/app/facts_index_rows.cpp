#include "app/facts_index_rows.h"
#include "report/fd.h"
#include <algorithm>
#include <deque>
#include <fcntl.h>
#include <set>
#include <unistd.h>

namespace callscrub::app {

using base::Exit;
using base::Failure;
using Lines = std::set<std::uint32_t>;

namespace {

/// How an input is read once it is known: its dates are decided, so it is not looked through for them.
InputSpec decided(const GatheredFile& read) {
    InputSpec out = *read.spec;
    for (const auto column : facts::columns_of(kind_of(out.role)))
        if (facts::is_date(column) && read.columns.has(column) && !out.constants.contains(std::string(facts::name(column))))
            out.dates_of[std::string(facts::name(column))] = facts::name(read.dates[static_cast<std::size_t>(column)]);
    return out;
}

/// Whether its blocks can be read where they stand on disk.
bool stands_plain(const GatheredFile& read) {
    return read.source.compression == csv::Compression::none && read.encoding != csv::Encoding::utf16le &&
           read.encoding != csv::Encoding::utf16be;
}

class Rows {
public:
    Rows(const Opened& opened, const GatheredFile& read, RowViewer& viewer)
        : opened_(opened), read_(read), viewer_(viewer), records_(opened.reader->format()) {}

    void show(const Lines& lines) {
        if (lines.empty() || opened_.reader->empty()) return;
        if (stands_plain(read_)) from_disk(lines);
        else from_begin(lines);
    }

private:
    // Only the blocks with such lines.
    void from_disk(const Lines& lines) {
        const std::string& path = read_.spec->path;
        const report::Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!fd.open()) throw Failure(Exit::input, {path, 0, 0}, "can't be opened: " + report::errno_text(errno));
        const auto& blocks = read_.blocks;
        for (auto line = lines.begin(); line != lines.end();) {
            const auto next = std::upper_bound(blocks.begin(), blocks.end(), *line, [](std::uint64_t at, const BlockPlace& block) { return at < block.line; });
            const auto end = next == blocks.end() ? lines.end() : lines.lower_bound(static_cast<std::uint32_t>(next->line));
            if (next != blocks.begin()) {
                const auto& block = *(next - 1);
                show(block, (next == blocks.end() ? read_.source.size.value_or(0) : next->offset) - block.offset, fd.get(), lines);
            }
            line = end;
        }
    }

    void show(const BlockPlace& place, std::uint64_t size, int fd, const Lines& lines) {
        auto buffer = std::make_shared<csv::Buffer>(size + csv::Buffer::slack);
        std::size_t done = 0;
        for (ssize_t got = 1; done < size && got > 0; done += static_cast<std::size_t>(got)) {
            got = ::pread(fd, buffer->data() + done, size - done, static_cast<off_t>(place.offset + done));
            if (got < 0) throw Failure(Exit::input, {read_.spec->path, 0, 0}, "can't be read: " + report::errno_text(errno));
        }
        csv::Block block;
        block.bytes = {buffer->data(), done};
        block.first_line = place.line;
        block.offset = place.offset;
        block.encoding = read_.encoding;
        block.buffer = buffer;
        show(block, lines);
    }

    void from_begin(const Lines& lines) {
        csv::Block block;
        while (opened_.reader->next(block) && block.first_line <= *lines.rbegin()) show(block, lines);
    }

    void show(const csv::Block& block, const Lines& lines) {
        records_.reset(block);
        csv::Record record;
        while (records_.next(record) && record.line <= *lines.rbegin())
            if (lines.contains(static_cast<std::uint32_t>(record.line))) viewer_.show(record);
    }

    const Opened& opened_;
    const GatheredFile& read_;
    RowViewer& viewer_;
    csv::Records records_;
};

void show_rows(const Context& context, std::uint16_t file, const GatheredFile& read, const Lines& lines, const Onlooker& look) {
    if (lines.empty()) return;
    const InputSpec spec = decided(read);
    const Opened opened = open_input(context, spec, file, Dates::first_rows, false);
    RowViewer viewer(context, opened, look);
    Rows(opened, read, viewer).show(lines);
}

} // namespace

void witness_rows(const Context& context, const Gathered& gathered, const std::vector<facts::Number>& numbers, facts::PersonKey person,
                  Witness& witness) {
    std::vector<Lines> lines(gathered.files.size());
    const auto note = [&](facts::Source source) { lines.at(source.file).insert(source.line); };
    gathered.history->rows_about(0, person, note);
    for (const auto number : numbers) gathered.history->rows_about(number, 0, note);
    const Onlooker look = [&](const SeenRow& row) { witness.see(row); };
    // As gather() reads them: which contracts matter is known when relations are read.
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (gathered.files[i].spec->role == Role::relations)
            for (const auto& contract : witness.contracts())
                gathered.history->rows_of_contract(facts::text_key(contract), [&](facts::Source source) {
                    if (source.file == i) note(source);
                });
        show_rows(context, static_cast<std::uint16_t>(i), gathered.files[i], lines[i], look);
    }
}

} // namespace callscrub::app
