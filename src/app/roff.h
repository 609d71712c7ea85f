/// Writes man pages: the few macros of man(7) that a page needs, with all text escaped.
#pragma once
#include <string>
#include <string_view>

namespace callscrub::app {

/// Text with nothing left that roff could take for a request or an escape; characters beyond ASCII as
/// \[uXXXX].
std::string roff_text(std::string_view text);
std::string roff_strong(std::string_view text);
std::string roff_emphasis(std::string_view text);
/// The same, as code: bold and never broken at hyphens.
std::string roff_code(std::string_view text);

class Roff {
public:
    Roff(std::string_view name, std::string_view section);
    void section(std::string_view heading);
    void subsection(std::string_view heading);
    /// The following take text that is escaped already.
    void paragraph(std::string_view roff);
    void item(std::string_view tag, std::string_view roff);
    /// Lines as they stand; not yet escaped.
    void block(std::string_view text);
    const std::string& text() const { return out_; }

private:
    std::string out_;
};

} // namespace callscrub::app
