#include "app/story_timeline.h"
#include "app/story_voice.h"
#include "report/html.h"
#include "report/html_charts.h"
#include <algorithm>

namespace callscrub::app {

using facts::Day;
using facts::day_max;
using facts::day_min;
using report::Markup;

namespace {

/// Sections of the page for one story.
class HtmlTeller {
public:
    HtmlTeller(const Story& story, report::Language language) : story_(story), voice_(language, story.translations) {}

    Markup tell() {
        for (const auto& told : story_.numbers) number(told);
        return std::move(out_);
    }
    std::string title() const { return voice_.say("title.page"); }

private:
    void number(const NumberTold& told);
    void answer(const NumberTold& told);
    void question(const NumberTold& told);
    void records(const NumberTold& told);
    void record(const RecordTold& told);
    void trial(const TrialTold& trial);
    void sayings(const std::vector<Saying>& all);
    void ways(const NumberTold& told);
    void days(const NumberTold& told);
    void picture(const NumberTold& told);

    // Isolated like every text that may hold a name from outside, see report::name.
    static Markup isolated(const std::string& text) {
        return Markup().tags("<bdi>").add(report::prose(text)).tags("</bdi>");
    }
    void fact(std::string_view label, const std::string& text, report::Tags begin = "<div><dt>") {
        out_.tags(begin).text(voice_.say(label)).tags("</dt><dd>").add(isolated(text)).tags("</dd></div>\n");
    }
    void heading(std::string_view key) { out_.tags("<h2>").text(voice_.say(key)).tags("</h2>\n"); }
    // On a phone each row becomes a card whose cells bear the names of their columns.
    void begin_table(std::string_view name, std::initializer_list<std::string_view> columns);
    void begin_row() {
        out_.tags("<tr>");
        column_ = 0;
    }
    void cell(const Markup& content);
    void cell(const std::string& text) { cell(text.empty() ? Markup() : isolated(text)); }
    void code_cell(std::string_view code) { cell(Markup().tags("<code>").text(code).tags("</code>")); }
    void end_row() { out_.tags("</tr>\n"); }
    void end_table() { out_.tags("</tbody></table></div>\n"); }

    const Story& story_;
    Voice voice_;
    Markup out_;
    std::vector<std::string> columns_; ///< of the table that is being written
    std::size_t column_ = 0;
};

void HtmlTeller::begin_table(std::string_view name, std::initializer_list<std::string_view> columns) {
    out_.tags("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"").text(voice_.say(name));
    out_.tags("\"><table class=\"cards\"><thead><tr>");
    columns_.clear();
    for (const auto key : columns) {
        columns_.push_back(voice_.say(key));
        out_.tags("<th scope=\"col\">").text(columns_.back()).tags("</th>");
    }
    out_.tags("</tr></thead><tbody>\n");
}

// The first cell of a row is its head.
void HtmlTeller::cell(const Markup& content) {
    const bool head = column_ == 0;
    if (head)
        out_.tags("<th scope=\"row\"");
    else
        out_.tags("<td");
    out_.tags(" data-label=\"").text(columns_.at(column_++)).tags("\">");
    out_.add(content);
    if (head)
        out_.tags("</th>");
    else
        out_.tags("</td>");
}

void HtmlTeller::answer(const NumberTold& told) {
    const auto& judgement = told.verdict.judgement;
    const bool clean = told.verdict.clean;
    const auto first = clean ? law::Reason{} : judgement.reasons.first();
    out_.tags("<header><p class=\"kind\">").text(voice_.say("title.page")).tags("</p>\n<h1>");
    out_.text(facts::e164(told.phone.number))
        .tags("</h1>\n<p class=\"when\"><span class=\"legend\"><span class=\"");
    if (clean)
        out_.tags("yes\"></span></span><b>");
    else
        out_.tags("no\"></span></span><b>");
    out_.add(report::prose(voice_.headline(told))).tags("</b>");
    if (!clean) out_.tags(" <code>").text(law::code(first)).tags("</code>");
    out_.tags("</p>\n");
    if (!clean) out_.tags("<p class=\"law\">").text(voice_.text(first)).tags("</p>\n");
    out_.tags("</header>\n<section><dl class=\"facts\">\n");
    const law::Citation* citation = clean ? &judgement.rule->citation : judgement.reasons.citation(first);
    if (clean)
        fact("label.basis", std::string(law::name(judgement.rule->basis)) + ": " +
                                voice_.text(judgement.rule->basis) + " (" + judgement.rule->id + ")");
    if (citation) fact("label.article", voice_.law(citation->article));
    fact("label.decided_by",
         voice_.record(story_, clean ? judgement.source : judgement.reasons.source(first)));
    if (told.verdict.callable_until != day_min)
        fact("label.callable_until", voice_.until(told.verdict.callable_until));
    if (!clean)
        judgement.reasons.each([&](law::Reason reason) {
            if (reason == first) return;
            std::string text(law::code(reason));
            if (const auto* cited = judgement.reasons.citation(reason)) text += " · " + voice_.law(cited->article);
            if (const auto place = story_.place(judgement.reasons.source(reason)); !place.empty())
                text += " · " + place;
            fact("label.also", text);
        });
    if (citation) fact("label.source", voice_.source(citation), "<div class=\"long\"><dt>");
    out_.tags("</dl>\n");
    if (!clean && judgement.rule && judgement.reasons.has(law::Reason::lapses_in_window))
        out_.tags("<p class=\"note\">")
            .text(voice_.say("lapsed_first", {{"basis", voice_.text(judgement.rule->basis)},
                                              {"rule", judgement.rule->id},
                                              {"record", voice_.record(story_, judgement.source)}}))
            .tags("</p>\n");
    for (const auto& doubt : told.doubts)
        out_.tags("<p class=\"warning\">")
            .text(voice_.say(doubt) + " [" + voice_.law(doubt.citation->article) + "]")
            .tags("</p>\n");
    for (const auto& register_name : told.registers_missing)
        out_.tags("<p class=\"warning\">")
            .text(voice_.say("register_missing", {{"register", register_name}}))
            .tags("</p>\n");
    out_.tags("</section>\n");
}

void HtmlTeller::question(const NumberTold& told) {
    out_.tags("<section>");
    heading("title.question");
    out_.tags("<dl class=\"facts\">\n");
    for (const auto& [label, text] : voice_.question(story_, told)) fact(label, text);
    out_.tags("</dl>\n");
    if (told.first.regime) out_.tags("<p class=\"note\">").add(report::prose(voice_.law(told.first.regime->says))).tags("</p>\n");
    out_.tags("</section>\n");
}

void HtmlTeller::sayings(const std::vector<Saying>& all) {
    for (const auto& saying : all) {
        out_.tags("<p>").text(saying.blocks ? "✗ " : "· ").add(report::prose(voice_.say(saying)));
        if (saying.citation) out_.tags(" <small>").add(report::prose(voice_.law(saying.citation->article))).tags("</small>");
        out_.tags("</p>\n");
    }
}

void HtmlTeller::trial(const TrialTold& trial) {
    out_.tags("<p><b>")
        .text(voice_.text(trial.rule->basis))
        .tags("</b> <code>")
        .text(trial.rule->id)
        .tags("</code> <small>");
    out_.add(report::prose(voice_.law(trial.rule->citation.article))).tags("</small>: ").text(voice_.result(trial)).tags("</p>\n");
    const bool ends = std::any_of(trial.checks.begin(), trial.checks.end(), [](const auto& check) {
        return check.asked && check.passed && !day_text(check.until).empty();
    });
    ends ? begin_table("head.check", {"head.check", "head.result", "label.article", "head.until"})
         : begin_table("head.check", {"head.check", "head.result", "label.article"});
    for (const auto& check : trial.checks) {
        if (!check.asked) continue;
        begin_row();
        cell(voice_.check(check.failure));
        cell(check.passed ? "✓" : "✗ " + std::string(law::code(check.failure)));
        cell(check.citation ? voice_.law(check.citation->article) : std::string());
        if (ends) cell(check.passed ? day_text(check.until) : std::string());
        end_row();
    }
    end_table();
    sayings(trial.sayings);
}

void HtmlTeller::record(const RecordTold& told) {
    const bool dated = told.at.known() && told.day != day_min;
    out_.tags("<h3>").text(dated ? day_text(told.day) : voice_.say("undated")).text(" · ");
    out_.text(voice_.say("deed." + std::string(name(told.deed))))
        .tags(" <small>")
        .add(report::name(told.place));
    if (!told.concerns) out_.text(" · ").text(voice_.say("aside"));
    out_.tags("</small></h3>\n");
    if (const auto cells = voice_.cells(told); !cells.empty())
        out_.tags("<p class=\"note\">").add(isolated(cells)).tags("</p>\n");
    sayings(told.sayings);
    for (const auto& one : told.trials) trial(one);
}

void HtmlTeller::records(const NumberTold& told) {
    out_.tags("<section>");
    heading("title.records");
    if (told.records.empty()) out_.tags("<p>").text(voice_.say("no_records")).tags("</p>\n");
    for (const auto& one : told.records) record(one);
    out_.tags("</section>\n");
}

void HtmlTeller::ways(const NumberTold& told) {
    if (told.ways.empty()) return;
    out_.tags("<section>");
    heading("title.ways");
    begin_table("title.ways", {"label.basis", "head.rule", "label.article", "head.result"});
    for (const auto& way : told.ways) {
        begin_row();
        cell(voice_.text(way.rule->basis));
        code_cell(way.rule->id);
        cell(voice_.law(way.rule->citation.article));
        cell(voice_.say("way." + std::string(name(way.end))));
        end_row();
    }
    end_table();
    out_.tags("</section>\n");
}

// One bar over the whole span; hatched where the number may not be called, a thin line where the law changes.
void HtmlTeller::picture(const NumberTold& told) {
    const Span span = span_of(told);
    const auto total = static_cast<std::uint64_t>(span.days());
    const auto at = [&](Day day) { return static_cast<std::uint64_t>(std::int64_t{day} - span.from); };
    const auto rect = [&](report::Tags begin, Day from, Day until) {
        out_.tags(begin).tags(" x=\"").text(report::width_of(at(from), total)).tags("%\" width=\"");
        out_.text(report::width_of(at(until) - at(from) + 1, total)).tags("%\" height=\"100%\"/>");
    };
    out_.tags("<svg class=\"split\" role=\"img\" aria-label=\"").text(voice_.say("picture")).tags("\">");
    for (const auto& stretch : told.timeline) {
        if (stretch.from > span.until) break;
        const Day until = std::min(stretch.until, span.until);
        if (stretch.judgement.callable) {
            rect("<rect class=\"yes\"", stretch.from, until);
        } else {
            rect("<rect class=\"no\"", stretch.from, until);
            rect("<rect class=\"hatch\"", stretch.from, until);
        }
    }
    for (const Day day : law_changes(told, span))
        out_.tags("<rect class=\"middle\" x=\"")
            .text(report::width_of(at(day), total))
            .tags("%\" width=\"2\" height=\"100%\"/>");
    out_.tags("</svg>\n<p class=\"note ends\"><span>").text(day_text(span.from));
    out_.tags("</span><span>").text(day_text(span.until)).tags("</span></p>\n<p class=\"legend\"><span class=\"yes\"></span>");
    out_.text(report::phrase("callable", voice_.language())).tags(" <span class=\"no\"></span>");
    out_.text(report::phrase("not_callable", voice_.language()));
    if (!law_changes(told, span).empty()) out_.tags(" <span class=\"line\"></span>").text(voice_.say("picture.law"));
    out_.tags("</p>\n");
}

void HtmlTeller::days(const NumberTold& told) {
    if (told.timeline.empty()) return;
    out_.tags("<section>");
    heading("title.days");
    picture(told);
    begin_table("title.days", {"head.days", "head.answer", "head.why", "label.article", "label.decided_by", "label.law"});
    for (const auto& stretch : told.timeline) {
        const auto& judgement = stretch.judgement;
        const auto reason = judgement.callable ? law::Reason{} : judgement.reasons.first();
        const auto* citation =
            judgement.callable ? &judgement.rule->citation : judgement.reasons.citation(reason);
        begin_row();
        Markup days = Markup().tags("<span><time>").text(day_text(stretch.from)).text(" –").tags("</time>");
        if (stretch.until != day_max) days.tags(" <time>").text(day_text(stretch.until)).tags("</time>");
        cell(days.tags("</span>")); // one piece, so that a card keeps both days in one column
        cell(std::string(report::phrase(judgement.callable ? "callable" : "not_callable", voice_.language())));
        code_cell(judgement.callable ? law::name(judgement.rule->basis) : law::code(reason));
        cell(citation ? voice_.law(citation->article) : std::string());
        cell(story_.place(judgement.callable ? judgement.source : judgement.reasons.source(reason)));
        cell(judgement.regime ? judgement.regime->id : std::string("–"));
        end_row();
    }
    end_table();
    out_.tags("</section>\n");
}

void HtmlTeller::number(const NumberTold& told) {
    answer(told);
    days(told);
    records(told);
    ways(told);
    question(told);
}

} // namespace

std::string story_html(const Story& story, report::Language language) {
    HtmlTeller teller(story, language);
    const auto body = teller.tell();
    return report::html_page(language, report::escaped(teller.title()), body);
}

} // namespace callscrub::app
