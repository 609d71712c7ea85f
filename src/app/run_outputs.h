/// The files of a run and their names; how long its phases take.
#pragma once
#include "app/scrub.h"
#include "report/publish.h"
#include <chrono>

namespace callscrub::app {

class Stopwatch {
public:
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const double out = std::chrono::duration<double>(now - last_).count();
        last_ = now;
        return out;
    }
    double total() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now(), last_ = begin_;
};

/// What must not be overwritten, and how long to wait for the lock.
report::PublishOptions publish_options(const Job& job);
/// Where the job's outputs go. Failure as with report::open_directory and open_files.
std::unique_ptr<report::Publication> open_publication(const Job& job);
/// All files of a run in one directory, and not just one list's.
bool whole_directory(const Job& job);
/// The names that the lists' files begin with; lists of the same name in different folders get numbers.
std::vector<std::string> stems(const std::vector<const InputSpec*>& lists);
/// Makes the files of one list; `names` tells the manifest.
ListOutputs outputs_of(const Job& job, report::Publication& publication, const std::string& stem, report::ManifestList& names);
void finish(const Job& job, const ListOutputs& outputs);
/// How the list was read, for the manifest.
void describe_list(const Context& context, const Opened& list, report::ManifestList& out);

} // namespace callscrub::app
