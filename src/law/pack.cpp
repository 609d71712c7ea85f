// Reading a rule pack. The format is described in docs/RULES.md; every key is read in exactly one place here.
#include "base/text.h"
#include "base/toml.h"
#include "law/rulebook.h"
#include <algorithm>

namespace callscrub::law {

using base::TomlTable;

namespace {

template <class Enum> struct Word {
    std::string_view word;
    Enum value;
};

constexpr Word<facts::Party> party_words[] = {{"consumer", facts::Party::consumer},
                                              {"sole_trader", facts::Party::sole_trader},
                                              {"partnership", facts::Party::partnership},
                                              {"legal_person", facts::Party::legal_person}};
constexpr Word<facts::CallerType> caller_words[] = {{"commercial", facts::CallerType::commercial},
                                                    {"charity", facts::CallerType::charity},
                                                    {"publisher", facts::CallerType::publisher},
                                                    {"lottery", facts::CallerType::lottery}};
constexpr Word<facts::Purpose> purpose_words[] = {{"sales", facts::Purpose::sales},
                                                  {"winback", facts::Purpose::winback},
                                                  {"fundraising", facts::Purpose::fundraising},
                                                  {"other", facts::Purpose::other}};
constexpr Word<facts::LineType> line_words[] = {{"unknown", facts::LineType::unknown},
                                                {"fixed", facts::LineType::fixed},
                                                {"mobile", facts::LineType::mobile}};
constexpr Word<facts::RelationKind> kind_words[] = {
    {"sale", facts::RelationKind::sale},           {"subscription", facts::RelationKind::subscription},
    {"quotation", facts::RelationKind::quotation}, {"inquiry", facts::RelationKind::inquiry},
    {"donation", facts::RelationKind::donation},   {"volunteer", facts::RelationKind::volunteer},
    {"event", facts::RelationKind::event}};
constexpr Word<Condition> condition_words[] = {{"paid", Condition::paid},
                                               {"number_from_customer", Condition::number_from_customer},
                                               {"informed", Condition::informed},
                                               {"objection_offered", Condition::objection_offered},
                                               {"similar", Condition::similar}};
constexpr Word<Needs> needs_words[] = {{"nothing", Needs::nothing},
                                       {"consent", Needs::consent},
                                       {"request", Needs::request},
                                       {"publication", Needs::publication},
                                       {"relation", Needs::relation}};

template <class Enum, std::size_t N>
Enum word_value(const TomlTable& table, std::string_view key, const std::string& found, const Word<Enum> (&words)[N]) {
    std::vector<std::string_view> known;
    std::string list;
    for (const auto& word : words) {
        if (word.word == found) return word.value;
        known.push_back(word.word);
        list += (list.empty() ? "" : ", ") + std::string(word.word);
    }
    table.fail(key, "'" + std::string(key) + "' has the unknown word '" + base::quoted(found) + "'; expected " + list +
                        base::did_you_mean(found, known));
}

/// The words under `key` as a set; if the key is missing, all words but those of `except`.
template <class Enum, std::size_t N>
Set<Enum> word_set(const TomlTable& table, std::string_view key, const Word<Enum> (&words)[N]) {
    Set<Enum> out;
    if (!table.has(key))
        for (const auto& word : words) out.add(word.value);
    for (const auto& found : table.texts(key)) out.add(word_value(table, key, found, words));
    return out;
}

/// What is read of a pack before any regime, and what the parts of it need.
class PackReader {
public:
    PackReader(const TomlTable& root, const Policy& policy) : root_(root), policy_(policy) {}

    Jurisdiction read();

private:
    Citation citation(const TomlTable& table) const;
    Citation cited_source(const TomlTable& table, const std::string& source) const;
    Day day(const TomlTable& table, std::string_view key, Day missing) const;
    int number(const TomlTable& table, std::string_view key, int missing) const;
    bool applies(const TomlTable& table) const;
    Term term(const TomlTable& table) const;
    Register read_register(const TomlTable& table) const;
    BasisRule basis(const TomlTable& table, const Regime& regime) const;
    void limits(const TomlTable& table, Regime& regime) const;
    void cites(const TomlTable& table, std::map<Reason, Citation>& out) const;
    Regime regime(const TomlTable& table) const;
    void check_order(const std::vector<TomlTable>& tables, const std::vector<Regime>& regimes) const;

    const TomlTable& root_;
    const Policy& policy_;
    std::map<Reason, Citation> common_cites_;
};

Citation PackReader::cited_source(const TomlTable& table, const std::string& source) const {
    const auto sources = root_.opt_table("source");
    const auto found = sources ? sources->opt_table(source) : std::nullopt;
    if (!found) table.fail("source", "the source '" + base::quoted(source) + "' is not described under [source." + source + "]");
    Citation out;
    out.source = found->text("title");
    out.where = found->text("where");
    out.checked = day(*found, "checked", facts::day_min);
    if (out.checked == facts::day_min) found->fail("checked", "a source needs the day on which it was checked");
    return out;
}

Citation PackReader::citation(const TomlTable& table) const {
    Citation out = cited_source(table, table.text("source"));
    out.article = table.text("article");
    const auto certainty = table.opt_integer("certainty");
    if (!certainty || *certainty < 1 || *certainty > 100)
        table.fail("certainty", "'certainty' must be stated in per cent, from 1 to 100");
    out.certainty = static_cast<int>(*certainty);
    return out;
}

Day PackReader::day(const TomlTable& table, std::string_view key, Day missing) const {
    const auto text = table.opt_iso(key);
    if (!text) return missing;
    const auto found = facts::read_iso_day(*text);
    if (!found) table.fail(key, "'" + std::string(key) + "' must be a date without time");
    return *found;
}

// A number, or the value of a switch: "@name".
int PackReader::number(const TomlTable& table, std::string_view key, int missing) const {
    const auto found = table.scalar(key);
    if (!found) return missing;
    if (found->kind == base::TomlScalar::Kind::text && found->text.starts_with('@')) {
        const auto name = found->text.substr(1);
        if (!policy_.declared(name)) table.fail(key, "the switch '" + base::quoted(name) + "' is not declared");
        return static_cast<int>(policy_.number(name));
    }
    const auto value = table.opt_integer(key);
    if (*value < 0 || *value > 100'000) table.fail(key, "'" + std::string(key) + "' is out of range");
    return static_cast<int>(*value);
}

// when = "switch=word": the table holds only under that policy.
bool PackReader::applies(const TomlTable& table) const {
    const auto when = table.opt_text("when");
    if (!when) return true;
    const auto cut = when->find('=');
    const auto name = when->substr(0, cut);
    if (cut == std::string::npos || !policy_.declared(name))
        table.fail("when", "'when' must be \"switch=word\" with a declared switch; found '" + base::quoted(*when) + "'");
    return policy_.word(name) == when->substr(cut + 1);
}

Term PackReader::term(const TomlTable& table) const {
    Term out;
    out.unlimited = false;
    out.months = number(table, "months", 0);
    out.days = number(table, "days", 0);
    if (table.has("months") == table.has("days")) table.fail("months", "a term needs either 'months' or 'days'");
    out.in_force_from = day(table, "from", facts::day_min);
    out.citation = citation(table);
    return out;
}

Register PackReader::read_register(const TomlTable& table) const {
    Register out;
    out.name = table.text("name");
    out.grace_days = number(table, "grace_days", 0);
    out.max_age_days = number(table, "max_age_days", 0);
    out.citation = citation(table);
    return out;
}

BasisRule PackReader::basis(const TomlTable& table, const Regime& regime) const {
    BasisRule out;
    out.id = table.text("id");
    const auto basis_name = table.text("basis");
    const auto basis = basis_of(basis_name);
    if (!basis) table.fail("basis", "unknown basis '" + base::quoted(basis_name) + "'");
    out.basis = *basis;
    out.needs = word_value(table, "needs", table.text("needs"), needs_words);
    out.parties = word_set(table, "parties", party_words);
    out.names_callers = table.has("callers");
    out.callers = word_set(table, "callers", caller_words);
    out.purposes = word_set(table, "purposes", purpose_words);
    out.lines = word_set(table, "lines", line_words);
    for (const auto& product : table.texts("products")) out.products.push_back(base::fold(product));
    for (const auto& product : table.texts("not_products")) out.not_products.push_back(base::fold(product));
    if (out.needs == Needs::relation) {
        out.kinds = word_set(table, "kinds", kind_words);
        for (const auto& word : table.texts("conditions"))
            out.conditions.add(word_value(table, "conditions", word, condition_words));
        const auto after = table.opt_table("after_end");
        if (!after && !table.has("no_term"))
            table.fail("", "a relation needs [after_end] with a term, or no_term = \"why there is none\"");
        if (after) out.term = term(*after);
        table.opt_text("no_term");
        const auto waiver = table.opt_table("objection_waiver");
        if (waiver && applies(*waiver)) out.objection_waived_before = day(*waiver, "started_before", facts::day_min);
        if (waiver) citation(*waiver);
    }
    const auto listed = [&](std::string_view key, ListingBeats beats) {
        for (const auto& wanted : table.texts(key)) {
            const auto found = std::find_if(regime.registers.begin(), regime.registers.end(),
                                            [&](const Register& r) { return r.name == wanted; });
            if (found == regime.registers.end()) table.fail(key, "this regime has no register '" + base::quoted(wanted) + "'");
            out.registers.push_back({static_cast<std::uint8_t>(found - regime.registers.begin()), beats});
        }
    };
    listed("falls_when_listed", ListingBeats::always);
    listed("falls_unless_later_than_listing", ListingBeats::earlier_or_same);
    out.citation = citation(table);
    return out;
}

void PackReader::limits(const TomlTable& table, Regime& out) const {
    if (const auto verification = table.opt_table("verification")) {
        out.verification = citation(*verification);
        const Day from = day(*verification, "from", facts::day_min);
        if (applies(*verification)) out.verification_from = from;
    }
    if (const auto stale = table.opt_table("stale")) {
        out.stale_months = number(*stale, "months", 0);
        out.stale = citation(*stale);
    }
    if (const auto calls = table.opt_table("calls")) {
        out.calls.max_calls = number(*calls, "max", 0);
        out.calls.within_days = number(*calls, "within_days", 0);
        out.calls.pause_days_after_refusal = number(*calls, "pause_days_after_refusal", 0);
        out.calls.citation = citation(*calls);
    }
}

void PackReader::cites(const TomlTable& table, std::map<Reason, Citation>& out) const {
    const auto found = table.opt_table("cites");
    if (!found) return;
    for (const auto& key : found->keys()) {
        const auto reason = reason_of(key);
        if (!reason) found->fail(key, "unknown reason code '" + base::quoted(key) + "'");
        out[*reason] = citation(*found->opt_table(key));
    }
}

Regime PackReader::regime(const TomlTable& table) const {
    Regime out;
    out.id = table.text("id");
    out.from = day(table, "from", facts::day_min);
    if (out.from == facts::day_min) table.fail("from", "a regime needs its first day, 'from'");
    out.until = day(table, "until", facts::day_max);
    if (out.until < out.from) table.fail("until", "the regime ends before it begins");
    out.says = table.text("says");
    out.citation = citation(table);
    out.any_channel = table.opt_boolean("one_declaration_many_channels").value_or(false);
    out.caller_id_required = table.opt_boolean("caller_id_required").value_or(true);
    out.machine_needs_consent = table.opt_boolean("machine_needs_consent").value_or(true);
    out.request_calls = number(table, "calls_per_request", 1);
    for (const auto& one : table.tables("register")) out.registers.push_back(read_register(one));
    limits(table, out);
    out.cites = common_cites_;
    cites(table, out.cites);
    for (const auto& one : table.tables("basis")) {
        BasisRule rule = basis(one, out);
        if (applies(one)) out.bases.push_back(std::move(rule));
    }
    table.opt_text("gap_before");
    out.service.id = out.id + ".service";
    out.service.basis = Basis::not_restricted;
    out.service.citation = out.citation;
    out.service.citation.article = "no advertising: outside " + out.citation.article;
    return out;
}

void PackReader::check_order(const std::vector<TomlTable>& tables, const std::vector<Regime>& regimes) const {
    for (std::size_t i = 1; i < regimes.size(); ++i) {
        const Day end = regimes[i - 1].until;
        if (end >= regimes[i].from)
            tables[i].fail("from", "regime " + regimes[i].id + " begins before regime " + regimes[i - 1].id + " has ended");
        if (end + 1 != regimes[i].from && !tables[i].has("gap_before"))
            tables[i].fail("from", "no rule is in force between " + regimes[i - 1].id + " and " + regimes[i].id +
                                       "; close the gap or state gap_before = \"why\"");
    }
}

Jurisdiction PackReader::read() {
    Jurisdiction out;
    const auto head = root_.opt_table("pack");
    if (!head) root_.fail("", "the table [pack] is missing");
    out.id = head->text("jurisdiction");
    out.region = facts::make_region(out.id);
    if (!out.region.known()) head->fail("jurisdiction", "'jurisdiction' must be a country code of two letters");
    out.version = head->text("version");
    out.zone_name = head->text("time_zone");
    out.zone = std::make_shared<const facts::Zone>(facts::Zone::load(out.zone_name));
    out.month_arithmetic = head->text("month_arithmetic");
    if (out.month_arithmetic != "clamp") head->fail("month_arithmetic", "the only month arithmetic known is \"clamp\"");
    const auto names = head->opt_table("names");
    for (const auto* language : {"en", "de", "nl"}) {
        if (!names) head->fail("names", "'names' must give the country's name in en, de and nl");
        out.names[language] = names->text(language);
        out.also.push_back(base::fold(out.names[language]));
    }
    for (const auto& other : head->texts("also")) out.also.push_back(base::fold(other));
    out.notes = head->texts("notes");
    if (const auto keep = root_.opt_table("retention")) {
        out.retention.years = number(*keep, "years", 0);
        out.retention.from_each_use = keep->opt_boolean("from_each_use").value_or(false);
        out.retention.citation = citation(*keep);
    }
    cites(root_, common_cites_);
    const auto tables = root_.tables("regime");
    if (tables.empty()) root_.fail("regime", "a pack needs at least one [[regime]]");
    for (const auto& one : tables) out.regimes.push_back(regime(one));
    check_order(tables, out.regimes);
    return out;
}

std::vector<Switch> read_switches(const TomlTable& root) {
    std::vector<Switch> out;
    for (const auto& table : root.tables("switch")) {
        Switch one;
        one.name = table.text("name");
        one.words = table.texts("words");
        one.says = table.text("says");
        one.source = table.text("source");
        one.certainty = static_cast<int>(table.opt_integer("certainty").value_or(0));
        if (one.certainty < 1 || one.certainty > 100) table.fail("certainty", "'certainty' must be stated in per cent");
        const auto value = [&](std::string_view key) {
            const auto found = table.scalar(key);
            if (!found) table.fail("", "the key '" + std::string(key) + "' is missing");
            return found->text;
        };
        one.standard = value("standard");
        one.strict = value("strict");
        one.least = table.opt_integer("least").value_or(0);
        one.most = table.opt_integer("most").value_or(0);
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace

std::vector<Switch> declared_switches(std::span<const PackText> packs) {
    std::vector<Switch> out = general_switches();
    for (const auto& pack : packs)
        for (auto& one : read_switches(TomlTable::parse(pack.text, pack.name))) out.push_back(std::move(one));
    return out;
}

Jurisdiction load_pack(const PackText& pack, const Policy& policy) {
    const TomlTable root = TomlTable::parse(pack.text, pack.name);
    Jurisdiction out = PackReader(root, policy).read();
    out.switches = read_switches(root);
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
