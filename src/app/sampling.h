/// What the first rows of files say about things that no header tells: for init.
#pragma once
#include "app/opened.h"
#include <map>
#include <string>

namespace callscrub::app {

/// From the first block of each file.
struct Sample {
    std::map<std::string, std::uint64_t> entities; ///< names in entity columns and their rows
    std::uint64_t local = 0;                       ///< numbers written without a country code
    std::map<std::string, std::uint64_t> regions;  ///< of these, how many are valid in that country

    void add(const Context& context, const Opened& opened);
    void add_number(const Context& context, std::string_view cell);
    std::map<std::string, std::uint64_t>
        countries; ///< named in a country column or by a number's country code

    /// A country in which nearly all of the local numbers are valid: the one that is named most often, or, if
    /// none is named, the one in which clearly more are valid than in any other. "" = none.
    std::string region() const;
    /// "34 of 35 numbers written without a country code are valid there"
    std::string region_why(const std::string& region) const;
};

} // namespace callscrub::app
