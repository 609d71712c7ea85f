/// Every case of tests/cases goes once more through the whole pipeline: its facts are written as CSV files,
/// `run` reads them, and what it publishes must be what the case expects.
#include "case_run.h"
#include <algorithm>
#include <doctest/doctest.h>

using namespace callscrub;
using report::test::Scratch;
using report::test::slurp;
namespace fs = std::filesystem;

namespace {

void check(const verdict::Case& one) {
    INFO(one.place.text() << ": case " << one.id << ": " << one.says);
    const Scratch folder;
    std::string failure;
    const auto all = pipeline::run_cases({one}, folder, failure);
    REQUIRE(failure == "");
    const auto& found = all.at(0);
    INFO("found: " << found.text);
    CHECK(found.callable == one.expect.callable);
    if (found.callable && !one.expect.basis.empty()) CHECK(found.word == one.expect.basis);
    if (!found.callable && !one.expect.reason.empty()) CHECK(found.word == one.expect.reason);
    if (one.expect.until) CHECK(found.until == *one.expect.until);
}

} // namespace

TEST_CASE("every case comes out of run as it comes out of the judge") {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "tests/cases"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::size_t cases = 0;
    for (const auto& file : files)
        for (const auto& one : verdict::read_cases(slurp(file.string()), file.filename().string())) {
            ++cases;
            check(one);
        }
    MESSAGE(cases << " cases of " << files.size() << " files");
    CHECK(cases >= 124);
}
