// Every character that stands for another in phone cells, and the corners of plans, one for each condition that decides
// something (tests/coverage).
#include "facts/phone.h"
#include "facts/phone_plan.h"
#include "facts/phone_text.h"
#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace callscrub::facts;

namespace {

std::string utf8(char32_t code) {
    std::string out;
    if (code < 0x80) return {static_cast<char>(code)};
    if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
    if (code < 0x10000)
        return {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)), static_cast<char>(0x80 | (code & 0x3F))};
    return {static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 0x3F)), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
}

PhoneReading read(const std::string& cell, const char* region = "NL") {
    static const PhoneReader table(PhoneEngine::table), library(PhoneEngine::library);
    const auto one = table.read(cell, make_region(region)), other = library.read(cell, make_region(region));
    CHECK(one.status == other.status);
    CHECK(one.number == other.number);
    return one;
}

constexpr Number amsterdam = 31201234567;

} // namespace

TEST_CASE("blanks, dashes and dots of any script stand between digits") {
    for (const char32_t code : {0xA0, 0x2000, 0x2005, 0x200A, 0x202F, 0x205F, 0x3000, 0x2212, 0xFE58, 0xFE63, 0xFF0D, 0x2010, 0x2015, 0xB7, 0x2024,
                                0xFF0E, 0x09, 0x0B, 0x0C}) {
        CAPTURE(static_cast<unsigned>(code));
        CHECK(read("020" + utf8(code) + "1234567").number == amsterdam);
    }
}

TEST_CASE("marks without width are left out") {
    for (const char32_t code : {0xAD, 0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x2069, 0xFEFF}) {
        CAPTURE(static_cast<unsigned>(code));
        CHECK(read("020" + utf8(code) + "1234567").number == amsterdam);
        CHECK(read(utf8(code)).status == PhoneStatus::missing);
    }
}

TEST_CASE("pluses, slashes, brackets and wrappings of any script") {
    for (const char32_t code : {0xFF0B, 0xFE62}) CHECK(read(utf8(code) + "31201234567", "").number == amsterdam);
    for (const char32_t code : {0x2044, 0x2215, 0xFF0F}) CHECK(read("020" + utf8(code) + "1234567").number == amsterdam);
    CHECK(read(utf8(0xFF08) + "020" + utf8(0xFF09) + "1234567").number == amsterdam);
    CHECK(read(utf8(0xFF3B) + "020" + utf8(0xFF3D) + "1234567").number == amsterdam);
    for (const char32_t code : {0xB4, 0x60, 0x2018, 0x2019, 0x201B, 0x2032, 0x201C, 0x201D, 0x27, 0x22, 0x0A}) {
        CAPTURE(static_cast<unsigned>(code));
        CHECK(read(utf8(code) + "0201234567" + utf8(code)).number == amsterdam);
    }
    CHECK(read("=\"0201234567\"").number == amsterdam);
    for (const char32_t code : {0x2028, 0x2029}) CHECK(read("0201234567" + utf8(code) + "0207654321").status == PhoneStatus::two_in_cell);
}

TEST_CASE("digits of other scripts count; bullets mask them") {
    for (const char32_t zero : {0x660, 0x6F0, 0xFF10}) {
        std::string cell;
        for (const char digit : std::string("0201234567")) cell += utf8(zero + static_cast<char32_t>(digit - '0'));
        CHECK(read(cell).number == amsterdam);
    }
    // What stands before and behind the ten is a letter, and letters that touch a number may belong to it.
    for (const char32_t code : {0x65F, 0x66A, 0x6EF, 0x6FA, 0xFF1A}) CHECK(read("0201234567" + utf8(code)).status == PhoneStatus::invalid);
    for (const char32_t code : {0x2022, 0x25CF}) CHECK(read("02012345" + utf8(code) + utf8(code)).status == PhoneStatus::invalid);
}

TEST_CASE("other signs are nothing, other letters may be a word") {
    for (const char control : {'\x01', '\x02', '\x1F'}) CHECK(read("0201234567" + std::string(1, control)).number == amsterdam);
    for (const char32_t code : {0x80, 0xA7, 0xD7, 0xF7, 0x2100, 0x2BFF, 0x1F000, 0x1F4DE, 0x10FFFF}) {
        CAPTURE(static_cast<unsigned>(code));
        CHECK(read(utf8(code)).status == PhoneStatus::missing);
    }
    for (const char32_t code : {0xC0, 0xE4, 0x391, 0x800, 0x905, 0x2C00, 0x1EFFF}) {
        CAPTURE(static_cast<unsigned>(code));
        CHECK(read(utf8(code)).status == PhoneStatus::invalid);
    }
    for (const char* damaged : {"\x80", "\xC3", "\xC3(", "\xE2\x82", "\xF5\x80\x80\x80", "\xC1\xBF"}) CHECK(read(damaged).status == PhoneStatus::missing);
}

TEST_CASE("bytes that are no UTF-8 are no digits, whatever they would be otherwise") {
    for (const char* seven : {"\xB7", "\xC0\xB7", "\xE0\x80\xB7", "\xF0\x80\x80\xB7", "\xF8\x80\x80\xB7", "\xE0\xB7", "\xF0\x80\xB7"}) {
        CHECK(read(seven).status == PhoneStatus::missing);
        CHECK(read(std::string("020123456") + seven).status == PhoneStatus::invalid);
    }
    CHECK(read(std::string("020123456") + utf8(0xFF17)).number == amsterdam);
    CHECK(read("020\xC2\xA0" "1234567").number == amsterdam);
    for (const char* blank : {"\xA2\xA0", "\x82\xA0"}) CHECK(read(std::string("020") + blank + "1234567").status == PhoneStatus::invalid);
    for (const char32_t code : {0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000}) CHECK(read("0201234567 " + utf8(code)).number == amsterdam);
}

TEST_CASE("a cell ends where it ends, whatever the file goes on with") {
    static const PhoneReader table(PhoneEngine::table), library(PhoneEngine::library);
    for (const std::string cell : {"0201234567", "020 123 4567", "+31 (0)20 123 4567", "tel:0201234567", "\"0201234567\"", "020\u00A01234567", "0201234567\xC3",
                                   "0201234567 \xE2\x82"})
        for (const char* next : {"8", " 8", "89012345", "x", "\xA4", "\xAC", ";0207654321", ".0", "\n"}) {
            const std::string file = cell + next;
            CAPTURE(file);
            for (const PhoneReader* reader : {&table, &library}) CHECK(reader->read({file.data(), cell.size()}, make_region("NL")).number == amsterdam);
        }
    // Nor is a byte read that is not its own: sanitizers look at a text of any length that is a whole allocation.
    for (std::size_t size = 0; size < 40; ++size)
        for (const std::string& text : {std::string(size, '6'), "0" + std::string(size, '6'), "06 " + std::string(size, '6'), std::string(size, '\xE2')}) {
            const std::vector<char> alone(text.begin(), text.end());
            CHECK(table.read({alone.data(), alone.size()}, make_region("NL")).number == table.read(text, make_region("NL")).number);
        }
}

TEST_CASE("regions are two letters, whatever stands around them") {
    for (const char* text : {"NL", "nl", " Nl ", "\tNL", "NL\r", "\nNL\r\n"}) CHECK(make_region(text).text() == "NL");
    for (const char* text : {"", " ", "N", "NLD", "N1", "1N", "11", "{{", "[[", "@@", "``", "N L"}) {
        CHECK_FALSE(make_region(text).known());
        CHECK(make_region(text).text().empty());
    }
    CHECK(make_region("az").text() == "AZ");
    CHECK(make_region("ZA") == make_region("za"));
    CHECK_FALSE(make_region("NL") == make_region("NA"));
}

TEST_CASE("a number has at most fifteen digits") {
    CHECK(join_number(31, "6123456789012") == 316123456789012);
    CHECK(join_number(31, "61234567890123") == 0);
    CHECK(join_number(1, "1234567890123456") == 0);
    CHECK(join_number(0, "123456789012345") == 123456789012345);
    CHECK(e164(316) == "+316");
    CHECK(e164(0).empty());
}

TEST_CASE("what is resolved and what is not") {
    const auto nl = make_region("NL"), de = make_region("DE"), nowhere = make_region("");
    for (const auto& plan : {make_table_plan(), make_library_plan()}) {
        CHECK(resolve(*plan, true, "31201234567", nowhere).number == amsterdam);
        CHECK(resolve(*plan, true, "0031201234567", nowhere).number == amsterdam);
        CHECK(resolve(*plan, false, "0031201234567", nl).number == amsterdam);
        CHECK_FALSE(resolve(*plan, true, "", nowhere).valid());
        CHECK_FALSE(resolve(*plan, true, "0201234567", nl).valid());
        CHECK_FALSE(resolve(*plan, false, "0201234567", nowhere).valid());
        CHECK_FALSE(resolve(*plan, true, "494915112345678", nowhere).valid()); // the code stands twice
        CHECK(resolve(*plan, true, "4915112345678", nowhere).number == resolve(*plan, false, "015112345678", de).number);
        // An area code that begins like the country's code, its 0 left out: behind the code nothing of it is a number.
        CHECK(resolve(*plan, false, "313123456", nl).number == 31313123456);
        CHECK_FALSE(plan->international("49").valid());
        CHECK_FALSE(plan->international(std::string(41, '3')).valid());
        CHECK_FALSE(plan->national(std::string(41, '3'), nl).valid());
        CHECK_FALSE(plan->national("2", nl).valid());
        CHECK_FALSE(plan->national("0201234567", make_region("XX")).valid());
        CHECK(plan->calling_code(nl) == 31);
        CHECK(plan->calling_code(nowhere) == 0);
        CHECK(plan->calling_code(make_region("XX")) == 0);
        CHECK_FALSE(plan->short_number("112", nowhere));
        CHECK(plan->short_number("112", nl));
    }
    const auto plan = make_table_plan();
    CHECK_FALSE(plan->national("0201234567", Region{{'N', 'l'}}).valid());
    // Nor has anything else a plan that is not two capitals.
    for (int first = 0; first < 128; ++first)
        for (int second = 0; second < 128; ++second)
            if (const char letters[] = {static_cast<char>(first), static_cast<char>(second)}; !is_capital(letters[0]) || !is_capital(letters[1]))
                CHECK(plan->calling_code(Region{{letters[0], letters[1]}}) == 0);
}

TEST_CASE("two numbers behind a strong sign, though the whole may be one") {
    CHECK(read("0201234567/0207654321").status == PhoneStatus::two_in_cell);
    for (const char sign : {'/', '(', '[', '\n'}) CHECK(read(std::string("0302312") + sign + "5000123", "DE").status == PhoneStatus::two_in_cell);
    for (const char sign : {' ', '-', ')', ']'}) CHECK(read(std::string("0302312") + sign + "5000123", "DE").status == PhoneStatus::ok);
    CHECK(read("112").status == PhoneStatus::not_diallable);
    CHECK(read("+31 20 1234567/68").status == PhoneStatus::invalid);
    CHECK(read("020+1234567").status == PhoneStatus::invalid);
    CHECK(read("020'1234567").status == PhoneStatus::invalid);
}

TEST_CASE("of a cell 64 digits are looked at") {
    CHECK(read(std::string(57, '1') + " 0201234567").status == PhoneStatus::two_in_cell);
    CHECK(read(std::string(58, '1') + " 0201234567").status == PhoneStatus::invalid); // six of the second are left
}

TEST_CASE("a second number behind a word is whole by itself, not put together from several") {
    CHECK(read("0201234567 of 020-7654321").status == PhoneStatus::two_in_cell);
    CHECK(read("0201234567 of 020-765 43 21").status == PhoneStatus::two_in_cell);
    CHECK(read("0201234567 of 1234567").status == PhoneStatus::two_in_cell);
    CHECK(read("0201234567 of 123456").status == PhoneStatus::invalid);
    CHECK(read("0201234567 of 123 of 4567").status == PhoneStatus::invalid);
}

TEST_CASE("behind a blank a second area code makes two numbers, though the whole may be one; a group of two is none") {
    CHECK(read("0302312 0402345", "DE").status == PhoneStatus::two_in_cell);
    CHECK(read("0201234 01234567").status == PhoneStatus::invalid); // 15 digits may be one number
    CHECK(read("0201234 012345678").status == PhoneStatus::two_in_cell);
    CHECK(read("0302312 040 2345", "DE").status == PhoneStatus::two_in_cell);
    CHECK(read("0302312 04 02345", "DE").status == PhoneStatus::ok);
    CHECK(read("0302312 4023450", "DE").status == PhoneStatus::ok);
    CHECK(read("0201234567 9876543210").status == PhoneStatus::invalid); // too long for one, and the second is none
}

TEST_CASE("what stands behind the digits: exponents, decimals, extensions, masks") {
    for (const char* text : {"4e10", "4e+10", "4e-10", "4.9E10", "4,9 E 100"}) CHECK(is_scientific(text));
    for (const char* text : {"4e", "4e+", "4.9", "e10", "4e1000", "4e10x", "++4e1"}) CHECK_FALSE(is_scientific(text));
    CHECK(without_zero_decimals("").empty());
    CHECK(without_zero_decimals("+31201234567.0") == "+31201234567");
    CHECK(without_zero_decimals("1234567,00") == "1234567");
    CHECK(without_zero_decimals("123456.0") == "123456.0");
    CHECK(without_zero_decimals("1234567.") == "1234567.");
    CHECK(without_zero_decimals("1234567.01") == "1234567.01");
    CHECK(is_extension(" ext. 12"));
    for (const char* text : {"", " ext", "x", "extensionextension 12", " ext 1234567", " ext 12 y"}) CHECK_FALSE(is_extension(text));
    CHECK(belongs_to_number(" **"));
    CHECK(belongs_to_number("xx"));
    for (const char* text : {"", " ", " *", " **abc", " abc"}) CHECK_FALSE(belongs_to_number(text));
}
