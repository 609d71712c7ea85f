#include "history/snapshot.h"
#include "base/failure.h"
#include <algorithm>
#include <cstring>

namespace callscrub::history {

void SnapshotWriter::hand_on() {
    sums_.push_back(sheet_sum(sheet_, sums_.size()));
    out_(sheet_);
    sheet_.clear();
}

void SnapshotWriter::more(const void* bytes, std::size_t size) {
    std::string_view rest(static_cast<const char*>(bytes), size);
    size_ += size;
    while (!rest.empty()) {
        const auto part = rest.substr(0, sheet_bytes - sheet_.size());
        sheet_ += part;
        rest.remove_prefix(part.size());
        if (sheet_.size() == sheet_bytes) hand_on();
    }
}

std::uint64_t SnapshotWriter::put(const void* bytes, std::size_t size) {
    constexpr char nothing[64] = {};
    more(nothing, (64 - size_ % 64) % 64);
    const std::uint64_t position = size_;
    more(bytes, size);
    return position;
}

void SnapshotWriter::finish() {
    if (!sheet_.empty()) hand_on();
}

namespace {
struct Place {
    std::uint64_t at = 0, count = 0;
};
struct NamesPlace {
    Place blocks, text;
};
} // namespace

namespace {
/// Terms in the order of their bytes. Threads number them as they meet them, but what is saved is to hang on the facts
/// alone.
struct OrderedTerms {
    std::vector<Terms> all;
    std::vector<TermsId> fresh; ///< of each old id, the place in `all`

    OrderedTerms(const TermsTable& table, const std::vector<facts::ProductSetId>& sets) : fresh(table.size()) {
        std::vector<std::pair<Terms, TermsId>> old;
        for (TermsId id = 0; id < table.size(); ++id) {
            old.emplace_back(table[id], id);
            old.back().first.products = sets[table[id].products];
        }
        std::sort(old.begin(), old.end(), [](const auto& a, const auto& b) { return std::memcmp(&a.first, &b.first, sizeof(Terms)) < 0; });
        for (const auto& [terms, id] : old) {
            fresh[id] = static_cast<TermsId>(all.size());
            all.push_back(terms);
        }
    }
};
} // namespace

struct SnapshotDirectory {
    struct Partition {
        std::uint64_t first_fact = 0, first_bucket = 0;
        std::uint32_t count = 0, shift = 63;
    };
    std::array<Partition, partition_count> partitions;
    Place facts, persons, buckets, terms, contracts, products, names;
};

/// What save() and over() see of a history.
class SnapshotParts {
public:
    static std::uint64_t save(const History& history, SnapshotWriter& out) {
        SnapshotDirectory directory;
        lay_out(history, directory);
        std::vector<facts::ProductSetId> sets;
        const auto products = history.products().packed(sets);
        const OrderedTerms terms(history.gathering_->terms, sets);
        directory.facts.at = out.put(nullptr, 0);
        for (const auto& one : history.partitions_)
            pieces(history, one.facts, one.facts_at, one.count, [&](std::span<Fact> facts) {
                for (auto& fact : facts) fact.terms = terms.fresh[fact.terms];
                out.more(facts.data(), facts.size_bytes());
            });
        directory.persons.at = out.put(nullptr, 0);
        if (directory.persons.count != 0)
            for (const auto& one : history.partitions_)
                pieces(history, one.persons, one.persons_at, one.count, [&](std::span<facts::PersonKey> persons) { out.more(persons.data(), persons.size_bytes()); });
        directory.buckets.at = out.put(nullptr, 0);
        for (const auto& one : history.partitions_) out.more(one.buckets, buckets_of(one) * sizeof(std::uint32_t));
        directory.terms = {out.put(std::span<const Terms>(terms.all)), terms.all.size()};
        const auto ends = history.gathering_->contracts_.ends();
        directory.contracts = {out.put(ends), ends.size()};
        put_names(history, directory, out);
        directory.products = {out.put(products.data(), products.size()), products.size()};
        return out.put(&directory, sizeof directory);
    }

    static std::unique_ptr<History> over(std::shared_ptr<const Sheets> sheets, std::uint64_t at) {
        const auto& directory = sheets->checked<SnapshotDirectory>(at, 1)[0];
        auto gathering = std::make_unique<Gathering>();
        gathering->terms.lie_over(things<Terms>(*sheets, directory.terms));
        const auto ends = checked<Contracts::End>(*sheets, directory.contracts);
        gathering->contracts_.add({ends.begin(), ends.end()});
        for (const auto& place : checked<NamesPlace>(*sheets, directory.names))
            gathering->names_.emplace_back().lie_over(checked<FileNames::Kept>(*sheets, place.blocks), things<char>(*sheets, place.text), *sheets);
        const auto products = checked<char>(*sheets, directory.products);
        if (!gathering->products.unpack({products.data(), products.size()}))
            throw base::Failure(base::Exit::input, "the facts were gathered by another version of the program; gather them again");
        const auto facts = things<Fact>(*sheets, directory.facts);
        const auto persons = things<facts::PersonKey>(*sheets, directory.persons);
        const auto buckets = things<std::uint32_t>(*sheets, directory.buckets);
        auto out = std::unique_ptr<History>(new History(std::move(gathering), std::move(sheets)));
        for (std::size_t i = 0; i < partition_count; ++i) {
            const auto& from = directory.partitions[i];
            auto& to = out->partitions_[i];
            to.facts = facts.data() + from.first_fact;
            to.persons = persons.empty() ? nullptr : persons.data() + from.first_fact;
            to.buckets = buckets.data() + from.first_bucket;
            to.count = from.count;
            to.shift = from.shift;
        }
        return out;
    }

private:
    static std::size_t buckets_of(const History::Partition& partition) { return (std::size_t{1} << (64 - partition.shift)) + 1; }
    template <class T> static std::span<const T> things(const Sheets& sheets, const Place& place) { return sheets.things<T>(place.at, place.count); }
    template <class T> static std::span<const T> checked(const Sheets& sheets, const Place& place) { return sheets.checked<T>(place.at, place.count); }

    static void lay_out(const History& history, SnapshotDirectory& out) {
        for (std::size_t i = 0; i < partition_count; ++i) {
            const auto& from = history.partitions_[i];
            out.partitions[i] = {out.facts.count, out.buckets.count, from.count, from.shift};
            out.facts.count += from.count;
            out.buckets.count += buckets_of(from);
        }
        out.persons.count = history.persons_named_ ? out.facts.count : 0;
    }
    // A partition's things a few at a time, from memory or from the overflow.
    template <class T, class Use> static void pieces(const History& history, const T* here, std::uint64_t outside, std::size_t count, Use&& use) {
        std::vector<T> piece;
        for (std::size_t done = 0; done < count; done += piece.size()) {
            piece.resize(std::min(count - done, std::size_t{1} << 15));
            if (here != nullptr) std::copy_n(here + done, piece.size(), piece.data());
            else history.gathering_->room_.overflow->get(outside + done * sizeof(T), piece.data(), piece.size() * sizeof(T));
            use(std::span<T>(piece));
        }
    }
    static void put_names(const History& history, SnapshotDirectory& directory, SnapshotWriter& out) {
        std::vector<NamesPlace> places;
        for (const auto& names : history.gathering_->names_) {
            std::vector<FileNames::Kept> blocks = names.blocks();
            auto& place = places.emplace_back();
            place.text.at = out.put(nullptr, 0);
            for (auto& block : blocks) {
                const auto text = names.packed(block);
                block.position = place.text.count;
                place.text.count += text.size();
                out.more(text.data(), text.size());
            }
            place.blocks = {out.put(std::span<const FileNames::Kept>(blocks)), blocks.size()};
        }
        directory.names = {out.put(std::span<const NamesPlace>(places)), places.size()};
    }
};

std::uint64_t save(const History& history, SnapshotWriter& out) { return SnapshotParts::save(history, out); }

std::unique_ptr<History> over(std::shared_ptr<const Sheets> sheets, std::uint64_t directory) {
    return SnapshotParts::over(std::move(sheets), directory);
}

} // namespace callscrub::history
