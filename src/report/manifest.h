/// What a run was made of and what it made: manifest.json and SHA256SUMS.
///
/// Nothing here depends on the clock, the machine, the number of threads or where the outputs go, so the same
/// inputs, settings, packs and version give the same bytes. summary.json carries timings, the one part of a
/// run that differs from time to time; the manifest names it under "not_compared" without a digest, and
/// SHA256SUMS covers it like every other file, for SHA256SUMS verifies this run and is not compared with
/// another.
#pragma once
#include "report/output_file.h"
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace callscrub::report {

using Setting = std::pair<std::string, std::string>;
using Count = std::pair<std::string, std::uint64_t>;

struct ManifestInput {
    std::string role;       ///< list, consents, relations, suppress, register, calls, profile
    std::string path;       ///< as given
    std::uint64_t size = 0; ///< bytes read from disk (compressed if the file is)
    std::string sha256;     ///< of those bytes
    std::uint64_t rows = 0; ///< data rows, header not counted
};

/// A phone column that is put together from several cells (facts::PhoneJoin). Columns count from 1.
struct ManifestJoin {
    std::uint32_t column = 0; ///< one of phone_columns
    std::vector<std::uint32_t> before;
    bool plus = false;
};

/// One call list and its outputs: rows = clean + rejected.
struct ManifestList {
    std::string path; ///< as given; the key to its ManifestInput
    std::uint64_t rows = 0;
    std::uint64_t clean = 0;
    std::uint64_t rejected = 0;
    std::uint64_t emptied =
        0; ///< cells of clean rows that were emptied; each has a row of its own in rejected_file
    std::string clean_file; ///< names in the run directory
    std::string rejected_file;
    std::string evidence_file;
    std::string delimiter; ///< of the clean and rejected file, with quote and encoding; "" = to be found out
    std::string quote;
    std::string encoding;
    std::vector<std::uint32_t> phone_columns; ///< where the numbers stand in the list, first column = 1
    std::vector<ManifestJoin> phone_joins;    ///< of those that are more than one cell
    bool header = true;                       ///< the list and its clean file begin with a header
    std::uint32_t country_column = 0;         ///< 0 = none
    std::string region;                       ///< country of numbers without country code; "" = not known
};

struct ManifestPack {
    std::string id;
    std::string version;
    std::string sha256;
};

/// A switch as its law or the program declares it: what holds unless the profile says otherwise, and how certain that is.
struct ManifestSwitch {
    std::string name, standard, strict;
    std::uint32_t certainty = 100; ///< per cent
};

struct Manifest {
    std::string run_id;            ///< from make_run_id
    std::string version;           ///< of the program
    std::vector<Setting> settings; ///< in order; without threads, memory, output places, logging
    std::vector<Setting> policy;   ///< every switch with the value in force
    std::vector<ManifestSwitch> switches; ///< the same switches, as declared
    std::vector<ManifestInput> inputs;
    std::vector<ManifestList> lists;
    std::vector<FileRecord> outputs;       ///< every reproducible file but manifest.json and SHA256SUMS
    std::vector<std::string> not_compared; ///< files with timings: summary.json
    std::vector<ManifestPack> packs;
    std::string phone_metadata;
    std::vector<Count> counts; ///< totals, reasons, bases
};

inline constexpr std::string_view manifest_name = "manifest.json";
inline constexpr std::string_view sums_name = "SHA256SUMS";

/// 24 letters a to p (96 bits; no digits, which a log would mask) from version, settings, policy, packs,
/// metadata and inputs (role, path, digest); outputs and counts follow from these and are left out.
std::string make_run_id(const Manifest& manifest);

/// UTF-8, two blanks per level, keys in a fixed order, newline at the end. Bytes of a path that are no UTF-8
/// are written as \xNN.
std::string to_json(const Manifest& manifest);

/// Failure(Exit::input) naming `file` and what is wrong if `text` is no manifest of callscrub.
Manifest read_manifest(std::string_view text, const std::string& file);

/// Every file that the run has made, manifest.json and SHA256SUMS included, as `path_text`.
std::vector<std::string> files_of(const Manifest& manifest);

/// Lines "<sha256>  <name>" as `sha256sum -c` reads them, sorted by name; odd names escaped as sha256sum
/// does.
std::string sha256sums(std::span<const FileRecord> files);

struct Sum {
    std::string name;
    std::string sha256;
};
/// Failure(Exit::input) with file:line for a line that is none.
std::vector<Sum> read_sha256sums(std::string_view text, const std::string& file);

/// A path as it stands in JSON: bytes that are no UTF-8 as \xNN.
std::string path_text(std::string_view path);

} // namespace callscrub::report
