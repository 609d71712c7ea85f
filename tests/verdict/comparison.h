/// What the twin says of a case under one law and policy, compared with what the program said.
#pragma once
#include "random_case.h"
#include "twin.h"
#include <optional>

namespace callscrub::twin {

class Comparison {
public:
    /// Packs and phones outlive it.
    Comparison(const law::PackText& pack, const PolicyChoice& policy, const facts::PhoneReader& phones);

    const law::Jurisdiction& law() const { return law_; }
    /// What the twin says ("callable BASIS until DAY"), if `found` says something else.
    std::optional<std::string> difference(const verdict::Case& one, const std::string& found) const;

private:
    bool until_agrees(const Twin& twin, Day window_until, const std::string& until) const;

    law::Rulebook rules_;
    const law::Jurisdiction& law_;
    const facts::PhoneReader& phones_;
};

} // namespace callscrub::twin
