#include "app/commands.h"
#include "csv/tidy.h"
#include "report/publish.h"
#include <nlohmann/json.hpp>

namespace callscrub::app {

namespace {

/// "1 damaged row", "1,204 damaged rows".
std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return with_commas(number) + " " + std::string(number == 1 ? one : many);
}

void tell(const TidySpec& tidy, const csv::TidyResult& result, Console& console) {
    std::string text = counted(result.rows, "row", "rows") + " written";
    if (result.damaged != 0)
        text += ", " + counted(result.damaged, "damaged row", "damaged rows") +
                (tidy.rejects.empty() ? " left out (state --rejects FILE to keep them)"
                                      : " set aside into " + tidy.rejects);
    if (result.blank != 0) text += ", " + counted(result.blank, "blank line", "blank lines") + " dropped";
    if (result.escaped != 0)
        text += "; " + counted(result.escaped, "damaged row holds", "damaged rows hold") +
                " \\\": if that is how the file writes a quote in a cell, state --escape '\\'";
    const Log::Fields fields = {Field::whole("file", tidy.path),
                                {"rows", result.rows},
                                {"damaged", result.damaged},
                                {"blank", result.blank}};
    console.log().write(result.damaged != 0 ? Level::warning : Level::info, text, fields);
}

} // namespace

int run_tidy(const Job& job, Console& console) {
    const auto& tidy = job.tidy;
    // Files appear when they are complete; standard output is a stream, for pipes.
    std::vector<std::string> targets;
    for (const auto* path : {&tidy.output, &tidy.rejects})
        if (!path->empty() && *path != "-") targets.push_back(*path);
    report::PublishOptions options;
    options.inputs = {tidy.path};
    const auto files = targets.empty() ? report::open_nowhere() : report::open_files(targets, options);
    const auto sink_to = [&](const std::string& path) -> csv::Sink {
        if (path.empty()) return {};
        if (path == "-") return [&console](std::string_view bytes) { console.print(bytes); };
        return [&file = files->create(path)](std::string_view bytes) { file.write(bytes); };
    };
    const auto clean = sink_to(tidy.output), rejects = sink_to(tidy.rejects);
    const auto result = csv::tidy(tidy.path, tidy.dialect, clean, rejects);
    const int code = static_cast<int>(result.damaged != 0 ? base::Exit::finding : base::Exit::done);
    if (job.talk.json) {
        const nlohmann::ordered_json out = {{"file", tidy.path},         {"rows", result.rows},
                                            {"damaged", result.damaged}, {"blank", result.blank},
                                            {"output", tidy.output},     {"rejects", tidy.rejects}};
        console.print(out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    }
    console.flush(); // before the files stand: what can't be written to the end publishes nothing
    if (!targets.empty()) files->commit({{}, {}, code});
    tell(tidy, result, console);
    return code;
}

} // namespace callscrub::app
