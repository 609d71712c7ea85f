/// Headings, paragraphs and nested items as plain text or Markdown. Inner header of describe*.cpp.
#pragma once
#include "law/describe.h"
#include <string_view>

namespace callscrub::law {

class Page {
public:
    explicit Page(Format format) : format_(format) {}

    /// `depth` 0 is the page's own heading.
    void heading(int depth, std::string_view text);
    void paragraph(std::string_view text);
    /// A label (may be empty) and what it says. `depth` from 0.
    void item(int depth, std::string_view label, std::string_view text);

    /// A name from a pack or profile: `like this` in Markdown.
    std::string code(std::string_view name) const;
    std::string take() { return std::move(out_); }

private:
    std::string escaped(std::string_view text) const;
    void wrapped(std::string_view text, std::size_t indent, std::size_t hanging);
    void end_list();

    Format format_;
    bool in_list_ = false;
    std::string out_;
};

} // namespace callscrub::law
