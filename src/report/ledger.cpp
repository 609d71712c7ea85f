#include "report/ledger.h"
#include "base/brittle.h"
#include "base/failure.h"
#include "base/text.h"
#include "report/digest.h"
#include "report/signals.h"
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace callscrub::report {
namespace {
using Json = nlohmann::ordered_json;
using base::Exit;
using base::Failure;
using base::Place;

const std::string no_line(64, '0');
constexpr std::chrono::seconds patience{10};

constexpr std::string_view seal_begin = ",\"sha256\":\"";

/// The text of a JSON object with its own digest as last member.
std::string sealed(const std::string& object) {
    return object.substr(0, object.size() - 1) + std::string(seal_begin) + sha256_hex(object) + "\"}";
}

bool seal_fits(std::string_view line) { return sealed(std::string(line.substr(0, line.rfind(seal_begin))) + "}") == line; }

/// A line of the ledger, or nothing if it is none.
std::optional<LedgerEntry> read_line(std::string_view line) {
    const base::Brittle brittle;
    const Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded()) return std::nullopt;
    try {
        LedgerEntry out;
        out.time = json.at("time");
        out.run_id = json.at("run_id");
        out.out = json.at("out");
        for (const auto& [key, value] : json.at("counts").items())
            out.counts.emplace_back(key, value.get<std::uint64_t>());
        out.manifest_sha256 = json.at("manifest_sha256");
        out.sums_sha256 = json.at("sums_sha256");
        out.prev = json.at("prev");
        json.at("sha256").get<std::string>();
        return out;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

/// The last line of a file that ends at `size`, with its line end if it has one.
std::string last_line(int fd, std::uint64_t size) {
    std::string tail;
    std::size_t piece = 4096;
    while (tail.size() < size) {
        const std::uint64_t begin = size - std::min<std::uint64_t>(size, tail.size() + piece);
        std::string more(size - tail.size() - begin, '\0');
        const ssize_t got = pread(fd, more.data(), more.size(), static_cast<off_t>(begin));
        if (got < 0 && errno == EINTR) continue;
        if (got != static_cast<ssize_t>(more.size()))
            throw std::system_error(got < 0 ? errno : EIO, std::generic_category());
        tail.insert(0, more);
        const std::size_t end = tail.rfind('\n', tail.size() - std::min<std::size_t>(tail.size(), 2));
        if (tail.size() > 1 && end != std::string::npos && end + 1 < tail.size()) return tail.substr(end + 1);
        piece *= 2;
    }
    return tail;
}
} // namespace

std::string to_line(const LedgerEntry& entry) {
    const base::Brittle brittle;
    Json counts = Json::object();
    for (const auto& [key, value] : entry.counts) counts[key] = value;
    return sealed(Json{{"time", entry.time},
                       {"run_id", entry.run_id},
                       {"out", path_text(entry.out)},
                       {"counts", counts},
                       {"manifest_sha256", entry.manifest_sha256},
                       {"sums_sha256", entry.sums_sha256},
                       {"prev", entry.prev}}
                      .dump());
}

void Ledger::fail(const std::string& what) const { throw Failure(Exit::output, Place{path_}, what); }

Ledger::Ledger(const std::string& path) : path_(path) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!try_once()) {
        Signals::settle();
        if (std::chrono::steady_clock::now() >= deadline)
            throw Failure(Exit::locked, Place{path_},
                          "another process has held the ledger for ten seconds; try again later");
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    find_end();
}

Ledger::~Ledger() {
    if (created_ && !written_) unlink(path_.c_str()); // under the lock: whoever waits for it looks again
}

bool Ledger::try_once() {
    const int flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    created_ = false;
    fd_ = Fd(open(path_.c_str(), flags));
    if (!fd_.open() && errno == ENOENT) {
        fd_ = Fd(open(path_.c_str(), flags | O_CREAT | O_EXCL, 0600));
        created_ = fd_.open();
        if (!created_ && errno == EEXIST) return false;
    }
    if (!fd_.open())
        fail(errno == ELOOP ? "the ledger is a symbolic link; name the file itself"
                            : "the ledger can't be opened: " + errno_text(errno));
    struct stat mine {
    }, named{};
    if (fstat(fd_.get(), &mine) != 0 || !S_ISREG(mine.st_mode)) fail("the ledger is not a regular file");
    if (const int error = lock_now(fd_.get()); error != 0) {
        if (error != EWOULDBLOCK) fail("the ledger can't be locked: " + errno_text(error));
        created_ = false; // by now it is the other one's
        return false;
    }
    // It may have been removed or moved away (log rotation) since it was opened.
    return stat(path_.c_str(), &named) == 0 && file_id(mine) == file_id(named);
}

/// Where the new line goes and which line is before it. Called with the lock held, so a last line without
/// line end is one that a run could not finish, or that somebody has edited. A file that does not end like a
/// ledger is somebody's own and stays as it is.
void Ledger::find_end() {
    try {
        struct stat st {};
        if (fstat(fd_.get(), &st) != 0) fail("the ledger can't be read: " + errno_text(errno));
        size_ = static_cast<std::uint64_t>(st.st_size);
        std::string line = last_line(fd_.get(), size_);
        const bool torn = line.starts_with("{\"") && line.back() != '\n' && !read_line(line);
        const std::uint64_t whole = torn ? size_ - line.size() : size_;
        if (torn) line = last_line(fd_.get(), whole);
        if (!line.empty() && !read_line(line))
            fail("the last line is none of a ledger; name another file, or see what happened to this one");
        if (torn && ftruncate(fd_.get(), static_cast<off_t>(whole)) != 0)
            fail("the ledger can't be written: " + errno_text(errno));
        size_ = whole;
        if (!line.empty() && line.back() == '\n')
            line.pop_back();
        else if (!line.empty())
            lead_ = "\n";
        prev_ = line.empty() ? no_line : sha256_hex(line);
    } catch (const std::system_error& error) {
        fail("the ledger can't be read: " + errno_text(error.code().value()));
    }
}

void Ledger::append(LedgerEntry entry) {
    entry.prev = prev_;
    int error = write_all(fd_.get(), lead_ + to_line(entry) + "\n");
    if (error == 0) error = sync(fd_.get());
    if (error == 0 && created_) {
        const std::size_t slash = path_.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
        const Fd parent(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        error = parent.open() ? sync(parent.get()) : errno;
    }
    written_ = error == 0;
    if (written_) return;
    revoke();
    fail("the ledger can't be written: " + errno_text(error) + "; nothing was published");
}

void Ledger::revoke() noexcept {
    if (ftruncate(fd_.get(), static_cast<off_t>(size_)) == 0) {
        (void)sync(fd_.get());
        written_ = false;
    }
}

LedgerCheck check_ledger(const std::string& path) {
    std::string text;
    if (const int error = read_file(AT_FDCWD, path, text); error != 0)
        throw Failure(Exit::input, Place{path}, "the ledger can't be read: " + errno_text(error));
    LedgerCheck out;
    std::string prev = no_line;
    std::string_view rest = text;
    for (std::uint64_t line = 1; !rest.empty(); ++line) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) {
            out.broken = {line,
                          "the line has no end: a run was cut off while writing it, or the file was edited"};
            return out;
        }
        const std::string_view row = rest.substr(0, end);
        auto entry = read_line(row);
        if (!entry) {
            out.broken = {line, "is no line of a ledger: " + base::quoted(row)};
            return out;
        }
        if (!seal_fits(row)) {
            out.broken = {line, "was changed: its own digest, sha256, does not fit"};
            return out;
        }
        if (entry->prev != prev) {
            out.broken = {line, line == 1 ? "names a line before it, but is the first: lines are missing"
                                          : "does not fit line " + std::to_string(line - 1) +
                                                ": that line was changed, or lines between them are missing"};
            return out;
        }
        prev = sha256_hex(row);
        out.entries.push_back(std::move(*entry));
        rest.remove_prefix(end + 1);
    }
    return out;
}

} // namespace callscrub::report
