/// report.html: what a run found, for people. One file that needs nothing from elsewhere: no script, no font,
/// no picture to load, and a policy in it that forbids the browser to load any. Counts only, no personal
/// data.
#pragma once
#include "law/translations.h"
#include "report/html_markup.h"
#include "report/summary.h"
#include "report/texts.h"
#include <string>

namespace callscrub::report {

/// The whole file, UTF-8. The same bytes for equal summaries: what the clock says (timings, age of files) is
/// not in it. `previous`: the summary of an earlier run (read_summary) to compare with, or null. `law`: what
/// the packs say in that language.
std::string to_html(const Summary& summary, const Summary* previous, Language language,
                    const law::Translations& law = {});

/// A page around `body` with the style sheet of the report and its policy; for explain too. `title` without
/// tags.
std::string html_page(Language language, const Markup& title, const Markup& body);

} // namespace callscrub::report
