// The sample files looked at, as far as a profile needs it.
#include "app/draft.h"
#include "app/profile.h"
#include "base/text.h"
#include "facts/word_key.h"
#include <algorithm>
#include <filesystem>
#include <set>

namespace callscrub::app {

namespace fs = std::filesystem;
using base::Exit;
using base::Failure;

namespace {

// Paths in a profile are relative to its folder.
std::string path_in_profile(const std::string& path, const std::string& profile) {
    if (profile == "-") return path;
    std::error_code error;
    const auto folder = fs::absolute(profile, error).lexically_normal().parent_path();
    const auto whole = fs::absolute(path, error).lexically_normal();
    const auto relative = whole.lexically_relative(folder);
    return relative.empty() || *relative.begin() == ".." ? whole.string() : relative.string();
}

// In a file without header the first column that holds numbers.
void take_number_column(const Guess& guess, InputSpec& spec) {
    for (std::size_t i = 0; i < guess.headers.size(); ++i)
        if (!recognise_row(std::span(guess.headers).subspan(i, 1)).empty() &&
            guess.headers[i].size() >= 7) {
            spec.columns["phone"] = {std::to_string(i + 1)};
            return;
        }
}

/// What is known of a file by its first row alone. `as`: it is to be that.
Draft first_look(const std::string& path, const std::string& profile, Role as = Role::any) {
    Draft out;
    auto& spec = out.seen.spec;
    spec.path = path;
    out.path = path_in_profile(path, profile);
    out.seen.guess = guess(spec);
    if (const auto line = out.seen.guess.header_line; line > 1) {
        spec.dialect.skip = static_cast<unsigned>(line - 1);
        out.seen.guess = guess(spec);
        out.seen.guess.header_line = line;
    }
    spec.role = out.seen.guess.role;
    if (as != Role::any)
        spec.role = as;
    else if (spec.role == Role::any && out.seen.guess.headless)
        spec.role = out.seen.guess.headers.size() == 1 ? Role::suppress : Role::list;
    if (spec.role == Role::registers) {
        spec.role = Role::suppress;
        out.seen.notes.push_back("it may be the export of a register: then make it a [[register]] with the "
                                 "name that the rule packs "
                                 "have for it");
    }
    // Of those that the file can't tell apart, one that its name tells.
    const auto file_name = base::fold(path.substr(path.find_last_of('/') + 1));
    for (const bool named : {true, false})
        for (const auto* preset : out.seen.guess.presets)
            if (spec.preset.empty() && preset->use(spec.role) &&
                (!named || file_name.find(preset->name) != std::string::npos))
                spec.preset = preset->name;
    if (out.seen.guess.headless && spec.preset.empty() && spec.role != Role::any) {
        spec.dialect.no_header = true;
        out.headless_guessed = true;
        take_number_column(out.seen.guess, spec);
    }
    return out;
}

// A preset that reads one file as a list and as consents, such as one with a flag "do not call", if the file has the flag.
bool is_both(const Draft& draft) {
    const auto& guess = draft.seen.guess;
    if (guess.presets.size() != 1 || draft.seen.spec.preset != guess.presets[0]->name) return false;
    const auto role = draft.seen.spec.role;
    const auto* list = guess.presets[0]->use(Role::list);
    const auto* consents = guess.presets[0]->use(Role::consents);
    if (!list || !consents || (role != Role::list && role != Role::consents)) return false;
    const auto wanted = consents->spec.columns.find("status");
    if (wanted == consents->spec.columns.end()) return true; // every row is one
    return std::any_of(wanted->second.begin(), wanted->second.end(), [&](const auto& name) {
        return std::any_of(guess.headers.begin(), guess.headers.end(),
                           [&](const auto& header) { return facts::header_key(header) == facts::header_key(name); });
    });
}

// Numbers of one country: the campaign's region. Of several: each file's own. Returns the campaign's.
std::string decide_regions(const Sample& all, std::vector<Draft>& drafts) {
    std::set<std::string> found;
    for (const auto& draft : drafts)
        if (const auto region = draft.sample.region(); !region.empty()) found.insert(region);
    if (found.size() <= 1) {
        const auto region = found.empty() ? all.region() : *found.begin();
        const auto fits = all.regions.find(region);
        if (fits != all.regions.end() && fits->second * 10 >= all.local * 8) return region;
    }
    for (auto& draft : drafts) {
        draft.region = draft.sample.region();
        draft.region_open = draft.region.empty() && !found.empty();
    }
    return "";
}

// The files as a run with these settings would read them. Returns the campaign's region.
std::string look_closer(const Job& stated, std::vector<Draft>& drafts, Sample& sample) {
    Job job = stated;
    job.campaign.entity.clear();
    job.inputs.clear();
    std::vector<Draft*> known;
    for (auto& draft : drafts)
        if (draft.seen.spec.role != Role::any) {
            known.push_back(&draft);
            job.inputs.push_back(draft.seen.spec);
        }
    const Context context(job);
    for (std::size_t i = 0; i < known.size(); ++i) {
        try {
            const auto opened = [&] { return open_input(context, job.inputs[i], 0, Dates::first_rows, false); };
            sample.add(context, opened());
            known[i]->sample.add(context, opened());
        } catch (const Failure& failure) {
            if (failure.code() != Exit::input) throw; // understand() tells it
        }
    }
    const auto region = decide_regions(sample, drafts);
    job.campaign.region = facts::make_region(region);
    for (std::size_t i = 0; i < known.size(); ++i)
        if (!known[i]->region.empty()) job.inputs[i].region = facts::make_region(known[i]->region);
    auto seen = understand(job);
    for (std::size_t i = 0; i < known.size(); ++i) {
        const auto guess = known[i]->seen.guess;
        auto notes = known[i]->seen.notes;
        known[i]->seen = std::move(seen.files[i]);
        known[i]->seen.guess = guess;
        known[i]->seen.notes.insert(known[i]->seen.notes.begin(), notes.begin(), notes.end());
    }
    return region;
}

} // namespace

std::string profile_for(const Job& stated, const std::vector<std::string>& paths, const std::string& target) {
    std::vector<Draft> drafts;
    for (const auto& path : paths) {
        if (path == "-")
            throw Failure(Exit::usage, "init reads files more than once; standard input can't be");
        drafts.push_back(first_look(path, target));
        // A customer file with a column of consents is both.
        const std::vector<Role> both = {Role::list, Role::consents};
        const auto& last = drafts.back();
        if (!is_both(last) && (last.seen.spec.role != Role::any || last.seen.guess.close != both)) continue;
        drafts.pop_back();
        for (const auto role : both) drafts.push_back(first_look(path, target, role));
    }
    Sample sample;
    const auto region = look_closer(stated, drafts, sample);
    auto text = draft_profile(drafts, sample, region);
    parse_profile(text, target == "-" ? "profile.toml" : target); // what is handed out must be readable
    return text;
}

} // namespace callscrub::app
