/// Parts of the law in words. Inner header of describe*.cpp.
#pragma once
#include "law/page.h"
#include "law/words.h"

namespace callscrub::law {

/// "a, b and c".
std::string joined(const std::vector<std::string>& parts, std::string_view last = "and");

/// The plain words of a set; "" if it holds all of them.
template <class Enum, std::size_t N>
std::string some_of(Set<Enum> set, const Word<Enum> (&words)[N], std::string_view last = "and") {
    std::vector<std::string> out;
    for (const auto& word : words)
        if (set.has(word.value)) out.emplace_back(word.plain);
    return out.size() == N ? std::string() : joined(out, last);
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
std::string how_often(const Page& page, const CallLimits& calls);

} // namespace callscrub::law
