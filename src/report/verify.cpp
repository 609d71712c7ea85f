#include "report/verify.h"
#include "base/failure.h"
#include "base/text.h"
#include "report/counts.h"
#include "report/ledger.h"
#include "report/manifest.h"
#include "report/recount.h"
#include "report/reread.h"
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

namespace callscrub::report {
namespace {
using base::Exit;
using base::Failure;
using base::Place;

/// Numbers by what they count; what is not named counts nothing.
using Counts = std::map<std::string, std::uint64_t, std::less<>>;

/// Calls `tell` for each name that the two count differently.
template <typename Tell> void each_difference(const Counts& a, const Counts& b, const Tell& tell) {
    const auto of = [](const Counts& counts, const std::string& name) {
        const auto known = counts.find(name);
        return known == counts.end() ? 0 : known->second;
    };
    Counts names = a;
    names.insert(b.begin(), b.end());
    for (const auto& [name, count] : names)
        if (of(a, name) != of(b, name)) tell(name, of(a, name), of(b, name));
}

/// The checks on one directory; what they find is in `findings`.
struct Check {
    std::string directory;
    std::vector<Finding> findings;
    std::set<std::string> present;           ///< names in the directory
    std::map<std::string, std::string> sums; ///< name → digest as SHA256SUMS states it
    std::optional<Manifest> manifest;
    std::map<std::string, FileDigest> digests; ///< what the files really have
    Counts recounted;                          ///< rows of all lists by reason or basis …
    bool all_recounted = true;                 ///< … unless a file is gone or its rows are not as many as stated

    void find(const std::string& name, const std::string& text) {
        findings.push_back({directory + "/" + name, text});
    }
    std::string path(const std::string& name) const { return directory + "/" + name; }

    void list_directory();
    void read_sums();
    void read_the_manifest();
    void names();
    void digest_files();
    void compare_digests();
    void balances();
    void balance(const ManifestList& list);
    void compare_summary();
    void ledger(const std::string& path);
};

std::string number(std::uint64_t value) { return std::to_string(value); }

void Check::list_directory() {
    std::error_code error;
    for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end;
         it.increment(error))
        present.insert(it->path().filename().string());
    if (error) throw Failure(Exit::usage, Place{directory}, "is no readable directory: " + error.message());
}

void Check::read_sums() {
    const std::string name(sums_name);
    std::string text;
    if (const int error = read_file(AT_FDCWD, path(name), text); error != 0)
        return find(name, "can't be read: " + errno_text(error));
    try {
        for (const Sum& sum : read_sha256sums(text, path(name))) sums[sum.name] = sum.sha256;
    } catch (const Failure& failure) {
        findings.push_back({failure.place().text(), failure.what()});
    }
}

void Check::read_the_manifest() {
    const std::string name(manifest_name);
    std::string text;
    if (const int error = read_file(AT_FDCWD, path(name), text); error != 0)
        return find(name, "can't be read: " + errno_text(error));
    try {
        manifest = read_manifest(text, path(name));
    } catch (const Failure& failure) {
        return find(name, failure.what());
    }
    if (const std::string id = make_run_id(*manifest); id != manifest->run_id)
        find(name, "states run id " + base::quoted(manifest->run_id) +
                       ", but its settings, inputs and packs give " + id);
}

/// File managers and office programs leave such files; a hidden directory may hold anything.
bool is_hidden_file(const std::filesystem::path& path) {
    std::error_code error;
    return path.filename().string().starts_with('.') &&
           std::filesystem::symlink_status(path, error).type() == std::filesystem::file_type::regular;
}

/// Which files there are, and which there should be.
void Check::names() {
    std::set<std::string> expected{std::string(sums_name), std::string(manifest_name)};
    for (const auto& [name, digest] : sums) expected.insert(name);
    if (manifest) {
        std::set<std::string> listed;
        for (const std::string& name : files_of(*manifest)) listed.insert(name);
        for (const std::string& name : listed)
            if (name != sums_name && !std::any_of(sums.begin(), sums.end(), [&](const auto& sum) {
                    return path_text(sum.first) == name;
                }))
                find(std::string(sums_name), "has no line for " + name);
        for (const auto& [name, digest] : sums)
            if (listed.count(path_text(name)) == 0)
                find(std::string(manifest_name), "does not name " + path_text(name));
    }
    for (const std::string& name : present)
        if (expected.count(name) == 0 && !is_hidden_file(path(name))) find(path_text(name), "is not of this run");
}

void Check::digest_files() {
    for (const auto& [name, digest] : sums) {
        if (present.count(name) == 0) {
            find(path_text(name), "is missing");
            continue;
        }
        try {
            digests[name] = sha256_file(path(name));
        } catch (const Failure& failure) {
            find(path_text(name), failure.what());
        }
    }
}

void Check::compare_digests() {
    for (const auto& [name, is] : digests)
        if (const std::string& stated = sums.at(name); is.sha256 != stated)
            find(path_text(name),
                 "has SHA-256 " + is.sha256 + ", " + std::string(sums_name) + " states " + stated);
    if (!manifest) return;
    for (const FileRecord& output : manifest->outputs) {
        const auto is = std::find_if(digests.begin(), digests.end(),
                                     [&](const auto& each) { return path_text(each.first) == output.name; });
        if (is == digests.end()) continue;
        if (is->second.size != output.size)
            find(output.name,
                 "has " + number(is->second.size) + " bytes, the manifest states " + number(output.size));
        if (is->second.sha256 != output.sha256)
            find(output.name, "has SHA-256 " + is->second.sha256 + ", the manifest states " + output.sha256);
    }
}

void Check::balance(const ManifestList& list) {
    const auto recount = [this](const std::string& name, std::uint64_t stated, const char* what,
                                const auto& count) {
        bool fits = false;
        try {
            if (present.count(name) != 0) {
                const std::uint64_t is = count(path(name));
                fits = is == stated;
                if (!fits) find(name, "has " + number(is) + " " + what + ", the manifest states " + number(stated));
            }
        } catch (const Failure& failure) {
            find(name, "can't be counted: " + std::string(failure.what()));
        }
        all_recounted = all_recounted && fits;
    };
    const auto lines = [this](const LineCount& counted) {
        for (const auto& [word, count] : counted.by_word) recounted[word] += count;
        return counted.lines;
    };
    if (list.rows != list.clean + list.rejected)
        find(std::string(manifest_name), list.path + ": " + number(list.rows) + " rows in, but " +
                                             number(list.clean) + " clean and " + number(list.rejected) +
                                             " rejected");
    const csv::Stated form = stated_form(list);
    csv::Stated clean_form = form;
    clean_form.no_header = !list.header; // the rejected file always has one
    recount(list.clean_file, list.clean, "rows",
            [&clean_form](const std::string& path) { return count_rows(path, clean_form); });
    recount(list.rejected_file, list.rejected + list.emptied, "rows and emptied cells",
            [&form](const std::string& path) { return count_rows(path, form); });
    recount(list.rejected_file, list.rejected, "rejected rows", [&](const std::string& path) {
        return lines(count_rejected(path, form, this->path(list.evidence_file)));
    });
    recount(list.evidence_file, list.clean, "rows proven",
            [&](const std::string& path) { return lines(count_proven(path)); });
}

void Check::balances() {
    if (!manifest) return;
    Counts total = {{"rows", 0}, {"clean", 0}, {"rejected", 0}};
    for (const ManifestList& list : manifest->lists) {
        balance(list);
        total["rows"] += list.rows;
        total["clean"] += list.clean;
        total["rejected"] += list.rejected;
        for (const ManifestInput& input : manifest->inputs)
            if (input.role == "list" && input.path == list.path && input.rows != list.rows)
                find(std::string(manifest_name), list.path + ": " + number(input.rows) + " rows read, " +
                                                     number(list.rows) + " accounted for");
    }
    const Counts stated(manifest->counts.begin(), manifest->counts.end());
    each_difference(stated, total, [&](const std::string& key, std::uint64_t says, std::uint64_t sum) {
        if (total.contains(key))
            find(std::string(manifest_name),
                 "counts " + number(says) + " " + key + ", its lists add up to " + number(sum));
    });
    if (!all_recounted) return; // rows are missing or too many, and so are their reasons
    each_difference(stated, recounted, [&](const std::string& key, std::uint64_t says, std::uint64_t is) {
        if (!total.contains(key))
            find(std::string(manifest_name),
                 "counts " + number(says) + " " + key + ", the rows of its lists " + number(is));
    });
}

// It carries timings, so the manifest has no digest of it; but what it counts must be what the manifest counts.
void Check::compare_summary() {
    const std::string name = "summary.json";
    std::string text;
    if (!manifest || !present.contains(name) || read_file(AT_FDCWD, path(name), text) != 0) return;
    std::vector<Count> said;
    try {
        said = counts_of(read_summary(text, path(name)).total);
    } catch (const Failure&) {
        return find(name, "is no summary of a run");
    }
    each_difference(Counts(said.begin(), said.end()), Counts(manifest->counts.begin(), manifest->counts.end()),
                    [&](const std::string& key, std::uint64_t here, std::uint64_t there) {
                        find(name, "counts " + number(here) + " " + key + ", manifest.json " + number(there));
                    });
}

void Check::ledger(const std::string& path) {
    LedgerCheck check;
    try {
        check = check_ledger(path);
    } catch (const Failure& failure) { // as of every other file of the proof: what is gone proves nothing
        return findings.push_back({failure.place().text(), failure.what()});
    }
    if (check.broken.line != 0)
        findings.push_back({Place{path, check.broken.line, 0}.text(), check.broken.what});
    if (!manifest) return;
    std::string text;
    if (read_file(AT_FDCWD, this->path(std::string(manifest_name)), text) != 0) return;
    const std::string manifest_digest = sha256_hex(text);
    if (read_file(AT_FDCWD, this->path(std::string(sums_name)), text) != 0) return;
    const std::string sums_digest = sha256_hex(text);
    std::uint64_t line = 0, other = 0;
    for (const LedgerEntry& entry : check.entries) {
        ++line;
        if (entry.manifest_sha256 == manifest_digest && entry.sums_sha256 == sums_digest) return;
        if (entry.run_id == manifest->run_id) other = line;
    }
    if (other != 0)
        findings.push_back({Place{path, other, 0}.text(),
                            "has this run, but with another manifest.json or SHA256SUMS: the run "
                            "directory was changed, or the run was made again"});
    else
        findings.push_back({path, "has no line for run " + base::quoted(manifest->run_id)});
}

} // namespace

std::vector<Finding> verify_run(const std::string& directory, const VerifyOptions& options) {
    Check check;
    check.directory = directory;
    while (check.directory.size() > 1 && check.directory.back() == '/') check.directory.pop_back();
    check.list_directory();
    check.read_sums();
    check.read_the_manifest();
    check.names();
    check.digest_files();
    check.compare_digests();
    check.balances();
    check.compare_summary();
    if (!options.ledger.empty()) check.ledger(options.ledger);
    return std::move(check.findings);
}

} // namespace callscrub::report
