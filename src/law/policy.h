/// Policy switches: where the law is silent or disputed the profile decides, and the manifest records it.
/// General switches are listed in policy.cpp; those of one law are declared in its pack.
#pragma once
#include "base/failure.h"
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::law {

/// What may be set and what holds unless it is. A switch has either words or a range of whole numbers.
struct Switch {
    std::string name;
    std::vector<std::string> words; ///< allowed words; empty = a whole number
    std::string standard, strict;   ///< value under each policy (numbers in decimal)
    std::int64_t least = 0, most = 0;
    std::string says;               ///< one English sentence
    std::string source;             ///< where the default comes from
    int certainty = 100;            ///< per cent
};

/// One switch as a profile or a case sets it.
struct Setting {
    std::string name, value;
    base::Place place;
};

/// All switches with their values; immutable once built.
class Policy {
public:
    /// `declared`: general and pack switches. Failure (usage) for an unknown switch, word or number out of range.
    /// `base`: "standard" or "strict".
    Policy(const std::vector<Switch>& declared, std::string_view base, const std::vector<Setting>& settings);

    const std::string& base() const { return base_; }
    /// Value of a switch that is declared (assert otherwise).
    const std::string& word(std::string_view name) const;
    std::int64_t number(std::string_view name) const;
    bool declared(std::string_view name) const { return values_.contains(name); }
    /// name → value, in the order of the alphabet: for the manifest.
    const std::map<std::string, std::string, std::less<>>& values() const { return values_; }

private:
    std::string base_;
    std::map<std::string, std::string, std::less<>> values_;
};

/// The switches that belong to no single law.
const std::vector<Switch>& general_switches();

} // namespace callscrub::law
