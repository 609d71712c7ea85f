#include "base/failure.h"

namespace callscrub::base {

std::string Place::text() const {
    std::string out = file;
    if (line != 0) out += ":" + std::to_string(line);
    if (line != 0 && column != 0) out += ":" + std::to_string(column);
    return out;
}

namespace {
std::string located(const Place& place, const std::string& what) {
    const std::string where = place.text();
    return where.empty() ? what : where + ": " + what;
}
} // namespace

Failure::Failure(Exit code, Place place, const std::string& what)
    : std::runtime_error(located(place, what)), code_(code), place_(std::move(place)) {}

} // namespace callscrub::base
