#include "facts/reading.h"
#include "base/text.h"

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

OwnEntity::OwnEntity(std::string_view name) : folded_(base::fold(name)) {}

OwnEntity OwnEntity::anybody() {
    OwnEntity out("");
    out.anybody_ = true;
    return out;
}

EntityFit OwnEntity::fit(std::string_view cell) const {
    const auto names = base::split(cell, '|');
    if (names.empty()) return EntityFit::unstated;
    if (anybody_) return EntityFit::own;
    for (const auto name : names)
        if (base::fold(name) == folded_) return EntityFit::own;
    return EntityFit::other;
}

TextKey text_key(std::string_view cell) {
    cell = base::trim(cell);
    if (cell.empty()) return 0;
    const auto key = base::hash(cell);
    return key == 0 ? 1 : key;
}

} // namespace callscrub::facts
