#include "app/unread_numbers.h"
#include "base/failure.h"
#include "base/text.h"
#include "facts/unheeded.h"
#include "facts/word_key.h"
#include <algorithm>

namespace callscrub::app {

namespace {

struct Looks {
    std::uint64_t cells = 0, numbers = 0;

    void add(const facts::PhoneReader& phones, std::string_view cell, facts::Region region) {
        cell = base::trim(cell);
        if (cell.empty()) return;
        ++cells;
        if (cell.front() != '+' && cell.front() != '0' && cell.front() != '\'') return; // customer numbers, days
        if (facts::is_number(cell) && !facts::is_day(cell) && phones.read(cell, region).status == facts::PhoneStatus::ok) ++numbers;
    }
};

std::string shown(std::string_view header) { return "\"" + base::quoted(header) + "\""; }

} // namespace

bool holds(const std::vector<std::string>& names, std::string_view header) {
    const auto key = facts::header_key(header);
    return std::any_of(names.begin(), names.end(), [&](const auto& name) { return name == header || (!key.empty() && facts::header_key(name) == key); });
}

std::vector<std::size_t> unread_numbers(const Context& context, const Opened& opened, const csv::Stated& dialect) {
    constexpr std::uint64_t most_rows = 1000;
    const auto& headers = opened.reader->header().names;
    std::vector<std::size_t> asked;
    for (const auto at : opened.columns.unused)
        if (!holds(opened.spec->unread, headers[at]) && !facts::is_harmless(headers[at])) asked.push_back(at);
    if (asked.empty() || !opened.reader->source().regular) return {};
    csv::ReaderOptions options;
    options.digest = false;
    options.allow_empty = true;
    options.unclosed = csv::Unclosed::set_aside;
    const auto reader = csv::Reader::open(opened.spec->path, dialect, options);
    std::vector<Looks> looks(headers.size());
    csv::Block block;
    csv::Records records(reader->format());
    std::string scratch;
    std::uint64_t rows = 0;
    while (rows < most_rows && !reader->empty() && reader->next(block)) {
        records.reset(block);
        for (csv::Record record; rows < most_rows && records.next(record); ++rows) {
            if (record.damage != csv::Damage::none) continue;
            for (const auto at : asked)
                if (const auto cell = record.utf8(at, scratch)) looks[at].add(context.phones, *cell, opened.reading.region);
        }
    }
    std::erase_if(asked, [&](std::size_t at) { return looks[at].numbers == 0 || looks[at].numbers * 2 < looks[at].cells; });
    return asked;
}

std::string all_phones(const facts::ColumnMap& columns, std::span<const std::string> headers) {
    std::string out;
    for (const auto at : columns.phones) out += (out.empty() ? "" : ", ") + shown(headers[at]);
    for (const auto at : columns.numbers) out += (out.empty() ? "" : ", ") + shown(headers[at]);
    return "columns.phone = [" + out + "]";
}

void refuse_unread_numbers(const Opened& opened) {
    if (opened.columns.numbers.empty()) return;
    if (opened.kind != facts::FileKind::suppress && opened.kind != facts::FileKind::registers) return;
    const auto& headers = opened.reader->header().names;
    const auto header = shown(headers[opened.columns.numbers.front()]);
    throw base::Failure(base::Exit::input, {opened.spec->path, opened.reader->header().line, 0},
                        "the cells of column " + header + " look like telephone numbers, and it is not read, so that a no in it would be lost; state " +
                            all_phones(opened.columns, headers) + ", or, if nobody is called by them, unread = [" + header + "]");
}

} // namespace callscrub::app
