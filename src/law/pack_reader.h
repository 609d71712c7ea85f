/// Reading a rule pack: inner header of pack*.cpp. The format is described in docs/RULES.md; every key is
/// read in exactly one place. All functions throw Failure (usage) with the place of what is wrong.
#pragma once
#include "base/toml.h"
#include "law/rulebook.h"
#include <set>

namespace callscrub::law {

/// The switches that a pack declares.
std::vector<Switch> read_switches(const base::TomlTable& root);

class PackReader {
public:
    /// `switches`: those of the pack. All three outlive the reader.
    PackReader(const base::TomlTable& root, const Policy& policy, const std::vector<Switch>& switches)
        : root_(root), policy_(policy), switches_(switches) {}

    Jurisdiction read();

private:
    // pack_values.cpp: single values
    Citation cited_source(const base::TomlTable& table, const std::string& source) const;
    Citation citation(const base::TomlTable& table) const;
    Day day(const base::TomlTable& table, std::string_view key, Day missing) const;
    Amount number(const base::TomlTable& table, std::string_view key, int missing) const;
    const Switch& find_switch(const base::TomlTable& table, std::string_view key,
                              const std::string& name) const;
    /// Reads `when` into the citation; whether it holds under the policy.
    bool holds(const base::TomlTable& table, Citation& citation) const;
    /// Whether the switch of a condition that doesn't hold stands at the word "warn".
    bool warns(const Citation& citation) const;
    void cites(const base::TomlTable& table, std::map<Reason, Citation>& out) const;

    // pack_basis.cpp: one way to be allowed to call
    BasisRule basis(const base::TomlTable& table, Regime& regime);
    void addressees(const base::TomlTable& table, BasisRule& out) const;
    void relation(const base::TomlTable& table, BasisRule& out, Regime& regime) const;
    void waiver(const base::TomlTable& table, BasisRule& out, Regime& regime) const;
    void listings(const base::TomlTable& table, const Regime& regime, BasisRule& out) const;
    Term term(const base::TomlTable& table) const;
    void product_groups(const base::TomlTable& table, std::string_view key, std::vector<std::string>& groups,
                        std::vector<std::string>& words) const;
    void unique(const base::TomlTable& table, const std::string& id);

    // pack.cpp: the pack and its regimes
    Regime regime(const base::TomlTable& table);
    Register read_register(const base::TomlTable& table) const;
    void verification(const base::TomlTable& table, Regime& out) const;
    void stale(const base::TomlTable& table, Regime& out) const;
    void calls(const base::TomlTable& table, Regime& out) const;
    void head(Jurisdiction& out) const;
    void read_products();
    void check_switches(const std::string& id) const;
    void check_order(const std::vector<base::TomlTable>& tables, const std::vector<Regime>& regimes) const;

    const base::TomlTable& root_;
    const Policy& policy_;
    const std::vector<Switch>& switches_;
    std::vector<ProductGroup> products_;
    std::map<Reason, Citation> common_cites_;
    std::set<std::string> ids_; ///< of regimes and bases so far
};

} // namespace callscrub::law
