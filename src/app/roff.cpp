#include "app/roff.h"
#include "app/version.h"
#include <cctype>
#include <cstdio>

namespace callscrub::app {

namespace {

/// The UTF-8 character at `at`, which is well-formed in our own texts; moves `at` behind it.
unsigned character(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    unsigned out = lead & (0x3Fu >> more);
    for (int i = 0; i < more; ++i) out = (out << 6) | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
    return out;
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

} // namespace

std::string roff_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const unsigned c = character(text, at);
        switch (c) {
        case '\\':
            out += "\\e";
            break;
        case '-':
            out += "\\-";
            break;
        case '\'':
            out += "\\(aq";
            break;
        case '`':
            out += "\\(ga";
            break;
        case '^':
            out += "\\(ha";
            break;
        case '~':
            out += "\\(ti";
            break;
        case '"':
            out += "\\(dq";
            break;
        case '\n':
            out += "\n";
            break;
        default:
            if (c < 0x80) {
                out += static_cast<char>(c);
            } else {
                char code[16];
                std::snprintf(code, sizeof code, "\\[u%04X]", c);
                out += code;
            }
        }
    }
    // A dot at the begin of a line would be a request.
    return out.starts_with('.') ? "\\&" + out : out;
}

std::string roff_strong(std::string_view text) { return "\\fB" + roff_text(text) + "\\fR"; }
std::string roff_emphasis(std::string_view text) { return "\\fI" + roff_text(text) + "\\fR"; }
std::string roff_code(std::string_view text) { return roff_strong(text); }

Roff::Roff(std::string_view name, std::string_view section) {
    out_ = "."
           "TH " +
           upper(name) + " " + std::string(section) + " \"\" \"callscrub " + version() +
           "\" \"callscrub\"\n.nh\n.ad l\n";
}

void Roff::section(std::string_view heading) { out_ += ".SH " + upper(heading) + "\n"; }

void Roff::subsection(std::string_view heading) { out_ += ".SS \"" + roff_text(heading) + "\"\n"; }

void Roff::paragraph(std::string_view roff) {
    if (!out_.ends_with("\n.ad l\n") &&
        out_.rfind(".SH", out_.size()) != out_.rfind('\n', out_.size() - 2) + 1)
        out_ += ".PP\n";
    out_ += std::string(roff) + "\n";
}

void Roff::item(std::string_view tag, std::string_view roff) {
    out_ += ".TP\n" + std::string(tag) + "\n" + std::string(roff) + "\n";
}

void Roff::block(std::string_view text) {
    out_ += ".PP\n.nf\n.RS 4\n";
    while (!text.empty()) {
        const auto cut = std::min(text.find('\n'), text.size());
        const auto line = roff_text(text.substr(0, cut));
        out_ += (line.empty() ? "\\&" : line) + "\n";
        text.remove_prefix(std::min(cut + 1, text.size()));
    }
    out_ += ".RE\n.fi\n";
}

} // namespace callscrub::app
