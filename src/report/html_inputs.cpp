#include "base/text.h"
#include "report/html_charts.h"
#include "report/html_sections.h"
#include <algorithm>
#include <array>

namespace callscrub::report {

namespace {

using law::Reason;

constexpr std::array troubles = {Reason::unreadable_row,    Reason::number_missing,
                                 Reason::number_scientific, Reason::number_two_in_cell,
                                 Reason::number_invalid,    Reason::number_not_diallable};

/// What is wrong with the rows themselves.
Markup trouble(const Words& words, const Summary& summary) {
    std::vector<Bar> all;
    for (const auto& [reason, n] : reason_counts(summary.total)) {
        if (std::find(troubles.begin(), troubles.end(), reason) == troubles.end()) continue;
        const Markup label = words.say("trouble." + std::string(law::code(reason)));
        all.push_back({label, label, Markup().tags("<code>").text(law::code(reason)).tags("</code>"), n});
    }
    Markup out = Markup().tags("<h3>").add(words.say("trouble.title")).tags("</h3>");
    if (all.empty()) return out.tags("<p>").add(words.say("trouble.none")).tags("</p>");
    return out.add(bars(words, "trouble", all, summary.total.rows, Tone::plain));
}

/// How old the newest entry is, seen from the first day of the calling window: the same in every repetition
/// of the run, which the age by the clock would not be.
Markup newest(const Words& words, const Summary& summary, const InputSummary& input) {
    const auto day = facts::read_iso_day(input.newest_event);
    if (!day) return {};
    Markup out = words.say("newest", {{"day", words.day(*day)}});
    if (*day > summary.call_from) return out;
    const auto age = static_cast<std::uint64_t>(summary.call_from - *day);
    out.text(" (").add(age == 0 ? words.say("newest.age.zero") : words.count("newest.age", age));
    return out.text(")");
}

/// The parts with a middle dot between them, empty ones left out.
Markup joined(std::initializer_list<Markup> parts) {
    Markup out;
    for (const auto& part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out.text(" · ");
        out.add(part);
    }
    return out;
}

Markup if_some(const Words& words, std::string_view key, std::uint64_t n) {
    return n == 0 ? Markup() : words.count(key, n);
}
Markup if_said(const std::string& text) { return text.empty() ? Markup() : escaped(text); }

Markup card(const Words& words, const Summary& summary, const InputSummary& input) {
    Markup out;
    out.tags("<li><span class=\"role\">")
        .add(words.word("role", input.role))
        .tags("</span> <strong>")
        .add(name(file_name(input.path)))
        .tags("</strong><p class=\"note\">");
    const Markup delimiter = input.delimiter.empty() ? Markup() : words.word("delimiter", input.delimiter);
    out.add(joined({words.count("input.rows", input.rows), if_some(words, "input.bad", input.bad),
                    if_some(words, "input.blank", input.blank), if_said(input.encoding), delimiter,
                    if_said(input.compression == "none" ? "" : input.compression), if_said(input.preset), newest(words, summary, input)}));
    out.tags("</p>");
    for (const auto& remark : input.remarks)
        out.tags("<p class=\"note\" lang=\"en\">").add(name(base::mask_numbers(remark))).tags("</p>");
    return out.tags("</li>\n");
}

Markup table(const Words& words, const Summary& summary) {
    std::vector<std::vector<Markup>> rows;
    rows.reserve(summary.inputs.size());
    for (const auto& input : summary.inputs)
        rows.push_back({name(file_name(input.path)), words.word("role", input.role), words.number(input.rows),
                        words.number(input.kept), words.number(input.bad), words.number(input.blank),
                        words.number(input.bytes), if_said(input.encoding),
                        words.word("delimiter", input.delimiter), if_said(input.newest_event)});
    return folded_table(words, words.say("inputs.files"),
                        {{words.say("file")},
                         {words.say("role")},
                         {words.say("rows"), true},
                         {words.say("kept"), true},
                         {words.say("bad"), true},
                         {words.say("blank"), true},
                         {words.say("bytes"), true},
                         {words.say("encoding")},
                         {words.say("delimiter")},
                         {words.say("newest.entry")}},
                        rows);
}

} // namespace

std::string file_name(std::string_view path) {
    const auto slash = path.rfind('/');
    const auto out = slash == path.npos || slash + 1 == path.size() ? path : path.substr(slash + 1);
    return std::string(out);
}

Markup inputs(const Words& words, const Summary& summary) {
    const auto& total = summary.total;
    Markup out;
    out.tags("<p>")
        .add(words.say("match", {{"matched", words.number(total.matched)},
                                 {"rows", words.number(total.rows)},
                                 {"share", words.share(total.matched, total.rows)},
                                 {"facts", words.number(summary.facts)}}))
        .tags("</p>\n");
    out.add(trouble(words, summary));
    out.tags("<h3>").add(words.say("inputs.files")).tags("</h3>\n<ul class=\"inputs\">");
    for (const auto& input : summary.inputs) out.add(card(words, summary, input));
    out.tags("</ul>\n").add(table(words, summary));
    return section(words, "inputs", "inputs.title", {}, out);
}

} // namespace callscrub::report
