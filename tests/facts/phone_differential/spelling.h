/// Dirty cells: the spellings of FIELD's collections and worse.
#pragma once
#include "random.h"
#include <string>

namespace differential {

/// The digits as somebody may have typed them; sometimes with a remark, an extension, a second number,
/// damage.
std::string misspell(Random& random, bool international, const std::string& digits, const std::string& other);

} // namespace differential
