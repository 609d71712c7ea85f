/// Profiles, preset files and case files: whatever stands in them, they are read or refused with a message.
#include "app/presets.h"
#include "app/profile.h"
#include "base/failure.h"
#include "fuzz/input.h"
#include "verdict/cases.h"

using namespace callscrub;

namespace {

template <class Read> void refuse_or_read(Read&& read) {
    try {
        read();
    } catch (const base::Failure& failure) {
        fuzz::require(failure.code() == base::Exit::usage, "refused as usage", failure.what());
        fuzz::require(*failure.what() != '\0', "refused with a message");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    refuse_or_read([&] {
        app::Job job;
        app::parse_profile(text, "/nowhere/p.toml").apply(job);
    });
    refuse_or_read([&] { app::parse_preset(text, "preset.toml"); });
    refuse_or_read([&] { verdict::read_cases(text, "cases.toml"); });
    return 0;
}
