/// The closed vocabularies of the facts. What a file's own words mean is decided in words.h.
#pragma once
#include <cstdint>

namespace callscrub::facts {

/// What a row of a consent file says. `unknown` stops the run: it may be a no. `ignore`: says nothing.
enum class ConsentStatus : std::uint8_t { unknown, ignore, opt_in, opt_out, objection, requested, published };

/// `unknown` = a word we do not know: no permission for the telephone, but a no counts. `empty` = nothing stated.
enum class Channel : std::uint8_t { empty, any, phone, email, sms, post, other, unknown };

/// Three-valued: `unknown` (also an empty cell) is never a yes.
enum class YesNo : std::uint8_t { unknown, yes, no };

/// Unknown or empty words count as consumer.
enum class Party : std::uint8_t { consumer, sole_trader, partnership, legal_person };

enum class RelationKind : std::uint8_t { other, sale, subscription, quotation, donation, volunteer, event, inquiry };

/// `unknown` = a word we do not know: with an empty end day, the end is missing.
enum class RelationStatus : std::uint8_t { empty, running, ended, unknown };

enum class CallOutcome : std::uint8_t { other, refused, objection };

enum class CallerType : std::uint8_t { commercial, charity, publisher, lottery };

/// `other`: any other word; counts as advertising.
enum class Purpose : std::uint8_t { sales, winback, fundraising, service, other };

enum class Dialing : std::uint8_t { human, automatic };

/// Landline or mobile matters in some laws.
enum class LineType : std::uint8_t { unknown, fixed, mobile };

} // namespace callscrub::facts
