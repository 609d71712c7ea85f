#include "report/diff.h"
#include "base/failure.h"
#include "report/diff_read.h"
#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <span>
#include <tuple>

namespace callscrub::report {
namespace {

/// Lists that are compared with each other, as indices into the manifests.
struct Pairing {
    std::vector<std::uint32_t> a, b;
    bool by_line = false;
};

std::string digest_of(const Manifest& manifest, const std::string& list) {
    for (const ManifestInput& input : manifest.inputs)
        if (input.role == "list" && input.path == list) return input.sha256;
    return {};
}

/// Lists of the same name belong together; what is left over is compared as one heap, number by number.
std::vector<Pairing> pair_lists(const Manifest& a, const Manifest& b) {
    std::vector<Pairing> out;
    Pairing rest;
    std::set<std::uint32_t> taken;
    for (std::uint32_t i = 0; i < a.lists.size(); ++i) {
        std::uint32_t j = 0;
        while (j < b.lists.size() && (taken.count(j) != 0 || b.lists[j].clean_file != a.lists[i].clean_file))
            ++j;
        if (j == b.lists.size()) {
            rest.a.push_back(i);
        } else {
            taken.insert(j);
            out.push_back({{i}, {j}, false});
        }
    }
    for (std::uint32_t j = 0; j < b.lists.size(); ++j)
        if (taken.count(j) == 0) rest.b.push_back(j);
    if (!rest.a.empty() || !rest.b.empty()) out.push_back(rest);
    for (Pairing& pair : out) {
        if (pair.a.size() != 1 || pair.b.size() != 1) continue;
        const std::string digest = digest_of(a, a.lists[pair.a[0]].path);
        pair.by_line = !digest.empty() && digest == digest_of(b, b.lists[pair.b[0]].path);
    }
    return out;
}

/// Compares the fates of two runs and collects the changes, still without texts.
class Comparison {
public:
    Comparison(const Run& a, const Run& b, Diff& diff) : a_(a), b_(b), diff_(diff) {}
    void compare(const Pairing& pair);
    void fill_in();

private:
    using Group = std::span<const RowFate>;
    void compare_group(Group a, Group b);
    void note(const RowFate* a, const RowFate* b, facts::Number number);
    const RowFate* spokesman(Group group) const;

    const Run& a_;
    const Run& b_;
    Diff& diff_;
    Codes codes_;
    std::deque<std::vector<RowFate>> kept_;                          ///< fates that changes point to
    std::vector<std::pair<const RowFate*, const RowFate*>> sources_; ///< of diff_.changes, one by one
};

std::vector<RowFate> fates_of(const Run& run, const std::vector<std::uint32_t>& lists, bool by_line,
                              Codes& codes) {
    std::vector<RowFate> out;
    for (const std::uint32_t list : lists) read_fates(out, run, list, by_line, codes);
    std::sort(out.begin(), out.end(), [](const RowFate& a, const RowFate& b) {
        return std::tie(a.key, a.list, a.line, a.number) < std::tie(b.key, b.list, b.line, b.number);
    });
    return out;
}

void Comparison::compare(const Pairing& pair) {
    const std::vector<RowFate>& a = kept_.emplace_back(fates_of(a_, pair.a, pair.by_line, codes_));
    const std::vector<RowFate>& b = kept_.emplace_back(fates_of(b_, pair.b, pair.by_line, codes_));
    const auto take = [](const std::vector<RowFate>& from, std::size_t& at, std::uint64_t key) {
        const std::size_t begin = at;
        while (at < from.size() && from[at].key == key) ++at;
        return Group(from.data() + begin, at - begin);
    };
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
        const std::uint64_t key = i == a.size()   ? b[j].key
                                  : j == b.size() ? a[i].key
                                                  : std::min(a[i].key, b[j].key);
        const Group in_a = take(a, i, key);
        compare_group(in_a, take(b, j, key));
    }
}

/// Of the rejected rows of one number the first that is no duplicate tells why.
const RowFate* Comparison::spokesman(Group group) const {
    const RowFate* out = nullptr;
    for (const RowFate& fate : group) {
        if (fate.state != State::rejected) continue;
        if (out == nullptr) out = &fate;
        if (codes_.text(fate.code) != "DUPLICATE") return &fate;
    }
    return out;
}

void Comparison::compare_group(Group a, Group b) {
    if (a.size() == 1 && b.size() == 1 && a[0].state == b[0].state && a[0].code == b[0].code &&
        a[0].number == b[0].number) {
        ++diff_.same; // what nearly all rows are
        return;
    }
    std::map<facts::Number, std::pair<const RowFate*, const RowFate*>>
        numbers; // those that are clean in a run
    for (const RowFate& fate : a)
        if (fate.state == State::clean && numbers[fate.number].first == nullptr)
            numbers[fate.number].first = &fate;
    for (const RowFate& fate : b)
        if (fate.state == State::clean && numbers[fate.number].second == nullptr)
            numbers[fate.number].second = &fate;
    const RowFate* const no_a = spokesman(a);
    const RowFate* const no_b = spokesman(b);
    for (const auto& [number, clean] : numbers)
        note(clean.first != nullptr ? clean.first : no_a, clean.second != nullptr ? clean.second : no_b,
             number);
    if (numbers.empty()) note(no_a, no_b, no_a != nullptr ? no_a->number : no_b->number);
}

void Comparison::note(const RowFate* a, const RowFate* b, facts::Number number) {
    const bool was = a != nullptr && a->state == State::clean, is = b != nullptr && b->state == State::clean;
    if (!was && !is && (a == nullptr || b == nullptr)) {
        ++(a == nullptr ? diff_.absent_before : diff_.absent_after);
        return;
    }
    if (was == is && a->code == b->code) {
        ++diff_.same;
        return;
    }
    Change change;
    change.move = was == is ? Move::changed : was ? Move::left : Move::joined;
    ++(was == is ? diff_.changed : was ? diff_.left : diff_.joined);
    change.list = b != nullptr ? b_.manifest.lists[b->list].path : a_.manifest.lists[a->list].path;
    change.phone = facts::e164(number);
    const auto fill = [this](Fate& fate, const RowFate* from) {
        if (from == nullptr) return;
        fate.state = from->state;
        fate.line = from->line;
        fate.code = codes_.text(from->code);
    };
    fill(change.before, a);
    fill(change.after, b);
    diff_.changes.push_back(std::move(change));
    sources_.emplace_back(a, b);
}

void Comparison::fill_in() {
    std::vector<Wanted> in_a, in_b;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        Change& change = diff_.changes[i];
        if (sources_[i].first != nullptr) in_a.push_back({sources_[i].first, &change.before, &change.phone});
        if (sources_[i].second != nullptr) in_b.push_back({sources_[i].second, &change.after, &change.phone});
    }
    read_texts(b_, in_b);
    read_texts(a_, in_a);
    std::stable_sort(diff_.changes.begin(), diff_.changes.end(), [](const Change& a, const Change& b) {
        const auto line = [](const Change& change) {
            return change.after.line != 0 ? change.after.line : change.before.line;
        };
        return std::make_tuple(std::string_view(a.list), line(a), std::string_view(a.phone)) <
               std::make_tuple(std::string_view(b.list), line(b), std::string_view(b.phone));
    });
}

/// Differences between two lists of named values, in the order of the names' first appearance.
class Circumstances {
public:
    void before(const std::string& what, const std::string& value) { at(what).before = value; }
    void after(const std::string& what, const std::string& value) { at(what).after = value; }
    std::vector<Circumstance> differing() const {
        std::vector<Circumstance> out;
        for (const Circumstance& each : all_)
            if (each.before != each.after) out.push_back(each);
        return out;
    }

private:
    Circumstance& at(const std::string& what) {
        const auto [where, fresh] = index_.try_emplace(what, all_.size());
        if (fresh) all_.push_back({what, "", ""});
        return all_[where->second];
    }
    std::vector<Circumstance> all_;
    std::map<std::string, std::size_t> index_;
};

std::vector<Circumstance> compare_circumstances(const Manifest& a, const Manifest& b) {
    Circumstances out;
    const auto tell = [](const Manifest& manifest, const auto& note) {
        note("version of callscrub", manifest.version);
        note("phone metadata", manifest.phone_metadata);
        for (const auto& [key, value] : manifest.settings) note("setting " + key, value);
        for (const auto& [key, value] : manifest.policy) note("policy " + key, value);
        for (const ManifestPack& pack : manifest.packs)
            note("rule pack " + pack.id, pack.version + " (sha256 " + pack.sha256.substr(0, 12) + ")");
        for (const ManifestInput& input : manifest.inputs)
            note("input " + input.role + " " + input.path,
                 std::to_string(input.rows) + " rows (sha256 " + input.sha256.substr(0, 12) + ")");
    };
    tell(a, [&](const std::string& what, const std::string& value) { out.before(what, value); });
    tell(b, [&](const std::string& what, const std::string& value) { out.after(what, value); });
    return out.differing();
}

} // namespace

Diff diff_runs(const std::string& run_a, const std::string& run_b) {
    const Run a = open_run(run_a), b = open_run(run_b);
    Diff out;
    out.run_a = run_a;
    out.run_b = run_b;
    out.id_a = a.manifest.run_id;
    out.id_b = b.manifest.run_id;
    out.circumstances = compare_circumstances(a.manifest, b.manifest);
    Comparison comparison(a, b, out);
    for (const Pairing& pair : pair_lists(a.manifest, b.manifest)) comparison.compare(pair);
    comparison.fill_in();
    return out;
}

} // namespace callscrub::report
