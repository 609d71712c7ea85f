#include "base/toml.h"
#include <doctest/doctest.h>

using namespace callscrub::base;

namespace {
std::string failure(const std::string& text) {
    try {
        TomlTable::parse(text, "p.toml");
    } catch (const Failure& failed) {
        return failed.what();
    }
    return "";
}

std::string repeated(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}
} // namespace

TEST_CASE("a document that would use up the stack is refused") {
    const std::string deep = repeated("a.", 1'000'000) + "a";
    const auto dots = [](int line) {
        return "p.toml:" + std::to_string(line) +
               ": more than 32 dots outside of quotes in one line; keys have at most three parts";
    };
    CHECK(failure(deep + " = 1\n") == dots(1));
    CHECK(failure("a = 1\n[" + deep + "]\n") == dots(2));
    CHECK(failure("x = [\"\"\"\n' \"\"\", {" + deep + " = 1}]\n") == dots(2)); // behind a string of two lines
    CHECK(failure("x = '''\n\" ''' # \"\n" + deep + " = 1\n") == dots(3));
    CHECK(failure("x = \"\\\"\" # '\n" + deep + " = 1\n") == dots(2));
    const std::string nested = "exceeded maximum nested value depth of 256";
    CHECK(failure("x = " + repeated("[", 100'000)).find(nested) != std::string::npos);
    CHECK(failure("x = " + repeated("{a=", 100'000)).find(nested) != std::string::npos);
}

TEST_CASE("dots in texts and comments are no parts of keys") {
    const std::string dots(1000, '.');
    CHECK(failure("a.b.c = \"" + dots + "\" # " + dots + "\n") == "");
    CHECK(failure("a = '" + dots + "'\nb = \"\"\"\n" + dots + "\n\"\"\"\nc = '''" + dots + "'''\n") == "");
    CHECK(failure("x = [" + repeated("0.5, ", 32) + "]\n") == "");
}

TEST_CASE("a key that begins with something else is refused at its place") {
    for (const std::string header : {"[=]", "[.a]", "[\n", "[,]", "[#"})
        CHECK(failure("a = 1\n" + header).find("p.toml:2:2: not readable as TOML: Error while parsing key") == 0);
}
