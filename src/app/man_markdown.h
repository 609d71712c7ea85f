/// Pages of the documentation as man pages, so that what both say is written once.
#pragma once
#include "app/roff.h"

namespace callscrub::app {

/// Appends a document: headings, paragraphs, fenced blocks, lists ("* "), tables (a row is an item: the first cell is
/// its tag), `code`, links (their text). The title ("# ") is left out.
void add_markdown(Roff& roff, std::string_view markdown);

} // namespace callscrub::app
