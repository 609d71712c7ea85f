// Reading case files; their format is in docs/RULES.md.
#include "base/text.h"
#include "base/toml.h"
#include "facts/columns.h"
#include "verdict/cases.h"
#include <algorithm>

namespace callscrub::verdict {

using base::TomlScalar;
using base::TomlTable;

std::optional<facts::CallerType> caller_type_of(std::string_view word) {
    if (word == "commercial") return facts::CallerType::commercial;
    if (word == "charity") return facts::CallerType::charity;
    if (word == "publisher") return facts::CallerType::publisher;
    if (word == "lottery") return facts::CallerType::lottery;
    return std::nullopt;
}

facts::Purpose purpose_of(std::string_view word) {
    if (word == "sales") return facts::Purpose::sales;
    if (word == "winback") return facts::Purpose::winback;
    if (word == "fundraising") return facts::Purpose::fundraising;
    if (word == "service") return facts::Purpose::service;
    return facts::Purpose::other;
}

std::optional<facts::Dialing> dialing_of(std::string_view word) {
    if (word == "human") return facts::Dialing::human;
    if (word == "automatic") return facts::Dialing::automatic;
    return std::nullopt;
}

std::optional<law::Reason> trouble_of(facts::PhoneStatus status) {
    switch (status) {
    case facts::PhoneStatus::ok: break;
    case facts::PhoneStatus::missing: return law::Reason::number_missing;
    case facts::PhoneStatus::scientific: return law::Reason::number_scientific;
    case facts::PhoneStatus::two_in_cell: return law::Reason::number_two_in_cell;
    case facts::PhoneStatus::invalid: return law::Reason::number_invalid;
    case facts::PhoneStatus::not_diallable: return law::Reason::number_not_diallable;
    }
    return std::nullopt;
}

facts::LineType line_type(facts::PhoneType type) {
    if (type == facts::PhoneType::fixed) return facts::LineType::fixed;
    if (type == facts::PhoneType::mobile) return facts::LineType::mobile;
    return facts::LineType::unknown;
}

namespace {

using Tables = std::vector<TomlTable>;
using Words = std::span<const std::string_view>;

constexpr std::string_view callers[] = {"commercial", "charity", "publisher", "lottery"};
constexpr std::string_view dialings[] = {"human", "automatic"};
constexpr std::string_view verdicts[] = {"callable", "rejected"};

std::string unknown(std::string_view what, std::string_view word, Words words) {
    return "unknown " + std::string(what) + " '" + base::quoted(word) + "'" + base::did_you_mean(word, words);
}

// A key that is missing is most likely one that was misspelt.
[[noreturn]] void missing(const TomlTable& table, Words wanted, const std::string& what) {
    for (const auto& own : table.keys()) {
        const bool right = std::find(wanted.begin(), wanted.end(), own) != wanted.end();
        if (const auto hint = base::did_you_mean(own, wanted); !right && !hint.empty())
            table.fail(own, "unknown key '" + own + "'" + hint);
    }
    table.fail("", what);
}

// A key in the first table that has it: the case's own, then the defaults'.
class Layered {
public:
    Layered(std::optional<TomlTable> own, std::optional<TomlTable> defaults) {
        if (own) layers_.push_back(*own);
        if (defaults) layers_.push_back(*defaults);
    }
    std::optional<TomlScalar> scalar(std::string_view key) const {
        std::optional<TomlScalar> out;
        for (const auto& layer : layers_)
            if (auto found = layer.opt_scalar(key); found && !out) out = found;
        return out;
    }
    std::string text(std::string_view key, std::string missing = {}) const {
        const auto found = scalar(key);
        if (!found) return missing;
        return found->kind == TomlScalar::Kind::boolean ? (found->boolean ? "yes" : "no") : found->text;
    }
    std::vector<std::string> texts(std::string_view key) const {
        for (const auto& layer : layers_)
            if (layer.has(key)) return layer.texts(key);
        return {};
    }
    /// `words`: those that `read` knows; the first is meant where nothing is stated.
    template <class Value>
    Value word(std::string_view key, Words words, std::optional<Value> (*read)(std::string_view)) const {
        const auto stated = text(key, std::string(words.front()));
        if (const auto value = read(stated)) return *value;
        const auto found = scalar(key);
        throw base::Failure(base::Exit::usage, found ? found->place : base::Place{}, unknown(key, stated, words));
    }
    std::vector<std::string> keys() const {
        std::vector<std::string> out;
        for (const auto& layer : layers_)
            for (auto& key : layer.keys()) out.push_back(std::move(key));
        return out;
    }

private:
    Tables layers_;
};

struct KindOfFact {
    const char* key;
    facts::FileKind kind;
};
constexpr KindOfFact kinds[] = {{"consents", facts::FileKind::consents},
                                {"relations", facts::FileKind::relations},
                                {"suppressions", facts::FileKind::suppress},
                                {"registers", facts::FileKind::registers},
                                {"calls", facts::FileKind::calls}};

std::map<std::string, std::string> built_in_defaults(facts::FileKind kind) {
    if (kind == facts::FileKind::consents) return {{"status", "opt_in"}, {"channel", "phone"}, {"evidence", "on-file"}};
    if (kind == facts::FileKind::relations)
        return {{"paid", "yes"}, {"number_source", "customer"}, {"informed", "yes"}, {"objection_offered", "yes"}};
    return {};
}

CaseRow read_row(facts::FileKind kind, const TomlTable& table, const std::optional<TomlTable>& defaults, const Case& one) {
    CaseRow row{kind, {}, built_in_defaults(kind), table.place()};
    row.cells["phone"] = one.phone;
    const Layered layered(table, defaults);
    for (const auto column : facts::columns_of(kind)) {
        const std::string key(facts::name(column));
        if (layered.scalar(key)) row.cells[key] = layered.text(key);
    }
    if (kind == facts::FileKind::registers) row.register_name = table.text("name");
    return row;
}

Day case_day(const TomlTable& table, std::string_view key) {
    constexpr std::string_view keys[] = {"call_day", "call_from", "call_until"};
    const std::string what = "a case needs call_day, or call_from and call_until, as dates";
    const auto text = table.opt_iso(key);
    if (!text) missing(table, keys, what);
    const auto day = facts::read_iso_day(*text);
    if (!day) table.fail(key, what);
    return *day;
}

void read_campaign(const Layered& campaign, Case& out) {
    out.jurisdiction = campaign.text("jurisdiction");
    out.entity = campaign.text("entity");
    out.product = campaign.text("product");
    out.similar = campaign.texts("similar");
    out.caller = campaign.word<facts::CallerType>("caller_type", callers, caller_type_of);
    out.purpose = purpose_of(campaign.text("purpose", "sales"));
    out.dialing = campaign.word<facts::Dialing>("dialing", dialings, dialing_of);
    out.caller_id_shown = campaign.text("caller_id_shown", "yes") == "yes";
}

std::vector<std::string_view> reason_words() {
    std::vector<std::string_view> out;
    out.reserve(law::reason_count);
    for (std::size_t i = 0; i < law::reason_count; ++i) out.push_back(law::code(static_cast<law::Reason>(i)));
    return out;
}

std::vector<std::string_view> basis_words() {
    std::vector<std::string_view> out;
    for (std::size_t i = 1; i < law::basis_count; ++i) out.push_back(law::name(static_cast<law::Basis>(i)));
    return out;
}

CaseExpectation read_expectation(const TomlTable& table) {
    CaseExpectation out;
    const auto verdict = table.text("verdict");
    if (verdict != "callable" && verdict != "rejected")
        table.fail("verdict", "'verdict' must be \"callable\" or \"rejected\"" + base::did_you_mean(verdict, verdicts));
    out.callable = verdict == "callable";
    out.basis = table.opt_text("basis").value_or("");
    out.reason = table.opt_text("reason").value_or("");
    if (!out.basis.empty() && !law::basis_of(out.basis)) table.fail("basis", unknown("basis", out.basis, basis_words()));
    if (!out.reason.empty() && !law::reason_of(out.reason)) table.fail("reason", unknown("reason", out.reason, reason_words()));
    out.until = table.opt_iso("until", true);
    return out;
}

Case read_case(const TomlTable& table, const std::optional<TomlTable>& defaults) {
    const auto default_table = [&](std::string_view key) { return defaults ? defaults->opt_table(key) : std::nullopt; };
    Case out;
    out.place = table.place();
    out.id = table.text("id");
    out.says = table.opt_text("says").value_or("");
    read_campaign(Layered(table.opt_table("campaign"), default_table("campaign")), out);
    const Layered contact(table.opt_table("contact"), default_table("contact"));
    out.party = contact.text("party");
    out.person_id = contact.text("person_id");
    out.phone = contact.text("phone", std::string(case_number));
    const auto product = contact.text("product");
    if (!product.empty()) out.product = product;
    if (table.has("call_day")) out.window.from = out.window.until = case_day(table, "call_day");
    else out.window = {case_day(table, "call_from"), case_day(table, "call_until")};
    if (out.window.until < out.window.from) table.fail("call_until", "call_until is before call_from");
    const Layered policy(table.opt_table("policy"), default_table("policy"));
    for (const auto& key : policy.keys()) {
        const auto value = policy.scalar(key);
        if (!value) continue;
        if (key == "base") out.policy_base = value->text;
        else out.policy.push_back({key, value->text, value->place});
    }
    for (const auto& kind : kinds)
        for (const auto& row : table.tables(kind.key)) out.rows.push_back(read_row(kind.kind, row, default_table(kind.key), out));
    const auto expect = table.opt_table("expect");
    constexpr std::string_view wanted[] = {"expect"};
    if (!expect) missing(table, wanted, "a case needs [case.expect] with a verdict");
    out.expect = read_expectation(*expect);
    return out;
}

} // namespace

std::vector<Case> read_cases(std::string_view text, const std::string& file) {
    const TomlTable root = TomlTable::parse(text, file);
    const auto defaults = root.opt_table("defaults");
    std::vector<Case> out;
    for (const auto& table : root.tables("case")) out.push_back(read_case(table, defaults));
    if (out.empty()) root.fail("", "no [[case]] found");
    // Defaults that no case of the file needed are still read, so that only unknown keys are refused.
    if (defaults) {
        Case unused;
        read_campaign(Layered(std::nullopt, defaults->opt_table("campaign")), unused);
        for (const auto& kind : kinds)
            if (const auto table = defaults->opt_table(kind.key)) read_row(kind.kind, *table, std::nullopt, unused);
    }
    root.refuse_unknown();
    return out;
}

} // namespace callscrub::verdict
