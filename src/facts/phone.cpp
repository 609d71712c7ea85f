#include "facts/phone.h"
#include "facts/phone_plan.h"

namespace callscrub::facts {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The upper-case form of an ASCII letter; 0 for anything else.
char upper(char c) {
    if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
    return c >= 'A' && c <= 'Z' ? c : '\0';
}

} // namespace

struct PhoneReader::Impl {
    PhoneEngine engine;
    std::unique_ptr<NumberPlan> plan;
};

PhoneReader::PhoneReader(PhoneEngine engine)
    : impl_(std::make_unique<Impl>(
          Impl{engine, engine == PhoneEngine::table ? make_table_plan() : make_library_plan()})) {}

PhoneReader::~PhoneReader() = default;

PhoneReading PhoneReader::read(std::string_view cell, Region region) const {
    // The library's reader goes the long way with every cell: it is there to check the other.
    PhoneReading reading;
    if (impl_->engine != PhoneEngine::table || !read_common(cell, region, *impl_->plan, reading))
        reading = read_cell(cell, region, *impl_->plan);
    return reading;
}

Region make_region(std::string_view code) {
    while (!code.empty() && is_blank(code.front())) code.remove_prefix(1);
    while (!code.empty() && is_blank(code.back())) code.remove_suffix(1);
    if (code.size() != 2) return {};
    const Region region{{upper(code[0]), upper(code[1])}};
    return region.letters[0] != 0 && region.letters[1] != 0 ? region : Region{};
}

std::string e164(Number number) {
    return number == 0 ? std::string() : std::string(1, '+').append(std::to_string(number));
}

Number join_number(unsigned calling_code, std::string_view national_digits) {
    constexpr Number limit = 999'999'999'999'999; // 15 digits: ITU-T E.164
    if (national_digits.size() > 15) return 0;
    Number number = calling_code;
    for (const char digit : national_digits) number = number * 10 + static_cast<Number>(digit - '0');
    return number > limit ? 0 : number;
}

} // namespace callscrub::facts
