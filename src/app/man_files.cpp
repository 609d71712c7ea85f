/// The man pages of files: rule packs and cases, and what is read and written.
#include "app/man_files.h"
#include "app/man_markdown.h"
#include "app/setting.h"
#include "base/text.h"
#include "embedded/docs.h"
#include "facts/words.h"
#include "report/rows.h"
#include <stdexcept>

namespace callscrub::app {

namespace {

std::string_view document(std::string_view name) {
    for (const auto& one : embedded_docs())
        if (one.name == name) return one.text;
    throw std::logic_error("no document " + std::string(name));
}

void add_name(Roff& roff, std::string_view name, std::string_view says) {
    roff.section("Name");
    roff.paragraph(roff_text(name) + " \\- " + roff_text(says));
    roff.section("Description");
}

std::string listed(std::string_view text, char cut) {
    std::string out;
    for (const auto part : base::split(base::trim(text), cut))
        if (!part.empty()) out += (out.empty() ? "" : ", ") + std::string(part);
    return out;
}

void add_inputs(Roff& roff) {
    roff.section("Inputs");
    roff.paragraph(roff_text("Columns are found by these names and their known English, German and Dutch synonyms; callscrub check says which "
                             "were found. A profile states others, see callscrub-profile(5)."));
    for (const auto& role : roles()) {
        std::string columns;
        for (const auto column : canonical_columns(role.role)) columns += (columns.empty() ? "" : ", ") + std::string(column);
        roff.item(roff_strong(role.table), roff_text(std::string(role.says) + ". " + columns + "."));
    }
    roff.subsection("Words");
    for (const auto* column : {"status", "channel", "party", "kind", "relation_status", "outcome"}) {
        std::string words;
        for (const auto& [word, meaning] : facts::known_words(column))
            if (words.find(" " + std::string(meaning) + ",") == std::string::npos) words += " " + std::string(meaning) + ",";
        if (!words.empty()) words.back() = '.';
        roff.item(roff_strong(column), roff_text(base::trim(words)));
    }
}

void add_outputs(Roff& roff) {
    const std::vector<std::string> no_files;
    const report::RowStyle style;
    const report::RowWriter writer(style, no_files);
    roff.section("Outputs");
    roff.item(roff_strong("<list>.clean.csv"), roff_text("the passing rows, byte for byte as they came; with --annotate also " +
                                                         listed(report::RowWriter::annotated_header(','), ',') + "."));
    roff.item(roff_strong("<list>.rejected.csv"),
              roff_text("the rejected rows, their columns, then " + listed(writer.rejected_header(), ',') + "."));
    roff.item(roff_strong("<list>.evidence.csv"),
              roff_text("what proves each clean row: " + listed(report::RowWriter::evidence_header(), ',') + "."));
    roff.item(roff_strong("<list>.renew.csv"), roff_text("with --renew-within, permissions that lapse soon: " +
                                                         listed(report::RowWriter::renewal_header(), ',') + "."));
    roff.item(roff_strong("summary.json"), roff_text("counts, warnings, ages of inputs, timings; keys are only ever added."));
    roff.item(roff_strong("report.html"), roff_text("the same for people, and what changed since the run that was replaced."));
    roff.item(roff_strong("manifest.json"), roff_text("digests of inputs, outputs and rule packs, settings and switches in force, counts. Holds no "
                                                      "time: the same inputs, settings, packs and days give the same bytes."));
    roff.item(roff_strong("SHA256SUMS"), roff_text("digests of all files above, for sha256sum -c."));
}

} // namespace

std::string rules_page() {
    Roff roff("callscrub-rules", "5");
    add_name(roff, "callscrub-rules", "the law as files of data, and case files that try it");
    add_markdown(roff, document("RULES.md"));
    return roff.text();
}

std::string formats_page() {
    Roff roff("callscrub-formats", "5");
    add_name(roff, "callscrub-formats", "files that callscrub reads and writes");
    roff.paragraph(roff_text("Input is CSV as it comes: encoding, delimiter, quotes, header and dates are found out or stated, and what is unclear "
                             "ends the run with what to state. The rules in full stand in FORMATS.md of the documentation."));
    add_inputs(roff);
    add_outputs(roff);
    roff.section("Sidecar of an input");
    roff.paragraph(roff_text("With age_from = \"sidecar\" the file PATH.timestamp states when the input was made, in one line: date and time with Z "
                             "or an offset, such as 2026-03-02T04:00:00Z. Without it, or with anything else in it, the input counts as too old."));
    return roff.text();
}

} // namespace callscrub::app
