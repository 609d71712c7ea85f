/// What every command that judges needs, made once from the job: the law, the phone reader, the campaign, the days.
#pragma once
#include "app/job.h"
#include "facts/reading.h"
#include "law/rulebook.h"
#include "verdict/campaign.h"
#include <memory>
#include <optional>

namespace callscrub::app {

/// Rule packs as stated: those built in, or the *.toml files of `dir`. Failure (usage) if there are none.
std::vector<law::PackText> pack_texts(const std::string& dir);

/// The window of the job in one jurisdiction. `now_ms`: UTC milliseconds, asked of the clock once for a run.
verdict::Window window_of(const CampaignSpec& campaign, const law::Jurisdiction& law, std::int64_t now_ms);

class Progress;

/// Immutable once made.
struct Context {
    /// `begun_ms`: when the job was begun, if that was earlier (a scrub in parts); its day is today.
    explicit Context(const Job& job, std::optional<std::int64_t> begun_ms = {});

    const Job& job;
    std::vector<law::PackText> packs;
    law::Rulebook rules;
    facts::PhoneReader phones;
    facts::OwnEntity own;
    const law::Jurisdiction* fixed = nullptr; ///< nullptr: jurisdiction is found for each row
    facts::Region region;                     ///< of numbers without country code; unknown if nothing is stated
    std::vector<verdict::Window> windows;     ///< one for each of rules.jurisdictions()
    std::int64_t now_ms = 0;   ///< the clock, asked once
    std::int64_t begun_ms = 0; ///< the same, or what was given
    unsigned threads = 1;
    Progress* progress = nullptr; ///< hears what is being read; nullptr: nobody watches

    const verdict::Window& window(const law::Jurisdiction& law) const { return windows[index_of(law)]; }
    std::size_t index_of(const law::Jurisdiction& law) const;
    /// The zone of times that a file writes without zone, or null (wall time of the jurisdiction judged).
    std::shared_ptr<const facts::Zone> zone(const std::string& name) const;
    std::uint8_t register_id(const InputSpec& input) const;
};

} // namespace callscrub::app
