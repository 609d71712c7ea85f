#include "report/target.h"
#include "base/failure.h"
#include "base/text.h"
#include "report/digest.h"
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <random>
#include <unistd.h>

namespace callscrub::report {
namespace {
using base::Exit;
using base::Failure;
using base::Place;

/// A name in a directory has at most 255 bytes; this leaves room for what is put around it.
std::string short_name(const std::string& name) {
    constexpr std::size_t most = 160;
    return name.size() <= most ? name : name.substr(0, most) + "~" + sha256_hex(name).substr(0, 16);
}

std::string hex(std::uint64_t value) {
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[(value >> shift) & 15];
    return out;
}
} // namespace

Target open_target(const std::string& path) {
    Target out;
    out.path = path;
    while (out.path.size() > 1 && out.path.back() == '/') out.path.pop_back();
    const std::size_t slash = out.path.rfind('/');
    out.name = slash == std::string::npos ? out.path : out.path.substr(slash + 1);
    out.parent_path = slash == std::string::npos ? "." : slash == 0 ? "/" : out.path.substr(0, slash);
    if (out.name.empty() || out.name == "." || out.name == "..") {
        throw Failure(Exit::usage, Place{path},
                      "names no new entry; give the name of the output, for example 'out'");
    }
    out.parent = Fd(open(out.parent_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!out.parent.open()) {
        const int error = errno;
        throw Failure(Exit::output, Place{out.path},
                      "its folder '" + out.parent_path + "' can't be used: " + errno_text(error) +
                          (error == ENOENT ? "; make it first" : ""));
    }
    return out;
}

std::string temporary_prefix(const std::string& name) { return "." + short_name(name) + ".callscrub-"; }

std::string temporary_name(const std::string& name) {
    std::random_device random;
    const std::uint64_t number = std::uint64_t{random()} << 32 | random();
    return temporary_prefix(name) + std::to_string(getpid()) + "-" + hex(number) + ".tmp";
}

void sweep_leftovers(const Target& target) {
    // A descriptor of its own: reading a directory moves its offset, and fdopendir takes it over.
    const int listing = openat(target.parent.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR* const entries = listing < 0 ? nullptr : fdopendir(listing);
    if (entries == nullptr) {
        if (listing >= 0) ::close(listing);
        return;
    }
    const std::string prefix = temporary_prefix(target.name);
    std::vector<std::string> dead;
    while (const dirent* entry = readdir(entries)) {
        const std::string_view name = entry->d_name;
        if (!name.starts_with(prefix) || !name.ends_with(".tmp")) continue;
        const Fd fd(
            openat(target.parent.get(), entry->d_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        if (fd.open() && lock_now(fd.get()) == 0) dead.emplace_back(name);
    }
    closedir(entries);
    for (const std::string& name : dead) (void)remove_tree(target.parent.get(), name);
}

namespace {
std::vector<FileId> regular_files_in(const Target& target) {
    std::vector<FileId> out;
    const int listing =
        openat(target.parent.get(), target.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR* const entries = listing < 0 ? nullptr : fdopendir(listing);
    if (entries == nullptr) {
        if (listing >= 0) ::close(listing);
        return out;
    }
    while (const dirent* entry = readdir(entries)) {
        struct stat st {};
        if (fstatat(dirfd(entries), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
            out.push_back(file_id(st));
    }
    closedir(entries);
    return out;
}

/// True if `directory` is one of the folders above the file that `input` leads to.
bool lies_below(const std::string& input, FileId directory) {
    const std::unique_ptr<char, decltype(&std::free)> real(realpath(input.c_str(), nullptr), &std::free);
    if (real == nullptr) return false;
    std::string path = real.get();
    while (path.size() > 1) {
        path.resize(std::max<std::size_t>(1, path.rfind('/')));
        struct stat st {};
        if (stat(path.c_str(), &st) == 0 && file_id(st) == directory) return true;
    }
    return false;
}
} // namespace

void refuse_inputs(const Target& target, const std::vector<std::string>& inputs) {
    struct stat there {};
    if (fstatat(target.parent.get(), target.name.c_str(), &there, 0) != 0) return;
    const bool folder = S_ISDIR(there.st_mode);
    if (!folder && !S_ISREG(there.st_mode)) return; // reading and writing one terminal or pipe is no harm
    std::vector<FileId> ours = folder ? regular_files_in(target) : std::vector<FileId>{};
    ours.push_back(file_id(there));
    for (const std::string& input : inputs) {
        struct stat st {};
        if ((input == "-" ? fstat(STDIN_FILENO, &st) : stat(input.c_str(), &st)) != 0) continue;
        const bool same = std::find(ours.begin(), ours.end(), file_id(st)) != ours.end();
        if (!same && !(folder && input != "-" && lies_below(input, file_id(there)))) continue;
        throw Failure(Exit::usage, Place{target.path},
                      "the input '" + (input == "-" ? std::string("standard input") : input) +
                          (folder ? "' is in this folder, which would be replaced" : "' is this very file") +
                          "; name another output");
    }
}

} // namespace callscrub::report
