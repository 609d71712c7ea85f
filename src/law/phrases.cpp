#include "law/phrases.h"
#include <algorithm>

namespace callscrub::law {

std::string joined(const std::vector<std::string>& parts, std::string_view last) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0) out += i + 1 == parts.size() ? " " + std::string(last) + " " : ", ";
        out += parts[i];
    }
    return out;
}

std::string amount(const Page& page, const Amount& number, std::string_view unit) {
    std::string out = std::to_string(number.value) + " " + std::string(unit) + (number.value == 1 ? "" : "s");
    if (!number.by.empty()) out += " (switch " + page.code(number.by) + ")";
    return out;
}

std::string plain(Basis basis) {
    std::string out(name(basis));
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

std::string period(const Regime& regime) {
    std::string out = "from " + facts::to_string(regime.from);
    if (regime.until != facts::day_max) out += " until " + facts::to_string(regime.until);
    return out;
}

namespace {

std::string products_text(const BasisRule& rule) {
    const auto plain_names = [](std::vector<std::string> names) {
        for (auto& name : names) std::replace(name.begin(), name.end(), '_', ' ');
        return joined(names, "or");
    };
    if (!rule.product_groups.empty()) return "calls about " + plain_names(rule.product_groups) + " only";
    if (!rule.not_product_groups.empty()) return "calls not about " + plain_names(rule.not_product_groups);
    return {};
}

} // namespace

std::string addressees(const BasisRule& rule) {
    std::vector<std::string> parts;
    const auto add = [&](std::string_view before, const std::string& what) {
        if (!what.empty()) parts.push_back(std::string(before) + what);
    };
    add("calls to ", some_of(rule.parties, party_words));
    add("calls to ", some_of(rule.lines, line_words));
    add("calls by ", some_of(rule.callers, caller_words));
    add("calls for ", some_of(rule.purposes, purpose_words));
    add("", products_text(rule));
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : "; ") + part;
    return out;
}

std::string stands_on(const BasisRule& rule) {
    std::string out;
    for (const auto& word : needs_words)
        if (word.value == rule.needs) out = word.plain;
    const auto kinds = some_of(rule.kinds, kind_words, "or");
    if (rule.needs == Needs::relation) return out + ": " + (kinds.empty() ? "of any kind" : kinds);
    if (rule.given_in_contract) out += ", given during a relation with the same legal entity (" + kinds + ")";
    return out;
}

std::string after_end(const Page& page, const Term& term) {
    if (term.unlimited) return {};
    const bool in_months = term.months != 0 || !term.months.by.empty();
    const auto& length = in_months ? term.months : term.days;
    std::string out = length == 0 ? "nothing; the relation must be running" : "";
    if (length != 0 || !length.by.empty())
        out = (length == 0 ? out + ": " : "for ") + amount(page, length, in_months ? "month" : "day");
    const auto renewed = each_of(term.renewed_by, kind_words, "or");
    if (!renewed.empty()) out += "; a later " + renewed + " with the same entity starts it anew";
    if (term.in_force_from != facts::day_min)
        out += "; since " + facts::to_string(term.in_force_from) + ", without end before";
    return out;
}

std::string when_listed(const BasisRule& rule, const Regime& regime) {
    std::vector<std::string> falls, falls_unless_later, stands;
    for (std::size_t i = 0; i < regime.registers.size(); ++i) {
        const auto found = std::find_if(rule.registers.begin(), rule.registers.end(),
                                        [&](const RegisterEffect& one) { return one.register_index == i; });
        auto& where = found == rule.registers.end()          ? stands
                      : found->beats == ListingBeats::always ? falls
                                                             : falls_unless_later;
        where.push_back(regime.registers[i].name);
    }
    std::string out;
    const auto add = [&](const std::vector<std::string>& names, std::string_view what) {
        if (!names.empty()) out += (out.empty() ? "" : "; ") + joined(names, "or") + ": " + std::string(what);
    };
    add(falls, "it falls");
    add(falls_unless_later, "it falls unless its record is later than the listing");
    add(stands, "it stands");
    return out;
}

std::string how_it_binds(const Page& page, const Register& listed) {
    return listed.grace_days == 0 ? "a listing binds from its own day"
                                  : "a listing binds " + amount(page, listed.grace_days, "day") + " after its day";
}

std::string how_fresh(const Page& page, const Register& listed) {
    if (listed.max_age_days == 0 && listed.max_age_days.by.empty()) return "no rule on its age";
    if (listed.max_age_days == 0) return "no limit on its age (switch " + page.code(listed.max_age_days.by) + ")";
    return "at most " + amount(page, listed.max_age_days, "day") + " old on the day of the run, or the run ends with code 4";
}

std::string how_often(const Page& page, const CallLimits& calls) {
    std::string out;
    if (calls.max_calls != 0)
        out = "at most " + amount(page, calls.max_calls, "call") + " in " +
              amount(page, calls.within_days, "day");
    if (calls.pause_days_after_refusal != 0)
        out += (out.empty() ? "" : "; ") +
               ("none for " + amount(page, calls.pause_days_after_refusal, "day")) + " after a refusal";
    return out;
}

} // namespace callscrub::law
