#include "report/html_style.h"
#include "base/failure.h"
#include "embedded/texts.h"
#include "report/digest.h"
#include <algorithm>
#include <cstdint>
#include <string_view>

namespace callscrub::report {

namespace {

std::string_view sheet() {
    for (const auto& file : embedded_texts())
        if (file.name == "report.css") return file.text;
    throw base::Failure(base::Exit::internal, "the program's own texts lack report.css");
}

unsigned value_of(char hex) { return static_cast<unsigned>(hex <= '9' ? hex - '0' : hex - 'a' + 10); }

/// Base64 (RFC 4648) of bytes given in lower-case hexadecimal.
std::string base64(std::string_view hex) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (; !hex.empty(); hex.remove_prefix(std::min<std::size_t>(6, hex.size()))) {
        const std::size_t digits = std::min<std::size_t>(6, hex.size());
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 6; ++i) bits = bits << 4 | (i < digits ? value_of(hex[i]) : 0);
        for (std::size_t i = 0; i < 4; ++i) out += i <= digits / 2 ? letters[bits >> (18 - 6 * i) & 63] : '=';
    }
    return out;
}

} // namespace

std::string style_element() {
    std::string out = "<style>";
    out += sheet();
    return out += "</style>\n";
}

const std::string& style_source() {
    static const std::string source = [] {
        std::string out = "'sha256-";
        out += base64(sha256_hex(sheet()));
        return out += '\'';
    }();
    return source;
}

} // namespace callscrub::report
