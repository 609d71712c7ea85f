#include "report/html_words.h"
#include "base/failure.h"
#include <algorithm>
#include <chrono>

namespace callscrub::report {

namespace {

std::chrono::year_month_day civil(facts::Day day) { return std::chrono::sys_days{std::chrono::days{day}}; }

const Markup& slot(Slots slots, std::string_view name, std::string_view key) {
    for (const auto& [known, value] : slots)
        if (known == name) return value;
    throw base::Failure(base::Exit::internal,
                        "the phrase " + std::string(key) + " asks for {" + std::string(name) + "}");
}

std::string key_of(std::string_view group, std::string_view member) {
    std::string out(group);
    out += '.';
    return out += member;
}

} // namespace

std::string_view Words::code() const { return code_of(language_); }

Markup Words::law(std::string_view english) const {
    return prose(plain_law(english));
}

std::string Words::plain_law(std::string_view english) const {
    return law_ != nullptr ? law_->in(code(), english) : std::string(english);
}

Markup Words::fill(std::string_view key, Slots slots, const Markup* n) const {
    Markup out;
    std::string_view rest = phrase(key, language_);
    for (auto at = rest.find('{'); at != rest.npos; at = rest.find('{')) {
        const auto end = rest.find('}', at);
        if (end == rest.npos) break;
        const auto wanted = rest.substr(at + 1, end - at - 1);
        out.text(rest.substr(0, at)).add(n != nullptr && wanted == "n" ? *n : slot(slots, wanted, key));
        rest.remove_prefix(end + 1);
    }
    return out.text(rest);
}

Markup Words::say(std::string_view key, Slots slots) const { return fill(key, slots, nullptr); }

Markup Words::count(std::string_view key, std::uint64_t n, Slots slots) const {
    const Markup digits = number(n);
    return fill(key_of(key, n == 1 ? "one" : "many"), slots, &digits);
}

Markup Words::word(std::string_view group, std::string_view word) const {
    const auto known = find_phrase(key_of(group, word), language_);
    return known ? escaped(*known) : name(word);
}

Markup Words::number(std::uint64_t n) const {
    return escaped(grouped(n, language_));
}

Markup Words::share(std::uint64_t n, std::uint64_t of) const {
    if (of == 0) return escaped("–");
    // In tenths of a per cent, half up; counts are far below 2^53.
    auto tenths = (n * 2000 + of) / (2 * of);
    std::string out;
    if (tenths == 0 && n > 0) out = "<", tenths = 1;
    if (tenths >= 1000 && n < of) out = ">", tenths = 999;
    out += std::to_string(tenths / 10);
    if (tenths % 10 != 0 || (tenths != 0 && tenths != 1000)) {
        out += language_ == Language::en ? '.' : ',';
        out += std::to_string(tenths % 10);
    }
    out += language_ == Language::de ? "\u00A0%" : "%";
    return escaped(out);
}

Markup Words::change(std::uint64_t before, std::uint64_t now) const {
    if (before == now) return escaped("±0");
    Markup out = escaped(now > before ? "+" : "\u2212");
    return out.add(number(std::max(before, now) - std::min(before, now)));
}

Markup Words::plain_day(facts::Day day) const {
    const auto date = civil(day);
    const auto month_name = say(key_of("month", std::to_string(static_cast<unsigned>(date.month()))));
    return say("date", {{"d", escaped(std::to_string(static_cast<unsigned>(date.day())))},
                        {"m", month_name},
                        {"y", escaped(std::to_string(static_cast<int>(date.year())))}});
}

Markup Words::day(facts::Day day) const {
    return Markup()
        .tags("<time datetime=\"")
        .text(facts::to_string(day))
        .tags("\">")
        .add(plain_day(day))
        .tags("</time>");
}

Markup Words::month(facts::Day day) const {
    const auto date = civil(day);
    return say(key_of("mon", std::to_string(static_cast<unsigned>(date.month()))))
        .text(" " + std::to_string(static_cast<int>(date.year())));
}

} // namespace callscrub::report
