// The sample files looked at, as far as a profile needs it.
#include "app/draft.h"
#include "app/profile.h"
#include <algorithm>
#include <filesystem>

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
        if (recognise_row(std::span(guess.headers).subspan(i, 1)).size() > 0 &&
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
    for (const auto* preset : out.seen.guess.presets)
        if (spec.preset.empty() && preset->use(spec.role)) spec.preset = preset->name;
    if (out.seen.guess.headless && spec.preset.empty() && spec.role != Role::any) {
        spec.dialect.no_header = true;
        out.headless_guessed = true;
        take_number_column(out.seen.guess, spec);
    }
    return out;
}

// The files as a run with these settings would read them.
Sample look_closer(const Job& stated, std::vector<Draft>& drafts) {
    Job job = stated;
    job.campaign.entity.clear();
    job.inputs.clear();
    std::vector<Draft*> known;
    for (auto& draft : drafts)
        if (draft.seen.spec.role != Role::any) {
            known.push_back(&draft);
            job.inputs.push_back(draft.seen.spec);
        }
    Sample sample;
    const Context context(job);
    for (const auto& input : job.inputs) {
        try {
            sample.add(context, open_input(context, input, 0, Dates::first_rows, false));
        } catch (const Failure& failure) {
            if (failure.code() != Exit::input) throw; // understand() tells it
        }
    }
    job.campaign.region = facts::make_region(sample.region());
    auto seen = understand(job);
    for (std::size_t i = 0; i < known.size(); ++i) {
        const auto guess = known[i]->seen.guess;
        auto notes = known[i]->seen.notes;
        known[i]->seen = std::move(seen.files[i]);
        known[i]->seen.guess = guess;
        known[i]->seen.notes.insert(known[i]->seen.notes.begin(), notes.begin(), notes.end());
    }
    return sample;
}

} // namespace

std::string profile_for(const Job& stated, const std::vector<std::string>& paths, const std::string& target) {
    std::vector<Draft> drafts;
    for (const auto& path : paths) {
        if (path == "-")
            throw Failure(Exit::usage, "init reads files more than once; standard input can't be");
        drafts.push_back(first_look(path, target));
        // A customer file with a column of consents is both.
        const auto close = drafts.back().seen.guess.close;
        if (drafts.back().seen.spec.role != Role::any ||
            close != std::vector<Role>{Role::list, Role::consents})
            continue;
        drafts.pop_back();
        for (const auto role : close) drafts.push_back(first_look(path, target, role));
    }
    const auto sample = look_closer(stated, drafts);
    auto text = draft_profile(drafts, sample);
    parse_profile(text, target == "-" ? "profile.toml" : target); // what is handed out must be readable
    return text;
}

} // namespace callscrub::app
