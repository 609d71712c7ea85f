/// Random cases for the twin test: seeded, and biased to where answers change (law changes, window edges,
/// terms plus or minus a day, leap days, clock changes, ties).
#pragma once
#include "law/rulebook.h"
#include "verdict/cases.h"
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace callscrub::twin {

/// The same numbers from the same seed on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
    bool chance(int per_cent) { return below(100) < per_cent; }
    template <class List> const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
    }

private:
    std::uint64_t state_;
};

/// Policy settings for one pack: standard, strict, and random ones.
struct PolicyChoice {
    std::string base;
    std::vector<law::Setting> settings;
};
std::vector<PolicyChoice> policy_choices(const law::PackText& pack, Dice& dice, std::size_t count);

/// Makes cases for one law; `law` under the policy whose settings the case is to carry.
class CaseMaker {
public:
    CaseMaker(const law::Jurisdiction& law, const PolicyChoice& policy, Dice& dice);
    verdict::Case make();

private:
    std::string day_text(facts::Day day) const;
    facts::Day near_day();
    std::string day();               ///< a day without time
    std::string moment(int missing); ///< a day or a moment; "" in so many per cent
    std::string recent_moment();
    std::string person();
    std::string entity(int own);
    std::string product();
    std::string products(int unstated);
    std::string yes(int per_cent);
    std::string fact_number(int missing);

    void campaign();
    void window();
    void consent();
    void relation();
    void suppression();
    void listing();
    void call();

    const law::Jurisdiction& law_;
    const PolicyChoice& policy_;
    Dice& dice_;
    std::vector<facts::Day> law_days_;      ///< on which the law changes
    std::vector<std::string> law_products_; ///< words for products that the law knows
    std::vector<std::string> law_registers_;
    std::vector<std::string> moments_; ///< so far in this case, for ties
    verdict::Case case_;
};

/// The case without what `differs` does not need; it holds for the case and for what is returned.
verdict::Case shrunk(verdict::Case one, const std::function<bool(const verdict::Case&)>& differs);

/// The case as a case file, expecting nothing in particular (`verdict` as given: "callable" or "rejected").
std::string case_text(const verdict::Case& one, std::string_view verdict);

} // namespace callscrub::twin
