#include "base/text.h"
#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <set>

using namespace callscrub::base;

TEST_CASE("trim takes blanks, line ends and no-break spaces from both sides only") {
    CHECK(trim(" \t a b\xC2\xA0 \r\n") == "a b");
    CHECK(trim("\xC2\xA0\xC2\xA0").empty());
    CHECK(trim("").empty());
    CHECK(trim("\xC3\xA0") == "\xC3\xA0"); // à ends with the same byte as U+00A0
}

TEST_CASE("fold makes names comparable") {
    CHECK(fold("  Telefon \t Nummer ") == "telefon nummer");
    CHECK(fold("EINVERST\xC3\x84NDNIS") == "einverst\xC3\xA4ndnis");
    CHECK(fold("a\xC2\xA0 b") == "a b");
    CHECK(fold("ŁÓDŹ ŽELEZNIČAŘ ŐŸĿİ") == "łódź železničař őÿŀi");
    CHECK(fold("×÷ß") == "×÷ß");
    CHECK(fold("\xC3") == "\xC3");
    CHECK(fold("\xC3(") == "\xC3(");
    CHECK(fold(" ").empty());
}

TEST_CASE(
    "fold turns every capital of Latin-1 and Latin Extended-A into its small letter and leaves small ones") {
    // Each pair is upper, lower; taken from the Unicode character database.
    const std::string_view pairs = "ÀàÉéÞþĀāĂăĶķĹĺĽľĿŀŁłŇňŊŋŐőŒœŠšŴŵŶŷŹźŽž";
    for (std::size_t i = 0; i < pairs.size(); i += 4) {
        CHECK(fold(pairs.substr(i, 2)) == pairs.substr(i + 2, 2));
        CHECK(fold(pairs.substr(i + 2, 2)) == pairs.substr(i + 2, 2));
    }
    for (const std::string_view alone : {"ĸ", "ŉ", "ß", "ÿ", "ſ", "×"}) CHECK(fold(alone) == alone);
}

TEST_CASE("split leaves empty parts out") {
    CHECK(split("a| b ||c|", '|') == std::vector<std::string_view>{"a", "b", "c"});
    CHECK(split("", '|').empty());
    CHECK(split(" | ", '|').empty());
}

TEST_CASE("a typing error finds its word, another word does not") {
    constexpr std::array<std::string_view, 4> words = {"timestamp", "status", "dates", "Straße"};
    CHECK(nearest("timestmap", words) == "timestamp");
    CHECK(nearest("STATUSS", words) == "status");
    CHECK(nearest("daets", words) == "dates");
    CHECK(nearest("strase", words) == "Straße");
    CHECK(nearest("phone", words).empty());
    CHECK(nearest("", words).empty());
    constexpr std::array<std::string_view, 1> letter = {"b"};
    CHECK(nearest("a", letter).empty());
    CHECK(did_you_mean("stats", words) == " (did you mean 'status'?)");
    CHECK(did_you_mean("phone", words).empty());
}

TEST_CASE("no message shows a whole phone number") {
    CHECK(mask_numbers("+31 6 12345 678") == "+31 6 ••••• 678");
    CHECK(mask_numbers("31612345678") == "316•••••678");
    CHECK(mask_numbers("0171/3920-001") == "017•/••••-001");
    CHECK(mask_numbers("+49 (0)30 23125 000") == "+49 (0)•• ••••• 000");
    CHECK(mask_numbers("030\xC2\xA0"
                       "23125\xE2\x80\x93"
                       "000") == "030\xC2\xA0•••••\xE2\x80\x93"
                                 "000");
    CHECK(mask_numbers("123456") == "•••••6");
    CHECK(mask_numbers("12345") == "12345");
    CHECK(mask_numbers("Meier, 030 23125000 (home), 0171 3920001") ==
          "Meier, 030 •••••000 (home), 017• ••••001");
}

TEST_CASE("whatever stands between its digits, a number is never shown") {
    // Digits in clear, in either function, for the two numbers 030 23125 004 and +49 171 3920 001.
    const auto clear = [](const std::string& text) {
        return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    const char* marks[] = {" ",
                           "-",
                           " - ",
                           "/",
                           ".",
                           "(",
                           ")",
                           "\t",
                           "\n",
                           "\xA0",
                           "\x96",
                           "\xC2\xA0",
                           "\xC2\xAD",
                           "\xE2\x80\x89",
                           "\xE2\x80\x8B",
                           "\xE2\x80\x91",
                           "\xE2\x80\xAF",
                           "\xE2\x81\xA0",
                           "\xE2\x88\x92",
                           "\xEF\xBB\xBF",
                           "_",
                           "*",
                           ""};
    for (const std::string mark : marks) {
        for (const std::string& number :
             {"030" + mark + "23125" + mark + "004", "+49" + mark + "171" + mark + "3920" + mark + "001",
              "0" + mark + "3" + mark + "0" + mark + "2" + mark + "3" + mark + "1" + mark + "2" + mark + "5" +
                  mark + "0" + mark + "0" + mark + "4"}) {
            CAPTURE(mark);
            CHECK(clear(mask_numbers(number)) <= 6);
            std::string escaped = quoted(number, 100);
            for (auto at = escaped.find("\\x"); at != escaped.npos; at = escaped.find("\\x"))
                escaped.erase(at, 4);
            CHECK(clear(escaped) <= 6);
        }
    }
    CHECK(quoted("0151\t234\t567") == "01••\\x09•••\\x09567");
    CHECK(quoted("1234567890", 5) == "12•••…");
}

TEST_CASE("dates stay readable in messages") {
    for (const std::string_view date :
         {"2024-03-12", "12.03.2024", "3/4/2024", "03.04.24", "2024-03-12 09:14:00", "31/12/2024 23:59"})
        CHECK(mask_numbers(date) == date);
    CHECK(mask_numbers("2024-03-12 0912345") == "202•-••-•• ••••345");
    CHECK(mask_numbers("12-34/5678") != "12-34/5678");
    CHECK(mask_numbers("01.99.00.12.34") == "01.••.••.•2.34");
    CHECK(mask_numbers("06-12-345678") == "06-••-•••678");
}

TEST_CASE("quoted makes any bytes fit for a message") {
    CHECK(quoted("Jürgen") == "Jürgen");
    CHECK(quoted("a\tb\x7F") == "a\\x09b\\x7F");
    CHECK(quoted("\xFC"
                 "ber") == "\\xFCber");
    CHECK(quoted("\xC2\x85") == "\\xC2\\x85");
    CHECK(quoted("abcdef", 3) == "abc…");
    CHECK(quoted("äöü", 3) == "äöü");
    CHECK(quoted("tel 030 23125000") == "tel 030 •••••000");
}

TEST_CASE("UTF-8 is told from what only looks like it") {
    for (const std::string_view good :
         {"", "abc", "ü", "€", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80"})
        CHECK(valid_utf8(good));
    for (const std::string_view bad :
         {"\xFC", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "a\x80"})
        CHECK_FALSE(valid_utf8(bad));
}

TEST_CASE("hashes are the same everywhere and differ with each byte") {
    CHECK(hash("abc") == hash(std::string("abc")));
    CHECK(hash("abc") != hash("abc", 1));
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 100'000; ++i) seen.insert(hash("person-" + std::to_string(i)));
    for (std::size_t length = 0; length < 64; ++length) seen.insert(hash(std::string(length, '\0')));
    CHECK(seen.size() == 100'064);
}
