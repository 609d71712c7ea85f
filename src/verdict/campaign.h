/// What is asked: on whose behalf, for what, and towards whom.
#pragma once
#include "facts/facts.h"
#include "facts/products.h"
#include "law/policy.h"
#include <vector>

namespace callscrub::verdict {

/// General policy switches as the engine uses them.
struct Switches {
    bool exclusive_boundary = false;
    bool evidence_required = true;
    bool unscoped_accepted = true;
    bool trim = false;
    int period_months = 0; ///< for consents without a stated period; 0 = no limit
    int request_days = 30;
};
Switches switches_of(const law::Policy& policy);

/// The same for every row of a run.
struct Campaign {
    facts::CallerType caller = facts::CallerType::commercial;
    facts::Purpose purpose = facts::Purpose::sales;
    facts::Dialing dialing = facts::Dialing::human;
    bool caller_id_shown = true;
    std::vector<facts::ProductId> similar; ///< the campaign's own similar products
    Switches switches;
    const facts::Products* products = nullptr; ///< not owned; outlives the campaign
};

/// One row's person, as far as the law asks.
struct Contact {
    facts::Party party = facts::Party::consumer;
    facts::LineType line = facts::LineType::unknown;
    facts::ProductId product = 0; ///< offered in this row; 0 = not stated
};

/// Inclusive range of civil days in the jurisdiction's zone.
struct Window {
    facts::Day from = 0, until = 0;
};

} // namespace callscrub::verdict
