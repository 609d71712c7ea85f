/// Splits one input: its records go to the files of the parts that need them.
#pragma once
#include "app/part_plan.h"
#include "app/part_router.h"
#include "report/publish.h"

namespace callscrub::app {

class Splitter {
public:
    /// References outlive it. Fills in plan.inputs[…]; the files belong to the publication.
    Splitter(const Context& context, PartPlan& plan, report::Publication& publication);

    /// Inputs in the order in which each tells the next what is asked for: lists, consents, then the others.
    void split(std::size_t input);

private:
    struct Files;
    struct Piece;
    class Worker;
    void describe(const Opened& opened, PartInput& out) const;

    const Context& context_;
    PartPlan& plan_;
    report::Publication& publication_;
    facts::Products products_; ///< nobody asks for them: rows are asked for their numbers, not judged
    Reach reach_;
};

} // namespace callscrub::app
