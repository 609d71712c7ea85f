/// A rule pack as a page that a lawyer can check: regimes with their days, bases with conditions and terms,
/// registers, articles, sources, certainty, switches.
#pragma once
#include "law/rules.h"
#include <span>
#include <string>

namespace callscrub::law {

enum class Format : std::uint8_t { text, markdown };

/// The page of one law, with the values that its policy gives it. Text is wrapped at 100 columns.
std::string describe(const Jurisdiction& law, Format format);

/// The front page of all laws in Markdown (docs/JURISDICTIONS.md), with links to their own pages under
/// jurisdictions/, and the switches that belong to none of them.
std::string describe_index(std::span<const Jurisdiction> laws);

} // namespace callscrub::law
