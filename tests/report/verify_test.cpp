#include "report/ledger.h"
#include "report/made_run.h"
#include "report/verify.h"

using namespace callscrub::report;
using namespace callscrub::report::test;
using callscrub::base::Exit;

namespace {
MadeRun made() {
    MadeRun run;
    run.rows = {{"0612345678", "Ann", "+31612345678", "explicit_consent", "c.csv:2"},
                {"0612345679", "\"Bo, \"\"B\"\"\"", "", "NO_BASIS", ""},
                {"0612345670", "Cy", "+31612345670", "customer_relationship", "r.csv:9"}};
    return run;
}

/// All findings as "name: text", the directory left out.
std::string found(const std::string& directory, const VerifyOptions& options = {}) {
    std::string out;
    for (const Finding& finding : verify_run(directory, options)) {
        std::string place = finding.place;
        if (place.starts_with(directory + "/")) place.erase(0, directory.size() + 1);
        out += place + ": " + finding.text + "\n";
    }
    return out;
}

void append(const std::string& path, const std::string& text) { put(path, slurp(path) + text); }

/// Puts right what SHA256SUMS says about a file, as a careful forger would.
void forge_sums(const std::string& directory) {
    std::vector<FileRecord> files;
    for (const Sum& sum : read_sha256sums(slurp(directory + "/SHA256SUMS"), ""))
        files.push_back({sum.name, 0, sha256_file(directory + "/" + sum.name).sha256});
    put(directory + "/SHA256SUMS", sha256sums(files));
}

/// The same for the manifest before: as who can compute every digest anew.
void forge_manifest(const std::string& directory) {
    Manifest manifest = read_manifest(slurp(directory + "/manifest.json"), "");
    for (FileRecord& file : manifest.outputs) {
        const FileDigest now = sha256_file(directory + "/" + file.name);
        file.size = now.size;
        file.sha256 = now.sha256;
    }
    put(directory + "/manifest.json", to_json(manifest));
    forge_sums(directory);
}

/// Puts `now` in place of `was` in a file of the run, and every digest right.
void forge(const std::string& directory, const std::string& name, const std::string& was, const std::string& now) {
    std::string text = slurp(directory + "/" + name);
    text.replace(text.find(was), was.size(), now);
    put(directory + "/" + name, text);
    forge_manifest(directory);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
} // namespace

TEST_CASE("a run as it was published has no findings, and sha256sum agrees") {
    const Scratch scratch;
    made().write(scratch / "out");
    CHECK(found(scratch / "out") == "");
    CHECK(found(scratch / "out/") == "");
    put(scratch / "out/.DS_Store", "");
    CHECK(found(scratch / "out") == "");
    fs::create_directory(scratch / "out/.git");
    CHECK(found(scratch / "out") == ".git: is not of this run\n");
    fs::remove(scratch / "out/.git");
    CHECK(std::system(("cd " + (scratch / "out") + " && sha256sum --strict --quiet -c SHA256SUMS").c_str()) ==
          0);
}

TEST_CASE("an empty list verifies too") {
    const Scratch scratch;
    MadeRun{}.write(scratch / "out");
    CHECK(found(scratch / "out") == "");
}

TEST_CASE("what was changed afterwards is found") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    made().write(out);
    SUBCASE("a changed byte") {
        std::string text = slurp(out + "/people.evidence.csv");
        text.replace(text.find("c.csv:2"), 7, "c.csv:3");
        put(out + "/people.evidence.csv", text);
        const std::string all = found(out);
        CHECK(has(all, "people.evidence.csv: has SHA-256 " + sha256_hex(text) + ", SHA256SUMS states "));
        CHECK(has(all, "people.evidence.csv: has SHA-256 " + sha256_hex(text) + ", the manifest states "));
        CHECK(std::count(all.begin(), all.end(), '\n') == 2);
    }
    SUBCASE("a row added to the clean list, sums forged") {
        append(out + "/people.clean.csv", "0687654321,Eve\n");
        forge_sums(out);
        const std::string all = found(out);
        CHECK(has(all, "people.clean.csv: has 58 bytes, the manifest states 43") ==
              false); // sizes are stated truly below
        CHECK(has(all, "people.clean.csv: has SHA-256"));
        CHECK(has(all, "people.clean.csv: has 3 rows, the manifest states 2"));
        CHECK_FALSE(has(all, "the rows of its lists"));
        CHECK_FALSE(has(all, "SHA256SUMS states"));
    }
    SUBCASE("a missing file") {
        fs::remove(out + "/people.rejected.csv");
        CHECK(found(out) == "people.rejected.csv: is missing\n");
    }
    SUBCASE("an extra file") {
        put(out + "/more.clean.csv", "phone\n");
        CHECK(found(out) == "more.clean.csv: is not of this run\n");
    }
    SUBCASE("a file in the place of which a link stands") {
        fs::rename(out + "/people.clean.csv", scratch / "elsewhere");
        fs::create_symlink(scratch / "elsewhere", out + "/people.clean.csv");
        CHECK(has(found(out), "can't be opened: Too many levels of symbolic links"));
    }
    SUBCASE("timings, which the manifest does not cover") {
        append(out + "/summary.json", " ");
        CHECK(has(found(out), "summary.json: has SHA-256"));
    }
    SUBCASE("a summary that counts otherwise, its digest put right") {
        std::string text = slurp(out + "/summary.json");
        text.replace(text.find("\"rows\": 3"), 9, "\"rows\": 4");
        put(out + "/summary.json", text);
        forge_sums(out);
        CHECK(found(out) == "summary.json: counts 4 rows, manifest.json 3\n");
        put(out + "/summary.json", "{}");
        forge_sums(out);
        CHECK(found(out) == "summary.json: is no summary of a run\n");
    }
    SUBCASE("a summary that counts other reasons and bases, its digest put right") {
        const std::string text = slurp(out + "/summary.json");
        const auto forged = [&](const std::string& from, const std::string& to) {
            put(out + "/summary.json", std::string(text).replace(text.find(from), from.size(), to));
            forge_sums(out);
            return found(out);
        };
        CHECK(forged("NO_BASIS", "OBJECTION") == "summary.json: counts 0 NO_BASIS, manifest.json 1\n"
                                                "summary.json: counts 1 OBJECTION, manifest.json 0\n");
        CHECK(forged("\"explicit_consent\": 1", "\"explicit_consent\": 2") ==
              "summary.json: counts 2 explicit_consent, manifest.json 1\n");
    }
    SUBCASE("a reason changed in the rejected rows, every digest put right") {
        forge(out, "people.rejected.csv", "NO_BASIS", "OBJECTED");
        CHECK(found(out) == "manifest.json: counts 1 NO_BASIS, the rows of its lists 0\n"
                            "manifest.json: counts 0 OBJECTED, the rows of its lists 1\n");
    }
    SUBCASE("a basis changed in the evidence, every digest put right") {
        forge(out, "people.evidence.csv", "explicit_consent", "customer_relationship");
        CHECK(found(out) == "manifest.json: counts 1 customer_relationship, the rows of its lists 2\n"
                            "manifest.json: counts 1 explicit_consent, the rows of its lists 0\n");
    }
    SUBCASE("a text changed, every digest put right: without the ledger nobody can tell") {
        forge(out, "people.rejected.csv", ",text,", ",TEXT,");
        CHECK(found(out) == "");
    }
    SUBCASE("no manifest") {
        fs::remove(out + "/manifest.json");
        CHECK(found(out) ==
              "manifest.json: can't be read: No such file or directory\nmanifest.json: is missing\n");
    }
    SUBCASE("a cut manifest") {
        put(out + "/manifest.json", slurp(out + "/manifest.json").substr(0, 200));
        CHECK(has(found(out), "not well-formed JSON"));
    }
    SUBCASE("no sums") {
        fs::remove(out + "/SHA256SUMS");
        CHECK(has(found(out), "SHA256SUMS: can't be read: No such file"));
    }
    SUBCASE("a line of the sums taken out") {
        std::string text = slurp(out + "/SHA256SUMS");
        put(out + "/SHA256SUMS", text.substr(text.find('\n') + 1));
        CHECK(has(found(out), "SHA256SUMS: has no line for manifest.json"));
    }
    SUBCASE("a damaged line of the sums") {
        append(out + "/SHA256SUMS", "hello\n");
        CHECK(has(found(out), "SHA256SUMS:6: "));
        CHECK(has(found(out), "found 'hello', expected a SHA-256 digest"));
    }
}

TEST_CASE("a run whose own numbers don't fit together") {
    const Scratch scratch;
    MadeRun run = made();
    std::string expected;
    SUBCASE("rows in, clean and rejected") {
        run.change = [](Manifest& m) { m.lists[0].rows = 4; };
        expected = "people.csv: 4 rows in, but 2 clean and 1 rejected";
    }
    SUBCASE("rejected rows") {
        run.change = [](Manifest& m) { m.lists[0].rejected = 2; };
        expected = "people.rejected.csv: has 1 rejected rows, the manifest states 2";
    }
    SUBCASE("more rejected rows than there are") {
        run.rows.push_back({"06", "Di", "", "NUMBER_INVALID", ""});
        run.change = [](Manifest& m) { m.lists[0].rejected = 3, m.lists[0].rows = 5, m.inputs[0].rows = 5; };
        expected = "people.rejected.csv: has 2 rejected rows, the manifest states 3";
    }
    SUBCASE("evidence") {
        run.rows.push_back({"0612345611", "Di", "+31612345611", "explicit_consent", ""});
        run.change = [](Manifest& m) { m.lists[0].clean = 2; };
        expected = "people.evidence.csv: has 3 rows proven, the manifest states 2";
    }
    SUBCASE("totals") {
        run.change = [](Manifest& m) { m.counts[1].second = 7; };
        expected = "manifest.json: counts 7 clean, its lists add up to 2";
    }
    SUBCASE("reasons and bases") {
        run.change = [](Manifest& m) { m.counts.back().second = 7; };
        expected = "manifest.json: counts 7 explicit_consent, the rows of its lists 1\n"
                   "summary.json: counts 1 explicit_consent, manifest.json 7\n";
    }
    SUBCASE("rows read and accounted for") {
        run.change = [](Manifest& m) { m.inputs[0].rows = 9; };
        expected = "manifest.json: people.csv: 9 rows read, 3 accounted for";
    }
    SUBCASE("the run id") {
        run.change = [](Manifest& m) { m.settings[1].second = "2026-07-01"; };
        expected = "manifest.json: states run id ";
    }
    run.write(scratch / "out");
    INFO(found(scratch / "out"));
    CHECK(has(found(scratch / "out"), expected));
}

TEST_CASE("a clean row with an emptied cell may stand among the rejected ones too") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    made().write(out);
    std::string text = slurp(out + "/people.rejected.csv");
    text.insert(text.find('\n') + 1, "0612345678,Ann,2,OBJECTION,OBJECTION,text,art,c.csv:9,,\n");
    put(out + "/people.rejected.csv", text);
    CHECK_FALSE(has(found(out), "rejected rows, the manifest states"));
    CHECK(has(found(out), "people.rejected.csv: has 2 rows and emptied cells, the manifest states 1"));
    put(out + "/people.rejected.csv", text + "1,Eve,2,NO_BASIS,NO_BASIS,text,art,,,\n");
    CHECK(has(found(out), "can't be counted: " + out +
                              "/people.rejected.csv:4: scrub_line is '2', expected a number of at least 3"));
}

TEST_CASE("the ledger is held against the run") {
    const Scratch scratch;
    const std::string out = scratch / "out", path = scratch / "ledger.jsonl";
    const Manifest manifest = made().write(out);
    const auto line = [&](const std::string& id) {
        Ledger(path).append({"2026-03-02T03:15:00Z",
                             id,
                             out,
                             {},
                             sha256_hex(slurp(out + "/manifest.json")),
                             sha256_hex(slurp(out + "/SHA256SUMS")),
                             ""});
    };
    SUBCASE("it has the run") {
        Ledger(path).append({"", "another", out, {}, std::string(64, '1'), std::string(64, '2'), ""});
        line(manifest.run_id);
        CHECK(found(out, {path}) == "");
    }
    SUBCASE("it does not have the run") {
        Ledger(path).append({"", "another", out, {}, std::string(64, '1'), std::string(64, '2'), ""});
        CHECK(found(out, {path}) == path + ": has no line for run " + manifest.run_id + "\n");
    }
    SUBCASE("everything in the directory was forged, but not the ledger") {
        line(manifest.run_id);
        put(out + "/summary.json", "{}");
        forge_sums(out);
        CHECK(
            has(found(out, {path}), path + ":1: has this run, but with another manifest.json or SHA256SUMS"));
    }
    SUBCASE("the chain is broken") {
        line(manifest.run_id);
        line(manifest.run_id);
        std::string text = slurp(path);
        text[text.find("03:15")] = '1';
        put(path, text);
        CHECK(has(found(out, {path}), path + ":1: was changed: its own digest"));
    }
    SUBCASE("there is none") {
        put(out + "/summary.json", "{}");
        CHECK(has(found(out, {path}), path + ": the ledger can't be read: No such file"));
        CHECK(has(found(out, {path}), "summary.json: has SHA-256")); // the rest is checked all the same
    }
}

TEST_CASE("no directory") {
    const Scratch scratch;
    check_fails(Exit::usage, "is no readable directory: No such file", [&] { verify_run(scratch / "none"); });
    CHECK(has(found(scratch.path()), "manifest.json: can't be read"));
}
