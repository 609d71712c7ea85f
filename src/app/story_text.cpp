#include "app/story_timeline.h"
#include "app/story_voice.h"
#include "app/terminal.h"
#include <algorithm>

namespace callscrub::app {

using facts::day_max;
using facts::day_min;

namespace {

constexpr std::size_t widest = 110; // lines longer than this are hard to read

/// Writes one story. Everything from the data goes through harmless().
class TextTeller {
public:
    TextTeller(const Story& story, report::Language language, std::size_t width, bool colour)
        : story_(story), voice_(language, story.translations), width_(std::min(width, widest)), colour_(colour) {}

    std::string tell() {
        for (std::size_t i = 0; i < story_.numbers.size(); ++i) {
            if (i != 0) out_ += "\n" + std::string(width_, '=') + "\n\n";
            number(story_.numbers[i]);
        }
        return std::move(out_);
    }

private:
    using Labels = std::vector<std::pair<std::string, std::string>>;

    void number(const NumberTold& told);
    void answer(const NumberTold& told);
    void permission(const NumberTold& told, Labels& labels) const;
    void rejection(const NumberTold& told, Labels& labels) const;
    void question(const NumberTold& told);
    void records(const NumberTold& told);
    void record(const RecordTold& told);
    void trial(const TrialTold& trial);
    void saying(const Saying& saying, std::size_t indent);
    void ways(const NumberTold& told);
    void days(const NumberTold& told);

    void title(std::string_view key) { line("\n" + tint(voice_.say(key), Tint::strong)); }
    void line(const std::string& text) { out_ += text + "\n"; }
    void paragraph(const std::string& text, std::size_t indent, std::size_t hanging) {
        line(std::string(indent, ' ') + wrapped(harmless(text), width_, hanging));
    }
    void labels(const Labels& all);
    std::string tint(const std::string& text, Tint how) const { return tinted(text, how, colour_); }

    const Story& story_;
    Voice voice_;
    std::size_t width_;
    bool colour_;
    std::string out_;
};

void TextTeller::labels(const Labels& all) {
    std::size_t widest_label = 0;
    for (const auto& [label, text] : all) widest_label = std::max(widest_label, display_width(label));
    for (const auto& [label, text] : all) {
        const std::size_t column = widest_label + 4;
        const std::string gap(widest_label - display_width(label) + 2, ' ');
        line("  " + tint(label, Tint::faint) + gap + wrapped(harmless(text), width_, column));
    }
}

void TextTeller::permission(const NumberTold& told, Labels& labels) const {
    const auto& judgement = told.verdict.judgement;
    const auto& citation = judgement.rule->citation;
    labels.emplace_back(voice_.say("label.basis"), std::string(law::name(judgement.rule->basis)) + ": " +
                                                       voice_.text(judgement.rule->basis) + " (" +
                                                       judgement.rule->id + ")");
    labels.emplace_back(voice_.say("label.article"), voice_.law(citation.article));
    labels.emplace_back(voice_.say("label.source"), voice_.source(&citation));
    auto record = voice_.record(story_, judgement.source);
    if (judgement.given_day != day_min && judgement.source.known())
        record = voice_.say("given", {{"record", record}, {"day", day_text(judgement.given_day)}});
    labels.emplace_back(voice_.say("label.decided_by"), record);
    labels.emplace_back(voice_.say("label.callable_until"), voice_.until(told.verdict.callable_until));
}

void TextTeller::rejection(const NumberTold& told, Labels& labels) const {
    const auto& reasons = told.verdict.judgement.reasons;
    const auto first = reasons.first();
    if (const auto* citation = reasons.citation(first)) {
        labels.emplace_back(voice_.say("label.article"), voice_.law(citation->article));
        labels.emplace_back(voice_.say("label.source"), voice_.source(citation));
    }
    labels.emplace_back(voice_.say("label.decided_by"), voice_.record(story_, reasons.source(first)));
    if (told.verdict.callable_until != day_min)
        labels.emplace_back(voice_.say("label.callable_until"), voice_.until(told.verdict.callable_until));
    reasons.each([&](law::Reason reason) {
        if (reason == first) return;
        std::string text(law::code(reason));
        if (const auto* citation = reasons.citation(reason)) text += " · " + voice_.law(citation->article);
        if (reasons.source(reason).known()) text += " · " + story_.place(reasons.source(reason));
        labels.emplace_back(voice_.say("label.also"), text);
    });
}

void TextTeller::answer(const NumberTold& told) {
    const bool clean = told.verdict.clean;
    std::string head = voice_.headline(told);
    if (!clean) head += ": " + std::string(law::code(told.verdict.judgement.reasons.first()));
    const auto digits = facts::e164(told.phone.number);
    const auto number = digits.empty() ? std::string("–") : digits;
    const std::size_t column = display_width(number) + 2;
    line(tint(number, Tint::strong) + "  " + tint(wrapped(head, width_, column), clean ? Tint::good : Tint::bad));
    Labels all;
    if (clean) {
        permission(told, all);
        for (const auto& doubt : told.doubts) saying(doubt, 2);
        for (const auto& name : told.registers_missing)
            paragraph(voice_.say("register_missing", {{"register", name}}), 2, 2);
    } else {
        paragraph(voice_.text(told.verdict.judgement.reasons.first()), 2, 2);
        const auto& judgement = told.verdict.judgement;
        if (judgement.reasons.has(law::Reason::lapses_in_window) && judgement.rule)
            paragraph(voice_.say("lapsed_first", {{"basis", voice_.text(judgement.rule->basis)},
                                                  {"rule", judgement.rule->id},
                                                  {"record", voice_.record(story_, judgement.source)}}),
                      2, 2);
        rejection(told, all);
    }
    labels(all);
}

void TextTeller::question(const NumberTold& told) {
    title("title.question");
    Labels all;
    for (const auto& [label, text] : voice_.question(story_, told)) all.emplace_back(voice_.say(label), text);
    labels(all);
    if (told.first.regime) paragraph(voice_.say("quote", {{"text", voice_.law(told.first.regime->says)}}), 2, 2);
}

void TextTeller::saying(const Saying& saying, std::size_t indent) {
    std::string text = voice_.say(saying);
    if (saying.citation) text += " [" + voice_.law(saying.citation->article) + "]";
    const char* const mark = saying.blocks ? "✗ " : "· ";
    line(std::string(indent, ' ') + tint(mark, saying.blocks ? Tint::bad : Tint::none) +
         wrapped(harmless(text), width_, indent + 2));
}

void TextTeller::trial(const TrialTold& trial) {
    std::string head = voice_.text(trial.rule->basis) + " (" + trial.rule->id + "), " +
                       voice_.law(trial.rule->citation.article) + ": " + voice_.result(trial);
    line("    " + tint(wrapped(harmless(head), width_, 4), trial.carries  ? Tint::good
                                                           : trial.passed ? Tint::none
                                                                          : Tint::bad));
    for (const auto& check : trial.checks) {
        if (!check.asked) continue;
        std::string text = voice_.check(check.failure);
        if (!check.passed) text += " (" + std::string(law::code(check.failure)) + ")";
        const bool own = check.citation && check.citation != &trial.rule->citation;
        if (own) text += " [" + voice_.law(check.citation->article) + "]";
        if (check.passed && check.until != day_max)
            text += ", " + voice_.say("until", {{"day", day_text(check.until)}});
        line("      " + tint(check.passed ? "✓ " : "✗ ", check.passed ? Tint::good : Tint::bad) +
             wrapped(harmless(text), width_, 8));
    }
    for (const auto& one : trial.sayings) saying(one, 6);
}

void TextTeller::record(const RecordTold& told) {
    const std::string when =
        told.at.known() && told.day != day_min ? day_text(told.day) : voice_.say("undated");
    std::string head = voice_.say("deed." + std::string(name(told.deed)));
    if (!told.concerns) head += " (" + voice_.say("aside") + ")";
    line("");
    const auto place = harmless(told.place);
    const std::size_t column = 2 + display_width(when) + 2;
    const bool fits = column + display_width(head) + 2 + display_width(place) <= width_;
    line("  " + tint(when, Tint::strong) + "  " + tint(wrapped(head, width_, column), told.concerns ? Tint::strong : Tint::faint) +
         (fits ? "  " : "\n" + std::string(column, ' ')) + place);
    if (const auto cells = voice_.cells(told); !cells.empty()) paragraph(cells, 4, 4);
    for (const auto& one : told.sayings) saying(one, 4);
    for (const auto& one : told.trials) trial(one);
}

void TextTeller::records(const NumberTold& told) {
    title("title.records");
    if (told.records.empty()) paragraph(voice_.say("no_records"), 2, 2);
    for (const auto& one : told.records) record(one);
}

void TextTeller::ways(const NumberTold& told) {
    if (told.ways.empty()) return;
    title("title.ways");
    for (const auto& way : told.ways) {
        const bool carries = way.end == WayTold::End::carries, passes = way.end == WayTold::End::passes;
        const bool fails = way.end == WayTold::End::missed || way.end == WayTold::End::taken_away;
        const auto text = voice_.text(way.rule->basis) + " (" + way.rule->id + "), " +
                          voice_.law(way.rule->citation.article) + ": " + voice_.say("way." + std::string(name(way.end)));
        line(std::string("  ") +
             (carries || passes ? "✓ "
              : fails           ? "✗ "
                                : "· ") +
             tint(wrapped(harmless(text), width_, 4), carries ? Tint::good : Tint::none));
    }
}

void TextTeller::days(const NumberTold& told) {
    if (told.timeline.empty()) return;
    title("title.days");
    const auto picture = draw(told, std::min<std::size_t>(width_ - 2, 76));
    for (const auto& row : picture.rows) line("  " + row);
    paragraph(voice_.say("legend"), 2, 2);
    line("");
    Table table(std::vector<Table::Align>(3, Table::Align::left));
    const law::Regime* regime = nullptr;
    bool any = false;
    for (const auto& stretch : told.timeline) {
        if (!any || stretch.judgement.regime != regime) {
            const auto id = stretch.judgement.regime ? stretch.judgement.regime->id : std::string("–");
            table.row({"§ " + day_text(stretch.from),
                       voice_.say(any ? "law_changes" : "law_begins", {{"id", id}}), ""},
                      Tint::faint);
        }
        any = true;
        regime = stretch.judgement.regime;
        const auto& judgement = stretch.judgement;
        std::string what, why;
        if (judgement.callable) {
            what = "█ " + std::string(law::name(judgement.rule->basis));
            why = voice_.law(judgement.rule->citation.article);
            if (judgement.source.known()) why += " · " + story_.place(judgement.source);
        } else {
            const auto reason = judgement.reasons.first();
            what = "░ " + std::string(law::code(reason));
            if (const auto* citation = judgement.reasons.citation(reason)) why = voice_.law(citation->article);
            if (judgement.reasons.source(reason).known())
                why += (why.empty() ? "" : " · ") + story_.place(judgement.reasons.source(reason));
        }
        const auto until = stretch.until == day_max ? std::string() : " " + day_text(stretch.until);
        table.row({day_text(stretch.from) + " –" + until, what, why},
                  judgement.callable ? Tint::good : Tint::none);
    }
    out_ += table.text(width_, colour_, 2);
}

void TextTeller::number(const NumberTold& told) {
    answer(told);
    question(told);
    records(told);
    ways(told);
    days(told);
}

} // namespace

std::string story_text(const Story& story, report::Language language, std::size_t width, bool colour) {
    return TextTeller(story, language, width, colour).tell();
}

} // namespace callscrub::app
