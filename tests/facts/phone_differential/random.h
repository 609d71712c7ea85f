/// Random choices that are the same on every machine for one seed.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace differential {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}

    std::uint64_t next() { // splitmix64
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    char digit() { return static_cast<char>('0' + below(10)); }
    template <class List> const auto& of(const List& list) { return list[below(std::size(list))]; }

private:
    std::uint64_t state_;
};

} // namespace differential
