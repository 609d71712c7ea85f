/// Reading two finished runs for diff: compact fates of all rows first, the texts of a few of them
/// afterwards.
#pragma once
#include "facts/phone.h"
#include "report/diff.h"
#include "report/manifest.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace callscrub::report {

/// What became of one number of one row; 40 bytes, so ten million rows fit.
struct RowFate {
    std::uint64_t key = 0;    ///< what is compared: the line, the number, or a hash of the row (top bit set)
    facts::Number number = 0; ///< E.164 as integer; 0 = not known
    std::uint64_t line = 0;   ///< in the list
    std::uint32_t list = 0;   ///< index into Manifest::lists
    std::uint16_t code = 0;   ///< index into Codes
    State state = State::absent;
};

/// Reasons and bases as small numbers, the same ones for both runs.
class Codes {
public:
    std::uint16_t number(std::string_view text);
    const std::string& text(std::uint16_t number) const { return texts_[number]; }

private:
    std::vector<std::string> texts_;
    std::unordered_map<std::string, std::uint16_t> numbers_;
};

struct Run {
    std::string directory;
    Manifest manifest;
};

/// Failure(Exit::input) if there is no manifest.
Run open_run(const std::string& directory);

/// All fates of one list of a run, ordered by key, then line. `by_line`: keys are lines; else they are
/// numbers.
void read_fates(std::vector<RowFate>& out, const Run& run, std::uint32_t list, bool by_line, Codes& codes);

/// A place in the outputs whose texts are wanted.
struct Wanted {
    const RowFate* fate;
    Fate* into;         ///< article, decided_by, until are filled in
    std::string* phone; ///< null, or: filled with the phone cells if it is empty
};
void read_texts(const Run& run, std::vector<Wanted>& wanted);

} // namespace callscrub::report
