/// The exit codes as the manual tells them.
#pragma once
#include <span>
#include <string_view>

namespace callscrub::app {

struct ExitText {
    std::string_view code, says;
};

inline constexpr ExitText exit_texts[] = {
    {"0", "done; rejections are a normal result"},
    {"1", "a finding, where a command promises one: check found problems, tidy set rows aside, rules test "
          "has failing "
          "cases, diff found differences, verify a mismatch, explain: not callable"},
    {"2", "usage or profile wrong"},
    {"3", "input unusable"},
    {"4", "an input is older than its max_age"},
    {"5", "a guard tripped"},
    {"6", "another run holds the lock"},
    {"7", "output could not be written"},
    {"8", "internal error"},
    {"130, 143", "interrupted"},
};

} // namespace callscrub::app
