/// What a run found, in numbers: the source of summary.json, report.html and the table on the terminal. Holds
/// no personal data.
#pragma once
#include "facts/day.h"
#include "law/rules.h"
#include "report/manifest.h"
#include "report/texts.h"
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::report {

/// Counts over rows.
struct Tallies {
    std::uint64_t rows = 0, clean = 0, rejected = 0;
    std::uint64_t emptied =
        0; ///< cells of clean rows that may not be called (lists with several phone columns)
    std::uint64_t matched = 0; ///< rows whose number or person has any fact on record
    std::array<std::uint64_t, law::reason_count> reasons{}; ///< first reason of rejected rows
    std::array<std::uint64_t, law::basis_count> bases{};    ///< of clean rows
    std::map<std::string, std::uint64_t> jurisdictions;     ///< rows by the law that judged them
    /// Last callable day → clean rows whose permission ends on it; open ends are not in it.
    std::map<facts::Day, std::uint64_t> lapses;
    std::uint64_t open_ended = 0; ///< clean rows without a known end
    /// Clean rows with a number whose consent fails what the law only warns of, by law::Doubt::id.
    std::array<std::uint64_t, law::doubt_limit> doubts{};

    Tallies& operator+=(const Tallies& other);
};

struct ListSummary {
    ManifestList files; ///< names and places
    Tallies tallies;
};

struct InputSummary {
    std::string role, path, preset, encoding, delimiter, compression;
    std::uint64_t bytes = 0, rows = 0, kept = 0, bad = 0, blank = 0;
    std::int64_t age_seconds = -1; ///< of the file on the day of the run; -1 = not known
    std::string newest_event;      ///< ISO day; "" = not known
    std::vector<std::string> remarks;
};

/// A version of the law that was in force on a day of the calling window.
struct RegimeSummary {
    std::string id, article;
    facts::Day from = facts::day_min, until = facts::day_max; ///< in force, inclusive
};

struct PackSummary {
    std::string id, version, sha256;
    std::map<std::string, std::string> names; ///< language → name of the country
    std::vector<RegimeSummary> regimes;       ///< by day
};

using Articles = std::set<std::string>;

struct Timing {
    std::string phase;
    double seconds = 0;
};

/// What makes a result less trustworthy: the phrase "warning.<key>" and what its slots hold (names from outside).
/// summary.json and the terminal say it in English, report.html in its own language.
struct Warning {
    std::string key;
    std::vector<std::pair<std::string_view, std::string>> slots;
    std::uint64_t rows = 0; ///< what stands for {rows}

    std::string text(Language language = Language::en) const;
};
inline constexpr std::string_view no_match = "no_match"; ///< the key for a run in which `matched` is 0

struct Summary {
    std::string run_id, version, entity, caller_type, purpose, product, jurisdiction, policy;
    facts::Day call_from = 0, call_until = 0; ///< earliest first and latest last day over the laws used
    std::vector<ListSummary> lists;
    Tallies total;
    std::vector<InputSummary> inputs;
    std::vector<PackSummary> packs;
    std::vector<Setting> switches; ///< policy switches and the values in force
    /// Articles that verdicts of this run named for a reason or a basis; none where nothing was named.
    std::map<law::Reason, Articles> articles;
    std::map<law::Basis, Articles> basis_articles;
    std::string phone_metadata;
    std::vector<Warning> warnings;
    std::uint64_t facts = 0;           ///< facts kept
    // The rest differs from run to run and stands under "timings".
    std::vector<Timing> timings;
    double seconds = 0;
    std::uint64_t peak_memory = 0; ///< bytes
    std::string started;           ///< ISO time, UTC

    /// Clean rows whose permission ends within `days` days after call_from.
    std::uint64_t expiring_within(int days) const;
};

/// summary.json: stable key order, two blanks per level. Keys are only ever added.
std::string to_json(const Summary& summary);

/// What an earlier summary.json says, as far as a later run compares itself with it: run, version, campaign,
/// window, packs, inputs, counts in total and by list, lapses. Unknown keys and codes are passed over,
/// missing ones are empty. Failure(Exit::input) naming `file` if `text` is no summary of callscrub.
Summary read_summary(std::string_view text, const std::string& file);

} // namespace callscrub::report
