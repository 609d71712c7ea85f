/// A small finished run, written by hand: what verify and diff look at.
#pragma once
#include "report/manifest.h"
#include "report/publish.h"
#include "report/scratch.h"
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace callscrub::report::test {

/// One row of the list "phone,name": on the clean list with a basis, or rejected with a reason.
struct MadeRow {
    std::string phone;
    std::string name;
    std::string number; ///< E.164 of a clean row; "" = rejected
    std::string code;   ///< basis or reason
    std::string decided_by;
};

struct MadeRun {
    std::string list = "people";
    std::vector<MadeRow> rows;
    std::vector<Setting> settings{{"campaign.entity", "E1"}, {"campaign.call_from", "2026-06-30"}};
    std::string consents_sha = std::string(64, 'c');
    /// Called with the manifest before it is written: to make it wrong.
    std::function<void(Manifest&)> change = [](Manifest&) {};

    std::string list_text() const {
        std::string out = "phone,name\n";
        for (const MadeRow& row : rows) out += row.phone + "," + row.name + "\n";
        return out;
    }

    static std::string object_of(const std::map<std::string, std::uint64_t>& counts) {
        std::string out;
        for (const auto& [name, count] : counts) out += (out.empty() ? "{\"" : ", \"") + name + "\": " + std::to_string(count);
        return out.empty() ? "{}" : out + "}";
    }

    Manifest write(const std::string& directory) const {
        std::string clean = "phone,name\n",
                    evidence = "scrub_line,phone,basis,rule,article,decided_by,record_id,given_at,callable_"
                               "from,callable_until,retain_until\n";
        std::string rejected = "phone,name,scrub_line,scrub_reason,scrub_reasons,scrub_text,scrub_article,"
                               "scrub_decided_by,scrub_callable_until,scrub_raw\n";
        std::uint64_t line = 1, cleans = 0;
        std::map<std::string, std::uint64_t> reasons, bases;
        for (const MadeRow& row : rows) {
            const std::string text = row.phone + "," + row.name, at = std::to_string(++line);
            ++(row.number.empty() ? reasons : bases)[row.code];
            if (row.number.empty()) {
                rejected += text + "," + at + "," + row.code + "," + row.code + ",text,art," +
                            row.decided_by + ",,\n";
            } else {
                ++cleans;
                clean += text + "\n";
                evidence += at + "," + row.number + "," + row.code + ",rule,art," + row.decided_by +
                            ",r1,,,2027-01-31,\n";
            }
        }
        const auto run = open_directory(directory, {});
        Manifest manifest;
        manifest.version = "1.0.0";
        manifest.settings = settings;
        manifest.policy = {{"evidence", "required"}};
        manifest.phone_metadata = "libphonenumber 8.12.57";
        manifest.packs = {{"NL", "2026-07", std::string(64, 'a')}};
        manifest.inputs = {{"list", list + ".csv", list_text().size(), sha256_hex(list_text()), rows.size()},
                           {"consents", "consents.csv", 10, consents_sha, 3}};
        ManifestList made;
        made.path = list + ".csv";
        made.rows = rows.size();
        made.clean = cleans;
        made.rejected = rows.size() - cleans;
        made.clean_file = list + ".clean.csv";
        made.rejected_file = list + ".rejected.csv";
        made.evidence_file = list + ".evidence.csv";
        made.delimiter = ",";
        made.phone_columns = {1};
        made.region = "NL";
        manifest.lists = {made};
        manifest.counts = {{"rows", made.rows}, {"clean", made.clean}, {"rejected", made.rejected}};
        for (const auto& counts : {reasons, bases}) manifest.counts.insert(manifest.counts.end(), counts.begin(), counts.end());
        for (const auto& [name, text] : std::initializer_list<std::pair<std::string, std::string>>{
                 {made.clean_file, clean}, {made.rejected_file, rejected}, {made.evidence_file, evidence}}) {
            OutputFile& file = run->create(name);
            file.write(text);
            file.finish();
            manifest.outputs.push_back(file.record());
        }
        OutputFile& summary = run->create("summary.json");
        summary.write(R"({"run_id": "made", "total": {"rows": )" + std::to_string(rows.size()) + R"(, "clean": )" + std::to_string(cleans) +
                      R"(, "rejected": )" + std::to_string(rows.size() - cleans) + R"(, "reasons": )" + object_of(reasons) +
                      R"(, "bases": )" + object_of(bases) + R"(}, "timings": {}})" + "\n");
        summary.finish();
        manifest.not_compared = {"summary.json"};
        manifest.run_id = make_run_id(manifest);
        change(manifest);
        OutputFile& manifest_file = run->create(std::string(manifest_name));
        manifest_file.write(to_json(manifest));
        manifest_file.finish();
        const std::string sums = sha256sums(run->files());
        run->create(std::string(sums_name)).write(sums);
        run->commit();
        return manifest;
    }
};

} // namespace callscrub::report::test
