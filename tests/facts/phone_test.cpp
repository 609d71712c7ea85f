#include "facts/phone.h"
#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace callscrub::facts;

namespace {

const PhoneReader& reader(PhoneEngine engine) {
    static const PhoneReader table(PhoneEngine::table);
    static const PhoneReader library(PhoneEngine::library);
    return engine == PhoneEngine::table ? table : library;
}

/// "+31612345678" or the name of the status; the same from both engines.
std::string read(std::string_view cell, std::string_view region) {
    static const char* const names[] = {"ok",          "missing", "scientific",
                                        "two_in_cell", "invalid", "not_diallable"};
    std::string said[2];
    for (const PhoneEngine engine : {PhoneEngine::table, PhoneEngine::library}) {
        const PhoneReading reading = reader(engine).read(cell, make_region(region));
        std::string& text = said[static_cast<int>(engine)];
        if (reading.status == PhoneStatus::ok) CHECK(reading.number != 0);
        text = reading.status == PhoneStatus::ok ? "" : names[static_cast<int>(reading.status)];
        if (reading.number != 0) text += e164(reading.number);
    }
    CHECK(said[0] == said[1]);
    return said[0];
}

struct Case {
    std::string_view cell;
    std::string_view region;
    std::string_view expected;
};

void check(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
        CAPTURE(c.cell);
        CAPTURE(c.region);
        CHECK(read(c.cell, c.region) == c.expected);
    }
}

} // namespace

TEST_CASE("the same line in every spelling gives the same number") {
    check({
        {"+49 30 23125000", "", "+493023125000"},
        {"+493023125000", "NL", "+493023125000"},
        {"030 23125000", "DE", "+493023125000"},
        {"030/23125000", "DE", "+493023125000"},
        {"030 / 23125-000", "DE", "+493023125000"},
        {"(030) 23125000", "DE", "+493023125000"},
        {"030.231.250.00", "DE", "+493023125000"},
        {"+49 (0)30 23125000", "DE", "+493023125000"},
        {"+49(0)3023125000", "", "+493023125000"},
        {"0049 30 23125000", "DE", "+493023125000"},
        {"0049 (0)30 23125000", "NL", "+493023125000"},
        {"00493023125000", "", "+493023125000"},
        {"+0049 30 23125000", "", "+493023125000"},
        {"(+49) 30 23125000", "", "+493023125000"},
        {"'+493023125000", "", "+493023125000"},
        {"\u2019030 23125000", "DE", "+493023125000"},
        {"=\"03023125000\"", "DE", "+493023125000"},
        {"\u00A0030\u00A02312\u20115000 ", "DE", "+493023125000"},
        {"030 \u2013 23125000", "DE", "+493023125000"},
        {"\u202A+49 30 23125000\u202C", "", "+493023125000"},
        {"\uFF0B\uFF14\uFF19 30 23125000", "", "+493023125000"},
        {"tel:+49-30-23125000", "", "+493023125000"},
        {"TEL: 030 23125000", "DE", "+493023125000"},
        {"Tel:  +49 30 23125000", "", "+493023125000"},
        {"0049171/3920000", "", "+491713920000"},
        {"030\n23125000", "DE", "+493023125000"},
    });
}

TEST_CASE("region decides how a number without country code is read") {
    check({
        {"0612345678", "NL", "+31612345678"},
        {"612345678", "NL", "+31612345678"},
        {"0612345678", "", "invalid"},
        {"0612345678", "ZZ", "invalid"},
        {"0612345678", "nl", "+31612345678"},
        {"02 12345678", "IT", "+390212345678"},
        {"+39 02 12345678", "", "+390212345678"},
        {"(415) 555-0132", "US", "+14155550132"},
        {"1-415-555-0132", "US", "+14155550132"},
        {"011 49 30 23125000", "US", "+493023125000"},
        {"0049 30 23125000", "US", "+493023125000"},
        {"0011 49 30 23125000", "AU", "+493023125000"}, // a country's own way out may begin with 00
        {"00 15 49 30 23125000", "BR", "+493023125000"},
        {"00700 49 30 23125000", "KR", "+493023125000"},
        {"010 49 30 23125000", "JP", "+493023125000"},
        {"07400 123456", "GB", "+447400123456"},
        {"8 912 345-67-89", "RU", "+79123456789"},
        {"011 15 2345-6789", "AR", "+5491123456789"},   // prefix and mobile token are rewritten
        {"0 15 11 96123-4567", "BR", "+5511961234567"}, // a carrier's code
        {"456 4567", "BS", "+12424564567"},             // islands without their area code
        {"06 30 123 4567", "HU", "+36301234567"},
        {"0549 886377", "SM", "+3780549886377"},
        {"886377", "SM", "+3780549886377"},
    });
    CHECK(reader(PhoneEngine::table).read("+44 1534 456789", {}).region == make_region("JE"));
    CHECK(reader(PhoneEngine::table).read("+1 204 555 0132", {}).region == make_region("CA"));
    CHECK(reader(PhoneEngine::table).read("+7 701 234 5678", {}).region == make_region("KZ"));
    CHECK(reader(PhoneEngine::table).read("+800 1234 5678", {}).region == Region{});
    CHECK(reader(PhoneEngine::table).read("+800 1234 5678", {}).status == PhoneStatus::ok);
    CHECK(reader(PhoneEngine::table).read("06 12345678", make_region("NL")).type == PhoneType::mobile);
    CHECK(reader(PhoneEngine::table).read("020 7946 0123", make_region("GB")).type == PhoneType::fixed);
    CHECK(reader(PhoneEngine::table).read("4155550132", make_region("US")).type ==
          PhoneType::fixed_or_mobile);
}

TEST_CASE("the country's code without plus is read only if nothing else can be meant") {
    check({
        {"49 30 7654321", "DE", "+49307654321"},
        {"31612345678", "NL", "+31612345678"},
        {"31612345678", "BE", "invalid"},
        {"31612345678", "", "invalid"},
        {"492112345678", "DE", "invalid"}, // 04921 12345678 or +49 211 2345678
        {"49 211 2345678", "DE", "+492112345678"},
        {"49 (0)211 2345678", "DE", "+492112345678"},
        {"4921 12345", "DE", "invalid"},
        {"04921 12345", "DE", "+49492112345"},
        {"4915123456789", "DE", "+4915123456789"},
        {"+44 447400123456", "GB", "invalid"},
        {"+49 4915123456789", "DE", "invalid"}, // a plan of varying length would take it
        {"0049 4915123456789", "DE", "invalid"}, // nor behind 00, another way out, or without plus
        {"0049 4915123456789", "NL", "invalid"},
        {"011 49 4915123456789", "US", "invalid"},
        {"494915123456789", "DE", "invalid"},
        {"49 4915123456789", "DE", "invalid"},
        {"+49 4921 12345", "", "+49492112345"},
        {"0049 4921 12345", "NL", "+49492112345"},
        {"011 49 4921 12345", "US", "+49492112345"},
        {"+0612345678", "NL", "invalid"},
    });
}

TEST_CASE("words and signs for nothing are missing numbers") {
    for (
        const char* cell :
        {"",       " ",     "\u00A0",    "0",          "00",           "0000000000", "-",     "--",
         ".",      "?",     "'",         "+",          "n/a",          "N/A",        "#N/A",  "na",
         "n.v.t.", "k. A.", "unbekannt", "Unbekannt ", "onbekend",     "geen",       "keine", "NULL",
         "<null>", "none",  "None",      "nan",        "keine Angabe", "(leer)",     "\\N",   "entf\u00E4llt",
         "0.0"}) {
        CAPTURE(cell);
        CHECK(read(cell, "NL") == "missing");
    }
    for (const char* cell : {"abc", "Jan", "call me", "1", "\u043D\u0435\u0442", "#REF!", "na 12"}) {
        CAPTURE(cell);
        CHECK(read(cell, "NL") == "invalid");
    }
}

TEST_CASE("spreadsheet damage") {
    check({
        {"4.9E+10", "DE", "scientific"},
        {"4,91513E+11", "DE", "scientific"},
        {"4.91513e11", "DE", "scientific"},
        {"'4,91513E+11", "DE", "scientific"},
        {" 4,91513 E+11 ", "", "scientific"},
        {"3.16E+10", "", "scientific"},
        {"31612345678.0", "NL", "+31612345678"},
        {"31612345678,00", "NL", "+31612345678"},
        {"31612345678.5", "NL", "invalid"},
        {"612345678.0", "NL", "+31612345678"},
        {"491710000000.0", "DE", "+491710000000"},
        {"#######", "NL", "invalid"}, // a number that its column was too narrow for
        {"***", "NL", "invalid"},
        {"#N/A", "NL", "missing"},
    });
}

TEST_CASE("a remark behind one whole number does no harm") {
    check({
        {"020 79460123 this is his home number", "GB", "+442079460123"},
        {"02079460123 [check this with him]", "GB", "+442079460123"},
        {"02079460123 (looks ok, not sure will need more \u00A3\u00A3\u00A3 first)", "GB", "+442079460123"},
        {"02079460123---------------------dead", "GB", "+442079460123"},
        {"(0207) 9460123 (might be ready next Thursday)", "GB", "+442079460123"},
        {"(0207] 9460123", "GB", "+442079460123"},
        {"02079460123 +", "GB", "+442079460123"},
        {"06 12345678 (mobiel)", "NL", "+31612345678"},
        {"06 12345678, na het eten", "NL", "+31612345678"},
        {"06 12345678;", "NL", "+31612345678"},
        {"030 23125000 privat", "DE", "+493023125000"},
        {"030 23125000 B\u00FCro", "DE", "+493023125000"},
        {"02079460123 DEAD", "GB", "+442079460123"},
    });
}

TEST_CASE("letters in the number are not a remark") {
    check({
        {"0800 FLOWERS", "GB", "invalid"},
        {"0800-FLOWERS", "GB", "invalid"},
        {"1-800-FLOWERS", "US", "invalid"},
        {"030 2312 TAXI", "DE", "invalid"},
        {"030 2312-TAXI", "DE", "invalid"},
        {"06I2345678", "NL", "invalid"},
        {"O612345678", "NL", "invalid"},
        {"0612345678a", "NL", "invalid"},
        {"06123AB678", "NL", "invalid"},
        {"030 1234xx", "DE", "invalid"},
        {"030 1234 xxxx", "DE", "invalid"},
        {"030 1234 ****", "DE", "invalid"},
        {"030 1234\u2022\u2022\u2022\u2022", "DE", "invalid"},
        {"Jan 0612345678", "NL", "invalid"},
        {"text 0612345678", "NL", "invalid"}, // begins as "tel:" does
        {"\u00E90612345678", "NL", "invalid"},
    });
}

TEST_CASE("two numbers in a cell") {
    check({
        {"0123456798/0123654987", "GB", "two_in_cell"},
        {"013214 3213//021543214", "GB", "two_in_cell"},
        {"01326548213-0132165487", "GB", "two_in_cell"},
        {"0612345678/0687654321", "NL", "two_in_cell"},
        {"0612345678 / 0687654321", "NL", "two_in_cell"},
        {"0612345678 0687654321", "NL", "two_in_cell"},
        {"0612345678 of 0687654321", "NL", "two_in_cell"},
        {"0612345678, 0687654321", "NL", "two_in_cell"},
        {"0612345678;0687654321", "NL", "two_in_cell"},
        {"0612345678\n0687654321", "NL", "two_in_cell"},
        {"+31612345678 +31687654321", "", "two_in_cell"},
        {"+31612345678+31687654321", "", "two_in_cell"},
        {"030 1234567 / 030 7654321", "DE", "two_in_cell"},
        {"030 12345 040 12345", "DE", "two_in_cell"}, // as one number it would be valid too
        {"030/1234567/030/7654321", "DE", "two_in_cell"},
        {"(415) 555-0132 (415) 555-0133", "US", "two_in_cell"},
        {"0612345678 tel 2: 06-87654321", "NL", "two_in_cell"},
        {"030 1234567/68", "DE", "invalid"},  // ...67 and ...68, or one long number
        {"030 1234567 (2)", "DE", "invalid"}, // a remark, or the last digit
        {"0612345678 (0201234567)", "NL", "two_in_cell"},
        {"030 1234567 (030 7654321)", "DE", "two_in_cell"},
        {"020 7946 0123 (0)", "GB", "invalid"},
        {"01239876541 (call after 3pm)", "GB", "invalid"},
        {"06 12345678 (na 18:00 uur)", "NL", "invalid"},
        {"030 1234567-68", "DE", "+4930123456768"},
    });
}

TEST_CASE("an extension is not dialled before the line answers: the line is read") {
    check({
        {"020 7946 0123 ext. 12", "GB", "+442079460123"},
        {"02079460123x12", "GB", "+442079460123"},
        {"02079460123 #12", "GB", "+442079460123"},
        {"tel:+442079460123;ext=12", "", "+442079460123"},
        {"030 23125000 Durchwahl 12", "DE", "+493023125000"},
        {"020 5551234 (tst. 12)", "NL", "+31205551234"},
        {"02079460123 ext 1234567", "GB", "two_in_cell"},
        {"02079460123 door 12", "GB", "invalid"},
    });
}

TEST_CASE("premium, emergency and short numbers are not diallable, shared cost and universal access are") {
    check({
        {"0900 1234", "NL", "not_diallable+319001234"},
        {"+49 900 1234567", "", "not_diallable+499001234567"},
        {"112", "DE", "not_diallable"},
        {"112", "NL", "not_diallable"},
        {"911", "US", "not_diallable"},
        {"1233", "NL", "not_diallable"},
        {"1233", "DE", "not_diallable"},
        {"345", "DE", "not_diallable"},
        {"34", "DE", "invalid"},
        {"11833", "DE", "not_diallable"},
        {"12345", "NL", "not_diallable"},
        {"123456", "NL", "invalid"},
        {"01234", "NL", "invalid"},
        {"112", "", "invalid"},
        {"+49112", "DE", "invalid"},
        {"0180 12345", "DE", "+4918012345"},
        {"0800 1234567", "DE", "+498001234567"},
        {"088 0123456", "NL", "+31880123456"},
    });
}

TEST_CASE("numbers beyond E.164 and torn text are invalid") {
    check({
        {"06123456780687654321", "NL", "invalid"},
        {"+49 30 123456789012345", "", "invalid"},
        {"+999 12345678", "DE", "invalid"},
        {"0612", "NL", "invalid"},
        {"\xFF\xFE", "NL", "missing"},
        {"06\xC3\x28"
         "12345678",
         "NL", "invalid"},
    });
    CHECK(read(std::string(5000, '7'), "NL") == "invalid");
    CHECK(read(std::string(5000, 'a'), "NL") == "invalid");
    CHECK(read(std::string("0612345678") + std::string(5000, '.'), "NL") == "+31612345678");
}

TEST_CASE("regions and E.164 texts") {
    CHECK(make_region(" nl ").text() == "NL");
    CHECK_FALSE(make_region("NLD").known());
    CHECK_FALSE(make_region("N1").known());
    CHECK_FALSE(make_region("").known());
    CHECK(e164(0).empty());
    CHECK(e164(31612345678) == "+31612345678");
    CHECK(phone_metadata_version().starts_with("libphonenumber "));
}
