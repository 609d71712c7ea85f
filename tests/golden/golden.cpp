/// golden BINARY SAMPLE_DATA FILE…: runs the commands of golden scripts and of ```console blocks in Markdown,
/// each file in its own copy of the sample data, and compares what comes out. UPDATE_GOLDEN=1 rewrites the
/// files instead; read the diff then.
#include "golden/script.h"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <regex>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using golden::Outcome;
using golden::steady;

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("can't read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    if (!(file << text).flush()) throw std::runtime_error("can't write " + path.string());
}

/// A folder that is gone when it is no longer needed.
class Sandbox {
public:
    explicit Sandbox(const fs::path& sample) {
        std::string name = (fs::temp_directory_path() / "callscrub-golden-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("can't make " + name);
        root_ = name;
        folder_ = (root_ / "work").string();
        write(root_ / "folder", "");
        fs::copy(sample, root_ / "work", fs::copy_options::recursive);
        fs::remove_all(root_ / "work" / "expected");
        fs::copy(sample / "expected", root_ / "expected", fs::copy_options::recursive);
    }
    ~Sandbox() {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;

    Outcome run(const std::string& command, bool mixed) {
        // Where a command goes, the next one begins.
        write(root_ / "command", command + "\nstatus=$?; pwd >'" + (root_ / "folder").string() + "'; exit $status\n");
        const std::string at = "'" + root_.string() + "/";
        const std::string streams = mixed ? " >" + at + "both' 2>&1" : " >" + at + "out' 2>" + at + "err'";
        const std::string line = "cd '" + folder_ + "' && bash " + at + "command'" + streams + " </dev/null";
        const int status = std::system(line.c_str());
        if (const auto folder = read(root_ / "folder"); !folder.empty()) folder_ = folder.substr(0, folder.find('\n'));
        Outcome outcome;
        if (mixed) {
            outcome.both = read(root_ / "both");
            return outcome;
        }
        outcome.out = read(root_ / "out");
        outcome.err = read(root_ / "err");
        outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return outcome;
    }

private:
    fs::path root_;
    std::string folder_; ///< of the next command
};

/// A phone number in full: a + or a 0, then nine or more digits, blanks and strokes between them. Dates are
/// none.
std::string phone_number_in(const std::string& text) {
    static const std::regex date("[0-9]{2,4}[-.][0-9]{2}[-.][0-9]{2,4}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?");
    static const std::regex number("[+0]([ ./()-]{0,2}[0-9]){9,}");
    const std::string rest = std::regex_replace(text, date, "date");
    std::smatch found;
    return std::regex_search(rest, found, number) ? found.str() : std::string();
}

std::string marked(const std::string& text, const char* mark) {
    std::string out;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto end = text.find('\n', begin);
        out += mark + text.substr(begin, end - begin) + "\n";
        if (end == text.npos) break;
        begin = end + 1;
    }
    return out;
}

/// One file of commands.
class Runner {
public:
    Runner(fs::path path, bool update) : path_(std::move(path)), update_(update) {}

    /// The number of steps that went wrong.
    int run(const fs::path& sample) {
        const std::string text = read(path_);
        auto script = golden::parse(text, path_.extension() == ".md");
        Sandbox sandbox(sample);
        for (auto& step : script.steps) {
            step_ = &step;
            const Outcome found = sandbox.run(step.command, script.markdown);
            compare("standard output", step.expected.out, found.out);
            compare("standard error", step.expected.err, found.err);
            compare("output", step.expected.both, found.both);
            if (step.expected.code != found.code) code(found.code);
            if (const auto number = phone_number_in(found.err); !number.empty())
                complain("a phone number in full on standard error: " + number + "\n");
        }
        const std::string rewritten = golden::render(script);
        if (update_ && rewritten != text) write(path_, rewritten);
        std::cout << path_.string() << ": " << script.steps.size() << " commands, " << wrong_ << " wrong\n";
        return wrong_;
    }

private:
    void compare(const char* what, std::string& expected, const std::string& found) {
        if (steady(expected) == steady(found)) return;
        if (!update_)
            complain(std::string(what) + " differs; expected:\n" + marked(expected, "  - ") + "found:\n" +
                     marked(found, "  + "));
        expected = found;
    }

    void code(int found) {
        if (!update_)
            complain("exit code " + std::to_string(found) + ", expected " +
                     std::to_string(step_->expected.code) + "\n");
        step_->expected.code = found;
    }

    void complain(const std::string& text) {
        ++wrong_;
        std::cout << path_.string() << ":" << step_->line << ": $ " << step_->command << "\n" << text << "\n";
    }

    fs::path path_;
    bool update_;
    golden::Step* step_ = nullptr;
    int wrong_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::cerr << "usage: golden BINARY SAMPLE_DATA FILE...\n";
        return 2;
    }
    try {
        const std::string folder = fs::canonical(argv[1]).parent_path().string();
        const char* path = std::getenv("PATH");
        setenv("PATH", (folder + ":" + (path ? path : "/usr/bin:/bin")).c_str(), 1);
        for (const char* name : {"CALLSCRUB_PROFILE", "COLUMNS", "NO_COLOR"}) unsetenv(name);
        const bool update = std::getenv("UPDATE_GOLDEN") != nullptr;
        int wrong = 0;
        for (int i = 3; i < argc; ++i) wrong += Runner(argv[i], update).run(argv[2]);
        return wrong == 0 ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "golden: " << error.what() << "\n";
        return 2;
    }
}
