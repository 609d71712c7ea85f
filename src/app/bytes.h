/// Numbers and texts as bytes, one behind the other: how rows travel from a part to the merge.
#pragma once
#include "base/failure.h"
#include <cstdint>
#include <string>
#include <string_view>

namespace callscrub::app {

/// Seven bits a byte, the low ones first.
inline void put_number(std::string& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>(number | 0x80));
    out.push_back(static_cast<char>(number));
}
/// Small for numbers around zero.
inline void put_signed(std::string& out, std::int64_t number) {
    put_number(out, static_cast<std::uint64_t>(number) << 1 ^ static_cast<std::uint64_t>(number >> 63));
}
inline void put_text(std::string& out, std::string_view text) {
    put_number(out, text.size());
    out += text;
}

/// Takes them out again. Failure (input) where the bytes end too early.
class TakeBytes {
public:
    explicit TakeBytes(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t number() {
        std::uint64_t out = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(view(1).front());
            out |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) return out;
        }
        damaged();
    }
    std::int64_t signed_number() {
        const auto number = this->number();
        return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
    }
    std::string_view text() { return view(number()); }
    std::string_view view(std::uint64_t size) {
        if (size > rest_.size()) damaged();
        const auto out = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return out;
    }
    bool empty() const { return rest_.empty(); }

private:
    [[noreturn]] static void damaged() {
        throw base::Failure(base::Exit::input, "a row of a part's result is damaged; run the part again");
    }
    std::string_view rest_;
};

} // namespace callscrub::app
