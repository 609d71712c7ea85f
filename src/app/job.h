/// What is to be done, decided: the command line and the profile after everything was read, checked and
/// merged (resolve.h). Plain values; nothing here opens a file or asks the clock.
#pragma once
#include "base/failure.h"
#include "csv/dialect.h"
#include "facts/day.h"
#include "facts/kinds.h"
#include "facts/phone.h"
#include "law/policy.h"
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace callscrub::app {

enum class Command : std::uint8_t {
    none,
    run,
    explain,
    check,
    tidy,
    rules,
    presets,
    init,
    diff,
    verify,
    index,
    part,
    merge
};

/// What a file is for. `any`: not stated (`check FILE`, `init FILE`): to be told from its header.
enum class Role : std::uint8_t { any, list, consents, relations, suppress, registers, calls };

/// Where the age of an input is taken from for max_age.
enum class AgeFrom : std::uint8_t { file_time, newest_event, sidecar };

/// One input file and all that was said about reading it.
struct InputSpec {
    Role role = Role::any;
    std::string path;   ///< ready to open; "-" = standard input
    base::Place place;  ///< of the table in the profile that it was read by; none if there is none
    std::string name;   ///< of a register, as the packs call it
    std::string preset; ///< known export format, or path of a preset file (contains '/' or ends in .toml)

    std::map<std::string, std::vector<std::string>> columns; ///< canonical column → header names, in order
    std::map<std::string, std::string> constants;            ///< canonical column → its value in every row
    std::vector<std::string> unread;                         ///< headers of columns that say nothing of the calls
    std::string dates;                           ///< date format of all date columns; "" = find out
    std::map<std::string, std::string> dates_of; ///< canonical column → date format
    std::map<std::string, std::map<std::string, std::string>> values; ///< canonical column → word → our word
    csv::Stated dialect;                                              ///< unset = find out
    std::string time_zone; ///< IANA name for times without zone; "" = the jurisdiction's
    facts::Region region;  ///< of numbers without country code; unknown = the campaign's

    std::optional<std::int64_t> max_age; ///< seconds
    AgeFrom age_from = AgeFrom::file_time;
    std::uint64_t allow_bad_rows = 0;
    bool allow_empty = false;  ///< a file of consents, suppressions or a register may be empty
    bool allow_shrink = false; ///< … or smaller than in the run before

    friend bool operator==(const InputSpec&, const InputSpec&) = default;
};

/// A day that may still hang on the clock.
struct DaySpec {
    enum class Kind : std::uint8_t {
        today, ///< in the jurisdiction's time zone, `days` later
        fixed, ///< `day`
        after, ///< `days` after call_from (call_until only)
    };
    Kind kind = Kind::today;
    facts::Day day = 0;
    std::int32_t days = 0;
    friend bool operator==(const DaySpec&, const DaySpec&) = default;
};

struct CampaignSpec {
    std::string entity;
    facts::CallerType caller_type = facts::CallerType::commercial;
    facts::Purpose purpose = facts::Purpose::sales;
    std::string purpose_word = "sales"; ///< as stated; words we do not know are Purpose::other
    facts::Dialing dialing = facts::Dialing::human;
    bool caller_id_shown = true;
    std::string product;
    std::vector<std::string> similar;
    std::string jurisdiction = "auto"; ///< "auto" or a pack's code in upper case
    facts::Region region;
    DaySpec call_from;                              ///< today
    DaySpec call_until{DaySpec::Kind::after, 0, 0}; ///< one day
};

/// Names and values of switches are checked against the rule packs later (law::Policy).
struct PolicySpec {
    std::string base = "standard";
    std::vector<law::Setting> switches;
};

struct OutputSpec {
    std::string dir;             ///< --out
    std::string clean, rejected; ///< instead of dir; "-" = standard output; "" = not wanted
    bool replace = false;
    bool annotate = false;
    std::vector<std::string> lang = {"en"};   ///< en, de, nl; the first is the main one
    std::optional<std::int32_t> renew_within; ///< days; set = write <stem>.renew.csv
    std::string ledger;                       ///< append-only file outside of dir; "" = none
};

/// Shares are 0 … 1. Unset = off.
struct GuardSpec {
    std::optional<double> max_reject_rate, min_match_rate;
    std::optional<std::uint64_t> min_rows;
    std::optional<double> max_rows_drop;  ///< against the previous run
    std::optional<double> max_clean_rise; ///< against the previous run
};

struct Limits {
    std::uint32_t threads = 0; ///< 0 = one for each core
    std::uint64_t memory = 0;  ///< bytes; 0 = no bound stated
    std::uint64_t block = 0;   ///< bytes of a file that a thread takes at a time; 0 = as the reader thinks best
};

struct ExplainSpec {
    std::string number, person; ///< as typed
    std::string list;           ///< a row of this list …
    std::uint64_t line = 0;     ///< … that starts on this line (header = 1)
    bool html = false;
};

struct TidySpec {
    std::string path, output = "-", rejects; ///< rejects "" = count only
    csv::Stated dialect;
};

/// A scrub in parts (part_plan.h).
struct PartsSpec {
    std::string dir;         ///< of the parts; "" = the whole job in one run
    std::uint32_t count = 0; ///< how many parts; 0 = as many as there are
    std::uint32_t part = 0;  ///< run: this one, from 1
};

enum class DiffFormat : std::uint8_t { text, csv, json };

/// What is told to people, and where.
struct TalkSpec {
    bool quiet = false, verbose = false, json = false;
    std::string log;               ///< file; "" = none
    bool log_json = false;         ///< JSON lines instead of text
    std::string progress = "auto"; ///< auto (on a terminal), always, never
};

struct Job {
    Command command = Command::none;
    std::string action; ///< rules: list, show, test; presets: list, show
    std::vector<std::string>
        operands;        ///< what is left for the command itself: IDs, case files, run directories …
    std::string profile; ///< path of the profile that was read; "" = none

    std::vector<InputSpec> inputs; ///< lists first, each role in the order stated
    std::vector<std::string> replaced;      ///< files of facts of the profile that are not read, for flags name others of their kind
    std::vector<std::string> kept_switches; ///< of the profile, which stand although --policy was given
    CampaignSpec campaign;
    PolicySpec policy;
    OutputSpec output;
    GuardSpec guard;
    Limits limits;
    bool dry_run = false;
    bool hash_inputs = true;    ///< SHA-256 of every input into the manifest
    std::int64_t wait_lock = 0; ///< seconds to wait for another run's lock
    std::string index;          ///< facts snapshot to write (index) or to use (run, explain); "" = none

    PartsSpec parts;
    ExplainSpec explain;
    TidySpec tidy;
    DiffFormat diff = DiffFormat::text;
    std::string ledger; ///< verify: the ledger to check
    TalkSpec talk;

    std::string rules_dir; ///< rule packs of this folder instead of the embedded ones; "" = embedded
    facts::PhoneEngine phone_engine = facts::PhoneEngine::table;

    std::vector<const InputSpec*> inputs_of(Role role) const;
};

/// The name that a list's outputs begin with: its file name without .gz or .zst and without .csv, .tsv or
/// .txt; "stdin" for standard input.
std::string output_stem(const std::string& path);

/// "list", "consents", "register" …: as in the profile and in messages.
std::string_view name(Role role);

} // namespace callscrub::app
