#include "law/pack_reader.h"
#include "law/pack_words.h"
#include <algorithm>

namespace callscrub::law {

using base::TomlTable;

void PackReader::unique(const TomlTable& table, const std::string& id) {
    if (!ids_.insert(id).second)
        table.fail("id", "the id '" + base::quoted(id) + "' is used twice; ids stand in reports");
}

Term PackReader::term(const TomlTable& table) const {
    Term out;
    out.unlimited = false;
    out.months = number(table, "months", 0);
    out.days = number(table, "days", 0);
    if (table.has("months") == table.has("days")) table.fail("", "a term needs either 'months' or 'days'");
    out.renewed_by = stated_words(table, "renewed_by", kind_words);
    out.in_force_from = day(table, "from", facts::day_min);
    out.citation = citation(table);
    return out;
}

void PackReader::product_groups(const TomlTable& table, std::string_view key,
                                std::vector<std::string>& groups, std::vector<std::string>& words) const {
    groups = stated_list(table, key);
    for (const auto& name : groups) {
        const auto found = std::find_if(products_.begin(), products_.end(),
                                        [&](const ProductGroup& one) { return one.name == name; });
        if (found == products_.end())
            table.fail(key,
                       "the product group '" + base::quoted(name) + "' is not declared; add [[products]]");
        for (const auto& word : found->words) words.push_back(base::fold(word));
    }
}

// Whom the rule is open to.
void PackReader::addressees(const TomlTable& table, BasisRule& out) const {
    out.parties = words_or_all(table, "parties", party_words);
    out.names_callers = table.has("callers");
    out.callers = words_or_all(table, "callers", caller_words);
    out.purposes = words_or_all(table, "purposes", purpose_words);
    out.lines = words_or_all(table, "lines", line_words);
    product_groups(table, "products", out.product_groups, out.products);
    product_groups(table, "not_products", out.not_product_groups, out.not_products);
}

void PackReader::waiver(const TomlTable& table, BasisRule& out, Regime& regime) const {
    const auto found = table.opt_table("objection_waiver");
    if (!found) return;
    out.waiver = citation(*found);
    const Day before = day(*found, "started_before", facts::day_min);
    if (before == facts::day_min) found->fail("", "a waiver needs 'started_before'");
    if (holds(*found, out.waiver))
        out.objection_waived_before = before;
    else
        regime.dormant.push_back({out.id + ": relations from before " + facts::to_string(before) +
                                      " need not have been offered an objection",
                                  out.waiver});
}

void PackReader::relation(const TomlTable& table, BasisRule& out, Regime& regime) const {
    if (!table.has("kinds"))
        table.fail("", "a relation needs 'kinds', for example [\"sale\", \"subscription\"]");
    out.kinds = stated_words(table, "kinds", kind_words);
    out.conditions = stated_words(table, "conditions", condition_words);
    const auto after = table.opt_table("after_end");
    out.no_term = table.opt_text("no_term").value_or("");
    if (after.has_value() != out.no_term.empty())
        table.fail("", "a relation needs either [after_end] with a term, or no_term = \"why there is none\"");
    if (after) out.term = term(*after);
    waiver(table, out, regime);
}

void PackReader::listings(const TomlTable& table, const Regime& regime, BasisRule& out) const {
    const auto add = [&](std::string_view key, ListingBeats beats) {
        for (const auto& wanted : stated_list(table, key)) {
            const auto found = std::find_if(regime.registers.begin(), regime.registers.end(),
                                            [&](const Register& one) { return one.name == wanted; });
            if (found == regime.registers.end())
                table.fail(key, "this regime has no register '" + base::quoted(wanted) + "'");
            out.registers.push_back({static_cast<std::uint8_t>(found - regime.registers.begin()), beats});
        }
    };
    add("falls_when_listed", ListingBeats::always);
    add("falls_unless_later_than_listing", ListingBeats::earlier_or_same);
}

namespace {

// A proof names the basis: it must not name a consent where no rule looked for one, nor a customer, a request, … where
// nothing on record is asked for.
void check_needs(const TomlTable& table, const BasisRule& rule) {
    const bool consent = rule.basis == Basis::explicit_consent;
    const bool free = rule.basis == Basis::not_restricted || rule.basis == Basis::presumed_consent_b2b;
    if (consent && rule.needs != Needs::consent)
        table.fail("needs", "the basis 'explicit_consent' stands on a consent; state needs = \"consent\", or another basis");
    if (!free && rule.needs == Needs::nothing)
        table.fail("needs", "the basis '" + std::string(name(rule.basis)) +
                                "' stands on something on record, and this rule needs nothing; state what it needs, or basis = \"not_restricted\"");
}

} // namespace

BasisRule PackReader::basis(const TomlTable& table, Regime& regime) {
    BasisRule out;
    out.id = stated_text(table, "id");
    unique(table, out.id);
    const auto basis_name = table.text("basis");
    const auto basis = basis_of(basis_name);
    if (!basis) table.fail("basis", "unknown basis '" + base::quoted(basis_name) + "'");
    out.basis = *basis;
    out.needs = word_value(table, "needs", table.text("needs"), needs_words);
    check_needs(table, out);
    addressees(table, out);
    if (out.needs == Needs::consent)
        out.given_in_contract = table.opt_boolean("given_in_contract").value_or(false);
    if (out.needs == Needs::relation || out.given_in_contract) relation(table, out, regime);
    listings(table, regime, out);
    out.citation = citation(table);
    return out;
}

} // namespace callscrub::law
