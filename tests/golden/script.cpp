#include "golden/script.h"
#include <regex>
#include <stdexcept>

namespace golden {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = text.find('\n');
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return out;
}

bool special(std::string_view line) {
    if (line.empty()) return true;
    for (const char* mark : {"$ ", "! ", "= ", "# ", "\\"})
        if (line.starts_with(mark)) return true;
    return false;
}

void append_lines(std::string& out, std::string_view text) {
    for (const auto& line : lines_of(text)) {
        if (special(line)) out += '\\';
        out += line + "\n";
    }
}

class Parser {
public:
    explicit Parser(bool markdown) { script_.markdown = markdown; }

    Script run(std::string_view text) {
        for (const auto& line : lines_of(text)) {
            ++number_;
            if (script_.markdown)
                markdown(line);
            else
                plain(line);
        }
        script_.after = std::move(loose_);
        if (inside_)
            throw std::runtime_error("line " + std::to_string(number_) +
                                     ": the ```console block is not closed");
        return std::move(script_);
    }

private:
    void begin(const std::string& line) {
        script_.steps.push_back({line.substr(2), number_, {}, std::move(loose_)});
        loose_.clear();
    }

    void markdown(const std::string& line) {
        if (!inside_) {
            inside_ = line == "```console";
            loose_.push_back(line);
            first_ = true;
        } else if (line == "```") {
            inside_ = false;
            loose_.push_back(line);
        } else if (line.starts_with("$ ")) {
            begin(line);
            first_ = false;
        } else if (first_) {
            throw std::runtime_error("line " + std::to_string(number_) +
                                     ": a ```console block begins with \"$ command\"");
        } else {
            script_.steps.back().expected.both += line + "\n";
        }
    }

    void plain(const std::string& line) {
        if (line.starts_with("$ ")) return begin(line);
        if (script_.steps.empty() || line.empty() || line.starts_with("# ") || !loose_.empty()) {
            if (!line.empty() && !line.starts_with("# "))
                throw std::runtime_error("line " + std::to_string(number_) +
                                         ": expected \"# remark\" or \"$ command\"");
            loose_.push_back(line);
            return;
        }
        auto& expected = script_.steps.back().expected;
        if (line.starts_with("! "))
            expected.err += line.substr(2) + "\n";
        else if (line == "!")
            expected.err += "\n";
        else if (line.starts_with("= "))
            expected.code = std::stoi(line.substr(2));
        else
            expected.out += (line.starts_with("\\") ? line.substr(1) : line) + "\n";
    }

    Script script_;
    std::vector<std::string> loose_;
    std::size_t number_ = 0;
    bool inside_ = false, first_ = false;
};

} // namespace

Script parse(std::string_view text, bool markdown) { return Parser(markdown).run(text); }

std::string render(const Script& script) {
    std::string out;
    for (const auto& step : script.steps) {
        for (const auto& line : step.before) out += line + "\n";
        out += "$ " + step.command + "\n";
        const auto& expected = step.expected;
        if (script.markdown) {
            out += expected.both;
            continue;
        }
        append_lines(out, expected.out);
        for (const auto& line : lines_of(expected.err)) out += (line.empty() ? "!" : "! " + line) + "\n";
        if (expected.code != 0) out += "= " + std::to_string(expected.code) + "\n";
    }
    for (const auto& line : script.after) out += line + "\n";
    return out;
}

std::string steady(std::string_view text) {
    static const std::regex pace("in [0-9]+\\.[0-9]+ s \\([0-9,]+ rows per second\\)");
    return std::regex_replace(std::string(text), pace, "in … s (… rows per second)");
}

} // namespace golden
