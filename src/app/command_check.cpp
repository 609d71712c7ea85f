#include "app/commands.h"
#include "app/understanding.h"
#include <chrono>

namespace callscrub::app {

int run_check(const Job& job, Console& console) {
    const auto seen = understand(job);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    console.print(job.talk.json ? to_json(seen, now_ms) : to_text(seen, now_ms, console.out()));
    return static_cast<int>(seen.problems() == 0 ? base::Exit::done : base::Exit::finding);
}

} // namespace callscrub::app
