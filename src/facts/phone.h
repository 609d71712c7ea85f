/// Reading a phone cell. A number is worth what its join is worth: the same subscriber line always gives the
/// same key, whatever the spelling, and what is ambiguous gives no number at all.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace callscrub::facts {

/// E.164 digits as an integer: 31612345678 for +31612345678. 0 = no number. At most 15 digits (50 bits).
using Number = std::uint64_t;

/// ISO 3166 country (region) code, two upper-case letters; "" = not known ('\0','\0').
struct Region {
    std::array<char, 2> letters{};
    bool known() const { return letters[0] != 0; }
    std::string text() const { return known() ? std::string(letters.data(), 2) : std::string(); }
    friend bool operator==(const Region&, const Region&) = default;
    friend auto operator<=>(const Region&, const Region&) = default;
};

/// Two letters (any case, trimmed) to a Region; unknown if they are not two ASCII letters.
Region make_region(std::string_view code);

enum class PhoneStatus : std::uint8_t {
    ok,            ///< a valid number that may be dialled
    missing,       ///< empty, or a word for nothing ("0", "n/a", "-", "onbekend", …)
    scientific,    ///< 4.9E+10, 4,91513E+11: digits are gone
    two_in_cell,   ///< more than one number
    invalid,       ///< no valid number can be read without guessing
    not_diallable, ///< a valid short, emergency or premium-rate number
};

enum class PhoneType : std::uint8_t {
    unknown,
    fixed,
    mobile,
    fixed_or_mobile,
    toll_free,
    premium,
    shared_cost,
    voip,
    personal,
    pager,
    uan,
    voicemail
};

struct PhoneReading {
    PhoneStatus status = PhoneStatus::missing;
    Number number = 0; ///< set for ok and for not_diallable where a full number was read
    Region region{};   ///< the country of the number; unknown for non-geographic codes
    PhoneType type = PhoneType::unknown;
};

enum class PhoneEngine { table, library };

/// Reads phone cells. Immutable after construction and shared by all threads; `read` allocates nothing on the
/// common path. Never throws on any input.
class PhoneReader {
public:
    explicit PhoneReader(PhoneEngine engine = PhoneEngine::table);
    ~PhoneReader();
    PhoneReader(const PhoneReader&) = delete;
    PhoneReader& operator=(const PhoneReader&) = delete;

    /// `cell`: UTF-8 text as it stood in the file, unquoted. `region`: country of numbers written without a
    /// country code; unknown = such numbers are invalid.
    PhoneReading read(std::string_view cell, Region region) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// "+31612345678"; "" for 0.
std::string e164(Number number);

/// Version of the phone metadata behind both engines, e.g. "libphonenumber 8.12.57".
std::string phone_metadata_version();

} // namespace callscrub::facts
