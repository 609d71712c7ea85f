#include "app/gather.h"
#include "app/parallel.h"
#include "app/row_reader.h"
#include <algorithm>
#include <filesystem>

namespace callscrub::app {

namespace {

/// Bytes on disk; nothing for what is no regular file.
std::optional<std::uint64_t> size_of(const InputSpec& spec) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(spec.path, error)) return {};
    const auto size = std::filesystem::file_size(spec.path, error);
    return error ? std::nullopt : std::optional(size);
}

/// All lists; nothing if one of them can be read only once.
std::optional<std::uint64_t> size_of_lists(const Context& context) {
    std::uint64_t out = 0;
    for (const auto* list : context.job.inputs_of(Role::list)) {
        const auto size = size_of(*list);
        if (!size) return {};
        out += *size;
    }
    return out;
}

/// Whether there is at least twice as much to gather: else reading the lists twice costs more than it saves.
bool is_worth_it(const Context& context, std::uint64_t lists) {
    std::uint64_t facts = 0;
    for (const auto* input : in_reading_order(context.job)) {
        const auto size = size_of(*input);
        if (!size) return true; // a pipe: nobody knows what is to come
        facts += *size;
    }
    return facts / 2 >= lists;
}

/// Rows of a list, from the first of them.
std::uint64_t likely_rows(const Context& context, const InputSpec& spec) {
    const Opened list = open_input(context, spec, 0, Dates::first_rows, false);
    csv::Block block;
    if (list.reader->empty() || !list.reader->next(block)) return 0;
    csv::Records records(list.reader->format(), block);
    csv::Record record;
    while (records.next(record)) {}
    const auto& source = list.reader->source();
    const std::uint64_t bytes = source.compression == csv::Compression::none ? block.bytes.size() : list.reader->consumed();
    return source.size.value_or(0) / std::max<std::uint64_t>(bytes, 1) * records.tally().records + records.tally().records;
}

/// One thread's additions, some at a time: where they go is asked for in one go, so that the ways there (through page
/// tables, mostly) are found side by side.
class Adder {
public:
    explicit Adder(history::Wanted& to) : to_(to) { keys_.reserve(most); }
    ~Adder() { flush(); }
    void add(std::uint64_t key) {
        keys_.push_back(key);
        if (keys_.size() == most) flush();
    }

private:
    static constexpr std::size_t most = 64;
    void flush() {
        for (const auto key : keys_) to_.prefetch(key);
        for (const auto key : keys_) to_.add(key);
        keys_.clear();
    }
    history::Wanted& to_;
    std::vector<std::uint64_t> keys_;
};

void add_subjects(const Context& context, facts::Products& products, const Opened& list, history::Wanted& out) {
    RowReader rows(context, products, list);
    RowReader::Subjects asked;
    Adder adder(out);
    csv::Records records(list.reader->format());
    csv::Block block;
    while (list.reader->next(block)) {
        records.reset(block);
        csv::Record record;
        while (records.next(record)) {
            if (record.damage != csv::Damage::none) continue;
            rows.subjects(record, asked);
            for (const auto number : asked.numbers)
                if (number != 0) adder.add(history::key_of(number));
            if (asked.person != 0) adder.add(asked.person);
        }
    }
}

} // namespace

std::shared_ptr<const history::Wanted> wanted_by_lists(const Context& context) {
    const auto size = size_of_lists(context);
    if (!size || !is_worth_it(context, *size)) return nullptr;
    const auto lists = context.job.inputs_of(Role::list);
    begin_phase(context, "lists", lists);
    std::uint64_t rows = 0;
    for (const auto* spec : lists) rows += likely_rows(context, *spec);
    const auto out = std::make_shared<history::Wanted>(static_cast<std::size_t>(2 * rows));
    facts::Products products; // nobody asks for them
    for (const auto* spec : lists) {
        const Opened list = open_input(context, *spec, 0, Dates::first_rows, false);
        const auto counted = follow(context, *list.reader);
        if (!list.reader->empty()) on_threads(context.threads, [&] { add_subjects(context, products, list, *out); });
    }
    return out;
}

} // namespace callscrub::app
