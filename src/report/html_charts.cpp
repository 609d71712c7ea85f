#include "report/html_charts.h"
#include <algorithm>

namespace callscrub::report {

namespace {

Tags class_of(Tone tone) {
    switch (tone) {
    case Tone::yes:
        return "yes";
    case Tone::no:
        return "no";
    case Tone::plain:
        break;
    }
    return "plain";
}

/// Opens an SVG that is one picture with a name.
Markup picture(Tags kind, std::string_view id, std::size_t at, const Markup& title) {
    const std::string own = std::string(id) + '-' + std::to_string(at);
    return Markup()
        .tags("<svg class=\"")
        .tags(kind)
        .tags("\" role=\"img\" aria-labelledby=\"")
        .text(own)
        .tags("\"><title id=\"")
        .text(own)
        .tags("\">")
        .add(title)
        .tags("</title>");
}

/// A rectangle from `x` to `x + width` per cent; what is not allowed is hatched as well, for grey prints.
Markup block(Tags kind, const std::string& x, const std::string& width, bool hatched) {
    Markup out;
    const auto draw = [&](Tags of_kind) {
        out.tags("<rect class=\"")
            .tags(of_kind)
            .tags("\" x=\"")
            .text(x)
            .tags("%\" width=\"")
            .text(width)
            .tags("%\" height=\"100%\"/>");
    };
    draw(kind);
    if (hatched) draw("hatch");
    return out;
}

std::string two_decimals(std::uint64_t hundredths) {
    std::string out = std::to_string(hundredths / 100);
    if (const auto rest = hundredths % 100; rest != 0) {
        out += rest < 10 ? ".0" : ".";
        out += std::to_string(rest);
    }
    return out;
}

/// What is there is seen: at least 0.4 per cent.
std::uint64_t visible(std::uint64_t n, std::uint64_t of) {
    if (n == 0 || of == 0) return 0;
    return std::clamp<std::uint64_t>(n * 10'000 / of, 40, 10'000);
}

} // namespace

std::string width_of(std::uint64_t n, std::uint64_t of) {
    return two_decimals(of == 0 ? 0 : n * 10'000 / of);
}

Markup bars(const Words& words, std::string_view id, const std::vector<Bar>& all, std::uint64_t total,
            Tone tone) {
    std::uint64_t most = 0;
    for (const auto& bar : all) most = std::max(most, bar.count);
    Markup out;
    out.tags("<ol class=\"bars\">");
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& bar = all[i];
        const Markup number = words.number(bar.count), share = words.share(bar.count, total);
        const Markup title = Markup(bar.title).text(": ").add(number).text(" (").add(share).text(")");
        out.tags("<li><div class=\"head\"><span class=\"label\">").add(bar.label);
        out.tags("</span><span class=\"n\">")
            .add(number)
            .tags(" <small>")
            .add(share)
            .tags("</small></span></div>");
        out.add(picture("bar", id, i, title)).add(block("track", "0", "100", false));
        out.add(block(class_of(tone), "0", two_decimals(visible(bar.count, most)), tone == Tone::no))
            .tags("</svg>");
        if (!bar.note.empty()) out.tags("<p class=\"note\">").add(bar.note).tags("</p>");
        out.tags("</li>\n");
    }
    return out.tags("</ol>");
}

Markup split(const Words& words, std::string_view id, const Markup& title, std::uint64_t clean,
             std::uint64_t rejected) {
    const auto rows = clean + rejected;
    const Markup name =
        Markup(title).text(": ").add(words.say("split.title", {{"clean", words.number(clean)},
                                                               {"share", words.share(clean, rows)},
                                                               {"rejected", words.number(rejected)}}));
    const auto right = visible(rejected, rows);
    const auto left = rows == 0 ? 0 : std::clamp<std::uint64_t>(10'000 - right, clean > 0 ? 40 : 0, 10'000);
    Markup out = picture("split", id, 0, name);
    out.add(block("track", "0", "100", false));
    out.add(block("yes", "0", two_decimals(left), false));
    return out.add(block("no", two_decimals(left), two_decimals(rows == 0 ? 0 : 10'000 - left), true))
        .tags("</svg>");
}

Markup shifts(const Words& words, std::string_view id, const std::vector<Shift>& all) {
    std::uint64_t most = 0;
    const auto size = [](const Shift& one) {
        return std::max(one.before, one.now) - std::min(one.before, one.now);
    };
    for (const auto& one : all) most = std::max(most, size(one));
    Markup out;
    out.tags("<ol class=\"bars shifts\">");
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& one = all[i];
        const Markup change = words.change(one.before, one.now);
        const Markup title = Markup(one.title).text(": ").add(change);
        const auto half = visible(size(one), most) / 2;
        out.tags("<li><div class=\"head\"><span class=\"label\">").add(one.label);
        out.tags("</span><span class=\"n\">").add(change).tags("</span></div>");
        out.add(picture("bar", id, i, title)).add(block("track", "0", "100", false));
        out.add(block("plain", two_decimals(one.now < one.before ? 5'000 - half : 5'000), two_decimals(half),
                      false));
        out.tags("<rect class=\"middle\" x=\"50%\" width=\"1\" height=\"100%\"/></svg></li>\n");
    }
    return out.tags("</ol>");
}

Markup chart_patterns() {
    return Markup().tags(
        "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><pattern "
        "id=\"hatching\" width=\"6\" "
        "height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"stripe\" "
        "width=\"2\" height=\"6\"/></pattern></defs></svg>\n");
}

Markup folded_table(const Words& words, const Markup& caption, const std::vector<Column>& columns,
                    const std::vector<std::vector<Markup>>& rows, std::string_view label) {
    Markup out;
    out.tags("<details><summary>")
        .add(words.say(label))
        .tags("</summary><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
    out.add(caption).tags("\"><table><caption>").add(caption).tags("</caption><thead><tr>");
    for (const auto& column : columns) {
        if (column.number)
            out.tags("<th scope=\"col\" class=\"r\">");
        else
            out.tags("<th scope=\"col\">");
        out.add(column.head).tags("</th>");
    }
    out.tags("</tr></thead><tbody>\n");
    for (const auto& row : rows) {
        out.tags("<tr>");
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i == 0)
                out.tags("<th scope=\"row\">").add(row[i]).tags("</th>");
            else if (columns[i].number)
                out.tags("<td class=\"r\">").add(row[i]).tags("</td>");
            else
                out.tags("<td>").add(row[i]).tags("</td>");
        }
        out.tags("</tr>\n");
    }
    return out.tags("</tbody></table></div></details>\n");
}

} // namespace callscrub::report
