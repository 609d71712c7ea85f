/// Known export formats: which column of each holds what, and what its words mean. One TOML file each in
/// presets/, built into the program; users may write their own in the same form.
///
///   name, says         what it is called and what it is
///   source, confidence where its columns are known from; A = the vendor, B = several projects, C = one
///   source headers            sets of headers, "a | b | c": an export that has all of one set is recognised
///   cells, row         for files without header: "2" or "26-29" cells; patterns of the first ones, from
///   digits: "###"
///                      three, "#+" a number, "*" anything
///   cannot             what the export can't prove; said when it is named as consents without a [consents]
///   table [list], [consents] … with the keys of a profile's input table, and `hint`: what a user should know
///   or add
#pragma once
#include "app/job.h"
#include <span>

namespace callscrub::app {

struct PresetUse {
    InputSpec spec; ///< role and how to read it
    std::string hint;
};

struct Preset {
    std::string name, says, source, confidence, cannot;
    std::string file;                              ///< path of a user's own; "" = built in
    std::vector<std::vector<std::string>> headers; ///< each enough to recognise it
    std::size_t least_cells = 0, most_cells = 0;   ///< of files without header; 0 = it has one
    std::vector<std::string> row;
    std::vector<PresetUse> uses; ///< at most one for each role

    const PresetUse* use(Role role) const;
};

/// Those built in, by name.
std::span<const Preset> known_presets();

/// From TOML. Failure (usage) with the place of a mistake. `file`: for messages.
Preset parse_preset(std::string_view text, const std::string& file);

/// Whether a preset is stated as the path of an own file, not by its name.
bool is_preset_file(std::string_view preset);

/// The preset that is stated, or null if there is none. Failure (usage) for an unknown name, with a
/// suggestion, or a file that can't be read.
std::shared_ptr<const Preset> preset_of(const InputSpec& input);

/// How to read the input with the preset: what the user stated wins, column by column and word by word.
/// Failure (input) if the export can't be used as the input's role, with the reason.
InputSpec merge(const InputSpec& stated, const Preset& preset);

/// Once the header is read: a header of the preset that the file does not have is no longer asked for,
/// because exports can be made with fewer columns. What the user stated stays.
void fit_columns(InputSpec& merged, const InputSpec& stated, std::span<const std::string> headers);

/// The presets that such a header may come from, the one with the most headers first; of those that a header
/// can't tell apart, all.
std::vector<const Preset*> recognise(std::span<const std::string> headers);
/// The same by the first row of a file that seems to have no header.
std::vector<const Preset*> recognise_row(std::span<const std::string> cells);

/// The roles that it serves: "list, consents".
std::string roles_text(const Preset& preset);

} // namespace callscrub::app
