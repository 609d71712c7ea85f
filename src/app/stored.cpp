#include "app/stored.h"

namespace callscrub::app::stored {

Json written_text(const std::string& text) {
    if (base::valid_utf8(text) && text.find('\0') == std::string::npos) return text;
    std::string hex;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return Json{{"bytes", hex}};
}

std::string read_text(const Json& json) {
    if (json.is_string()) return json.get<std::string>();
    const auto hex = json.at("bytes").get<std::string>();
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return out;
}

} // namespace callscrub::app::stored
