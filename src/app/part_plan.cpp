#include "app/part_plan.h"
#include "app/file_mark.h"
#include "app/part_fields.h"
#include "app/version.h"
#include "report/digest.h"
#include "report/fd.h"
#include <algorithm>
#include <cstdio>
#include <fcntl.h>

namespace callscrub::app {

using base::Exit;
using base::Failure;
using stored::Json;

namespace {

std::string three(std::size_t number) {
    char out[24];
    std::snprintf(out, sizeof out, "%03zu", number);
    return out;
}

[[noreturn]] void refuse(const std::string& path, const std::string& what) { throw Failure(Exit::input, {path, 0, 0}, what); }

std::string text_of(const std::string& path) {
    std::string out;
    if (const int error = report::read_file(AT_FDCWD, path, out); error != 0)
        refuse(path, "can't be read: " + report::errno_text(error) + "; expected the directory that `callscrub part --parts N -o DIR` made");
    return out;
}

void refuse_other_program(const std::string& path, const std::string& what, const std::string& then, const std::string& now) {
    if (then == now) return;
    refuse(path, "these parts were made with " + what + " " + base::quoted(then) + ", and this program has " + base::quoted(now) +
                     "; every step of a scrub needs the same, so use that one, or split the inputs again");
}

} // namespace

std::string part_file(unsigned part, std::size_t input, std::string_view ending) {
    return three(part) + "." + three(input) + "." + std::string(ending);
}
std::string damaged_file(std::size_t input) { return "damaged." + three(input); }
std::string result_dir(unsigned part) { return "result-" + three(part); }

std::size_t PartPlan::first_list() const {
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (job.inputs.at(inputs[i].of).role == Role::list) return i;
    return inputs.size();
}

const report::FileRecord& PartPlan::file(const std::string& name) const {
    for (const auto& one : files)
        if (one.name == name) return one;
    refuse(path(std::string(plan_name)), "the plan does not know the file '" + base::quoted(name) + "'; split the inputs again");
}

std::string to_json(const PartPlan& plan) {
    const base::Brittle brittle;
    return stored::written(plan).dump(1) + "\n";
}

std::vector<PartPack> part_packs(const std::vector<law::PackText>& packs) {
    std::vector<PartPack> out;
    out.reserve(packs.size());
    for (const auto& pack : packs) out.push_back({pack.name.substr(pack.name.rfind('/') + 1), report::sha256_hex(pack.text)});
    return out;
}

PartPlan read_plan(const std::string& dir) {
    PartPlan plan;
    const std::string path = dir + "/" + std::string(plan_name);
    const std::string text = text_of(path);
    try {
        const base::Brittle brittle;
        const auto json = Json::parse(text);
        refuse_other_program(path, "callscrub", json.at("version").get<std::string>(), std::string(version()));
        stored::read(json, plan);
        const auto& inputs = plan.job.inputs;
        const bool whole = std::all_of(plan.inputs.begin(), plan.inputs.end(), [&](const auto& input) { return input.of < inputs.size(); });
        if (!whole || plan.parts < 1 || plan.parts > most_parts) refuse(path, "is damaged; split the inputs again");
    } catch (const Failure&) {
        throw;
    } catch (const std::exception&) {
        refuse(path, "is no plan of callscrub, or is damaged; split the inputs again");
    }
    refuse_other_program(path, "the number metadata", plan.phone_metadata, facts::phone_metadata_version());
    plan.dir = dir;
    plan.sha256 = report::sha256_hex(text);
    if (!plan.job.rules_dir.empty()) plan.job.rules_dir = dir;
    const auto packs = part_packs(pack_texts(plan.job.rules_dir));
    const auto text_of_packs = [](const std::vector<PartPack>& all) {
        std::string out;
        for (const auto& pack : all) out += pack.id + " " + pack.sha256 + "\n";
        return out;
    };
    if (text_of_packs(packs) != text_of_packs(plan.packs))
        refuse(path, "these parts were made with other rule packs than this program has; every step of a scrub needs the same rules, so "
                     "use the program of that time, or split the inputs again");
    return plan;
}

void refuse_changed(const PartPlan& plan) {
    for (const auto& input : plan.inputs) {
        const auto& spec = plan.job.inputs[input.of];
        // On another machine the original may not be there, and a pipe never is.
        const auto now = input.source.regular ? mark_of(spec.path) : std::nullopt;
        if (!now || (input.source.size == now->size && input.source.modified == now->modified)) continue;
        refuse(spec.path, "this input changed since it was split into parts (size or modification time differ); split the inputs again, "
                          "so that what was added since, a no among it, counts");
    }
}

Opened open_part(const Context& context, const PartPlan& plan, std::size_t input, std::unique_ptr<csv::Source> bytes,
                 std::shared_ptr<const PartLines> lines, bool digest) {
    const auto& stored = plan.inputs.at(input);
    Opened out;
    out.spec = &plan.job.inputs.at(stored.of);
    if (stored.merged) {
        out.merged = std::make_shared<const InputSpec>(*stored.merged);
        out.spec = out.merged.get();
    }
    out.kind = kind_of(out.spec->role);
    csv::ReaderOptions options;
    options.digest = digest;
    out.reader = csv::Reader::records(std::move(bytes), stored.known, options);
    out.columns = stored.columns;
    // All lists share the index behind the fact files.
    out.rules = &context.rules;
    out.reading = reading_of(context, *out.spec, static_cast<std::uint16_t>(std::min(input, plan.first_list())));
    const auto zone = context.zone(out.spec->time_zone);
    if (zone) out.zones.push_back(zone);
    for (const auto column : facts::columns_of(out.kind))
        if (facts::is_date(column) && out.kind != facts::FileKind::list)
            out.reading.dates[static_cast<std::size_t>(column)] =
                facts::DateReader(stored.dates[static_cast<std::size_t>(column)], zone.get());
    out.lines = std::move(lines);
    return out;
}

} // namespace callscrub::app
