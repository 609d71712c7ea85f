#include "history/history.h"

namespace callscrub::history {

namespace {
constexpr std::size_t staged_facts = 512; // 12 KiB for each partition: all of a worker's stages fit its cache
}

Gathering::Feed::Feed(Gathering& gathering) : gathering_(gathering), cache_(gathering.terms) {
    for (auto& staged : staged_) staged.facts.reserve(staged_facts);
}

Gathering::Feed::~Feed() { flush(); }

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
    Chunk chunk{staged.facts, staged.persons};
    Pile& pile = gathering_.piles_[partition];
    {
        const std::lock_guard lock(pile.mutex);
        pile.facts += chunk.facts.size();
        pile.any_person |= staged.any_person;
        pile.chunks.push_back(std::move(chunk));
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

void Gathering::put_names(std::uint16_t file, std::uint64_t index, RecordNames names) {
    const std::lock_guard lock(rest_mutex_);
    if (names_.size() <= file) names_.resize(file + 1U);
    names_[file].put(index, std::move(names));
}

} // namespace callscrub::history
