/// The table engine reads every cell as libphonenumber does.
#include "facts/phone.h"
#include "fuzz/input.h"

using namespace callscrub;
using namespace callscrub::facts;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const PhoneReader table(PhoneEngine::table), library(PhoneEngine::library);
    static constexpr std::string_view regions[] = {"", "NL", "DE", "GB", "US", "IT", "FR", "AT", "BE", "CH", "AR", "MX", "RU", "BR", "HU", "ZZ"};
    fuzz::Input in(data, size);
    const auto region = make_region(in.pick(regions));
    const std::string cell(in.rest());
    const auto a = table.read(cell, region), b = library.read(cell, region);
    fuzz::require(a.status == b.status && a.number == b.number && a.region == b.region && a.type == b.type,
                  "both engines read the same", cell);
    if (a.status != PhoneStatus::ok) return 0;
    const auto again = table.read(e164(a.number), {});
    fuzz::require(again.status == PhoneStatus::ok && again.number == a.number, "E.164 is read back", e164(a.number));
    return 0;
}
