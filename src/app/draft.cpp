#include "app/draft.h"
#include "app/setting.h"
#include "app/terminal.h"
#include "base/text.h"
#include <algorithm>

namespace callscrub::app {

using facts::Column;

// What harmless() writes for a terminal is nearly TOML: \xNN is \u00NN there.
std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find_first_of("\"\\", at), text.size());
        std::string plain = harmless(text.substr(at, end - at));
        for (std::size_t x = 0; (x = plain.find("\\x", x)) != std::string::npos; x += 6) plain.replace(x, 2, "\\u00");
        out += plain;
        if (end < text.size()) out += std::string("\\") + text[end];
        at = end + 1;
    }
    return out + "\"";
}

namespace {

std::string commented(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        std::string line;
        for (const char c : wrapped(harmless(base::trim(text.substr(at, end - at))), 98)) {
            line += c;
            if (c == '\n') line += "# ";
        }
        out += "# " + line + "\n";
        at = end + 1;
    }
    return out;
}

std::string quoted_list(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : ", ") + toml_text(part);
    return "[" + out + "]";
}

/// The [[table]] of one file.
class TableDraft {
public:
    explicit TableDraft(const Draft& draft) : draft_(draft), file_(draft.seen) {}

    std::string text() {
        put_head();
        if (file_.spec.role == Role::any) return out_;
        out_ += "[[" + std::string(name(file_.spec.role)) + "]]\npath = " + toml_text(draft_.path) + "\n";
        if (!file_.spec.name.empty()) out_ += "name = " + toml_text(file_.spec.name) + "\n";
        put_preset();
        put_region();
        if (file_.guess.header_line > 1)
            out_ += "skip = " + std::to_string(file_.guess.header_line - 1) + " # guess: line " +
                    std::to_string(file_.guess.header_line) + " looks like the header\n";
        if (draft_.headless_guessed)
            out_ += "no_header = true # guess: its first row holds a number; columns are called 1, 2, …\n";
        put_columns();
        put_dates();
        put_words();
        for (const auto& note : file_.notes)
            if (!is_about_word(note)) put_note(note);
        put_advice();
        for (const auto& problem : file_.problems)
            if (!is_about_word(problem.text) && !problem.text.starts_with("no row matches"))
                out_ += commented(
                    "PROBLEM: " +
                    (problem.place.line == 0 ? "" : "line " + std::to_string(problem.place.line) + ": ") +
                    problem.text);
        return out_;
    }

private:
    // It stands among the values.
    static bool is_about_word(const std::string& text) {
        return text.find(") is no word we know") != std::string::npos ||
               text.find("is no status we know") != std::string::npos;
    }

    // A setting that it names stands in a line of its own, so that it can be uncommented.
    void put_note(const std::string& note) {
        const auto at = note.rfind("state ");
        const auto setting = at == std::string::npos ? "" : note.substr(at + 6);
        const bool whole = setting.starts_with("columns.") || setting.starts_with("set.");
        if (!whole || setting.find(" = ") == std::string::npos) return void(out_ += commented("Note: " + note));
        out_ += commented("Note: " + note.substr(0, at) + "take away the # before this:") + "# " + setting + "\n";
    }

    void put_head() {
        const auto& guess = file_.guess;
        std::string says = draft_.path + ": ";
        if (file_.spec.role == Role::any) {
            out_ += commented(says + "left out, because " + guess.why +
                              ". State its table: [[list]], [[consents]], [[relations]], "
                              "[[suppress]], [[register]] or [[calls]].");
            return;
        }
        says += "taken for " +
                std::string(file_.spec.role == Role::list ? "a call list" : name(file_.spec.role)) +
                (guess.role == Role::any ? "; " : ", because ") + guess.why + ".";
        if (file_.read && !file_.headers.empty())
            says += " " + with_commas(file_.tally.records) +
                    (file_.tally.records == 1 ? " row, " : " rows, ") +
                    std::string(csv::name(file_.encoding)) + ", delimiter " +
                    csv::delimiter_name(file_.dialect.delimiter) + ".";
        out_ += commented(says);
    }

    void put_preset() {
        if (file_.spec.preset.empty()) return;
        const auto preset = preset_of(file_.spec);
        out_ += "preset = " + toml_text(file_.spec.preset) + " # guess: it looks like " + preset->says + "\n";
        if (file_.guess.presets.size() > 1)
            out_ += commented(names_of(file_.guess.presets) +
                              " can't be told apart by the file; state the right one.");
        if (!preset->cannot.empty()) out_ += commented("About this preset: " + preset->cannot);
        if (const auto* use = preset->use(file_.spec.role); use && !use->hint.empty())
            out_ += commented("About this preset: " + use->hint);
    }

    // Of a file whose numbers the campaign's region does not fit.
    void put_region() {
        const auto& sample = draft_.sample;
        if (!draft_.region.empty())
            out_ += "region = " + toml_text(draft_.region) + " # guess: " + sample.region_why(draft_.region) + "\n";
        else if (sample.local != 0 && draft_.region_open)
            out_ += "# region = \"…\" # to decide: " + with_commas(sample.local) +
                    (sample.local == 1 ? " number has" : " numbers have") + " no country code, and no one country is the only one that fits\n";
    }

    // With a preset they are comments: the preset states them.
    void put_columns() {
        const std::string start = file_.spec.preset.empty() ? "" : "# ";
        for (auto at = file_.columns.begin(); at != file_.columns.end();) {
            std::vector<std::string> headers;
            const auto first = at;
            for (; at != file_.columns.end() && at->column == first->column; ++at)
                headers.push_back(at->header);
            out_ +=
                start + "columns." + std::string(facts::name(first->column)) + " = " + quoted_list(headers) +
                " # " + (first->why == "a synonym" ? "guess: a known name for it" : first->why) +
                (headers.size() > 1 && file_.spec.role == Role::list ? "; each is judged by itself" : "") +
                "\n";
        }
        std::string unused;
        for (const auto& header : file_.unused)
            unused += (unused.empty() ? "" : ", ") + ("'" + base::quoted(header) + "'");
        if (!unused.empty()) out_ += commented("Not used: " + unused);
    }

    void put_dates() {
        for (const auto& column : file_.columns)
            if (column.dated)
                out_ += "dates." + std::string(facts::name(column.column)) + " = " + toml_text(column.dates) +
                        " # found: all its dates are so written\n";
    }

    // An unknown status is taken for a no: that can't call anybody who said no.
    void put_words() {
        for (const auto& column : file_.columns) {
            const std::string key = "values." + std::string(facts::name(column.column));
            std::string known, unknown;
            for (const auto& word : column.words) {
                const std::string shown = word.word.empty() ? "(empty)" : "'" + word.word + "'";
                if (!word.meaning.empty()) {
                    known += (known.empty() ? "" : ", ") + shown + " = " + word.meaning;
                    continue;
                }
                const bool status =
                    column.column == Column::status && file_.spec.role == Role::consents && word.whole;
                unknown += (status ? "" : "# ") + key + "." + toml_text(word.word) + " = \"" +
                           (status ? "opt_out" : "…") + "\" # " + with_commas(word.count) +
                           (word.count == 1 ? " row" : " rows") + "; " +
                           (status ? "not known, taken for a no until you say what it means"
                                   : "not known: say what it means") +
                           (word.near.empty() ? "" : " (did you mean '" + word.near + "'?)") + "\n";
            }
            if (!known.empty())
                out_ += commented("Words of " + std::string(facts::name(column.column)) + ": " + known);
            out_ += unknown;
        }
    }

    bool has(Column column) const {
        return std::any_of(file_.columns.begin(), file_.columns.end(),
                           [&](const auto& one) { return one.column == column; });
    }

    void put_advice() {
        if (file_.spec.role == Role::relations && !file_.read && !has(Column::kind))
            out_ += commented("If every row is of one kind, say which by taking away one #; a quotation or an enquiry is no sale:") +
                    "# set.kind = \"subscription\" # runs until its end\n# set.kind = \"sale\"\n# set.kind = \"donation\"\n";
        if (!file_.read || file_.spec.role != Role::consents) return;
        if (!has(Column::entity)) out_ += "# set.entity = \"…\" # if all was given to one legal entity\n";
        out_ += commented("An old export lacks the latest noes. To stop a run with an older one:") +
                "# max_age = \"36h\"\n";
    }

    const Draft& draft_;
    const FileSeen& file_;
    std::string out_;
};

std::string campaign(const Sample& sample, const std::string& region, bool each_its_own) {
    std::string out = "[campaign]\n";
    out += "# FILL IN: the legal entity on whose behalf the calls are made, spelled as in your files.\n";
    if (!sample.entities.empty()) {
        std::string names;
        for (const auto& [name, rows] : sample.entities)
            names += (names.empty() ? "" : ", ") + toml_text(base::quoted(name));
        out += commented("In the files: " + names);
    }
    out += "entity = \"\" # <-- FILL IN\n";
    if (!region.empty())
        out += "region = " + toml_text(region) + " # guess: " + sample.region_why(region) + "\n";
    else if (each_its_own)
        out += "# region: the files below are of several countries, each table states its own\n";
    else if (sample.local != 0)
        out += "# region = \"DE\" # to decide: some numbers have no country code, and no one country fits "
               "them\n";
    out += "# jurisdiction = \"auto\" # the law: of the row's country, else of the number's\n"
           "# product = \"…\" # the product that is offered\n"
           "# call_until = \"+14d\" # the last day on which the list is called; default: today only\n\n"
           "[output]\n"
           "dir = \"scrubbed\"\n"
           "# replace = true # a new run may replace the last one\n";
    return out;
}

} // namespace

std::string draft_profile(const std::vector<Draft>& files, const Sample& sample, const std::string& region) {
    std::string out = "# A profile for callscrub, made by `callscrub init` from sample files. Read every "
                      "line marked \"guess\"\n"
                      "# before the first run; `callscrub check --profile FILE` shows how the files are then "
                      "understood.\n\n";
    const bool each_its_own =
        std::any_of(files.begin(), files.end(), [](const auto& file) { return !file.region.empty(); });
    out += campaign(sample, region, each_its_own);
    for (const auto& role : roles())
        for (const auto& file : files)
            if (file.seen.spec.role == role.role) out += "\n" + TableDraft(file).text();
    for (const auto& file : files)
        if (file.seen.spec.role == Role::any) out += "\n" + TableDraft(file).text();
    return out;
}

} // namespace callscrub::app
