/// A source of UTF-16 seen as UTF-8. Inside this room only.
#pragma once
#include "csv/source.h"
#include <memory>
#include <string>

namespace callscrub::csv {

/// `inner` has been read (and tapped) up to behind `ahead`, its first bytes without the byte order mark.
std::unique_ptr<Source> from_utf16(std::unique_ptr<Source> inner, std::string ahead, bool big_endian);

} // namespace callscrub::csv
