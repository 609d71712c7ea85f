/// The style sheet in the page, and the permission for exactly this one.
#pragma once
#include <string>

namespace callscrub::report {

/// "<style>…</style>".
std::string style_element();

/// "'sha256-…'": what a content security policy calls the style sheet.
const std::string& style_source();

} // namespace callscrub::report
