#include "base/failure.h"
#include "base/table.h"
#include <doctest/doctest.h>

using namespace callscrub::base;

namespace {
std::string failure_of(std::string_view text) {
    try {
        read_table<2>("words.csv", text, {"code", "word"});
    } catch (const Failure& failure) {
        CHECK(failure.code() == Exit::internal);
        return failure.what();
    }
    return {};
}
} // namespace

TEST_CASE("a built-in table is read by column names, in any order") {
    using Rows = std::vector<std::array<std::string, 2>>;
    CHECK(read_table<2>("t", "code,word\nde,ja\nnl,\"a, \"\"b\"\"\"\n", {"code", "word"}) ==
          Rows{{"de", "ja"}, {"nl", "a, \"b\""}});
    CHECK(read_table<2>("t", "word,code\r\n ja , de \r\n\r\nnee,nl", {"code", "word"}) ==
          Rows{{"de", "ja"},
               {"nl", "nee"}}); // blanks trimmed, empty lines and the final line end do not matter
    CHECK(read_table<1>("t", "word\n", {"word"}).empty());
    CHECK(read_table<8>("t", "a,b,c,d,e,f,g,h\n1,2,3,4,5,6,7,8\n",
                        {"a", "b", "c", "d", "e", "f", "g", "h"})[0][7] == "8");
}

TEST_CASE("a damaged built-in table is our own mistake and says where") {
    CHECK(failure_of("code,word\nde,ja\nnl\n") ==
          "the built-in table words.csv is damaged: Too few columns in line 3 in file \"words.csv\".");
    CHECK(failure_of("code,word\na,b,c\n") ==
          "the built-in table words.csv is damaged: Too many columns in line 2 in file \"words.csv\".");
    CHECK(failure_of("code,name\na,b\n") ==
          "the built-in table words.csv is damaged: Extra column \"name\" in header of file \"words.csv\".");
    CHECK(
        failure_of("code\na\n") ==
        "the built-in table words.csv is damaged: Missing column \"word\" in header of file \"words.csv\".");
    CHECK(failure_of("") == "the built-in table words.csv is damaged: Header missing in file \"words.csv\".");
    CHECK(failure_of(std::string_view("code,word\na\0,b\n", 15)) ==
          "the built-in table words.csv is damaged: it holds NUL");
}
