#include "app/story_voice.h"
#include <array>

namespace callscrub::app {

using facts::Day;
using facts::day_max;

std::string day_text(Day day) { return facts::to_string(day); }

Day deciding_day(const NumberTold& told) {
    const bool lapses =
        !told.verdict.clean && told.verdict.judgement.reasons.has(law::Reason::lapses_in_window);
    return lapses ? told.verdict.callable_until + 1 : told.window.from;
}

std::string Voice::fill(std::string_view key, std::span<const std::pair<std::string_view, std::string>> slots) const {
    return report::filled("explain." + std::string(key), language_, slots);
}

std::string Voice::say(std::string_view key, Slots slots) const {
    return fill(key, {slots.begin(), slots.size()});
}

std::string Voice::say(const Saying& saying) const {
    auto slots = saying.slots;
    for (auto& [slot, value] : slots) {
        if (slot == "basis")
            if (const auto basis = law::basis_of(value)) value = text(*basis);
        if (slot != "code") continue;
        if (const auto reason = law::reason_of(value)) return value + ": " + text(*reason);
    }
    return fill("say." + std::string(saying.key), slots);
}

std::string Voice::check(law::Reason failure) const {
    std::string key(law::code(failure));
    for (char& c : key)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return say("check." + key);
}

std::string Voice::days(Day from, Day until) const {
    if (until == day_max) return say("stretch.open", {{"from", day_text(from)}});
    if (from == until) return say("day", {{"from", day_text(from)}});
    return say("days", {{"from", day_text(from)}, {"until", day_text(until)}});
}

std::string Voice::until(Day day) const { return day == day_max ? say("no_end") : day_text(day); }

std::string Voice::source(const law::Citation* citation) const {
    if (!citation || citation->source.empty()) return {};
    return say("source", {{"title", law(citation->source)},
                          {"where", law(citation->where)},
                          {"day", day_text(citation->checked)},
                          {"certainty", std::to_string(citation->certainty)}});
}

std::string Voice::country(const law::Jurisdiction& law) const {
    const auto own = law.names.find(std::string(code()));
    return own != law.names.end() ? own->second : law.id;
}

std::string Voice::record(const Story& story, facts::Source source) const {
    if (!source.known()) return say("no_record");
    const auto place = story.place(source), id = story.record_id(source);
    return id.empty() ? place : say("id", {{"place", place}, {"id", id}});
}

std::string Voice::number(const NumberTold& told) const {
    std::string out = facts::e164(told.phone.number);
    if (out.empty()) return "–";
    constexpr std::array<std::string_view, 3> lines = {"line.unknown", "line.fixed", "line.mobile"};
    out += " (" + say(lines[static_cast<std::size_t>(told.contact.line)]);
    if (told.phone.region.known()) out += ", " + told.phone.region.text();
    return out + ")";
}

std::string Voice::headline(const NumberTold& told) const {
    const std::string_view key = told.verdict.clean ? "callable" : "not_callable";
    const auto when = told.law ? days(told.window.from, told.window.until) : std::string();
    auto out = say(key, {{"days", when}});
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string Voice::contact(const NumberTold& told) const {
    constexpr std::array<std::string_view, 4> parties = {"party.consumer", "party.sole_trader",
                                                         "party.partnership", "party.legal_person"};
    return say(parties[static_cast<std::size_t>(told.contact.party)]);
}

std::string Voice::cells(const RecordTold& told) const {
    std::string out;
    for (const auto& cell : told.cells) {
        if (!out.empty()) out += " · ";
        out += say("column." + std::string(facts::name(cell.column))) + " " + cell.text;
    }
    return out;
}

std::string Voice::result(const TrialTold& trial) const {
    return say(trial.carries ? "trial.carries" : trial.passed ? "trial.passed" : "trial.failed");
}

std::vector<std::pair<std::string_view, std::string>> Voice::question(const Story& story,
                                                                      const NumberTold& told) const {
    constexpr std::array<std::string_view, 4> callers = {"caller.commercial", "caller.charity",
                                                         "caller.publisher", "caller.lottery"};
    constexpr std::array<std::string_view, 4> purposes = {"purpose.sales", "purpose.winback",
                                                          "purpose.fundraising", "purpose.service"};
    constexpr std::array<std::string_view, 3> origins = {"law_from.stated", "law_from.country",
                                                         "law_from.number"};
    const auto& campaign = story.job->campaign;
    std::vector<std::pair<std::string_view, std::string>> out;
    if (!story.list.empty()) out.emplace_back("label.row", story.list + ":" + std::to_string(story.line));
    if (!told.column.empty()) out.emplace_back("label.column", told.column);
    out.emplace_back("label.number", number(told));
    if (!story.person_id.empty()) out.emplace_back("label.person", story.person_id);
    out.emplace_back("label.contact", contact(told));
    const auto purpose = static_cast<std::size_t>(campaign.purpose);
    out.emplace_back(
        "label.campaign",
        say("campaign",
            {{"purpose", purpose < purposes.size() ? say(purposes[purpose]) : campaign.purpose_word},
             {"entity", campaign.entity},
             {"caller", say(callers[static_cast<std::size_t>(campaign.caller_type)])}}));
    std::string similar;
    for (const auto& one : campaign.similar) similar += (similar.empty() ? "" : ", ") + one;
    const auto product = story.product.empty() ? say("no_product") : story.product;
    out.emplace_back("label.product", similar.empty()
                                          ? product
                                          : say("similar", {{"product", product}, {"similar", similar}}));
    out.emplace_back("label.calling",
                     say(campaign.dialing == facts::Dialing::human ? "dialing.human" : "dialing.automatic") +
                         ", " + say(campaign.caller_id_shown ? "caller_id.shown" : "caller_id.withheld"));
    if (!told.law) {
        if (told.verdict.judgement.reasons.has(law::Reason::jurisdiction_unknown))
            out.emplace_back("label.law", say("no_law"));
        return out;
    }
    auto judged_by = say("law", {{"country", country(*told.law)},
                           {"id", told.law->id},
                           {"version", told.law->version},
                           {"from", say(origins[static_cast<std::size_t>(told.law_from)])}});
    if (told.other_law) judged_by += "; " + say("two_laws", {{"other", country(*told.other_law)}});
    out.emplace_back("label.law", judged_by);
    const auto* regime = told.first.regime;
    out.emplace_back("label.regime",
                     regime ? say("regime", {{"id", regime->id}, {"days", days(regime->from, regime->until)}})
                            : say("regime_none", {{"day", day_text(told.window.from)}}));
    out.emplace_back("label.window", say("window", {{"days", days(told.window.from, told.window.until)},
                                                    {"zone", told.law->zone_name}}));
    out.emplace_back("label.policy", std::string(report::phrase("policy." + story.policy->base(), language_)));
    return out;
}

} // namespace callscrub::app
