/// What fuzz targets share: drawing choices from the bytes, and ending the process with a message.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace callscrub::fuzz {

/// The fuzzer's bytes; choices are taken from the front, text is what is left.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

    bool empty() const { return rest_.empty(); }
    std::string_view rest() const { return rest_; }
    std::uint8_t byte() {
        if (rest_.empty()) return 0;
        const auto out = static_cast<std::uint8_t>(rest_[0]);
        rest_.remove_prefix(1);
        return out;
    }
    template <class List> const auto& pick(const List& list) { return list[byte() % std::size(list)]; }
    /// Text up to the next NUL (taken, too).
    std::string text() {
        const auto length = std::min(rest_.find('\0'), rest_.size());
        std::string out(rest_.substr(0, length));
        rest_.remove_prefix(std::min(length + 1, rest_.size()));
        return out;
    }

private:
    std::string_view rest_;
};

/// Ends the process unless `ok`; libFuzzer keeps the input.
inline void require(bool ok, std::string_view what, std::string_view detail = {}) {
    if (ok) return;
    std::fprintf(stderr, "NOT SO: %s\n%s\n", std::string(what).c_str(), std::string(detail.substr(0, 2000)).c_str());
    std::abort();
}

} // namespace callscrub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
