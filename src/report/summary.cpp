#include "report/summary.h"
#include "base/brittle.h"
#include "report/counts.h"
#include <nlohmann/json.hpp>

namespace callscrub::report {

using Json = nlohmann::ordered_json;

Tallies& Tallies::operator+=(const Tallies& other) {
    rows += other.rows;
    clean += other.clean;
    rejected += other.rejected;
    emptied += other.emptied;
    matched += other.matched;
    open_ended += other.open_ended;
    for (std::size_t i = 0; i < reasons.size(); ++i) reasons[i] += other.reasons[i];
    for (std::size_t i = 0; i < bases.size(); ++i) bases[i] += other.bases[i];
    for (std::size_t i = 0; i < doubts.size(); ++i) doubts[i] += other.doubts[i];
    for (const auto& [name, count] : other.jurisdictions) jurisdictions[name] += count;
    for (const auto& [day, count] : other.lapses) lapses[day] += count;
    return *this;
}

std::uint64_t Summary::expiring_within(int days) const {
    std::uint64_t out = 0;
    for (const auto& [day, count] : total.lapses)
        if (day < call_from + days) out += count;
    return out;
}

namespace {

Json object_of(const std::vector<Count>& counts) {
    Json out = Json::object();
    for (const auto& [name, count] : counts) out[name] = count;
    return out;
}

Json counts(const Tallies& tallies) {
    Json out;
    out["rows"] = tallies.rows;
    out["clean"] = tallies.clean;
    out["rejected"] = tallies.rejected;
    out["cells_emptied"] = tallies.emptied;
    out["rows_with_facts"] = tallies.matched;
    out["reasons"] = object_of(reasons_of(tallies));
    out["bases"] = object_of(bases_of(tallies));
    out["jurisdictions"] = Json(tallies.jurisdictions);
    return out;
}

Json input(const InputSummary& one) {
    Json out;
    out["role"] = one.role;
    out["path"] = path_text(one.path);
    out["bytes"] = one.bytes;
    out["rows"] = one.rows;
    out["kept"] = one.kept;
    out["bad_rows"] = one.bad;
    out["blank_lines"] = one.blank;
    out["encoding"] = one.encoding;
    out["delimiter"] = one.delimiter;
    out["compression"] = one.compression;
    out["newest_event"] = one.newest_event;
    return out;
}

Json pack_json(const PackSummary& pack) {
    Json out{{"id", pack.id}, {"version", pack.version}, {"sha256", pack.sha256}};
    out["regimes"] = Json::array();
    for (const auto& regime : pack.regimes)
        out["regimes"].push_back({{"id", regime.id},
                                  {"article", regime.article},
                                  {"from", facts::to_string(regime.from)},
                                  {"until", facts::to_string(regime.until)}});
    return out;
}

} // namespace

std::string Warning::text(Language language) const {
    auto all = slots;
    all.emplace_back("rows", grouped(rows, language));
    return filled("warning." + key, language, all);
}

std::string to_json(const Summary& summary) {
    const base::Brittle brittle;
    Json out;
    out["run_id"] = summary.run_id;
    out["version"] = summary.version;
    out["campaign"] = {{"entity", path_text(summary.entity)},
                       {"caller_type", summary.caller_type},
                       {"purpose", path_text(summary.purpose)},
                       {"product", path_text(summary.product)},
                       {"jurisdiction", summary.jurisdiction},
                       {"policy", summary.policy},
                       {"call_from", facts::to_string(summary.call_from)},
                       {"call_until", facts::to_string(summary.call_until)}};
    out["total"] = counts(summary.total);
    out["expiring"] = {{"within_7_days", summary.expiring_within(7)},
                       {"within_30_days", summary.expiring_within(30)},
                       {"within_90_days", summary.expiring_within(90)},
                       {"no_end_known", summary.total.open_ended}};
    Json days = Json::object();
    for (const auto& [day, count] : summary.total.lapses) days[facts::to_string(day)] = count;
    out["lapses_by_day"] = std::move(days);
    out["lists"] = Json::array();
    for (const auto& list : summary.lists) {
        Json one = counts(list.tallies);
        one["path"] = path_text(list.files.path);
        one["clean_file"] = path_text(list.files.clean_file);
        one["rejected_file"] = path_text(list.files.rejected_file);
        one["evidence_file"] = path_text(list.files.evidence_file);
        out["lists"].push_back(std::move(one));
    }
    out["inputs"] = Json::array();
    for (const auto& one : summary.inputs) out["inputs"].push_back(input(one));
    out["packs"] = Json::array();
    for (const auto& pack : summary.packs) out["packs"].push_back(pack_json(pack));
    out["policy_switches"] = Json::object();
    for (const auto& [key, value] : summary.switches) out["policy_switches"][key] = path_text(value);
    std::map<std::string, Articles> articles_of; // two reasons share a code
    for (const auto& [reason, articles] : summary.articles)
        articles_of[std::string(law::code(reason))].insert(articles.begin(), articles.end());
    out["articles"] = Json(articles_of);
    for (const auto& [basis, articles] : summary.basis_articles)
        out["articles"][std::string(law::name(basis))] = articles;
    out["phone_metadata"] = summary.phone_metadata;
    out["facts"] = summary.facts;
    out["warnings"] = Json::array();
    for (const auto& warning : summary.warnings) out["warnings"].push_back(path_text(warning.text()));
    Json timings;
    timings["started"] = summary.started;
    timings["seconds"] = summary.seconds;
    timings["rows_per_second"] =
        summary.seconds > 0 ? static_cast<double>(summary.total.rows) / summary.seconds : 0.0;
    timings["peak_memory_bytes"] = summary.peak_memory;
    Json ages = Json::object();
    for (const auto& one : summary.inputs)
        if (one.age_seconds >= 0) ages[path_text(one.path)] = one.age_seconds;
    timings["input_age_seconds"] = std::move(ages);
    for (const auto& timing : summary.timings) timings["phases"][timing.phase] = timing.seconds;
    out["timings"] = std::move(timings);
    return out.dump(2) + "\n";
}

} // namespace callscrub::report
