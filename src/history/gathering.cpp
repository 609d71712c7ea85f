#include "history/history.h"
#include <algorithm>
#include <cstring>
#include <exception>

namespace callscrub::history {

namespace {
// All of a worker's stages fit its cache; and each is less than the 2 KiB from which on memcpy copies by rep movsb, which is slow
// on the machine measured.
constexpr std::size_t staged_facts = 80;
}

Gathering::Feed::Feed(Gathering& gathering) : gathering_(gathering), cache_(gathering.terms) {
    for (auto& staged : staged_) staged.facts.reserve(staged_facts);
}

// Who fails on the way has nothing to hand over any more; and a second failure here would end the program.
Gathering::Feed::~Feed() {
    if (std::uncaught_exceptions() == 0) flush();
}

void Gathering::Feed::add(const Fact& fact, facts::PersonKey person) {
    const std::size_t partition = partition_of(fact.key);
    Staged& staged = staged_[partition];
    if (person != 0 && !staged.any_person) {
        staged.persons.assign(staged.facts.size(), 0);
        staged.any_person = true;
    }
    staged.facts.push_back(fact);
    if (staged.any_person) staged.persons.push_back(person);
    if (staged.facts.size() == staged_facts) flush(partition);
}

void Gathering::Feed::flush(std::size_t partition) {
    Staged& staged = staged_[partition];
    if (staged.facts.empty()) return;
    Pile& pile = gathering_.piles_[partition];
    {
        const std::lock_guard lock(pile.mutex);
        gathering_.take(pile, staged.facts, staged.persons);
    }
    staged.facts.clear();
    staged.persons.clear();
    staged.any_person = false;
}

void Gathering::Feed::flush() {
    for (std::size_t partition = 0; partition < partition_count; ++partition) flush(partition);
    const std::lock_guard lock(gathering_.rest_mutex_);
    gathering_.contracts_.add(std::move(contract_ends));
    contract_ends.clear();
}

// The pile's mutex is held.
void Gathering::take(Pile& pile, std::span<const Fact> facts, std::span<const facts::PersonKey> persons) {
    const std::size_t end = pile.used + facts.size();
    if (end > pile.facts.size()) pile.facts.grow(std::max<std::size_t>(2 * pile.facts.size(), 1024));
    pile.facts.expect(end);
    std::copy(facts.begin(), facts.end(), pile.facts.data() + pile.used);
    if (!persons.empty()) persons_named_ = true;
    if (!persons.empty() || pile.persons.size() != 0) {
        pile.persons.grow(pile.facts.size()); // of earlier facts: zero, nobody
        std::copy(persons.begin(), persons.end(), pile.persons.data() + pile.used);
        if (persons.empty()) std::fill_n(pile.persons.data() + pile.used, facts.size(), 0);
    }
    pile.used = end;
    pile.total += facts.size();
    held_ += facts.size() * bytes_each(pile);
    // Half of the room is for putting the facts in order.
    if (held_ > room_.limit / 2 && room_.overflow) spill(pile);
}

std::size_t Gathering::bytes_each(const Pile& pile) const {
    return sizeof(Fact) + (pile.persons.size() != 0 ? sizeof(facts::PersonKey) : 0);
}

// Moves the pile's facts to the overflow. Its mutex is held.
void Gathering::spill(Pile& pile) {
    const std::size_t facts = pile.used * sizeof(Fact);
    std::string bytes(pile.used * (sizeof(Fact) + sizeof(facts::PersonKey)), '\0');
    std::memcpy(bytes.data(), pile.facts.data(), facts);
    if (pile.persons.size() != 0) std::memcpy(bytes.data() + facts, pile.persons.data(), bytes.size() - facts);
    pile.spilled.push_back({room_.overflow->put(bytes.data(), bytes.size()), pile.used});
    held_ -= pile.used * bytes_each(pile);
    pile.used = 0;
}

std::uint64_t Gathering::bytes() const {
    std::uint64_t out = 0;
    for (const auto& pile : piles_) out += pile.total * (sizeof(Fact) + (persons_named_ ? sizeof(facts::PersonKey) : 0) + 1);
    for (const auto& names : names_) out += names.bytes();
    return out;
}

void Gathering::put_names(std::uint16_t file, std::uint64_t index, const RecordNames& names) {
    const std::lock_guard lock(rest_mutex_);
    if (names_.size() <= file) names_.resize(file + 1U);
    const bool full = room_.overflow && held_ > room_.limit / 4;
    names_[file].put(index, names, full ? room_.overflow.get() : nullptr);
}

} // namespace callscrub::history
