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

OwnEntity::OwnEntity(std::string_view name) : folded_(base::fold(name)), key_(header_key(name)) {}

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
    constexpr std::string_view everybody[] = {"all", "any", "every", "everybody", "alle", "alles", "allen", "iedereen"};
    const auto fits = [&](const std::string& key) {
        return !key.empty() && (key == key_ || std::find(std::begin(everybody), std::end(everybody), key) != std::end(everybody));
    };
    if (fits(header_key(name))) return true;
    // A separator may also be part of a name, so first the plainest alone.
    for (const std::string_view separators : {";", ";,", ";,/", ";,/+&"})
        for (std::string_view rest = name; !rest.empty();) {
            const auto cut = std::min(rest.find_first_of(separators), rest.size());
            if (fits(header_key(rest.substr(0, cut)))) return true;
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

TextKey text_key(std::string_view cell) {
    cell = stated(cell);
    if (cell.empty()) return 0;
    const auto key = base::hash(cell);
    return key == 0 ? 1 : key;
}

} // namespace callscrub::facts
