/// What holds for the sources as a whole: which room includes which, that the law stays data, how long files
/// are.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path root = SOURCE_DIR;

struct File {
    std::string path; ///< below the project's folder
    std::string text;
};

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file, path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

/// All C++ files below a folder; tables that a program made are left out.
std::vector<File> sources(const char* folder) {
    std::vector<File> out;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
        const auto extension = entry.path().extension();
        const auto path = fs::relative(entry.path(), root).generic_string();
        if ((extension == ".cpp" || extension == ".h") && path.find("phone_tables/") == path.npos)
            out.push_back({path, read(entry.path())});
    }
    return out;
}

std::string room_of(const std::string& path) {
    const auto first = path.find('/'), second = path.find('/', first + 1);
    return second == path.npos ? "main" : path.substr(first + 1, second - first - 1);
}

/// Code without comments; texts in quotes stay.
std::string without_comments(const std::string& text) {
    std::string out;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool separator =
            c == '\'' && i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0; // 1'000
        if (quote != 0) {
            if (c == '\\')
                out += text[i++];
            else if (c == quote)
                quote = 0;
        } else if ((c == '"' || c == '\'') && !separator) {
            quote = c;
        } else if (text.compare(i, 2, "//") == 0) {
            i = std::min(text.find('\n', i), text.size() - 1);
            out += '\n';
            continue;
        } else if (text.compare(i, 2, "/*") == 0) {
            i = std::min(text.find("*/", i), text.size() - 2) + 1;
            continue;
        }
        out += text[i];
    }
    return out;
}

std::set<std::string> all_matches(const std::string& text, const std::regex& pattern) {
    std::set<std::string> out;
    for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
        out.insert((*it)[1]);
    return out;
}

/// Codes, names and dates that the rule packs hold.
struct Law {
    std::set<std::string> codes, names, dates;
    Law() {
        static const std::regex code("jurisdiction = \"([A-Z]{2})\"");
        static const std::regex line("(?:^|\n)((?:names|also) = .*)");
        static const std::regex quoted("\"([^\"]+)\"");
        static const std::regex date("([0-9]{4}-[0-9]{2}-[0-9]{2})");
        static const std::regex checked("(?:checked = |version = |\n#).*");
        for (const auto& entry : fs::directory_iterator(root / "src/law/packs")) {
            const auto text = read(entry.path());
            codes.merge(all_matches(text, code));
            for (const auto& names_line : all_matches(text, line))
                names.merge(all_matches(names_line, quoted));
            dates.merge(all_matches(std::regex_replace(text, checked, ""), date));
        }
        for (auto it = names.begin(); it != names.end();)
            it = it->size() < 4 ? names.erase(it) : std::next(it);
    }
};

} // namespace

TEST_CASE("rooms include only the rooms below them") {
    const std::map<std::string, std::set<std::string>> below = {
        {"base", {}},
        {"csv", {"base"}},
        {"facts", {"base"}},
        {"history", {"facts", "base"}},
        {"law", {"facts", "base"}},
        {"verdict", {"history", "law", "facts", "base"}},
        {"report", {"verdict", "history", "law", "facts", "csv", "base"}},
        {"app", {"report", "verdict", "history", "law", "facts", "csv", "base"}},
        {"main", {"app", "report", "verdict", "history", "law", "facts", "csv", "base"}},
    };
    static const std::regex include("#include \"([a-z_]+)/");
    int seen = 0;
    for (const auto& file : sources("src")) {
        const auto room = room_of(file.path);
        REQUIRE_MESSAGE(below.contains(room), file.path << " stands in no known room");
        for (const auto& other : all_matches(file.text, include)) {
            ++seen;
            const bool allowed = other == room || other == "embedded" || below.at(room).contains(other);
            CHECK_MESSAGE(allowed, file.path << " includes " << other << "/, which is not below " << room);
        }
    }
    CHECK(seen > 100);
}

TEST_CASE("each outside library has its place") {
    // The CSV parser also reads the program's own tables, which every room may have.
    const std::multimap<std::string, std::string> places = {
        {"CLI/", "src/app/"},
        {"spdlog/", "src/app/"},
        {"libfccp/", "src/csv/"},
        {"libfccp/", "src/base/table.cpp"},
        {"phonenumbers/", "src/facts/"},
        {"zlib.h", "src/csv/"},
        {"zstd.h", "src/csv/"},
        {"toml++/", "src/base/toml.cpp"},
    };
    std::map<std::string, int> found;
    static const std::regex include("#include <([^>]+)>");
    for (const auto& file : sources("src"))
        for (const auto& header : all_matches(file.text, include))
            for (auto it = places.begin(); it != places.end(); it = places.upper_bound(it->first)) {
                const auto [first, last] = places.equal_range(it->first);
                if (!header.starts_with(it->first)) continue;
                ++found[it->first];
                CHECK_MESSAGE(std::any_of(first, last,
                                          [&](const auto& one) { return file.path.starts_with(one.second); }),
                              file.path << " includes <" << header << ">");
            }
    for (const auto& [library, place] : places)
        CHECK_MESSAGE(found[library] > 0, library << " is not found at all: does this test look?");
}

TEST_CASE("the law is data: no country and no legal date in the code") {
    const Law law;
    REQUIRE(law.codes.size() >= 2);
    REQUIRE(law.names.size() >= 4);
    REQUIRE(law.dates.size() >= 4);
    const std::set<std::pair<std::string, std::string>> no_country = {
        {"src/app/value.cpp", "GB"}};                             // gigabytes
    static const std::regex example("(like|--as-of) [0-9-]{10}"); // how a date is written
    for (const auto& file : sources("src")) {
        const auto code = std::regex_replace(without_comments(file.text), example, "");
        for (const auto& one : law.codes) {
            const bool found =
                code.find('"' + one + '"') != std::string::npos && !no_country.contains({file.path, one});
            CHECK_MESSAGE(!found, file.path << " holds the country code \"" << one << "\"");
        }
        for (const auto& one : law.names) {
            const std::regex word("\\b" + std::regex_replace(one, std::regex("[.()]"), "\\$&") + "\\b");
            CHECK_MESSAGE(!std::regex_search(code, word), file.path << " holds the country name " << one);
        }
        for (const auto& one : law.dates)
            CHECK_MESSAGE(code.find(one) == std::string::npos,
                          file.path << " holds the date " << one << " of a rule pack");
    }
}

TEST_CASE("no source file is longer than 500 lines, and half of them are short") {
    std::vector<std::size_t> lengths;
    for (const char* folder : {"src", "tests"})
        for (const auto& file : sources(folder)) {
            const auto lines = static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
            CHECK_MESSAGE(lines <= 500, file.path << " has " << lines << " lines");
            if (std::string_view(folder) == "src") lengths.push_back(lines);
        }
    std::sort(lengths.begin(), lengths.end());
    REQUIRE(!lengths.empty());
    CHECK(lengths[lengths.size() / 2] <= 150);
}

TEST_CASE("the history, the law and the verdict know no file and no clock") {
    for (const auto& file : sources("src")) {
        const auto room = room_of(file.path);
        if (room != "history" && room != "law" && room != "verdict") continue;
        for (const char* header : {"<fstream>", "<filesystem>", "<unistd.h>", "<cstdio>", "<iostream>"})
            CHECK_MESSAGE(file.text.find(header) == std::string::npos, file.path << " includes " << header);
        for (const char* clock : {"system_clock", "steady_clock", "std::time("})
            CHECK_MESSAGE(file.text.find(clock) == std::string::npos, file.path << " asks " << clock);
    }
}

TEST_CASE("what the documents link to is there, and the README leads to each of them") {
    static const std::regex link(R"(\]\(([^)#: ]+)(#[^)]*)?\))");
    const fs::path root = SOURCE_DIR;
    std::set<std::string> reached;
    std::vector<fs::path> documents = {root / "README.md"};
    for (const auto& entry : fs::recursive_directory_iterator(root / "docs"))
        if (entry.path().extension() == ".md") documents.push_back(entry.path());
    for (const auto& path : documents) {
        const auto text = read(path);
        for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at) {
            const auto target = (path.parent_path() / (*at)[1].str()).lexically_normal();
            CHECK_MESSAGE(fs::exists(target), path.string(), " links to ", (*at)[1].str());
            reached.insert(target.string());
        }
    }
    for (const auto& path : documents)
        if (path.filename() != "README.md" && path.parent_path().filename() != "decisions")
            CHECK_MESSAGE(reached.contains(path.string()), "no document links to ", path.string());
}
