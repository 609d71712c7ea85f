#include "facts/reading.h"
#include "base/text.h"
#include "facts/phone_text.h"
#include "facts/word_key.h"
#include <algorithm>

namespace callscrub::facts {

namespace {

using Own = std::map<std::string, std::map<std::string, std::string>>;

WordMap words_of(const Own& own, const char* vocabulary, const char* column) {
    const auto it = own.find(column);
    return WordMap(vocabulary, it == own.end() ? std::map<std::string, std::string>{} : it->second);
}

} // namespace

Vocabulary::Vocabulary(FileKind file_kind, const Own& own)
    : channel(words_of(own, "channel", "channel")), party(words_of(own, "party", "party")),
      kind(words_of(own, "kind", "kind")), paid(words_of(own, "paid", "paid")),
      informed(words_of(own, "informed", "informed")),
      objection_offered(words_of(own, "objection_offered", "objection_offered")),
      number_source(words_of(own, "number_source", "number_source")), outcome(words_of(own, "outcome", "outcome")) {
    if (file_kind == FileKind::relations) relation_status = words_of(own, "relation_status", "status");
    else status = words_of(own, "status", "status");
}

namespace {

// "alle", "alle Gesellschaften".
bool is_everybody(std::string_view name) {
    constexpr std::string_view words[] = {"all", "any", "every", "everybody", "alle", "alles", "allen", "iedereen"};
    constexpr std::string_view nouns[] = {"companies", "company", "brands", "entities", "firmen", "gesellschaften", "unternehmen", "marken", "bedrijven", "merken", "labels", "vennootschappen"};
    const auto one_of = [](auto& known, std::string_view word) { return std::find(std::begin(known), std::end(known), word) != std::end(known); };
    const auto folded = base::fold(name);
    const auto parts = base::split(folded, ' ');
    return !parts.empty() && one_of(words, parts[0]) && (parts.size() == 1 || (parts.size() == 2 && one_of(nouns, parts[1])));
}

} // namespace

CompanyName::CompanyName(std::string_view name) {
    static const WordMap kinds("party");
    const auto folded = base::fold(name);
    for (const auto word : base::split(folded, ' ')) {
        const auto plain = word.substr(0, word.find_last_not_of(",;") + 1);
        const int kind = kinds.find(plain);
        if (kind == static_cast<int>(Party::legal_person) || kind == static_cast<int>(Party::partnership)) form += plain;
        else if (plain != "fa." && plain != "firma") bare += word;
    }
    bare = header_key(bare);
}

bool CompanyName::may_be(const CompanyName& other) const {
    return !bare.empty() && bare == other.bare && (form == other.form || form.empty() || other.form.empty());
}

OwnEntity::OwnEntity(std::string_view name) : folded_(base::fold(name)), key_(header_key(name)), company_(name) {}

OwnEntity OwnEntity::anybody() {
    OwnEntity out("");
    out.anybody_ = true;
    return out;
}

EntityFit OwnEntity::fit(std::string_view cell) const {
    auto names = base::split(cell, '|');
    std::erase_if(names, [&](std::string_view name) { return stated(name).empty() && base::fold(name) != folded_; });
    if (names.empty()) return EntityFit::unstated;
    if (anybody_) return EntityFit::own;
    if (std::any_of(names.begin(), names.end(), [&](auto name) { return base::fold(name) == folded_; })) return EntityFit::own;
    return std::any_of(names.begin(), names.end(), [&](auto name) { return may_be_own(name); }) ? EntityFit::unclear : EntityFit::other;
}

bool OwnEntity::may_be_own(std::string_view name) const {
    const auto fits = [&](std::string_view part) {
        const auto key = header_key(part);
        return !key.empty() && (key == key_ || is_everybody(part) || company_.may_be(CompanyName(part)));
    };
    if (fits(name)) return true;
    // A separator may also be part of a name, so first the plainest alone.
    for (const std::string_view separators : {";", ";,", ";,/", ";,/+&"})
        for (std::string_view rest = name; !rest.empty();) {
            const auto cut = std::min(rest.find_first_of(separators), rest.size());
            if (fits(rest.substr(0, cut))) return true;
            rest.remove_prefix(std::min(cut + 1, rest.size()));
        }
    return false;
}

std::string_view stated(std::string_view cell) {
    constexpr std::size_t longest = 24; // of the words for nothing
    cell = base::trim(cell);
    const auto counts = [](char c) { return c >= '1' && c <= '9'; };
    if (cell.size() > longest || std::any_of(cell.begin(), cell.end(), counts) || cell == "x" || cell == "X") return cell;
    return says_nothing(plain_text(cell)) ? std::string_view() : cell;
}

bool is_evidence(std::string_view cell) {
    static const WordMap words("informed"); // yes and no
    cell = stated(cell);
    return !cell.empty() && yes_no(words, cell) != YesNo::no;
}

namespace {

// What spreadsheets put around an id lest it be taken for a number: an apostrophe before it, or ="…".
std::string_view without_guard(std::string_view id) {
    if (id.starts_with('\'')) return id.substr(1);
    if (id.size() > 3 && id.starts_with("=\"") && id.ends_with('"')) return id.substr(2, id.size() - 3);
    return id;
}

} // namespace

TextKey text_key(std::string_view cell) {
    cell = without_guard(stated(cell));
    if (cell.empty()) return 0;
    const auto key = base::hash(cell);
    return key == 0 ? 1 : key;
}

} // namespace callscrub::facts
