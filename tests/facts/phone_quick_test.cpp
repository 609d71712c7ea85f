/// The quick ways of phone_common and phone_plain: which cells they take themselves, and which they leave. That they say
/// what the long ways say is phone_differential's to show as well.
#include "facts/phone_plan.h"
#include "facts/phone_starts.h"
#include <doctest/doctest.h>

using namespace callscrub::facts;

namespace {

const NumberPlan& plan() {
    static const auto all = make_table_plan();
    return *all;
}

struct Digits {
    const char* digits;
    const char* region;
    bool international = false;
};

struct Quick {
    bool decided;
    PlanReading reading;
};

Quick quick(const Digits& of) {
    Quick out{};
    out.decided = plan().resolve_plain(of.international, of.digits, make_region(of.region), out.reading);
    return out;
}

PlanReading patient(const Digits& of) { return resolve(plan(), of.international, of.digits, make_region(of.region)); }

bool takes(std::string_view cell, const char* region) {
    PhoneReading reading;
    if (!read_common(cell, make_region(region), plan(), reading)) return false;
    const PhoneReading other = read_cell(cell, make_region(region), plan());
    CHECK_MESSAGE(reading.status == other.status, cell);
    CHECK_MESSAGE(reading.number == other.number, cell);
    CHECK_MESSAGE(reading.region == other.region, cell);
    CHECK_MESSAGE(reading.type == other.type, cell);
    return true;
}

} // namespace

TEST_CASE("usual shapes of numbers are decided from their first digits, as step by step") {
    const Digits valid[] = {
        {"31612345678", "NL", true},   {"0612345678", "NL"},     {"612345678", "NL"},        {"0031612345678", "NL"},
        {"31612345678", "NL"},         {"4930123456", "DE", true}, {"49030123456", "DE", true}, {"030123456", "DE"},
        {"4915112345678", "DE"},       {"491512345678", "DE"},   {"49301234567", "DE"},      {"2079460123", "GB"},
        {"4155550123", "US"},          {"14155550123", "US", true}, {"33199000000", "FR", true}, {"612345678", "ES"},
        {"0236618300", "IT"},          {"41446681800", "CH", true}, {"3225551212", "BE", true},
        {"351912345678", "PT", true},  {"00352621123456", "DE"}, {"447400123456", "NL", true},
    };
    for (const Digits& one : valid) {
        const Quick found = quick(one);
        CHECK_MESSAGE(found.decided, one.digits);
        CHECK_MESSAGE(found.reading == patient(one), one.digits);
    }
    // Not valid, and that is certain as well.
    for (const Digits& one : {Digits{"019912345678", "FR"}, {"0690000000", "NL"}, {"0000000", "ES"}, {"2999999999999", "DE", true}, {"9155550123", "NL"}}) {
        const Quick found = quick(one);
        CHECK_MESSAGE((!found.decided || found.reading == patient(one)), one.digits);
    }
    CHECK(quick({"019912345678", "FR"}).decided);
    CHECK(quick({"0037245", "DE"}).decided); // two digits behind the code
    CHECK(quick({"493012345678901", "DE", true}).decided); // thirteen
    CHECK_FALSE(quick({"49301234567890123", "DE", true}).decided);
    CHECK_FALSE(quick({"019912345678", "FR"}).reading.valid());
}

TEST_CASE("what two digits say is looked up, and their way through the automaton is gone in advance") {
    struct Case {
        const char* region;
        const char* two;
        Lead lead;
        unsigned read; ///< digits, without the prefix; no number begins with 0 or, there, with 1
        bool may_be_international, may_have_national;
    };
    for (const Case& one : {Case{"NL", "06", Lead::trunk, 1, false, true}, {"NL", "61", Lead::number, 2, false, false}, {"NL", "00", Lead::abroad, 1, true, true},
                            {"NL", "31", Lead::own_code, 2, false, false}, {"DE", "01", Lead::trunk, 1, false, true}, {"DE", "15", Lead::number, 2, false, false},
                            {"US", "01", Lead::unclear, 1, true, false}, {"US", "14", Lead::unclear, 1, false, true}, {"US", "41", Lead::number, 2, false, false}}) {
        const auto region = make_region(one.region).text();
        const auto& plan = tables::plans[tables::plan_of_region[26 * (region[0] - 'A') + (region[1] - 'A')]];
        const Start& start = Starts::all().of(plan, one.two);
        CAPTURE(std::string(one.region));
        CAPTURE(std::string(one.two));
        CHECK(start.lead == one.lead);
        CHECK(start.read == one.read);
        CHECK(start.may_be_international == one.may_be_international);
        CHECK(start.may_have_national == one.may_have_national);
    }
}

TEST_CASE("what more than the first digits decide is left to the long way") {
    for (const Digits& one : {Digits{"0612345678", ""}, {"0612345678", "ZZ"},      // no country
                              Digits{"00000000", "NL", true}, {"99912345678", "NL", true}, // no calling code
                              Digits{"494915112345678", "DE", true},                // the code may stand twice
                              Digits{"14155550123", "US"},                          // trunk and code are the same digit
                              Digits{"0011415555012", "US"},                        // 00 is not the country's prefix
                              Digits{"80012345678", "NL", true},                    // belongs to no country
                              Digits{"490123456789012345", "DE", true}})            // longer than numbers are
        CHECK_FALSE_MESSAGE(quick(one).decided, one.digits);
    // An area code that begins like the country's code: two readings, neither is taken.
    const Digits both{"4921123456", "DE"};
    CHECK(quick(both).reading == patient(both));
}

TEST_CASE("common spellings are read in one pass") {
    const char* const dutch[] = {"0612345678", "+31612345678", "'0612345678", "06-12345678", "06 12 34 56 78", "(020) 123 4567",
                                 "+31 (0)20 123 4567", "020/1234567", "020.123.45.67", "0031 6 12345678", "06 - 12 34 56 78", " 0612345678", "020 1234 056"};
    for (const char* cell : dutch) CHECK_MESSAGE(takes(cell, "NL"), cell);
    for (const char* cell : {"612345678901", "+4915112345678", "0151 12345678", "030/23125000", "069 1234-5678"}) CHECK_MESSAGE(takes(cell, "DE"), cell);
}

TEST_CASE("spellings that need a second look are left to the patient reader") {
    for (const char* cell : {"", "112", "123456", "06-123", "0612345678x", "tel:0612345678", "0612345678 0687654321", "0612345678/0687654321",
                             "0612345678 (privé)", "31 612345678", "(31) 612345678", "+31'612345678", "+'31612345678", "4.9E+10", "0612345678.00", "0 0 0 0 0 0 0",
                             "06 12345678 0201234567", "0000000000", "123456789012345678"})
        CHECK_FALSE_MESSAGE(takes(cell, "NL"), cell);
    for (const auto& [cell, region] : {std::pair{"1 415 555 0132", "US"}, {"7 912 345 67 89", "RU"}, {"352 621 123 456", "LU"}}) {
        CHECK_FALSE_MESSAGE(takes(cell, region), cell);
        CHECK(read_cell(cell, make_region(region), plan()).status == PhoneStatus::ok);
    }
    // On both sides of the bounds: 8 to 32 bytes, 7 to 17 digits.
    CHECK_FALSE(takes("1234567", "NL"));
    CHECK(takes("123 4567", "NL"));
    CHECK(takes("20 123 4567", "NL")); // not the code of the Netherlands
    CHECK(takes("030123/45678", "DE"));
    CHECK(takes("20 123 4567", "NL")); // not the code of the Netherlands
    CHECK(takes("030123/45678", "DE"));
    CHECK(takes("61234567", "SG"));
    CHECK(takes("12345678901234567", "NL"));
    CHECK(takes("019912345678", "FR")); // that it is no number is plain, too
    CHECK(takes("0201234567", "NL"));
    CHECK(takes("0 2 0 - 1 2 3 - 4 5 6 7         ", "NL"));
    CHECK_FALSE(takes("0 2 0 - 1 2 3 - 4 5 6 7          ", "NL"));
}
