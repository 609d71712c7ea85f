#include "app/toml_file.h"
#include "report/fd.h"
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace callscrub::app {

std::string toml_text(const std::string& path, std::string_view what, const base::Place& place) {
    const auto refuse = [&](const std::string& why) { throw base::Failure(base::Exit::usage, place, std::string(what) + why); };
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) refuse(" is a directory; expected a TOML file");
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file) text << file.rdbuf();
    if (!file) refuse(" can't be read: " + report::errno_text(errno));
    return text.str();
}

} // namespace callscrub::app
