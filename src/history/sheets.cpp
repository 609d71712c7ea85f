#include "history/sheets.h"
#include "base/failure.h"
#include "history/fact.h"
#include <cstring>

namespace callscrub::history {

std::uint64_t sheet_sum(std::string_view bytes, std::uint64_t number) {
    constexpr std::size_t lanes = 8;
    std::uint64_t sums[lanes];
    for (std::size_t i = 0; i < lanes; ++i) sums[i] = spread(number * lanes + i + 1);
    const auto mix = [&](const char* from) {
        std::uint64_t words[lanes];
        std::memcpy(words, from, sizeof words);
        for (std::size_t i = 0; i < lanes; ++i) {
            sums[i] = (sums[i] ^ words[i]) * 0x9E3779B97F4A7C15ULL;
            sums[i] ^= sums[i] >> 32;
        }
    };
    std::size_t at = 0;
    for (; at + lanes * 8 <= bytes.size(); at += lanes * 8) mix(bytes.data() + at);
    char rest[lanes * 8] = {};
    std::memcpy(rest, bytes.data() + at, bytes.size() - at);
    mix(rest);
    std::uint64_t out = bytes.size();
    for (const auto sum : sums) out = spread(out ^ sum);
    return out;
}

Sheets::Sheets(std::string name, std::string_view bytes, std::vector<std::uint64_t> sums)
    : name_(std::move(name)), bytes_(bytes), sums_(std::move(sums)), sound_(sums_.size()) {
    demand(sums_.size() == (bytes_.size() + sheet_bytes - 1) / sheet_bytes);
}

void Sheets::demand(bool sound) const {
    if (!sound)
        throw base::Failure(base::Exit::input, {name_, 0, 0}, "the facts in this file are damaged: it does not hold what it says; make it again with `callscrub index`");
}

void Sheets::check_sheet(std::size_t sheet) const {
    if (sheet_sum(bytes_.substr(sheet * sheet_bytes, sheet_bytes), sheet) != sums_[sheet])
        throw base::Failure(base::Exit::input, {name_, 0, 0},
                            "the facts in this file are damaged at byte " + std::to_string(sheet * sheet_bytes) +
                                " or up to 64 KiB behind it; make it again with `callscrub index`");
    sound_[sheet].store(true, std::memory_order_release);
}

} // namespace callscrub::history
