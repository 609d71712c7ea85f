/// 64 bytes at a time: which of them equal a character, as a bit mask (bit 0 = first byte). SSE2 where the
/// CPU family guarantees it, else the same with 64-bit words. Used inside this room only.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace callscrub::csv {

/// The number of bits set; the baseline CPU has no instruction for it.
inline std::uint64_t count_bits(std::uint64_t bits) {
    bits -= bits >> 1 & 0x5555555555555555ULL;
    bits = (bits & 0x3333333333333333ULL) + (bits >> 2 & 0x3333333333333333ULL);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0FULL;
    return bits * 0x0101010101010101ULL >> 56;
}

/// Eight bytes per word; correct on any CPU.
struct WordChunk {
    std::uint64_t word[8];

    explicit WordChunk(const char* from) {
        std::memcpy(word, from, sizeof word);
        if constexpr (std::endian::native == std::endian::big)
            for (auto& w : word) w = __builtin_bswap64(w);
    }
    /// The top bits of the eight bytes, gathered in the low eight bits.
    static std::uint64_t top_bits(std::uint64_t w) {
        return ((w & 0x8080808080808080ULL) >> 7) * 0x0102040810204080ULL >> 56;
    }
    std::uint64_t equal(char c) const {
        constexpr std::uint64_t low = 0x7F7F7F7F7F7F7F7FULL;
        const std::uint64_t pattern = 0x0101010101010101ULL * static_cast<unsigned char>(c);
        std::uint64_t mask = 0;
        for (int i = 0; i < 8; ++i) {
            const std::uint64_t w = word[i] ^ pattern; // zero where equal
            mask |= top_bits(~(((w & low) + low) | w | low)) << (8 * i);
        }
        return mask;
    }
    std::uint64_t count(char c) const { return count_bits(equal(c)); }
    bool any_high() const {
        std::uint64_t all = 0;
        for (const auto w : word) all |= w;
        return (all & 0x8080808080808080ULL) != 0;
    }
    bool any_zero() const { return equal('\0') != 0; }
};

#if defined(__SSE2__)
struct Sse2Chunk {
    __m128i part[4];

    explicit Sse2Chunk(const char* from) {
        for (int i = 0; i < 4; ++i) part[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from) + i);
    }
    static std::uint64_t bits(__m128i v) { return static_cast<std::uint32_t>(_mm_movemask_epi8(v)); }
    std::uint64_t equal(char c) const {
        const __m128i all = _mm_set1_epi8(c);
        return bits(_mm_cmpeq_epi8(part[0], all)) | bits(_mm_cmpeq_epi8(part[1], all)) << 16 |
               bits(_mm_cmpeq_epi8(part[2], all)) << 32 | bits(_mm_cmpeq_epi8(part[3], all)) << 48;
    }
    std::uint64_t count(char c) const { // without POPCNT, which the baseline does not have
        const __m128i all = _mm_set1_epi8(c);
        __m128i sum = _mm_setzero_si128(); // equal bytes are -1
        for (const __m128i v : part) sum = _mm_sub_epi8(sum, _mm_cmpeq_epi8(v, all));
        const __m128i halves = _mm_sad_epu8(sum, _mm_setzero_si128());
        return static_cast<std::uint64_t>(_mm_cvtsi128_si32(halves)) +
               static_cast<std::uint64_t>(_mm_extract_epi16(halves, 4));
    }
    bool any_high() const {
        const __m128i or01 = _mm_or_si128(part[0], part[1]);
        const __m128i or23 = _mm_or_si128(part[2], part[3]);
        return _mm_movemask_epi8(_mm_or_si128(or01, or23)) != 0;
    }
    bool any_zero() const {
        const __m128i least = _mm_min_epu8(_mm_min_epu8(part[0], part[1]), _mm_min_epu8(part[2], part[3]));
        return _mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128())) != 0;
    }
};
using Chunk = Sse2Chunk;
#else
using Chunk = WordChunk;
#endif

/// Bit i of the result: the number of bits set in 0 … i of `bits` is odd. With quotes as bits: inside, the
/// opening quote included, the closing one not.
inline std::uint64_t prefix_parity(std::uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^= bits << 32;
    return bits;
}

/// The lowest `count` bits; all of them for 64 and more.
inline std::uint64_t low_bits(std::size_t count) { return count >= 64 ? ~0ULL : (1ULL << count) - 1; }

} // namespace callscrub::csv
