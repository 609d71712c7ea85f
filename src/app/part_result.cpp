#include "app/part_result.h"
#include "app/part_fields.h"
#include "report/digest.h"
#include <algorithm>
#include <fcntl.h>
#include <filesystem>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace stored {

template <class Io> void fields(Io& io, PartFile& v) {
    auto& [kept, bad, facts, newest_ms, later, outcomes, troubles] = v;
    io("kept", kept), io("bad", bad), io("facts", facts), io("newest_ms", newest_ms);
    io("later", later), io("outcomes", outcomes), io("troubles", troubles);
}

template <class Io> void fields(Io& io, report::Tallies& v) {
    auto& [rows, clean, rejected, emptied, matched, reasons, bases, jurisdictions, lapses, open_ended, doubts] = v;
    io("rows", rows), io("clean", clean), io("rejected", rejected), io("emptied", emptied), io("matched", matched);
    io("reasons", reasons), io("bases", bases), io("jurisdictions", jurisdictions), io("lapses", lapses);
    io("open_ended", open_ended), io("doubts", doubts);
}

template <class Io> void fields(Io& io, PartList& v) {
    auto& [tallies, articles, basis_articles] = v;
    io("tallies", tallies), io("articles", articles), io("basis_articles", basis_articles);
}

template <class Io> void fields(Io& io, PartResult& v) {
    auto& [plan, part, parts, fact_files, lists, files] = v;
    io("plan", plan), io("part", part), io("parts", parts), io("fact_files", fact_files), io("lists", lists);
    io("files", files);
}

} // namespace stored

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& what) { throw Failure(Exit::input, {path, 0, 0}, what); }

std::string of_parts(std::uint32_t part, std::uint32_t parts) { return std::to_string(part) + " of " + std::to_string(parts); }

std::string run_it(const PartPlan& plan, std::uint32_t part) {
    return "`callscrub run --part " + std::to_string(part) + "/" + std::to_string(plan.parts) + " " + plan.dir + "`";
}

void refuse_missing(const std::vector<std::optional<PartResult>>& found, const PartPlan& plan) {
    std::string missing;
    std::uint32_t first = 0, count = 0;
    for (std::uint32_t part = 1; part <= plan.parts; ++part) {
        if (found[part - 1]) continue;
        if (count++ == 0) first = part;
        missing += (missing.empty() ? "" : ", ") + std::to_string(part);
    }
    if (count == 0) return;
    refuse(plan.dir, (count == 1 ? "part " : "parts ") + missing + " of " + std::to_string(plan.parts) + (count == 1 ? " is" : " are") +
                         " not done yet; run " + run_it(plan, first) + (count == 1 ? "" : " and the others"));
}

void refuse_foreign(const std::string& dir, const PartResult& result, const PartPlan& plan) {
    if (result.plan == plan.sha256 && result.parts == plan.parts && result.part >= 1 && result.part <= plan.parts &&
        result.fact_files.size() == plan.first_list() && result.fact_files.size() + result.lists.size() == plan.inputs.size())
        return;
    refuse(dir, "this is the result of part " + of_parts(result.part, result.parts) +
                    " of another split: its inputs, settings or rules are not those of " + plan.path(std::string(plan_name)) + "; run " +
                    run_it(plan, std::clamp(result.part, 1U, plan.parts)) + " again, or remove it");
}

} // namespace

std::string rows_file(std::size_t input) { return "list-" + std::to_string(input) + ".rows"; }

std::string to_json(const PartResult& result) {
    const base::Brittle brittle;
    return stored::written(result).dump(1) + "\n";
}

PartResult read_result(const std::string& dir) {
    const std::string path = dir + "/" + std::string(result_name);
    std::string text;
    if (const int error = report::read_file(AT_FDCWD, path, text); error != 0) refuse(path, "can't be read: " + report::errno_text(error));
    PartResult out;
    try {
        const base::Brittle brittle;
        stored::read(stored::Json::parse(text), out);
    } catch (const std::exception&) {
        refuse(path, "is no result of a part, or is damaged; run the part again");
    }
    return out;
}

bool is_done(const std::string& dir, const PartPlan& plan, std::uint32_t part) {
    try {
        const auto result = read_result(dir);
        refuse_foreign(dir, result, plan);
        if (result.part != part) return false;
        return std::all_of(result.files.begin(), result.files.end(), [&](const report::FileRecord& file) {
            const auto now = report::sha256_file(dir + "/" + file.name);
            return now.size == file.size && now.sha256 == file.sha256;
        });
    } catch (const Failure&) {
        return false;
    }
}

std::vector<PartResult> read_results(const PartPlan& plan, std::vector<std::string>& dirs) {
    std::vector<std::optional<PartResult>> found(plan.parts);
    dirs.assign(plan.parts, "");
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(plan.dir, error))
        if (const auto name = entry.path().filename().string(); name.starts_with("result-")) names.push_back(name);
    if (error) refuse(plan.dir, "can't be looked into: " + error.message());
    std::sort(names.begin(), names.end());
    for (const auto& name : names) {
        const auto dir = plan.path(name);
        auto result = read_result(dir);
        refuse_foreign(dir, result, plan);
        auto& at = found[result.part - 1];
        if (at)
            refuse(dir, "the result of part " + of_parts(result.part, plan.parts) + " is there twice, the other one is " +
                            dirs[result.part - 1] + "; remove one of them");
        dirs[result.part - 1] = dir;
        at = std::move(result);
    }
    refuse_missing(found, plan);
    std::vector<PartResult> out;
    out.reserve(found.size());
    for (auto& one : found)
        if (one) out.push_back(*std::move(one));
    return out;
}

} // namespace callscrub::app
