/// The folder of --rules, or what is built in.
#pragma once
#include "law/translations.h"
#include <string>

namespace callscrub::app {

/// What packs say in other languages: the *.csv files of `dir`, if one is stated, before those built in. Failure (usage)
/// for one that can't be read.
law::Translations translations(const std::string& dir);

} // namespace callscrub::app
