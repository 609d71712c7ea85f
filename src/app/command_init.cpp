#include "app/commands.h"
#include "app/draft.h"
#include "report/publish.h"

namespace callscrub::app {

int run_init(const Job& job, Console& console) {
    const auto& target = job.output.dir;
    const auto text = profile_for(job, job.operands, target);
    if (target == "-") {
        console.print(text);
    } else {
        report::PublishOptions options;
        options.inputs = job.operands;
        const auto files = report::open_files({target}, options);
        files->create(target).write(text);
        files->commit();
    }
    console.flush();
    console.log().info("fill in `entity` and read every line marked \"guess\" before the first run");
    return static_cast<int>(base::Exit::done);
}

} // namespace callscrub::app
