#include "base/brittle.h"
#include "base/failure.h"
#include "report/summary.h"
#include <nlohmann/json.hpp>

namespace callscrub::report {

namespace {

using Json = nlohmann::json;

/// A member of an object; null where there is none or `json` is no object.
const Json& member(const Json& json, const char* key) {
    static const Json null;
    if (!json.is_object()) return null;
    const auto found = json.find(key);
    return found == json.end() ? null : *found;
}

std::string text(const Json& json, const char* key) {
    const Json& found = member(json, key);
    return found.is_string() ? found.get<std::string>() : std::string();
}

std::uint64_t count_of(const Json& json) { return json.is_number_unsigned() ? json.get<std::uint64_t>() : 0; }
std::uint64_t count(const Json& json, const char* key) { return count_of(member(json, key)); }

facts::Day day(const Json& json, const char* key) {
    return facts::read_iso_day(text(json, key)).value_or(facts::Day{0});
}

/// PERSON_MISMATCH stands for two reasons; its whole count comes back under the first of them.
Tallies tallies(const Json& json) {
    Tallies out;
    out.rows = count(json, "rows");
    out.clean = count(json, "clean");
    out.rejected = count(json, "rejected");
    out.emptied = count(json, "cells_emptied");
    out.matched = count(json, "rows_with_facts");
    for (const auto& [code, n] : member(json, "reasons").items())
        if (const auto reason = law::reason_of(code))
            out.reasons[static_cast<std::size_t>(*reason)] += count_of(n);
    for (const auto& [basis_name, n] : member(json, "bases").items())
        if (const auto basis = law::basis_of(basis_name))
            out.bases[static_cast<std::size_t>(*basis)] += count_of(n);
    for (const auto& [jurisdiction, n] : member(json, "jurisdictions").items())
        out.jurisdictions[jurisdiction] = count_of(n);
    return out;
}

InputSummary read_input(const Json& json) {
    InputSummary out;
    out.role = text(json, "role");
    out.path = text(json, "path");
    out.encoding = text(json, "encoding");
    out.delimiter = text(json, "delimiter");
    out.compression = text(json, "compression");
    out.newest_event = text(json, "newest_event");
    out.bytes = count(json, "bytes");
    out.rows = count(json, "rows");
    out.kept = count(json, "kept");
    out.bad = count(json, "bad_rows");
    out.blank = count(json, "blank_lines");
    return out;
}

[[noreturn]] void no_summary(const std::string& file, const std::string& what) {
    throw base::Failure(
        base::Exit::input, base::Place{file, 0, 0},
        what + "; expected the summary.json of an earlier run of callscrub. Name the directory of "
               "a finished run, or none.");
}

} // namespace

Summary read_summary(std::string_view source, const std::string& file) {
    const base::Brittle brittle;
    const Json json = Json::parse(source, nullptr, false);
    if (json.is_discarded()) no_summary(file, "this is no JSON");
    const Json& total = member(json, "total");
    if (!member(total, "rows").is_number_unsigned() || text(json, "run_id").empty())
        no_summary(file, "there is no run_id or no total.rows in it");
    Summary out;
    out.run_id = text(json, "run_id");
    out.version = text(json, "version");
    const Json& campaign = member(json, "campaign");
    out.entity = text(campaign, "entity");
    out.caller_type = text(campaign, "caller_type");
    out.purpose = text(campaign, "purpose");
    out.product = text(campaign, "product");
    out.jurisdiction = text(campaign, "jurisdiction");
    out.policy = text(campaign, "policy");
    out.call_from = day(campaign, "call_from");
    out.call_until = day(campaign, "call_until");
    out.total = tallies(total);
    out.total.open_ended = count(member(json, "expiring"), "no_end_known");
    for (const auto& [iso, n] : member(json, "lapses_by_day").items())
        if (const auto last = facts::read_iso_day(iso)) out.total.lapses[*last] = count_of(n);
    for (const Json& list : member(json, "lists")) {
        ListSummary one;
        one.files.path = text(list, "path");
        one.tallies = tallies(list);
        out.lists.push_back(std::move(one));
    }
    for (const Json& input : member(json, "inputs")) out.inputs.push_back(read_input(input));
    for (const Json& pack : member(json, "packs"))
        out.packs.push_back({text(pack, "id"), text(pack, "version"), text(pack, "sha256"), {}, {}});
    for (const auto& [key, value] : member(json, "policy_switches").items())
        if (value.is_string()) out.switches.emplace_back(key, value.get<std::string>());
    out.facts = count(json, "facts");
    return out;
}

} // namespace callscrub::report
