/// Numbers in columns that nobody reads: in a list they would pass unjudged, elsewhere a no in them would be lost.
#pragma once
#include "app/context.h"
#include "app/opened.h"

namespace callscrub::app {

/// Whether one of the names means the header.
bool holds(const std::vector<std::string>& names, std::string_view header);

/// Indexes of the unused columns whose cells look like telephone numbers in at least half of those that are filled, by the
/// first thousand rows; not those stated as `unread`, nor of fax. None of what can be read once only. `dialect`: as stated.
std::vector<std::size_t> unread_numbers(const Context& context, const Opened& opened, const csv::Stated& dialect);

/// Failure (input) if a do-not-call file or register has any.
void refuse_unread_numbers(const Opened& opened);

/// What makes them read: columns.phone = ["phone", "second no."].
std::string all_phones(const facts::ColumnMap& columns, std::span<const std::string> headers);

} // namespace callscrub::app
