/// The closed vocabularies of rule packs: each word a pack may use, in one place for reading and describing.
#pragma once
#include "law/rules.h"
#include <span>
#include <string_view>

namespace callscrub::law {

template <class Enum> struct Word {
    std::string_view word;  ///< in packs
    std::string_view plain; ///< in sentences for people
    Enum value;
};

inline constexpr Word<facts::Party> party_words[] = {
    {"consumer", "consumers", facts::Party::consumer},
    {"sole_trader", "sole traders", facts::Party::sole_trader},
    {"partnership", "partnerships", facts::Party::partnership},
    {"legal_person", "legal persons", facts::Party::legal_person}};

inline constexpr Word<facts::CallerType> caller_words[] = {
    {"commercial", "commercial callers", facts::CallerType::commercial},
    {"charity", "charities", facts::CallerType::charity},
    {"publisher", "publishers", facts::CallerType::publisher},
    {"lottery", "licensed lotteries", facts::CallerType::lottery}};

inline constexpr Word<facts::Purpose> purpose_words[] = {
    {"sales", "sales", facts::Purpose::sales},
    {"winback", "winning back", facts::Purpose::winback},
    {"fundraising", "fundraising for own purposes", facts::Purpose::fundraising},
    {"other", "other advertising", facts::Purpose::other}};

inline constexpr Word<facts::LineType> line_words[] = {
    {"unknown", "numbers of unknown kind", facts::LineType::unknown},
    {"fixed", "landlines", facts::LineType::fixed},
    {"mobile", "mobile numbers", facts::LineType::mobile}};

inline constexpr Word<facts::RelationKind> kind_words[] = {
    {"sale", "sale", facts::RelationKind::sale},
    {"subscription", "subscription", facts::RelationKind::subscription},
    {"quotation", "quotation", facts::RelationKind::quotation},
    {"inquiry", "inquiry", facts::RelationKind::inquiry},
    {"donation", "donation", facts::RelationKind::donation},
    {"volunteer", "volunteer work", facts::RelationKind::volunteer},
    {"event", "attended event", facts::RelationKind::event}};

inline constexpr Word<Condition> condition_words[] = {
    {"paid", "it was paid for", Condition::paid},
    {"number_from_customer", "the number came from the customer with it", Condition::number_from_customer},
    {"informed", "the customer was told of such calls when giving the number", Condition::informed},
    {"objection_offered", "an objection was offered when the number was given", Condition::objection_offered},
    {"similar", "the product offered is the relation's own or a similar one", Condition::similar}};

inline constexpr Word<Needs> needs_words[] = {
    {"nothing", "nothing on record", Needs::nothing},
    {"consent", "a consent", Needs::consent},
    {"request", "a request to be called", Needs::request},
    {"publication", "a number that its holder published for such calls", Needs::publication},
    {"relation", "a relation with the same legal entity", Needs::relation}};

} // namespace callscrub::law
