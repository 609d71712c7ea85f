/// A file with the gathered facts of a job (`callscrub index`), which run and explain use instead of reading the inputs.
///
///   the history (history/snapshot.h) · sums of its sheets, 8 bytes each · description (JSON) · end (64 bytes)
///
/// The description tells what the facts were gathered from: program, numbers' metadata, rules, settings, and of each
/// input how it was read, its SHA-256, and by what it is known again.
#pragma once
#include "app/file_mark.h"
#include "app/gather.h"
#include "report/output_file.h"

namespace callscrub::app {

/// An input as it was gathered.
struct IndexedFile {
    std::string path;
    FileMark mark;
    bool settled = false; ///< the mark was two seconds old when the file was read: a later change shows in it
    GatheredFile read;
};

/// Failure (usage) for an input that can't be known again: a pipe, standard input.
void demand_files(const Job& job);

/// Writes what was gathered with Gathering::trace. Failure (input) if an input has changed meanwhile.
void write_index(const Context& context, const Gathered& gathered, report::OutputFile& out);

/// The facts in the file at context.job.index. Failure (input) if the file is none or is damaged, or if program, rules, settings or inputs are no longer
/// those that the facts were gathered with. An input whose mark differs is read, and its SHA-256 decides.
Gathered read_index(const Context& context);

} // namespace callscrub::app
