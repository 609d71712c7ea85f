#include "facts/phone_join.h"
#include <doctest/doctest.h>

using namespace callscrub::facts;

TEST_CASE("cells joined to a number") {
    std::string out;
    const PhoneJoin area{1, {0}, false}, coded{1, {0}, true}, sign{0, {}, true};
    CHECK(join_phone("212", "5550123", area, out) == "2125550123");
    CHECK(join_phone("49", "3023125001", coded, out) == "+493023125001");
    CHECK(join_phone("0049", "3023125001", coded, out) == "+493023125001");
    CHECK(join_phone("01144", "2079460123", coded, out) == "+442079460123");
    CHECK(join_phone("+49", "'3023125001", coded, out) == "+493023125001");
    CHECK(join_phone("", "3023125001", coded, out) == "3023125001"); // never +30
    CHECK(join_phone("49", "+493023125001", coded, out) == "+493023125001");
    CHECK(join_phone("49", "", coded, out).empty());
    CHECK(join_phone("49", "0", coded, out) == "0");
    CHECK(join_phone("", "33199001234", sign, out) == "+33199001234");
    CHECK(join_phone("", "0033199001234", sign, out) == "+33199001234");
    CHECK(join_phone("", "0199001234", sign, out) == "0199001234");
}
