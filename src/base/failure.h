/// The run can't go on: an exception that carries the exit code of the contract and the place of the trouble.
/// A row that is wrong is not a Failure, it is a value (Problem). Caught in main only.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>

namespace callscrub::base {

/// Exit codes, fixed by the contract (docs/REFERENCE.md).
enum class Exit : int {
    done = 0,
    finding = 1,
    usage = 2,
    input = 3,
    stale = 4,
    guard = 5,
    locked = 6,
    output = 7,
    internal = 8,
};

/// Where in a file. `line` and `column` count from 1; 0 = not known. `file` as the user wrote it.
struct Place {
    std::string file;
    std::uint64_t line = 0;
    std::uint32_t column = 0;

    /// "file:line:column", leaving out what is not known; "" for no place.
    std::string text() const;
    friend bool operator==(const Place&, const Place&) = default;
};

class Failure : public std::runtime_error {
public:
    /// `what`: one sentence that says what was found, what was expected and what to do.
    Failure(Exit code, Place place, const std::string& what);
    Failure(Exit code, const std::string& what) : Failure(code, Place{}, what) {}
    Exit code() const { return code_; }
    const Place& place() const { return place_; }

private:
    Exit code_;
    Place place_;
};

} // namespace callscrub::base
