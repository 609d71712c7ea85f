#include "app/rules_json.h"
#include "law/words.h"
#include <nlohmann/json.hpp>

namespace callscrub::app {

namespace {

using Json = nlohmann::ordered_json;

Json day_json(facts::Day day) {
    return day == facts::day_max || day == facts::day_min ? Json() : Json(facts::to_string(day));
}

void cite(Json& out, const law::Citation& citation) {
    out["article"] = citation.article;
    out["source"] = citation.source;
    out["certainty"] = citation.certainty;
    if (!citation.when.empty()) out["when"] = citation.when;
}

// A value that a switch sets names it.
void put(Json& out, const char* key, const law::Amount& amount) {
    if (amount == 0 && amount.by.empty()) return;
    out[key] = amount.value;
    if (!amount.by.empty()) out[std::string(key) + "_by"] = amount.by;
}

template <class Enum, std::size_t N> Json words_json(law::Set<Enum> set, const law::Word<Enum> (&words)[N]) {
    Json out = Json::array();
    for (const auto& one : words)
        if (set.has(one.value)) out.push_back(one.word);
    return out;
}

Json register_json(const law::Register& one) {
    Json out{{"name", one.name}};
    put(out, "grace_days", one.grace_days);
    cite(out, one.citation);
    if (one.freshness.article.empty()) return out;
    auto& fresh = out["export"] = Json::object();
    put(fresh, "max_age_days", one.max_age_days);
    cite(fresh, one.freshness);
    return out;
}

Json basis_json(const law::BasisRule& rule) {
    Json out{{"id", rule.id}, {"basis", law::name(rule.basis)}};
    for (const auto& word : law::needs_words)
        if (word.value == rule.needs) out["needs"] = word.word;
    out["parties"] = words_json(rule.parties, law::party_words);
    out["callers"] = words_json(rule.callers, law::caller_words);
    out["purposes"] = words_json(rule.purposes, law::purpose_words);
    out["lines"] = words_json(rule.lines, law::line_words);
    if (!rule.product_groups.empty()) out["products"] = rule.product_groups;
    if (!rule.not_product_groups.empty()) out["not_products"] = rule.not_product_groups;
    cite(out, rule.citation);
    if (rule.needs != law::Needs::relation && !rule.given_in_contract) return out;
    out["kinds"] = words_json(rule.kinds, law::kind_words);
    out["conditions"] = words_json(rule.conditions, law::condition_words);
    if (rule.term.unlimited) return out;
    auto& term = out["after_end"] = Json::object();
    put(term, "months", rule.term.months);
    put(term, "days", rule.term.days);
    cite(term, rule.term.citation);
    return out;
}

Json regime_json(const law::Regime& regime) {
    Json out{{"id", regime.id}, {"from", day_json(regime.from)}, {"until", day_json(regime.until)}, {"says", regime.says}};
    cite(out, regime.citation);
    out["bases"] = Json::array();
    for (const auto& rule : regime.bases) out["bases"].push_back(basis_json(rule));
    out["under_another_policy"] = Json::array();
    for (const auto& rule : regime.dormant_bases) out["under_another_policy"].push_back(basis_json(rule));
    out["registers"] = Json::array();
    for (const auto& one : regime.registers) out["registers"].push_back(register_json(one));
    return out;
}

Json switch_json(const law::Switch& one, const law::Policy& policy) {
    return {{"name", one.name},         {"value", policy.values().at(one.name)}, {"standard", one.standard}, {"strict", one.strict},
            {"says", one.says},         {"source", one.source},                  {"certainty", one.certainty}};
}

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

} // namespace

std::string packs_json(const law::Rulebook& rules) {
    Json out = Json::array();
    for (const auto& law : rules.jurisdictions()) {
        Json one{{"id", law.id}, {"country", law.names.at("en")}, {"version", law.version}, {"regimes", Json::array()}};
        for (const auto& regime : law.regimes) {
            Json registers = Json::array();
            for (const auto& listed : regime.registers) registers.push_back(listed.name);
            one["regimes"].push_back({{"id", regime.id},
                                      {"from", day_json(regime.from)},
                                      {"until", day_json(regime.until)},
                                      {"registers", std::move(registers)}});
        }
        out.push_back(std::move(one));
    }
    return text_of(out);
}

std::string law_json(const law::Jurisdiction& law, const law::Policy& policy) {
    Json out{{"id", law.id},
             {"country", law.names.at("en")},
             {"version", law.version},
             {"time_zone", law.zone_name},
             {"regimes", Json::array()},
             {"switches", Json::array()},
             {"notes", law.notes}};
    for (const auto& regime : law.regimes) out["regimes"].push_back(regime_json(regime));
    for (const auto& one : law.switches) out["switches"].push_back(switch_json(one, policy));
    return text_of(out);
}

} // namespace callscrub::app
