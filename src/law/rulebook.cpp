#include "law/rulebook.h"
#include "base/text.h"
#include "base/toml.h"
#include "embedded/packs.h"
#include <algorithm>

namespace callscrub::law {

const Regime* Jurisdiction::on(Day day) const {
    for (const auto& regime : regimes)
        if (regime.from <= day && day <= regime.until) return &regime;
    return nullptr;
}

std::vector<PackText> embedded_pack_texts() {
    std::vector<PackText> out;
    for (const auto& file : embedded_packs())
        if (file.name.ends_with(".toml")) out.push_back({std::string(file.name), std::string(file.text)});
    return out;
}

namespace {

// One number for each thing that a law can warn of, so that a set of them is a number, too.
void number_doubts(std::vector<Jurisdiction>& laws) {
    std::size_t next = 0;
    for (auto& law : laws) {
        std::map<Reason, std::size_t> ids;
        for (auto& regime : law.regimes)
            for (auto& doubt : regime.doubts) {
                const auto id = ids.try_emplace(doubt.reason, next + ids.size()).first->second;
                if (id >= doubt_limit)
                    throw base::Failure(base::Exit::usage, {law.id + ".toml", 0, 0},
                                        "the packs warn of more than " + std::to_string(doubt_limit) +
                                            " things; set some of their switches to another word than warn");
                doubt.id = static_cast<std::uint8_t>(id);
            }
        next += ids.size();
    }
}

// Where data names a country, one law must be meant.
void refuse_shared_name(const PackText& pack, const Jurisdiction& one, const std::vector<Jurisdiction>& others) {
    auto names = one.also;
    names.push_back(base::fold(one.id));
    for (const auto& other : others) {
        const auto shared = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
            return name == base::fold(other.id) || std::find(other.also.begin(), other.also.end(), name) != other.also.end();
        });
        if (shared == names.end()) continue;
        const auto table = base::TomlTable::parse(pack.text, pack.name).table("pack");
        const auto also = table.texts("also");
        const bool stated = std::any_of(also.begin(), also.end(), [&](const auto& name) { return base::fold(name) == *shared; });
        table.fail(stated ? "also" : "names", "the country's name '" + base::quoted(*shared) + "' is also one of pack " + other.id +
                                                  ", and data that says so must mean one law; take it out of one of the two packs");
    }
}

} // namespace

Rulebook::Rulebook(std::span<const PackText> packs, std::string_view policy_base, const std::vector<Setting>& settings)
    : policy_(declared_switches(packs), policy_base, settings) {
    for (const auto& pack : packs) {
        Jurisdiction one = load_pack(pack, policy_);
        if (find(one.id))
            throw base::Failure(base::Exit::usage, {pack.name, 0, 0}, "there is another pack for jurisdiction " + one.id);
        refuse_shared_name(pack, one, jurisdictions_);
        jurisdictions_.push_back(std::move(one));
    }
    std::sort(jurisdictions_.begin(), jurisdictions_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    const auto names = register_names();
    for (auto& one : jurisdictions_)
        for (auto& regime : one.regimes)
            for (auto& listed : regime.registers)
                listed.id = static_cast<std::uint8_t>(std::find(names.begin(), names.end(), listed.name) - names.begin());
    number_doubts(jurisdictions_);
}

const Jurisdiction* Rulebook::find(std::string_view id) const { return find(facts::make_region(id)); }

const Jurisdiction* Rulebook::find(facts::Region region) const {
    if (!region.known()) return nullptr;
    for (const auto& one : jurisdictions_)
        if (one.region == region) return &one;
    return nullptr;
}

const Jurisdiction* Rulebook::by_any_name(std::string_view name) const {
    if (const auto* found = find(name)) return found;
    const auto folded = base::fold(name);
    for (const auto& one : jurisdictions_)
        if (std::find(one.also.begin(), one.also.end(), folded) != one.also.end()) return &one;
    return nullptr;
}

std::vector<std::string> Rulebook::register_names() const {
    std::vector<std::string> out;
    for (const auto& one : jurisdictions_)
        for (const auto& regime : one.regimes)
            for (const auto& listed : regime.registers)
                if (std::find(out.begin(), out.end(), listed.name) == out.end()) out.push_back(listed.name);
    return out;
}

} // namespace callscrub::law
