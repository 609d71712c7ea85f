/// The rule packs that a run uses.
#pragma once
#include "law/rules.h"
#include <span>

namespace callscrub::law {

/// The text of a pack and the name it has in messages.
struct PackText {
    std::string name, text;
};

/// The packs that are built into the program.
std::vector<PackText> embedded_pack_texts();

/// Switches that the packs declare, together with the general ones. Failure (usage) for a pack that can't be read.
std::vector<Switch> declared_switches(std::span<const PackText> packs);

/// Reads one pack under a policy. Refuses (Failure, usage, with place) a missing citation or source, overlapping
/// regimes, an unstated gap, an unknown key, word or unit.
Jurisdiction load_pack(const PackText& pack, const Policy& policy);

class Rulebook {
public:
    Rulebook(std::span<const PackText> packs, std::string_view policy_base, const std::vector<Setting>& settings);

    const Policy& policy() const { return policy_; }
    std::span<const Jurisdiction> jurisdictions() const { return jurisdictions_; }
    /// By ISO code, any case ("nl"); nullptr if there is no pack.
    const Jurisdiction* find(std::string_view id) const;
    const Jurisdiction* find(facts::Region region) const;
    /// Like find(id), also by the names that data use for the country.
    const Jurisdiction* by_any_name(std::string_view name) const;
    /// Names of all registers of all packs.
    std::vector<std::string> register_names() const;

private:
    Policy policy_;
    std::vector<Jurisdiction> jurisdictions_; ///< by id
};

} // namespace callscrub::law
