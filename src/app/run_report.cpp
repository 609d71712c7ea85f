#include "app/run_report.h"
#include "app/pack_files.h"
#include "app/presets.h"
#include "app/setting.h"
#include "app/version.h"
#include "base/text.h"
#include "report/counts.h"
#include "report/digest.h"
#include "report/html.h"
#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <sys/resource.h>

namespace callscrub::app {

namespace {

std::string utc(std::int64_t ms) {
    const std::time_t seconds = ms / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char out[32];
    std::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return out;
}

std::uint64_t peak_memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

report::PackSummary pack_summary(const law::Jurisdiction& law, const verdict::Window& window, std::string sha256) {
    report::PackSummary out;
    out.id = law.id;
    out.version = law.version;
    out.sha256 = std::move(sha256);
    out.names = law.names;
    for (const auto& regime : law.regimes)
        if (regime.from <= window.until && window.from <= regime.until)
            out.regimes.push_back({regime.id, regime.citation.article, regime.from, regime.until});
    return out;
}

std::string joined(const std::vector<std::string>& all) {
    std::string out;
    for (const auto& one : all) out += (out.empty() ? "" : ", ") + base::quoted(one, 200);
    return out;
}

report::Warning nameless_warning(const InputSpec& spec, const facts::Nameless& nameless) {
    const auto file = base::quoted(spec.path, 200);
    if (spec.role == Role::relations)
        return {"entity_relations", {{"file", file}, {"setting", nameless.header.empty() ? "set.entity = \"…\"" : nameless.setting}}};
    if (nameless.header.empty()) return {"entity", {{"file", file}}};
    return {"entity_column", {{"file", file}, {"header", nameless.header}, {"setting", nameless.setting}}};
}

std::string_view word(facts::CallerType type) {
    switch (type) {
    case facts::CallerType::commercial: return "commercial";
    case facts::CallerType::charity: return "charity";
    case facts::CallerType::publisher: return "publisher";
    case facts::CallerType::lottery: return "lottery";
    }
    return "";
}

} // namespace

RunReport::RunReport(const Context& context, Console& console) : context_(context), job_(context.job), console_(console) {
    const auto& campaign = job_.campaign;
    summary_.version = std::string(version());
    summary_.started = utc(context.now_ms);
    summary_.entity = campaign.entity;
    summary_.caller_type = std::string(word(campaign.caller_type));
    summary_.purpose = campaign.purpose_word;
    summary_.product = campaign.product;
    summary_.jurisdiction = campaign.jurisdiction;
    summary_.policy = context.rules.policy().base();
    summary_.phone_metadata = facts::phone_metadata_version();
    for (const auto& [name, value] : context.rules.policy().values()) summary_.switches.emplace_back(name, value);
    summary_.call_from = context.windows.front().from;
    summary_.call_until = context.windows.front().until;
    for (std::size_t i = 0; i < context.windows.size(); ++i) {
        if (context.fixed && context.index_of(*context.fixed) != i) continue;
        const auto& window = context.windows[i];
        summary_.call_from = context.fixed ? window.from : std::min(summary_.call_from, window.from);
        summary_.call_until = context.fixed ? window.until : std::max(summary_.call_until, window.until);
    }
    for (const auto& pack : context.packs) {
        const auto name = pack.name.substr(pack.name.rfind('/') + 1);
        for (const auto& law : context.rules.jurisdictions())
            if (name == law.id + ".toml") summary_.packs.push_back(pack_summary(law, context.window(law), report::sha256_hex(pack.text)));
    }
}

void RunReport::load_previous() {
    console_.log().record("run begins", {Field::whole("version", summary_.version), Field::whole("profile", job_.profile),
                                         Field::whole("call_from", facts::to_string(summary_.call_from)),
                                         Field::whole("call_until", facts::to_string(summary_.call_until))});
    if (job_.output.dir.empty() || !job_.output.replace) return;
    const auto path = job_.output.dir + "/summary.json";
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        std::error_code error;
        if (!std::filesystem::exists(job_.output.dir + "/" + std::string(report::manifest_name), error)) return; // no run there
        throw base::Failure(base::Exit::input, {path, 0, 0},
                            "the summary of the run before can't be read, and this run is compared with it; give it another folder, or see what happened to that one");
    }
    std::ostringstream text;
    text << in.rdbuf();
    previous_ = report::read_summary(text.str(), path);
}

void RunReport::add_input(const InputSpec& spec, const csv::SourceFacts& source, const csv::Digest& digest, const csv::Tally& tally,
                          csv::Encoding encoding, char delimiter) {
    report::InputSummary one;
    one.role = std::string(word_of(spec.role));
    one.path = spec.path;
    one.preset = spec.preset;
    one.bytes = source.size.value_or(digest.bytes);
    one.rows = tally.records;
    one.blank = tally.blank;
    one.encoding = std::string(csv::name(encoding));
    one.delimiter = csv::delimiter_name(delimiter);
    one.compression = std::string(csv::name(source.compression));
    if (source.modified) one.age_seconds = std::max<std::int64_t>(0, (context_.now_ms - *source.modified / 1'000'000) / 1000);
    summary_.inputs.push_back(one);
    manifest_.inputs.push_back({one.role + (spec.name.empty() ? "" : " " + spec.name), spec.path, one.bytes, digest.sha256, one.rows});
    console_.log().record("input read", {Field::whole("role", one.role), Field::whole("file", spec.path), {"rows", one.rows}, {"bytes", one.bytes},
                                         Field::whole("sha256", digest.sha256)});
}

void RunReport::add(const Gathered& gathered, double seconds) {
    for (const auto& file : gathered.files) {
        refuse_stale(context_, *file.spec, file.source, file.newest_ms);
        add_input(*file.spec, file.source, file.digest, file.tally, file.encoding, file.dialect.delimiter);
        summary_.inputs.back().kept = file.kept;
        summary_.inputs.back().bad = file.bad;
        if (file.newest_ms != INT64_MIN) summary_.inputs.back().newest_event = utc(file.newest_ms).substr(0, 10);
        if (file.columns.nameless) nameless_.push_back(nameless_warning(*file.spec, *file.columns.nameless));
        unheeded_.add(*file.spec, file.headers, file.columns);
        if (const auto doubt = without_rows(*file.spec, file.tally.records)) summary_.warnings.push_back(*doubt);
        for (auto& doubt : strange_rows(file)) summary_.warnings.push_back(std::move(doubt));
        if (const auto doubt = left_out(file)) summary_.warnings.push_back(*doubt);
        if (names_persons_only(file.columns)) persons_only_.push_back(base::quoted(file.spec->path, 200));
        for (const auto& trouble : file.troubles) console_.log().warning(trouble.place.text() + ": left out: " + trouble.text);
    }
    refuse_shrunken(gathered.files, previous_ ? &*previous_ : nullptr);
    summary_.facts = gathered.facts();
    summary_.timings.push_back({"gather", seconds});
}

void RunReport::add(const Opened& list, const ScrubbedList& scrubbed, report::ListSummary summary) {
    refuse_stale(context_, *list.spec, scrubbed.source, INT64_MIN);
    add_input(*list.spec, scrubbed.source, scrubbed.digest, scrubbed.records, list.reader->encoding(), list.reader->dialect().delimiter);
    unheeded_.add(*list.spec, list.reader->header().names, list.columns);
    list_names_persons_ = list_names_persons_ || list.columns.has(facts::Column::person_id);
    summary.tallies = scrubbed.tallies;
    summary.files.rows = scrubbed.tallies.rows;
    summary.files.clean = scrubbed.tallies.clean;
    summary.files.rejected = scrubbed.tallies.rejected;
    summary.files.emptied = scrubbed.tallies.emptied;
    summary_.total += scrubbed.tallies;
    console_.log().record("list scrubbed", {Field::whole("file", list.spec->path), {"rows", scrubbed.tallies.rows},
                                            {"clean", scrubbed.tallies.clean}, {"rejected", scrubbed.tallies.rejected}});
    for (const auto& [reason, articles] : scrubbed.articles) summary_.articles[reason].insert(articles.begin(), articles.end());
    for (const auto& [basis, articles] : scrubbed.basis_articles) summary_.basis_articles[basis].insert(articles.begin(), articles.end());
    manifest_.lists.push_back(summary.files);
    summary_.lists.push_back(std::move(summary));
}

void RunReport::guard(double seconds) {
    summary_.timings.push_back({"scrub", seconds});
    if (summary_.total.rows > 0 && summary_.total.matched == 0)
        summary_.warnings.push_back({std::string(report::no_match), {}});
    const auto count = [&](law::Reason reason) { return summary_.total.reasons[static_cast<std::size_t>(reason)]; };
    if (count(law::Reason::consent_entity_mismatch) + count(law::Reason::relation_other_entity) > 0)
        summary_.warnings.insert(summary_.warnings.end(), nameless_.begin(), nameless_.end());
    if (!list_names_persons_)
        for (const auto& file : persons_only_) summary_.warnings.push_back({"persons_only", {{"file", file}}});
    if (!job_.replaced.empty()) summary_.warnings.push_back({"flags_replace", {{"files", joined(job_.replaced)}}});
    if (!job_.kept_switches.empty()) summary_.warnings.push_back({"kept_switches", {{"switches", joined(job_.kept_switches)}}});
    for (auto& [path, role, warning] : unheeded_.found()) summary_.warnings.push_back(std::move(warning));
    for (const auto& law : context_.rules.jurisdictions())
        if (summary_.total.jurisdictions.contains(law.id)) warn_of_registers(law);
    for (const auto& law : context_.rules.jurisdictions()) warn_of_doubts(law);
    refuse_by_guards(job_.guard, summary_, previous_ ? &*previous_ : nullptr);
}

// Where the law leaves calls free unless a register lists the number, a run without that register can't know.
void RunReport::warn_of_registers(const law::Jurisdiction& law) {
    const auto& window = context_.window(law);
    for (const auto& regime : law.regimes) {
        if (regime.until < window.from || regime.from > window.until) continue;
        for (const auto& listed : regime.registers) {
            const auto inputs = job_.inputs_of(Role::registers);
            if (std::any_of(inputs.begin(), inputs.end(), [&](const InputSpec* input) { return input->name == listed.name; })) continue;
            summary_.warnings.push_back({"register", {{"law", law.id}, {"register", listed.name}}});
        }
    }
}

// A row is judged by the first day of the window, so one regime of each law speaks.
void RunReport::warn_of_doubts(const law::Jurisdiction& law) {
    const auto* regime = law.on(context_.window(law).from);
    if (!regime) return;
    for (const auto& doubt : regime->doubts) {
        const auto rows = summary_.total.doubts[doubt.id];
        if (rows == 0) continue;
        const auto& when = doubt.citation.when;
        const auto name = when.substr(0, when.find('='));
        const auto key = doubt.reason == law::Reason::not_verified ? "not_verified" : "too_old";
        summary_.warnings.push_back({key,
                                     {{"law", law.id},
                                      {"article", doubt.citation.article},
                                      {"months", std::to_string(doubt.months.value)},
                                      {"now", name + "=" + context_.rules.policy().word(name)},
                                      {"switch", when}},
                                     rows});
    }
}

// What decides the outcome: neither threads nor places of outputs, and days as they came out, not as they were stated,
// so that a run can be made again with --as-of.
std::vector<report::Setting> RunReport::settings() const {
    Job read = job_;
    for (auto& input : read.inputs)
        if (const auto preset = preset_of(input)) input = merge(input, *preset);
    std::vector<report::Setting> out;
    for (auto& [key, value] : settings_in_force(read)) {
        if (key == "campaign.call_from" || key == "campaign.call_until") continue;
        out.emplace_back(key, key == "campaign.region" ? context_.region.text() : value);
    }
    for (const auto& law : context_.rules.jurisdictions()) {
        if (context_.fixed && context_.fixed != &law) continue;
        const auto& window = context_.window(law);
        out.emplace_back("window." + law.id, facts::to_string(window.from) + "/" + facts::to_string(window.until));
    }
    return out;
}

report::Manifest RunReport::manifest(const report::Publication* publication) {
    report::Manifest out = manifest_;
    out.version = summary_.version;
    out.settings = settings();
    for (const auto& [name, value] : context_.rules.policy().values()) out.policy.emplace_back(name, value);
    const auto declare = [&](const law::Switch& one) {
        out.switches.push_back({one.name, one.standard, one.strict, static_cast<std::uint32_t>(one.certainty)});
    };
    for (const auto& one : law::general_switches()) declare(one);
    for (const auto& law : context_.rules.jurisdictions()) std::for_each(law.switches.begin(), law.switches.end(), declare);
    for (const auto& pack : summary_.packs) out.packs.push_back({pack.id, pack.version, pack.sha256});
    out.phone_metadata = summary_.phone_metadata;
    // The report also tells what changed since the run that is replaced; SHA256SUMS has the digests of both.
    out.not_compared = {"report.html", "summary.json"};
    out.counts = report::counts_of(summary_.total);
    if (publication)
        for (const auto& file : publication->files())
            if (std::find(out.not_compared.begin(), out.not_compared.end(), file.name) == out.not_compared.end()) out.outputs.push_back(file);
    out.run_id = report::make_run_id(out);
    return out;
}

void RunReport::finish_timings(double seconds) {
    summary_.seconds = seconds;
    summary_.peak_memory = peak_memory();
}

void RunReport::write(report::Publication& publication) {
    summary_.run_id = manifest(nullptr).run_id;
    const auto put = [&](std::string_view name, const std::string& text) {
        auto& file = publication.create(std::string(name));
        file.write(text);
        file.finish();
        return file.record().sha256;
    };
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    finish_timings(static_cast<double>(now - context_.now_ms) / 1000);
    put("report.html", report::to_html(summary_, previous_ ? &*previous_ : nullptr, report::language_of(job_.output.lang.front()), translations(job_.rules_dir)));
    put("summary.json", report::to_json(summary_));
    manifest_sha_ = put(report::manifest_name, report::to_json(manifest(&publication)));
    sums_sha_ = put(report::sums_name, report::sha256sums(publication.files()));
}

void RunReport::publish(report::Publication& publication, double seconds, double total) {
    summary_.timings.push_back({"write", seconds});
    finish_timings(total);
    // Standard output is an output, too: where it can't be written nothing is published.
    if (job_.talk.json) {
        console_.print(report::to_json(summary_));
        console_.flush();
    }
    if (job_.output.ledger.empty() || job_.dry_run) return publication.commit();
    report::Ledger ledger(job_.output.ledger);
    report::LedgerEntry entry;
    entry.time = utc(context_.now_ms);
    entry.run_id = summary_.run_id;
    entry.out = job_.output.dir;
    entry.counts = manifest(nullptr).counts;
    entry.manifest_sha256 = manifest_sha_;
    entry.sums_sha256 = sums_sha_;
    publication.commit({[&] { ledger.append(entry); }, [&] { ledger.revoke(); }});
}

namespace {

// Reasons with their numbers, the most frequent first; a code that stands for two of them is one line.
std::vector<std::pair<law::Reason, std::uint64_t>> by_count(const std::array<std::uint64_t, law::reason_count>& reasons) {
    std::map<law::Reason, std::uint64_t> counts;
    for (std::size_t i = 0; i < law::reason_count; ++i)
        if (const auto reason = law::reason_of(law::code(static_cast<law::Reason>(i))); reason && reasons[i] != 0) counts[*reason] += reasons[i];
    std::vector<std::pair<law::Reason, std::uint64_t>> out(counts.begin(), counts.end());
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return out;
}

} // namespace

// For the log file: the table on the terminal is for people.
void RunReport::record(double seconds) {
    Log::Fields reasons;
    for (const auto& [reason, count] : by_count(summary_.total.reasons)) reasons.emplace_back(law::code(reason), count);
    if (!reasons.empty()) console_.log().record("rejected by reason", reasons);
    char pace[32];
    std::snprintf(pace, sizeof pace, "%.2f", seconds);
    console_.log().record(job_.dry_run ? "dry run ended, nothing was written" : "outputs in place",
                          {Field::whole("out", job_.output.dir), Field::whole("run_id", summary_.run_id), {"rows", summary_.total.rows},
                           {"clean", summary_.total.clean}, {"rejected", summary_.total.rejected}, Field::whole("seconds", pace)});
}

void RunReport::tell(double seconds) {
    record(seconds);
    for (const auto& warning : summary_.warnings) console_.log().warning(warning.text());
    const auto language = report::language_of(job_.output.lang.front());
    if (job_.talk.json) return;
    const bool colour = console_.err().colour;
    const auto& total = summary_.total;
    Table table({Table::Align::right, Table::Align::left, Table::Align::left});
    table.row({std::to_string(total.clean), "clean", ""}, Tint::good);
    for (std::size_t i = 1; i < law::basis_count; ++i)
        if (const auto n = total.bases[i]) {
            const auto basis = static_cast<law::Basis>(i);
            table.row({std::to_string(n), "  " + std::string(law::name(basis)), std::string(report::text(basis, language))});
        }
    table.row({std::to_string(total.rejected), "rejected", ""}, total.rejected != 0 ? Tint::warn : Tint::none);
    for (const auto& [reason, count] : by_count(total.reasons))
        table.row({std::to_string(count), "  " + std::string(law::code(reason)), std::string(report::text(reason, language))});
    char pace[120];
    std::snprintf(pace, sizeof pace, "%llu %s and %llu %s in %.2f s (%.0f rows per second)\n", static_cast<unsigned long long>(total.rows),
                  total.rows == 1 ? "row" : "rows", static_cast<unsigned long long>(summary_.facts), summary_.facts == 1 ? "fact" : "facts", seconds, seconds > 0 ? static_cast<double>(total.rows) / seconds : 0.0);
    std::string text = table.text(console_.err().width, colour);
    text += pace;
    if (!job_.output.dir.empty() && !job_.dry_run) text += "written to " + harmless(job_.output.dir) + " (for people: " + harmless(job_.output.dir) + "/report.html)\n";
    if (job_.dry_run) text += "dry run: nothing was written\n";
    console_.say(text);
}

} // namespace callscrub::app
