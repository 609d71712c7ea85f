#include "base/failure.h"
#include "base/text.h"
#include "report/manifest.h"
#include <algorithm>

namespace callscrub::report {
namespace {
// sha256sum marks a name with a leading backslash when it had to escape backslash, LF or CR in it.
std::string escaped(const std::string& name) {
    std::string out;
    for (const char c : name) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else
            out += c;
    }
    return out;
}

std::string unescaped(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] != '\\' || i + 1 == name.size()) {
            out += name[i];
            continue;
        }
        const char next = name[++i];
        out += next == 'n' ? '\n' : next == 'r' ? '\r' : next;
    }
    return out;
}

bool is_digest(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}
} // namespace

std::string sha256sums(std::span<const FileRecord> files) {
    std::vector<const FileRecord*> sorted;
    for (const FileRecord& file : files) sorted.push_back(&file);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
    std::string out;
    for (const FileRecord* file : sorted) {
        const std::string name = escaped(file->name);
        if (name != file->name) out += '\\';
        out += file->sha256 + "  " + name + "\n";
    }
    return out;
}

std::vector<Sum> read_sha256sums(std::string_view text, const std::string& file) {
    std::vector<Sum> out;
    for (std::uint64_t line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view row = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool odd = row.starts_with('\\');
        if (odd) row.remove_prefix(1);
        if (row.size() < 67 || !is_digest(row.substr(0, 64)) || row[64] != ' ' ||
            (row[65] != ' ' && row[65] != '*'))
            throw base::Failure(base::Exit::input, base::Place{file, line, 0},
                                "found '" + base::quoted(row) +
                                    "', expected a SHA-256 digest, two blanks and a file name");
        const std::string_view name = row.substr(66);
        out.push_back({odd ? unescaped(name) : std::string(name), std::string(row.substr(0, 64))});
    }
    return out;
}

} // namespace callscrub::report
