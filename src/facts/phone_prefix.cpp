#include "facts/phone_prefix.h"
#include "facts/phone_tables.h"

namespace callscrub::facts {
namespace {

class Matcher {
public:
    /// `more`: unknown digits follow, with which everything may match.
    Matcher(const std::uint16_t* program, std::string_view digits, PrefixMatch& match, bool more = false)
        : program_(program), digits_(digits), match_(match), more_(more) {}

    bool run(std::size_t pc, std::size_t at) {
        for (;; ++pc) {
            const unsigned operand = program_[pc] & 0xFFFu;
            switch (static_cast<tables::Op>(program_[pc] >> 12)) {
            case tables::Op::digit:
                if (more_ && at == digits_.size()) return true;
                if (at == digits_.size() || (operand >> (digits_[at] - '0') & 1) == 0) return false;
                ++at;
                break;
            case tables::Op::split:
                if (run(pc + 1, at)) return true;
                pc = operand - 1;
                break;
            case tables::Op::jump:
                pc = operand - 1;
                break;
            case tables::Op::save:
                return run_saved(operand, pc + 1, at);
            case tables::Op::at_end:
                if (more_) return true;
                if (at != digits_.size()) return false;
                break;
            case tables::Op::match:
                match_.length = at;
                return true;
            }
        }
    }

private:
    /// A way that fails must not leave its captures behind.
    bool run_saved(unsigned edge, std::size_t pc, std::size_t at) {
        const auto before = match_.edges[edge];
        match_.edges[edge] = static_cast<std::int16_t>(at);
        if (run(pc, at)) return true;
        match_.edges[edge] = before;
        return false;
    }

    const std::uint16_t* program_;
    std::string_view digits_;
    PrefixMatch& match_;
    bool more_;
};

} // namespace

PrefixMatch match_prefix(unsigned start, std::string_view digits) {
    PrefixMatch match;
    match.found = Matcher(tables::programs + start, digits, match).run(0, 0);
    return match;
}

PrefixMatch match_head(unsigned start, std::string_view head) {
    PrefixMatch match;
    match.found = Matcher(tables::programs + start, head, match, true).run(0, 0);
    return match;
}

} // namespace callscrub::facts
