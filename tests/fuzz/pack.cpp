/// Rule packs: a pack is read or refused with its place; what is read can be asked about every day.
#include "base/failure.h"
#include "fuzz/input.h"
#include "law/describe.h"
#include "law/rulebook.h"

using namespace callscrub;

namespace {

// A pack of the program with bytes of the fuzzer put in place of some of its own.
std::string spliced(fuzz::Input& in) {
    static const auto packs = law::embedded_pack_texts();
    std::string text = packs[in.byte() % packs.size()].text;
    for (int i = in.byte() % 4; i >= 0 && !in.empty(); --i) {
        const std::size_t at = (in.byte() * 256U + in.byte()) % text.size();
        const std::size_t length = in.byte() % 24;
        text.replace(at, length, in.text());
    }
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const law::PackText pack{"F.toml", in.byte() % 4 == 0 ? std::string(in.rest()) : spliced(in)};
    try {
        for (const auto* base : {"standard", "strict"}) {
            const law::Rulebook rules(std::span(&pack, 1), base, {});
            for (const auto& law : rules.jurisdictions()) {
                fuzz::require(!law.regimes.empty(), "a pack has a regime");
                for (std::size_t i = 1; i < law.regimes.size(); ++i)
                    fuzz::require(law.regimes[i - 1].until < law.regimes[i].from, "regimes do not overlap");
                for (const auto& regime : law.regimes) {
                    fuzz::require(regime.from <= regime.until, "a regime has a day");
                    fuzz::require(!regime.citation.article.empty() && !regime.citation.source.empty(), "every regime is cited");
                }
            }
        }
    } catch (const base::Failure& failure) {
        fuzz::require(failure.code() == base::Exit::usage, "refused as usage", failure.what());
    }
    return 0;
}
