#include "report/html_charts.h"
#include "report/html_sections.h"
#include <algorithm>
#include <map>

namespace callscrub::report {

namespace {

constexpr std::size_t shifts_shown = 8;

struct Circumstance {
    Markup what, before, now;
};

void compare(std::vector<Circumstance>& out, const Markup& what, const std::string& before,
             const std::string& now) {
    if (before != now) out.push_back({what, name(before), name(now)});
}

/// Words of the profile that have a phrase: the group's key names them, too.
void compare(std::vector<Circumstance>& out, const Words& words, std::string_view group,
             const std::string& before, const std::string& now) {
    if (before != now) out.push_back({words.say(group), words.word(group, before), words.word(group, now)});
}

/// Packs and switches by name; what is only in one run stands beside "–".
void compare(std::vector<Circumstance>& out, const std::map<std::string, std::string>& before,
             const std::map<std::string, std::string>& now) {
    std::map<std::string, std::pair<std::string, std::string>> all;
    for (const auto& [key, value] : before) all[key] = {value, "–"};
    for (const auto& [key, value] : now) {
        auto& both = all.try_emplace(key, "–", "–").first->second;
        both.second = value;
    }
    for (const auto& [key, values] : all)
        compare(out, Markup().tags("<code>").text(key).tags("</code>"), values.first, values.second);
}

std::map<std::string, std::string> versions(const Summary& summary) {
    std::map<std::string, std::string> out(summary.switches.begin(), summary.switches.end());
    for (const auto& pack : summary.packs) out[pack.id] = pack.version + " " + pack.sha256.substr(0, 8);
    return out;
}

/// What makes two runs less comparable.
std::vector<Circumstance> circumstances(const Words& words, const Summary& before, const Summary& now) {
    std::vector<Circumstance> out;
    compare(out, words.say("entity"), before.entity, now.entity);
    compare(out, words, "caller", before.caller_type, now.caller_type);
    compare(out, words, "purpose", before.purpose, now.purpose);
    compare(out, words.say("product"), before.product, now.product);
    compare(out, words.say("jurisdiction"), before.jurisdiction, now.jurisdiction);
    compare(out, words, "policy", before.policy, now.policy);
    const auto compare_day = [&](std::string_view key, facts::Day was, facts::Day is) {
        if (was != is) out.push_back({words.say(key), words.day(was), words.day(is)});
    };
    compare_day("call.from", before.call_from, now.call_from);
    compare_day("call.until", before.call_until, now.call_until);
    compare(out, versions(before), versions(now));
    compare(out, words.say("program.version"), before.version, now.version);
    return out;
}

std::vector<Shift> reason_shifts(const Words& words, const Summary& before, const Summary& now) {
    std::map<law::Reason, std::pair<std::uint64_t, std::uint64_t>> all;
    for (const auto& [reason, rows] : reason_counts(before.total)) all[reason].first = rows;
    for (const auto& [reason, rows] : reason_counts(now.total)) all[reason].second = rows;
    // Of two reasons with one code the counts may stand under either.
    for (auto at = all.begin(); at != all.end();) {
        const auto first = law::reason_of(law::code(at->first)).value_or(at->first);
        if (first == at->first) {
            ++at;
            continue;
        }
        all[first].first += at->second.first;
        all[first].second += at->second.second;
        at = all.erase(at);
    }
    std::vector<Shift> out;
    out.reserve(all.size());
    for (const auto& [reason, rows] : all)
        out.push_back({Markup()
                           .tags("<code>")
                           .text(law::code(reason))
                           .tags("</code> ")
                           .text(text(reason, words.language())),
                       escaped(law::code(reason)), rows.first, rows.second});
    const auto size = [](const Shift& one) {
        return std::max(one.before, one.now) - std::min(one.before, one.now);
    };
    std::erase_if(out, [&](const Shift& one) { return size(one) == 0; });
    std::stable_sort(out.begin(), out.end(),
                     [&](const Shift& a, const Shift& b) { return size(a) > size(b); });
    return out;
}

void add_totals(std::vector<std::vector<Markup>>& rows, const Words& words, const Tallies& before,
                const Tallies& now) {
    const auto add = [&](const Markup& what, std::uint64_t was, std::uint64_t is) {
        rows.push_back({what, words.number(was), words.number(is), words.change(was, is)});
    };
    add(words.say("rows"), before.rows, now.rows);
    add(words.say("clean"), before.clean, now.clean);
    add(words.say("rejected"), before.rejected, now.rejected);
    for (std::size_t i = 1; i < now.bases.size(); ++i)
        if (before.bases[i] != now.bases[i])
            add(escaped(text(static_cast<law::Basis>(i), words.language())), before.bases[i], now.bases[i]);
}

Markup other_settings(const Words& words, const std::vector<Circumstance>& all) {
    if (all.empty())
        return Markup().tags("<p class=\"note\">").add(words.say("changes.same_settings")).tags("</p>");
    Markup out;
    out.tags("<p>").add(words.say("changes.other_settings")).tags("</p><ul class=\"settings\">");
    for (const auto& one : all)
        out.tags("<li>").add(one.what).text(": ").add(one.before).text(" → ").add(one.now).tags("</li>");
    return out.tags("</ul>\n");
}

} // namespace

Markup changes(const Words& words, const Summary& now, const Summary& before) {
    auto all = reason_shifts(words, before, now);
    std::vector<std::vector<Markup>> rows;
    add_totals(rows, words, before.total, now.total);
    for (const auto& one : all)
        rows.push_back({Markup().tags("<code>").add(one.title).tags("</code>"), words.number(one.before),
                        words.number(one.now), words.change(one.before, one.now)});
    Markup out;
    out.add(
        shifts(words, "total",
               {{words.say("clean"), words.say("clean"), before.total.clean, now.total.clean},
                {words.say("rejected"), words.say("rejected"), before.total.rejected, now.total.rejected}}));
    if (all.size() > shifts_shown) all.resize(shifts_shown);
    if (!all.empty())
        out.tags("<h3>").add(words.say("changes.reasons")).tags("</h3>").add(shifts(words, "shift", all));
    out.add(other_settings(words, circumstances(words, before, now)));
    out.add(folded_table(words, words.say("changes.title"),
                         {{words.say("what")},
                          {words.say("before"), true},
                          {words.say("now"), true},
                          {words.say("change"), true}},
                         rows));
    const Markup intro = words.say("changes.intro", {{"before", words.number(before.total.clean)},
                                                     {"rows_before", words.number(before.total.rows)},
                                                     {"now", words.number(now.total.clean)},
                                                     {"rows_now", words.number(now.total.rows)}});
    return section(words, "changes", "changes.title", intro, out);
}

} // namespace callscrub::report
