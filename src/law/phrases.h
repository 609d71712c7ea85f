/// Parts of the law in words. Inner header of describe*.cpp.
#pragma once
#include "law/page.h"
#include "law/words.h"

namespace callscrub::law {

/// "a, b and c".
std::string joined(const std::vector<std::string>& parts, std::string_view last = "and");

/// The plain words of a set.
template <class Enum, std::size_t N>
std::string each_of(Set<Enum> set, const Word<Enum> (&words)[N], std::string_view last = "and") {
    std::vector<std::string> out;
    for (const auto& word : words)
        if (set.has(word.value)) out.emplace_back(word.plain);
    return joined(out, last);
}

/// The same for a set that sets no limit where it holds all of them: "" then.
template <class Enum, std::size_t N>
std::string some_of(Set<Enum> set, const Word<Enum> (&words)[N], std::string_view last = "and") {
    bool all = true;
    for (const auto& word : words) all = all && set.has(word.value);
    return all ? std::string() : each_of(set, words, last);
}

/// "36 months (switch nl_term_months)"; "1 day".
std::string amount(const Page& page, const Amount& number, std::string_view unit);
/// "explicit consent".
std::string plain(Basis basis);
/// "from 2021-07-01 until 2026-06-30"; "from 2026-07-01".
std::string period(const Regime& regime);
/// Whom and what the rule is for; "" if for everybody and everything.
std::string addressees(const BasisRule& rule);
/// On what record the rule stands.
std::string stands_on(const BasisRule& rule);
std::string after_end(const Page& page, const Term& term);
/// What a listing in the regime's registers does to the basis; "" where there is no register.
std::string when_listed(const BasisRule& rule, const Regime& regime);
std::string how_it_binds(const Page& page, const Register& listed);
/// How old its export may be.
std::string how_fresh(const Page& page, const Register& listed);
std::string how_often(const Page& page, const CallLimits& calls);

} // namespace callscrub::law
