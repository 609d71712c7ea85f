#include "base/text.h"
#include "history/intake.h"
#include "verdict/cases.h"
#include <algorithm>

namespace callscrub::verdict {

namespace {

facts::Cells cells_of(const CaseRow& row) {
    facts::Cells cells;
    for (const auto& [name, text] : row.cells)
        if (const auto column = facts::column_of(name)) cells[*column] = text;
    return cells;
}

std::uint8_t register_id(const law::Rulebook& rules, const CaseRow& row) {
    const auto& name = row.register_name;
    const auto names = rules.register_names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::uint8_t>(found - names.begin());
    const std::vector<std::string_view> known(names.begin(), names.end());
    throw base::Failure(base::Exit::usage, row.place, "no pack knows a register '" + base::quoted(name) + "'" + base::did_you_mean(name, known));
}

// Row n of a case stands on "line" n.
std::unique_ptr<history::Gathering> gather(const Case& one, const law::Rulebook& rules, const facts::PhoneReader& phones,
                                           facts::Region region) {
    auto gathering = std::make_unique<history::Gathering>();
    const facts::OwnEntity own(one.entity);
    static const auto words = std::make_shared<const facts::Vocabulary>();
    static const auto relation_words =
        std::make_shared<const facts::Vocabulary>(facts::FileKind::relations, std::map<std::string, std::map<std::string, std::string>>{});
    history::Gathering::Feed feed(*gathering);
    // Consents come first: whether contracts' ends matter is known from them.
    std::uint32_t line = 0;
    for (const auto& row : one.rows) {
        ++line;
        facts::Reading reading;
        reading.kind = row.kind;
        reading.words = row.kind == facts::FileKind::relations ? relation_words : words;
        reading.region = region;
        reading.end_is_first_inactive = rules.policy().word("end_date_means") == "first_day_inactive";
        if (row.kind == facts::FileKind::registers) reading.register_id = register_id(rules, row);
        history::Intake intake(*gathering, feed, reading, own, phones);
        if (intake.take(cells_of(row), line) == history::Intake::Outcome::bad)
            throw base::Failure(base::Exit::usage, row.place,
                                "case " + one.id + ", " + std::string(facts::name(intake.trouble_column())) + ": " + intake.trouble());
    }
    return gathering;
}

std::string until_text(Day until) { return until == facts::day_max || until == facts::day_min ? std::string() : facts::to_string(until); }

std::string describe(const Verdict& verdict) {
    if (!verdict.clean) {
        const auto until = until_text(verdict.callable_until);
        return "rejected " + std::string(law::code(verdict.judgement.reasons.first())) + (until.empty() ? "" : " until " + until);
    }
    const auto until = until_text(verdict.callable_until);
    return "callable " + std::string(law::name(verdict.judgement.rule->basis)) + " until " + (until.empty() ? "(no end known)" : until);
}

std::string describe(const CaseExpectation& expect) {
    std::string out = expect.callable ? "callable" : "rejected";
    if (expect.callable && !expect.basis.empty()) out += " " + expect.basis;
    if (!expect.callable && !expect.reason.empty()) out += " " + expect.reason;
    if (expect.until) out += " until " + (expect.until->empty() ? "(no end known)" : *expect.until);
    return out;
}

bool meets(const Verdict& verdict, const CaseExpectation& expect) {
    if (verdict.clean != expect.callable) return false;
    if (verdict.clean && !expect.basis.empty() && law::name(verdict.judgement.rule->basis) != expect.basis) return false;
    if (!verdict.clean && !expect.reason.empty() && law::code(verdict.judgement.reasons.first()) != expect.reason) return false;
    return !expect.until || *expect.until == until_text(verdict.callable_until);
}

} // namespace

const law::Rulebook& CaseJudge::rules_for(const Case& one) {
    std::string key = one.policy_base;
    for (const auto& setting : one.policy) key += "\n" + setting.name + "=" + setting.value;
    auto& rules = rulebooks_[key];
    if (!rules) rules = std::make_unique<law::Rulebook>(packs_, one.policy_base, one.policy);
    return *rules;
}

CaseResult CaseJudge::judge(const Case& one) {
    const law::Rulebook& rules = rules_for(one);
    const auto* law = rules.find(one.jurisdiction);
    if (!law) {
        std::vector<std::string_view> known;
        for (const auto& each : rules.jurisdictions()) known.push_back(each.id);
        throw base::Failure(base::Exit::usage, one.place, "case " + one.id + ": there is no rule pack for '" + base::quoted(one.jurisdiction) + "'" +
                                                              base::did_you_mean(one.jurisdiction, known));
    }
    const auto phone = phones_.read(one.phone, law->region);

    history::History history(gather(one, rules, phones_, law->region), 1);
    Campaign campaign;
    campaign.caller = one.caller;
    campaign.purpose = one.purpose;
    campaign.dialing = one.dialing;
    campaign.caller_id_shown = one.caller_id_shown;
    campaign.switches = switches_of(rules.policy());
    campaign.products = &history.products();
    for (const auto& product : one.similar) campaign.similar.push_back(history.products().product(product));
    static const facts::WordMap parties("party");
    const Contact contact{facts::party(parties, one.party), line_type(phone.type), history.products().product(one.product)};
    facts::SubjectFacts facts;
    history.subject(phone.number, facts::text_key(one.person_id), *law->zone, facts);
    Verdict verdict;
    if (const auto trouble = trouble_of(phone.status)) verdict.judgement.reasons.add(*trouble, nullptr, {});
    else decide({*law, campaign, contact, facts}, one.window, verdict);
    return {meets(verdict, one.expect), describe(one.expect), describe(verdict)};
}

} // namespace callscrub::verdict
