/// A file without a name where the bytes for a pipe wait until the run is known to be good.
#pragma once
#include "report/fd.h"
#include <string>

namespace callscrub::report {

/// In $TMPDIR, else /tmp; gone when its descriptor is closed. Failure(Exit::output).
Fd open_spool();

/// Copies a spool from its start. Failure(Exit::output) naming `stream` ("standard output").
void unspool(const Fd& spool, const Fd& stream, const std::string& stream_name);

} // namespace callscrub::report
