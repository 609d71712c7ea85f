#include "app/story_voice.h"
#include "report/manifest.h"
#include <nlohmann/json.hpp>

namespace callscrub::app {

using facts::Day;
using facts::day_max;
using facts::day_min;
using Json = nlohmann::ordered_json;

namespace {

Json day(Day value) { return value == day_min || value == day_max ? Json(nullptr) : Json(day_text(value)); }

/// Text from files need not be UTF-8.
Json text(std::string_view value) { return Json(report::path_text(value)); }

Json or_null(const std::string& value) { return value.empty() ? Json(nullptr) : text(value); }

Json citation(const law::Citation* cited) {
    if (!cited || cited->article.empty()) return nullptr;
    Json out;
    out["article"] = cited->article;
    out["source"] = cited->source;
    out["where"] = cited->where;
    out["checked"] = day(cited->checked);
    out["certainty"] = cited->certainty;
    return out;
}

/// Builds the document.
class JsonTeller {
public:
    JsonTeller(const Story& story, report::Language language) : story_(story), voice_(language, story.translations) {}

    Json tell() const {
        Json out;
        out["callable"] = story_.callable;
        out["campaign"] = campaign();
        if (!story_.list.empty()) out["list"] = {{"path", text(story_.list)}, {"line", story_.line}};
        out["person_id"] = or_null(story_.person_id);
        out["numbers"] = Json::array();
        for (const auto& told : story_.numbers) out["numbers"].push_back(number(told));
        return out;
    }

private:
    Json campaign() const;
    Json number(const NumberTold& told) const;
    Json answer(const NumberTold& told) const;
    Json reasons(const verdict::Reasons& all) const;
    Json record(const RecordTold& told) const;
    Json trial(const TrialTold& told) const;
    Json sayings(const std::vector<Saying>& all) const;
    Json stretch(const verdict::Stretch& one) const;

    const Story& story_;
    Voice voice_;
};

Json JsonTeller::campaign() const {
    constexpr std::string_view callers[] = {"commercial", "charity", "publisher", "lottery"};
    const auto& spec = story_.job->campaign;
    Json out;
    out["entity"] = text(spec.entity);
    out["caller_type"] = callers[static_cast<std::size_t>(spec.caller_type)];
    out["purpose"] = text(spec.purpose_word);
    out["product"] = or_null(story_.product);
    out["similar"] = Json::array();
    for (const auto& one : spec.similar) out["similar"].push_back(text(one));
    out["dialing"] = spec.dialing == facts::Dialing::human ? "human" : "automatic";
    out["caller_id"] = spec.caller_id_shown ? "shown" : "withheld";
    out["policy"] = story_.policy->base();
    out["switches"] = Json(story_.policy->values());
    return out;
}

Json JsonTeller::reasons(const verdict::Reasons& all) const {
    Json out = Json::array();
    all.each([&](law::Reason reason) {
        Json one;
        one["code"] = law::code(reason);
        one["text"] = voice_.text(reason);
        one["law"] = citation(all.citation(reason));
        one["decided_by"] = or_null(story_.place(all.source(reason)));
        one["record_id"] = or_null(story_.record_id(all.source(reason)));
        out.push_back(std::move(one));
    });
    return out;
}

Json JsonTeller::answer(const NumberTold& told) const {
    const auto& verdict = told.verdict;
    const auto& judgement = verdict.judgement;
    Json out;
    out["callable"] = verdict.clean;
    out["callable_until"] = day(verdict.callable_until);
    out["no_end_known"] = verdict.callable_until == day_max;
    if (judgement.rule) {
        out["basis"] = law::name(judgement.rule->basis);
        out["rule"] = judgement.rule->id;
        out["law"] = citation(&judgement.rule->citation);
        out["decided_by"] = or_null(story_.place(judgement.source));
        out["record_id"] = or_null(story_.record_id(judgement.source));
        out["given_on"] = day(judgement.given_day);
    }
    out["doubts"] = sayings(told.doubts);
    out["registers_missing"] = Json(told.registers_missing);
    if (verdict.clean) return out;
    out["reason"] = law::code(judgement.reasons.first());
    out["text"] = voice_.text(judgement.reasons.first());
    out["reasons"] = reasons(judgement.reasons);
    return out;
}

Json JsonTeller::sayings(const std::vector<Saying>& all) const {
    Json out = Json::array();
    for (const auto& saying : all) {
        Json one;
        one["key"] = saying.key;
        one["text"] = text(voice_.say(saying));
        one["blocks"] = saying.blocks;
        one["law"] = citation(saying.citation);
        out.push_back(std::move(one));
    }
    return out;
}

Json JsonTeller::trial(const TrialTold& told) const {
    Json out;
    out["basis"] = law::name(told.rule->basis);
    out["rule"] = told.rule->id;
    out["passed"] = told.passed;
    out["carries"] = told.carries;
    out["same_until"] = day(told.until);
    out["checks"] = Json::array();
    for (const auto& check : told.checks) {
        Json one;
        one["check"] = voice_.check(check.failure);
        one["code"] = law::code(check.failure);
        one["asked"] = check.asked;
        one["passed"] = check.passed;
        one["decides"] = check.decides;
        one["until"] = day(check.until);
        one["law"] = citation(check.citation);
        out["checks"].push_back(std::move(one));
    }
    out["notes"] = sayings(told.sayings);
    return out;
}

Json JsonTeller::record(const RecordTold& told) const {
    Json out;
    out["at"] = told.at.known() ? day(told.day) : Json(nullptr);
    out["what"] = name(told.deed);
    out["place"] = text(told.place);
    out["concerns"] = told.concerns;
    out["cells"] = Json::object();
    for (const auto& cell : told.cells) out["cells"][std::string(facts::name(cell.column))] = text(cell.text);
    out["notes"] = sayings(told.sayings);
    out["trials"] = Json::array();
    for (const auto& one : told.trials) out["trials"].push_back(trial(one));
    return out;
}

Json JsonTeller::stretch(const verdict::Stretch& one) const {
    Json out;
    out["from"] = day(one.from);
    out["until"] = day(one.until);
    out["callable"] = one.judgement.callable;
    out["regime"] = one.judgement.regime ? Json(one.judgement.regime->id) : Json(nullptr);
    const auto& reasons = one.judgement.reasons;
    const auto source = one.judgement.callable ? one.judgement.source : reasons.source(reasons.first());
    if (one.judgement.callable) {
        out["basis"] = law::name(one.judgement.rule->basis);
        out["law"] = citation(&one.judgement.rule->citation);
    } else {
        out["reason"] = law::code(reasons.first());
        out["law"] = citation(reasons.citation(reasons.first()));
    }
    out["decided_by"] = or_null(story_.place(source));
    return out;
}

Json JsonTeller::number(const NumberTold& told) const {
    constexpr std::string_view origins[] = {"stated", "country", "number"};
    constexpr std::string_view parties[] = {"consumer", "sole_trader", "partnership", "legal_person"};
    Json out;
    out["phone"] = or_null(facts::e164(told.phone.number));
    if (!told.column.empty()) out["column"] = text(told.column);
    out["region"] = or_null(told.phone.region.text());
    out["party"] = parties[static_cast<std::size_t>(told.contact.party)];
    out["jurisdiction"] = told.law ? Json(told.law->id) : Json(nullptr);
    if (told.law) {
        out["jurisdiction_from"] = origins[static_cast<std::size_t>(told.law_from)];
        out["two_laws"] = told.other_law != nullptr;
        if (told.other_law) out["other_jurisdiction"] = told.other_law->id;
        out["rule_pack"] = told.law->version;
        out["time_zone"] = told.law->zone_name;
        out["regime"] = told.first.regime ? Json(told.first.regime->id) : Json(nullptr);
        out["window"] = {{"from", day(told.window.from)}, {"until", day(told.window.until)}};
    }
    out["answer"] = answer(told);
    out["records"] = Json::array();
    for (const auto& one : told.records) out["records"].push_back(record(one));
    out["ways"] = Json::array();
    for (const auto& way : told.ways)
        out["ways"].push_back({{"basis", law::name(way.rule->basis)},
                               {"rule", way.rule->id},
                               {"law", citation(&way.rule->citation)},
                               {"result", name(way.end)}});
    out["timeline"] = Json::array();
    for (const auto& one : told.timeline) out["timeline"].push_back(stretch(one));
    return out;
}

} // namespace

std::string story_json(const Story& story, report::Language language) {
    return JsonTeller(story, language).tell().dump(2) + "\n";
}

} // namespace callscrub::app
