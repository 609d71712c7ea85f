#include "base/text.h"
#include "law/pack_reader.h"
#include "law/pack_words.h"
#include "law/translations.h"
#include <algorithm>

namespace callscrub::law {

using base::TomlTable;

Register PackReader::read_register(const TomlTable& table) const {
    Register out;
    out.name = table.text("name");
    out.grace_days = number(table, "grace_days", 0);
    out.citation = citation(table);
    if (const auto fresh = table.opt_table("export")) {
        out.max_age_days = number(*fresh, "max_age_days", 0);
        out.freshness = citation(*fresh);
    }
    return out;
}

void PackReader::verification(const TomlTable& table, Regime& out) const {
    const auto found = table.opt_table("verification");
    if (!found) return;
    auto cite = citation(*found);
    const Day from = day(*found, "from", facts::day_min);
    if (holds(*found, cite)) {
        out.verification = cite;
        out.verification_from = from;
    } else {
        const auto since =
            from == facts::day_min ? std::string() : ", from " + facts::to_string(from) + " on";
        out.dormant.push_back({"a consent counts only if it was verified with the person" + since, cite, warns(cite)});
        if (warns(cite)) out.doubts.push_back({Reason::not_verified, from, {}, cite});
    }
}

void PackReader::stale(const TomlTable& table, Regime& out) const {
    const auto found = table.opt_table("stale");
    if (!found) return;
    auto cite = citation(*found);
    const auto months = number(*found, "months", 0);
    if (holds(*found, cite)) {
        out.stale = cite;
        out.stale_months = months;
    } else {
        out.dormant.push_back(
            {"a consent without a stated period no longer counts after " + std::to_string(months) + " months",
             cite, warns(cite)});
        if (warns(cite) && months != 0)
            out.doubts.push_back({Reason::consent_stale, facts::day_min, months, cite});
    }
}

void PackReader::calls(const TomlTable& table, Regime& out) const {
    const auto found = table.opt_table("calls");
    if (!found) return;
    CallLimits limits;
    limits.max_calls = number(*found, "max", 0);
    limits.within_days = number(*found, "within_days", 0);
    limits.pause_days_after_refusal = number(*found, "pause_days_after_refusal", 0);
    limits.citation = citation(*found);
    if (limits.max_calls != 0 && limits.within_days == 0)
        found->fail("max", "a cap of calls needs 'within_days', the days in which it holds");
    if (holds(*found, limits.citation))
        out.calls = limits;
    else
        out.dormant.push_back({"the limits on the number of calls", limits.citation});
}

Regime PackReader::regime(const TomlTable& table) {
    Regime out;
    out.id = stated_text(table, "id");
    unique(table, out.id);
    out.from = day(table, "from", facts::day_min);
    if (out.from == facts::day_min) table.fail("", "a regime needs its first day, 'from'");
    out.until = day(table, "until", facts::day_max);
    if (out.until < out.from) table.fail("until", "the regime ends before it begins");
    out.says = table.text("says");
    out.citation = citation(table);
    out.any_channel = table.opt_boolean("one_declaration_many_channels").value_or(false);
    out.caller_id_required = table.opt_boolean("caller_id_required").value_or(true);
    out.machine_needs_consent = table.opt_boolean("machine_needs_consent").value_or(true);
    out.request_calls = number(table, "calls_per_request", 1);
    for (const auto& one : table.tables("register")) out.registers.push_back(read_register(one));
    verification(table, out);
    stale(table, out);
    calls(table, out);
    out.cites = common_cites_;
    cites(table, out.cites);
    for (const auto& one : table.tables("basis")) {
        BasisRule rule = basis(one, out);
        (holds(one, rule.citation) ? out.bases : out.dormant_bases).push_back(std::move(rule));
    }
    out.gap_before = table.opt_text("gap_before").value_or("");
    out.service.id = out.id + ".service";
    out.service.basis = Basis::not_restricted;
    out.service.citation = out.citation;
    out.service.citation.article = std::string(outside_of) + " " + out.citation.article;
    return out;
}

void PackReader::check_order(const std::vector<TomlTable>& tables, const std::vector<Regime>& regimes) const {
    for (std::size_t i = 1; i < regimes.size(); ++i) {
        const Day end = regimes[i - 1].until;
        if (end >= regimes[i].from)
            tables[i].fail("from", "regime " + regimes[i].id + " begins before regime " + regimes[i - 1].id +
                                       " has ended");
        const bool gap = end + 1 != regimes[i].from;
        if (gap && regimes[i].gap_before.empty())
            tables[i].fail("from", "no rule is in force between " + regimes[i - 1].id + " and " +
                                       regimes[i].id + "; close the gap or state gap_before = \"why\"");
    }
}

void PackReader::head(Jurisdiction& out) const {
    const auto table = root_.opt_table("pack");
    if (!table) root_.fail("", "the table [pack] is missing");
    out.id = table->text("jurisdiction");
    out.region = facts::make_region(out.id);
    if (!out.region.known())
        table->fail("jurisdiction", "'jurisdiction' must be a country code of two letters");
    out.version = stated_text(*table, "version");
    out.zone_name = table->text("time_zone");
    out.zone = std::make_shared<const facts::Zone>(facts::Zone::load(out.zone_name));
    out.month_arithmetic = table->text("month_arithmetic");
    if (out.month_arithmetic != "clamp")
        table->fail("month_arithmetic", "'month_arithmetic' is '" + base::quoted(out.month_arithmetic) +
                                            "'; the only one known is \"clamp\"");
    const auto names = table->opt_table("names");
    if (!names) table->fail("", "'names' must give the country's name in en, de and nl");
    for (const auto* language : {"en", "de", "nl"}) {
        out.names[language] = names->text(language);
        out.also.push_back(base::fold(out.names[language]));
    }
    for (const auto& other : table->texts("also")) out.also.push_back(base::fold(other));
    out.notes = table->texts("notes");
}

void PackReader::read_products() {
    for (const auto& table : root_.tables("products")) {
        ProductGroup group;
        group.name = table.text("name");
        group.words = table.texts("words");
        group.says = table.text("says");
        group.words.insert(group.words.begin(), group.name);
        products_.push_back(std::move(group));
    }
}

Jurisdiction PackReader::read() {
    Jurisdiction out;
    head(out);
    check_switches(out.id);
    if (const auto keep = root_.opt_table("retention")) {
        out.retention.years = number(*keep, "years", 0);
        out.retention.from_each_use = keep->opt_boolean("from_each_use").value_or(false);
        out.retention.citation = citation(*keep);
    }
    read_products();
    cites(root_, common_cites_);
    const auto tables = root_.tables("regime");
    if (tables.empty()) root_.fail("", "a pack needs at least one [[regime]]");
    for (const auto& one : tables) out.regimes.push_back(regime(one));
    check_order(tables, out.regimes);
    out.products = products_;
    return out;
}

std::vector<Switch> declared_switches(std::span<const PackText> packs) {
    std::vector<Switch> out = general_switches();
    for (const auto& pack : packs)
        for (auto& one : read_switches(TomlTable::parse(pack.text, pack.name))) out.push_back(std::move(one));
    return out;
}

Jurisdiction load_pack(const PackText& pack, const Policy& policy) {
    const TomlTable root = TomlTable::parse(pack.text, pack.name);
    const auto switches = read_switches(root);
    Jurisdiction out = PackReader(root, policy, switches).read();
    out.switches = switches;
    // A source that nothing cites yet is no error, an unknown key in it is.
    if (const auto sources = root.opt_table("source"))
        for (const auto& key : sources->keys())
            if (const auto one = sources->opt_table(key)) {
                one->text("title");
                one->text("where");
                one->opt_iso("checked");
            }
    root.refuse_unknown();
    return out;
}

} // namespace callscrub::law
