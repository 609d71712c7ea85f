/// Where each record of the inputs is needed. Lists are routed before facts, and consents before relations and calls:
/// each tells the next what it asks for.
#pragma once
#include "app/part_reach.h"
#include "app/row_reader.h"
#include "history/subject.h"

namespace callscrub::app {

struct Route {
    PartSet to = 0;    ///< home among them
    unsigned home = 0; ///< where the record is counted
};

/// Rows of a call list, for one thread: each goes to the part of its first number, and what the row asks for is noted.
class ListRouter {
public:
    /// References outlive the router.
    ListRouter(const Context& context, facts::Products& products, const Opened& list, Reach& reach, unsigned parts)
        : rows_(context, products, list), reach_(reach), parts_(parts) {}

    Route route(const csv::Record& record);

private:
    RowReader rows_;
    RowReader::Subjects asked_;
    Reach& reach_;
    unsigned parts_;
};

/// Rows of a fact file, for one thread: each goes to the parts of its numbers, and wherever a row asks for one of them,
/// for its person, for the request that it names or the contract that it is.
class FactRouter {
public:
    FactRouter(const Context& context, const Opened& opened, Reach& reach, unsigned parts)
        : opened_(opened), cells_(opened), subject_(opened.reading, context.phones), reach_(reach), parts_(parts) {}

    Route route(const csv::Record& record);

private:
    void add_subject(const facts::Cells& cells, Route& out, bool& at_home);
    void ask(const facts::Cells& cells, PartSet parts);

    const Opened& opened_;
    CellReader cells_;
    history::SubjectReader subject_;
    Reach& reach_;
    unsigned parts_;
    facts::LastSeen<facts::ConsentStatus> statuses_;
};

} // namespace callscrub::app
