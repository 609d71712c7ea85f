#include "report/verify.h"
#include "base/failure.h"
#include "base/text.h"
#include "report/ledger.h"
#include "report/manifest.h"
#include "report/reread.h"
#include "report/summary.h"
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <set>

namespace callscrub::report {
namespace {
using base::Exit;
using base::Failure;
using base::Place;

/// The checks on one directory; what they find is in `findings`.
struct Check {
    std::string directory;
    std::vector<Finding> findings;
    std::set<std::string> present;           ///< names in the directory
    std::map<std::string, std::string> sums; ///< name → digest as SHA256SUMS states it
    std::optional<Manifest> manifest;
    std::map<std::string, FileDigest> digests; ///< what the files really have

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
        if (name.front() != '.' && expected.count(name) == 0) find(path_text(name), "is not of this run");
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

std::uint64_t count_rows(const std::string& path, const csv::Stated& stated) {
    OutputRows rows(path, stated);
    std::uint64_t count = 0;
    while (rows.next()) ++count;
    return count;
}

/// The lines of the list that an output speaks of, each once: a row with several numbers has several lines of
/// evidence.
class Lines {
public:
    explicit Lines(const std::string& path, const csv::Stated& stated = {})
        : path_(path), rows_(path, stated), column_(rows_.column("scrub_line")) {}

    /// The next line, greater than the one before; false at the end.
    bool next(std::uint64_t& line) {
        while (rows_.next()) {
            const std::string_view text = rows_.cell(column_);
            std::uint64_t now = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), now);
            if (error != std::errc() || end != text.data() + text.size() || now < last_)
                throw Failure(Exit::input, Place{path_, rows_.line(), 0},
                              "scrub_line is '" + base::quoted(text) + "', expected a number of at least " +
                                  number(last_));
            if (now == last_) continue;
            line = last_ = now;
            return true;
        }
        return false;
    }

private:
    std::string path_;
    OutputRows rows_;
    std::size_t column_;
    std::uint64_t last_ = 0;
};

std::uint64_t count_proven(const std::string& evidence) {
    Lines lines(evidence);
    std::uint64_t count = 0;
    for (std::uint64_t line = 0; lines.next(line);) ++count;
    return count;
}

/// Rows that are rejected as a whole: a clean row some of whose cells were emptied stands in both files.
std::uint64_t count_rejected(const std::string& rejected, const csv::Stated& form,
                             const std::string& evidence) {
    Lines lines(rejected, form), proven(evidence);
    std::uint64_t count = 0, clean = 0;
    for (std::uint64_t line = 0; lines.next(line);) {
        while (clean < line)
            if (!proven.next(clean)) clean = std::numeric_limits<std::uint64_t>::max();
        if (clean != line) ++count;
    }
    return count;
}

void Check::balance(const ManifestList& list) {
    const auto recount = [this](const std::string& name, std::uint64_t stated, const char* what,
                                const auto& count) {
        if (present.count(name) == 0) return;
        try {
            if (const std::uint64_t is = count(path(name)); is != stated)
                find(name, "has " + number(is) + " " + what + ", the manifest states " + number(stated));
        } catch (const Failure& failure) {
            find(name, "can't be counted: " + std::string(failure.what()));
        }
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
        return count_rejected(path, form, this->path(list.evidence_file));
    });
    recount(list.evidence_file, list.clean, "rows proven", count_proven);
}

void Check::balances() {
    if (!manifest) return;
    std::map<std::string, std::uint64_t, std::less<>> total;
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
    for (const auto& [key, count] : manifest->counts)
        if (const auto sum = total.find(key); sum != total.end() && sum->second != count)
            find(std::string(manifest_name),
                 "counts " + number(count) + " " + key + ", its lists add up to " + number(sum->second));
}

// It carries timings, so the manifest has no digest of it; but what it counts must be what the manifest counts.
void Check::compare_summary() {
    const std::string name = "summary.json";
    std::string text;
    if (!manifest || !present.contains(name) || read_file(AT_FDCWD, path(name), text) != 0) return;
    Tallies said;
    try {
        said = read_summary(text, path(name)).total;
    } catch (const Failure&) {
        return find(name, "is no summary of a run");
    }
    const std::map<std::string, std::uint64_t, std::less<>> total = {{"rows", said.rows}, {"clean", said.clean}, {"rejected", said.rejected}};
    for (const auto& [key, count] : manifest->counts)
        if (const auto one = total.find(key); one != total.end() && one->second != count)
            find(name, "counts " + number(one->second) + " " + key + ", manifest.json " + number(count));
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
