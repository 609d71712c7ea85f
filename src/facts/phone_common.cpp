/// The common spelling of a number in one pass: digits with blanks, dashes, dots, brackets, a slash behind an
/// area code, a plus or an apostrophe in front. Whatever is not plainly one number, valid or not, is left to read_cell,
/// whose verdicts it must equal.
#include "facts/phone_plan.h"
#include "facts/phone_prefix.h"
#include <array>
#include <bit>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace callscrub::facts {
namespace {

constexpr std::size_t complete = 7;     ///< as in read_cell: digits of a number that can stand alone
constexpr std::size_t most_digits = 17; ///< 00 and fifteen
constexpr std::size_t least_text = 8, most_text = 32; ///< bytes of the texts that are looked at here

/// Of 8 or 16 bytes: bit i tells of the i-th.
class Bytes {
public:
#if defined(__SSE2__)
    static Bytes of(const char* from, std::size_t size) {
        const auto* all = reinterpret_cast<const __m128i*>(from);
        return Bytes(size == 8 ? _mm_loadl_epi64(all) : _mm_loadu_si128(all));
    }
    std::uint32_t equal(char c) const { return bits(_mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c))); }
    std::uint32_t digits() const {
        const __m128i value = _mm_sub_epi8(bytes_, _mm_set1_epi8('0'));
        return bits(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value));
    }

private:
    explicit Bytes(__m128i bytes) : bytes_(bytes) {}
    static std::uint32_t bits(__m128i all) { return static_cast<std::uint32_t>(_mm_movemask_epi8(all)); }
    __m128i bytes_;
#else
    static Bytes of(const char* from, std::size_t size) { return {from, size}; }
    std::uint32_t equal(char c) const { return where([c](char one) { return one == c; }); }
    std::uint32_t digits() const { return where([](char one) { return one >= '0' && one <= '9'; }); }

private:
    Bytes(const char* from, std::size_t size) : from_(from), size_(size) {}
    template <class Test> std::uint32_t where(Test test) const {
        std::uint32_t out = 0;
        for (std::size_t i = 0; i < size_; ++i) out |= std::uint32_t{test(from_[i])} << i;
        return out;
    }
    const char* from_;
    std::size_t size_;
#endif
};

/// Where in a text of 8 to 32 bytes something stands: the answers for its first and its last bytes, laid over each other.
class Text {
public:
    explicit Text(std::string_view text) : Text(text, text.size() < 16 ? 8 : 16) {}
    std::uint32_t equal(char c) const { return joined(first_.equal(c), last_.equal(c)); }
    std::uint32_t digits() const { return joined(first_.digits(), last_.digits()); }

private:
    Text(std::string_view text, std::size_t width)
        : first_(Bytes::of(text.data(), width)), last_(Bytes::of(text.data() + text.size() - width, width)), shift_(text.size() - width) {}
    std::uint32_t joined(std::uint32_t first, std::uint32_t last) const { return first | last << shift_; }
    Bytes first_, last_;
    std::size_t shift_;
};

/// All bits below that one; of 32, all.
constexpr std::uint32_t below(unsigned bit) { return static_cast<std::uint32_t>((std::uint64_t{1} << bit) - 1); }
/// All bits above the lowest one; of none, none.
constexpr std::uint32_t above_first(std::uint32_t bits) { return ~(bits ^ (bits - 1)); }
/// Of none, 32.
unsigned first_of(std::uint32_t bits) { return static_cast<unsigned>(std::countr_zero(bits)); }

// The processors that the program is built for have no instruction for it.
unsigned count(std::uint32_t bits) {
    bits -= bits >> 1 & 0x55555555U;
    bits = (bits & 0x33333333U) + (bits >> 2 & 0x33333333U);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0FU;
    return bits * 0x01010101U >> 24;
}

struct Scan {
    std::string_view digits; ///< in the text, or copied where they are parted
    std::size_t size;
    std::size_t first_group = 0; ///< digits before the first gap; 0 = no gap
    std::size_t late_gap;        ///< digits before the first gap behind a complete number; all of them if there is none
    bool international = false;

    /// True if a complete number's digits follow that gap as well.
    bool parted_at(std::size_t gap) const { return size - gap >= complete; }

    /// False if something uncommon stands in the text.
    bool read(std::string_view text) {
        if (text.size() < least_text || text.size() > most_text) return false;
        const Text at(text);
        const std::uint32_t digit = at.digits();
        size = late_gap = count(digit);
        if (size < complete || size > most_digits) return false;
        if (!read_lead(at, below(first_of(digit))) || !read_groups(at, text, digit)) return false;
        digits = parted_ ? copy(text, digit) : text.substr(first_of(digit), size);
        return true;
    }

private:
    /// What stands before the digits: blanks and apostrophes, then blanks, pluses and brackets.
    bool read_lead(const Text& at, std::uint32_t lead) {
        if (lead == 0) return true;
        const std::uint32_t blank = at.equal(' ') & lead, quote = at.equal('\'') & lead, plus = at.equal('+') & lead;
        international = plus != 0;
        const std::uint32_t begin = below(first_of(~(blank | quote)));
        return (quote & ~begin) == 0 && (lead & ~(blank | quote | plus | at.equal('('))) == 0;
    }

    /// Digits in groups, up to the end of the text. With few branches: spellings differ from row to row.
    bool read_groups(const Text& at, std::string_view text, std::uint32_t digit) {
        const std::uint32_t end = below(static_cast<unsigned>(text.size()));
        const std::uint32_t gaps = end & ~digit & ~below(first_of(digit));
        if (gaps == 0) return true;
        parted_ = true;
        const std::uint32_t dot = at.equal('.'), parting = at.equal('/') | at.equal('(');
        std::uint32_t seventh = digit;
        for (std::size_t i = 1; i < complete; ++i) seventh &= seventh - 1;
        const std::uint32_t late = above_first(seventh), first_gap = gaps & (~gaps + 1);
        const std::uint32_t uncommon = gaps & ~(at.equal(' ') | at.equal('-') | at.equal(')') | dot | parting);
        // Behind a complete number a slash or a bracket may part two of them, and a dot may begin decimals.
        if ((uncommon | (parting & gaps & late) | (dot & first_gap & late)) != 0) return false;
        first_group = first_of(gaps) - first_of(digit);
        const std::uint32_t late_groups = digit & ~(digit << 1) & late, fresh = late_groups & at.equal('0'); // where they begin
        late_gap = count(digit & below(first_of(late_groups)));
        return !parted_at(count(digit & below(first_of(fresh))));
    }

    /// Every byte is written, and only digits move on: no branch hangs on what stands where.
    std::string_view copy(std::string_view text, std::uint32_t digit) {
        std::size_t to = 0;
        for (std::size_t i = first_of(digit); i < text.size(); ++i) {
            room_[to] = text[i];
            to += digit >> i & 1;
        }
        return {room_.data(), size};
    }

    bool parted_ = false;
    std::array<char, most_text> room_;
};

} // namespace

bool read_common(std::string_view cell, Region region, const NumberPlan& plan, PhoneReading& reading) {
    Scan scan;
    if (!scan.read(cell)) return false;
    const std::string_view digits = scan.digits;
    if (!scan.international && digits[0] != '0') {
        const CodeDigits code(plan.calling_code(region));
        if (scan.first_group == code.size() && code.begins(digits)) return false; // the country's code set apart, without plus
    }
    PlanReading number;
    if (!plan.resolve_plain(scan.international, digits, region, number)) number = resolve(plan, scan.international, digits, region);
    if (!number.valid()) {
        if (scan.parted_at(scan.late_gap) || digits.find_first_not_of('0') == std::string_view::npos)
            return false;
        reading = {PhoneStatus::invalid};
        return true;
    }
    reading.status = number.type == PhoneType::premium ? PhoneStatus::not_diallable : PhoneStatus::ok;
    reading.number = number.number;
    reading.region = number.region;
    reading.type = number.type;
    return true;
}

} // namespace callscrub::facts
