/// Pages of the documentation as man pages: the little Markdown that docs/*.md use.
#include "app/man_markdown.h"
#include "app/roff.h"
#include "base/text.h"
#include <algorithm>
#include <vector>

namespace callscrub::app {

namespace {

/// "[text](address)" is its text.
std::string without_links(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('['), middle = text.find("](", open), close = text.find(')', middle);
        if (open == std::string_view::npos || middle == std::string_view::npos || close == std::string_view::npos) break;
        out += text.substr(0, open);
        out += text.substr(open + 1, middle - open - 1);
        text.remove_prefix(close + 1);
    }
    return out + std::string(text);
}

/// `code` strong; * and ** are dropped.
std::string inline_roff(std::string_view markdown) {
    const std::string text = without_links(base::trim(markdown));
    std::string out;
    bool code = false;
    for (std::string_view rest = text; !rest.empty(); code = !code) {
        const auto cut = std::min(rest.find('`'), rest.size());
        std::string plain(rest.substr(0, cut));
        if (!code) std::erase(plain, '*');
        if (!plain.empty()) out += code ? roff_code(plain) : roff_text(plain);
        rest.remove_prefix(std::min(cut + 1, rest.size()));
    }
    return out.empty() ? "\\&" : out;
}

/// The cells of "| a | b |"; "\|" is a bar.
std::vector<std::string> cells_of(std::string_view row) {
    std::vector<std::string> out(1);
    for (std::size_t i = 1; i < row.size(); ++i) {
        if (row[i] == '\\' && i + 1 < row.size() && row[i + 1] == '|') out.back() += row[++i];
        else if (row[i] == '|') out.emplace_back();
        else out.back() += row[i];
    }
    out.pop_back(); // behind the last bar
    return out;
}

class Converter {
public:
    explicit Converter(Roff& roff) : roff_(roff) {}

    void line(std::string_view line) {
        if (line.starts_with("```")) return fence();
        if (fenced_) {
            block_ += std::string(line) + "\n";
            return;
        }
        if (line.empty()) return end();
        if (line.starts_with("# ")) return; // the title is the page's name
        if (line.starts_with("## ")) return end(), roff_.section(line.substr(3));
        if (line.starts_with("### ")) return end(), roff_.subsection(line.substr(4));
        if (line.front() == '|') return row(line);
        if (line.starts_with("* ")) {
            end();
            item_ = true;
            line.remove_prefix(2);
        }
        text_ += (text_.empty() ? "" : " ") + std::string(base::trim(line));
    }

    void end() {
        header_ = true;
        if (!text_.empty() && item_) roff_.item("\\(bu", inline_roff(text_));
        if (!text_.empty() && !item_) roff_.paragraph(inline_roff(text_));
        text_.clear();
        item_ = false;
    }

private:
    void fence() {
        end();
        fenced_ = !fenced_;
        if (!fenced_) roff_.block(block_);
        block_.clear();
    }

    // The first two rows of a table are its header and the ruler.
    void row(std::string_view line) {
        if (header_) {
            end();
            header_ = false;
            return;
        }
        const auto cells = cells_of(line);
        if (cells.front().starts_with("---")) return;
        std::string rest;
        for (std::size_t i = 1; i < cells.size(); ++i) rest += (rest.empty() ? "" : "; ") + inline_roff(cells[i]);
        roff_.item(inline_roff(cells.front()), rest);
    }

    Roff& roff_;
    std::string text_, block_;
    bool fenced_ = false, item_ = false;
    bool header_ = true; ///< the next row of a table is its header
};

} // namespace

void add_markdown(Roff& roff, std::string_view markdown) {
    Converter converter(roff);
    while (!markdown.empty()) {
        const auto cut = std::min(markdown.find('\n'), markdown.size());
        converter.line(markdown.substr(0, cut));
        markdown.remove_prefix(std::min(cut + 1, markdown.size()));
    }
    converter.end();
}

} // namespace callscrub::app
