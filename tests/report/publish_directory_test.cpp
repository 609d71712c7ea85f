#include "report/manifest.h"
#include "report/publish.h"
#include "report/scratch.h"
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

using namespace callscrub::report;
using namespace callscrub::report::test;
using callscrub::base::Exit;

namespace {
/// A run directory with one output and a true manifest.
void make_run(const std::string& target, const std::string& text, PublishOptions options = {}) {
    const auto run = open_directory(target, options);
    run->create("a.clean.csv").write(text);
    for (const char* name : {"summary.json", "SHA256SUMS"}) run->create(name).write("{}");
    Manifest manifest;
    manifest.outputs.push_back({"a.clean.csv", text.size(), sha256_hex(text)});
    manifest.not_compared = {"summary.json"};
    run->create("manifest.json").write(to_json(manifest));
    run->commit();
}
const PublishOptions replacing{true, {}, {}};
} // namespace

TEST_CASE("a run directory appears complete, private and without leftovers") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    {
        const auto run = open_directory(out, {});
        OutputFile& file = run->create("a.csv");
        file.write("one,");
        file.write("two\n");
        run->create("empty.csv");
        CHECK(run->files().empty());
        CHECK_FALSE(fs::exists(out));
        CHECK(scratch.names().size() == 2); // temporary directory and lock
        run->commit();
        const auto files = run->files();
        REQUIRE(files.size() == 2);
        CHECK(files[0].name == "a.csv");
        CHECK(files[0].size == 8);
        CHECK(files[0].sha256 == sha256_hex("one,two\n"));
        CHECK(files[1].sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
    CHECK(scratch.names() == std::set<std::string>{"out"});
    CHECK(slurp(out + "/a.csv") == "one,two\n");
    struct stat st {};
    REQUIRE(stat((out + "/a.csv").c_str(), &st) == 0);
    CHECK((st.st_mode & 07777) == 0600);
    REQUIRE(stat(out.c_str(), &st) == 0);
    CHECK((st.st_mode & 07777) == 0700);
}

TEST_CASE("large and small writes keep their order and their digest") {
    const Scratch scratch;
    std::string expected;
    const auto run = open_directory(scratch / "out/", {});
    OutputFile& file = run->create("a");
    for (std::size_t i = 0; i < 600; ++i) {
        const std::string piece(i * 37 % 9000 + (i % 100 == 0 ? 600'000 : 0),
                                static_cast<char>('a' + i % 26));
        file.write(piece);
        expected += piece;
        REQUIRE(file.size() == expected.size());
    }
    file.finish();
    file.finish();
    CHECK(file.record().sha256 == sha256_hex(expected));
    check_fails(Exit::internal, "after its end", [&] { file.write("x"); });
    run->commit();
    CHECK(slurp(scratch / "out/a") == expected);
}

TEST_CASE("without commit nothing remains") {
    const Scratch scratch;
    { open_directory(scratch / "out", {})->create("a").write("x"); }
    CHECK(scratch.names().empty());
}

TEST_CASE("what stands at the target is not touched unless it is an earlier run and may be replaced") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    const auto refused = [&](const std::string& part, const PublishOptions& options) {
        const auto before = scratch.names();
        check_fails(Exit::output, part, [&] { open_directory(out, options); });
        CHECK(scratch.names() == before);
    };
    SUBCASE("an empty directory is taken over") {
        fs::create_directory(out);
        make_run(out, "x");
        CHECK(slurp(out + "/a.clean.csv") == "x");
    }
    SUBCASE("an earlier run, without --replace") {
        make_run(out, "old");
        refused("is there already; name another directory, or replace it with --replace", {});
        CHECK(slurp(out + "/a.clean.csv") == "old");
    }
    SUBCASE("an earlier run, with --replace") {
        make_run(out, "old");
        put(out + "/.~lock.a.clean.csv#", "an office program");
        make_run(out, "new", replacing);
        CHECK(slurp(out + "/a.clean.csv") == "new");
        CHECK(scratch.names() == std::set<std::string>{"out"});
        CHECK(scratch.names("out").count(".~lock.a.clean.csv#") == 0);
    }
    SUBCASE("a directory of something else") {
        fs::create_directory(out);
        put(out + "/diary.txt", "dear");
        refused("has no readable manifest.json", replacing);
        put(out + "/manifest.json", "{}");
        refused("is no run of callscrub", replacing);
        put(out + "/manifest.json", "{\"program\": \"npm\", \"format\": 1}");
        refused("\"program\" is not \"callscrub\"", replacing);
        CHECK(slurp(out + "/diary.txt") == "dear");
    }
    SUBCASE("an earlier run to which somebody has added a file") {
        make_run(out, "old");
        put(out + "/notes.txt", "mine");
        refused("holds 'notes.txt', which is not of the run", replacing);
        CHECK(slurp(out + "/notes.txt") == "mine");
    }
    SUBCASE("an earlier run to which somebody has added a hidden directory, or a hidden link") {
        make_run(out, "old");
        fs::create_directory(out + "/.git");
        put(out + "/.git/work", "mine");
        refused("holds '.git', which is not of the run", replacing);
        CHECK(slurp(out + "/.git/work") == "mine");
        fs::remove_all(out + "/.git");
        fs::create_symlink(scratch / "elsewhere", out + "/.link");
        refused("holds '.link', which is not of the run", replacing);
    }
    SUBCASE("a file") {
        put(out, "file");
        refused("is not a directory", replacing);
        CHECK(slurp(out) == "file");
    }
    SUBCASE("a symbolic link, to a run or to nothing") {
        make_run(scratch / "real", "old");
        fs::create_symlink(scratch / "real", out);
        refused("is a symbolic link", replacing);
        fs::remove(out);
        fs::create_symlink(scratch / "nowhere", out);
        refused("is a symbolic link", {});
    }
}

TEST_CASE("a target appearing or vanishing meanwhile is noticed at commit") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    SUBCASE("somebody made a directory with a file in it") {
        const auto run = open_directory(out, {});
        run->create("a").write("x");
        fs::create_directory(out);
        put(out + "/theirs", "y");
        check_fails(Exit::output, "is there already", [&] { run->commit(); });
        CHECK(slurp(out + "/theirs") == "y");
    }
    SUBCASE("the temporary directory is gone") {
        const auto run = open_directory(out, {});
        run->create("a").write("x");
        for (const std::string& name : scratch.names())
            if (name.ends_with(".tmp")) fs::remove_all(scratch / name);
        check_fails(Exit::output, "can't be made", [&] { run->create("b"); });
        check_fails(Exit::output, "has vanished", [&] { run->commit(); });
        CHECK_FALSE(fs::exists(out));
    }
    SUBCASE("the earlier run is gone: then this one is simply the first") {
        make_run(out, "old");
        const auto run = open_directory(out, replacing);
        run->create("a").write("x");
        fs::remove_all(out);
        run->commit();
        CHECK(slurp(out + "/a") == "x");
    }
    SUBCASE("the parent directory is gone") {
        fs::create_directory(scratch / "p");
        const auto run = open_directory(scratch / "p/out", {});
        run->create("a").write("x");
        fs::remove_all(scratch / "p");
        check_fails(Exit::output, "vanished", [&] { run->commit(); });
    }
}

TEST_CASE("impossible targets") {
    const Scratch scratch;
    for (const char* path : {"", ".", "..", "/", "out/.."})
        check_fails(Exit::usage, "names no new entry", [&] { open_directory(path, {}); });
    check_fails(Exit::output, "can't be used: No such file or directory; make it first",
                [&] { open_directory(scratch / "no/such/out", {}); });
    put(scratch / "file", "");
    check_fails(Exit::output, "Not a directory", [&] { open_directory(scratch / "file/out", {}); });
    check_fails(Exit::output, "File name too long",
                [&] { open_directory(scratch / std::string(300, 'x'), {}); });
    const std::string longest(255, 'x');
    make_run(scratch / longest, "x");
    make_run(scratch / longest, "y", replacing);
    CHECK(scratch.names() == std::set<std::string>{"file", longest});
}

TEST_CASE("names of outputs stay inside") {
    const Scratch scratch;
    const auto run = open_directory(scratch / "out", {});
    for (const char* name : {"", ".", "..", "../a", "a/b"})
        check_fails(Exit::internal, "no name for an output", [&] { run->create(name); });
    run->create("a");
    check_fails(Exit::output, "two outputs of this run would have this name", [&] { run->create("a"); });
}

TEST_CASE("inputs are not replaced, by whatever name they are read") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    make_run(out, "rows");
    const auto refused = [&](const std::string& input) {
        check_fails(Exit::usage, "is in this folder", [&] {
            open_directory(out, {true, {}, {"/dev/null", input}});
        });
        CHECK(slurp(out + "/a.clean.csv") == "rows");
    };
    refused(out + "/a.clean.csv");
    fs::create_symlink(out + "/a.clean.csv", scratch / "soft");
    refused(scratch / "soft");
    fs::create_hard_link(out + "/a.clean.csv", scratch / "hard");
    refused(scratch / "hard");
    fs::create_directory_symlink(out, scratch / "folder");
    refused(scratch / "folder/a.clean.csv");
}

TEST_CASE("a full disk leaves the earlier run and no rest") {
    const Scratch scratch;
    const std::string disk = scratch / "disk";
    fs::create_directory(disk);
    if (mount("none", disk.c_str(), "tmpfs", 0, "size=256k") != 0) {
        MESSAGE("no tmpfs can be mounted here; the full disk is tested by the file size limit only");
        return;
    }
    make_run(disk + "/out", "old");
    check_fails(Exit::output, "No space left on device; free some space on that disk; nothing was published",
                [&] {
                    const auto run = open_directory(disk + "/out", replacing);
                    OutputFile& file = run->create("a");
                    for (int i = 0; i < 100; ++i) file.write(std::string(10'000, 'x'));
                    run->commit();
                });
    check_fails(Exit::output, "No space left", [&] { // the last bytes leave the buffer only at commit
        const auto run = open_directory(disk + "/out", replacing);
        run->create("a").write(std::string(200'000, 'x'));
        run->create("b").write(std::string(200'000, 'x'));
        run->commit();
    });
    CHECK(scratch.names("disk") == std::set<std::string>{"out"});
    CHECK(slurp(disk + "/out/a.clean.csv") == "old");
    REQUIRE(umount(disk.c_str()) == 0);
}

TEST_CASE("a failed write stays failed") {
    OutputFile file("full", "/dev/full", Fd(open("/dev/full", O_WRONLY)));
    check_fails(Exit::output, "/dev/full: can't be written: No space left",
                [&] { file.write(std::string(300'000, 'x')); });
    check_fails(Exit::output, "No space left", [&] { file.write("x"); });
    check_fails(Exit::output, "No space left", [&] { file.finish(); });
    CHECK_FALSE(file.finished());
}

TEST_CASE("a file size limit is a failing write") {
    const Scratch scratch;
    const pid_t child = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{50'000, 50'000};
        setrlimit(RLIMIT_FSIZE, &limit);
        make_run(scratch / "out", std::string(60'000, 'x'));
    });
    CHECK(end_of(child) == static_cast<int>(Exit::output));
    CHECK(scratch.names().empty());
}

TEST_CASE("two runs for one target: the second is told, or waits") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    const Bell ready, go;
    const pid_t child = in_child([&] {
        const auto run = open_directory(out, {});
        ready.ring();
        go.wait();
        run->create("a").write("first");
        run->commit();
    });
    ready.wait();
    check_fails(Exit::locked, "another run (process " + std::to_string(child) + ") holds the lock",
                [&] { open_directory(out, {}); });
    const auto start = std::chrono::steady_clock::now();
    check_fails(Exit::locked, "--wait-lock", [&] {
        open_directory(out, {false, std::chrono::milliseconds{120}, {}});
    });
    CHECK(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds{120});
    open_directory(scratch / "other", {}); // another target is no one's business
    go.ring();
    check_fails(Exit::output, "is there already", [&] {
        open_directory(out, {false, std::chrono::seconds{20}, {}});
    });
    CHECK(end_of(child) == 0);
    CHECK(slurp(out + "/a") == "first");
    CHECK(scratch.names() == std::set<std::string>{"out"});
}

TEST_CASE("many runs at once: one after the other, each complete") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    make_run(out, "0");
    std::vector<pid_t> children;
    for (int i = 1; i <= 8; ++i)
        children.push_back(in_child([&, i] {
            for (int round = 0; round < 10; ++round)
                make_run(out, std::to_string(i), {true, std::chrono::seconds{60}, {}});
        }));
    for (const pid_t child : children) CHECK(end_of(child) == 0);
    CHECK(scratch.names() == std::set<std::string>{"out"});
}

TEST_CASE("what a killed run left is swept by the next one, what a living run has is not") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    make_run(out, "old");
    const Bell ready;
    const pid_t child = in_child([&] {
        const auto run = open_directory(out, replacing);
        run->create("a").write(std::string(1'000'000, 'x'));
        ready.ring();
        pause();
    });
    ready.wait();
    // Even without its lock file a living run keeps its directory.
    fs::remove(scratch / ".out.lock");
    make_run(out, "second", replacing);
    CHECK(scratch.names().size() == 2);
    kill(child, SIGKILL);
    CHECK(end_of(child) == 128 + SIGKILL);
    put(scratch / ".outer.callscrub-1-0.tmp", "of another target");
    make_run(out, "third", replacing);
    CHECK(scratch.names() == std::set<std::string>{"out", ".outer.callscrub-1-0.tmp"});
    CHECK(slurp(out + "/a.clean.csv") == "third");
}

TEST_CASE("the lock of a killed run is free") {
    const Scratch scratch;
    const Bell ready;
    const pid_t child = in_child([&] {
        const auto run = open_directory(scratch / "out", {});
        ready.ring();
        pause();
    });
    ready.wait();
    kill(child, SIGKILL);
    CHECK(end_of(child) == 137);
    CHECK(scratch.names().size() == 2);
    make_run(scratch / "out", "new");
    CHECK(scratch.names() == std::set<std::string>{"out"});
}

TEST_CASE("a lock that is a symbolic link is not followed") {
    const Scratch scratch;
    put(scratch / "precious", "text");
    fs::create_symlink(scratch / "precious", scratch / ".out.lock");
    check_fails(Exit::output, "can't be taken", [&] { open_directory(scratch / "out", {}); });
    CHECK(slurp(scratch / "precious") == "text");
}

TEST_CASE("the seal holds together with the rename") {
    const Scratch scratch;
    const std::string out = scratch / "out";
    int set = 0, revoked = 0;
    SUBCASE("set before the directory is there") {
        const auto run = open_directory(out, {});
        run->commit({[&] {
                         ++set;
                         CHECK_FALSE(fs::exists(out));
                     },
                     [&] { ++revoked; }});
        CHECK(set == 1);
        CHECK(revoked == 0);
        CHECK(fs::exists(out));
    }
    SUBCASE("a seal that fails publishes nothing") {
        const auto run = open_directory(out, {});
        check_fails(Exit::output, "ledger full", [&] {
            run->commit(
                {[] { throw callscrub::base::Failure(Exit::output, "ledger full"); }, [&] { ++revoked; }});
        });
        CHECK(revoked == 0);
        CHECK_FALSE(fs::exists(out));
    }
    SUBCASE("a rename that fails takes it back") {
        fs::create_directory(out);
        const auto run = open_directory(out, {});
        check_fails(Exit::output, "can't be put in place: Directory not empty", [&] {
            run->commit({[&] { put(out + "/theirs", "now"); }, [&] { ++revoked; }});
        });
        CHECK(revoked == 1);
        CHECK(slurp(out + "/theirs") == "now");
    }
}

TEST_CASE("a dry run counts and hashes") {
    const auto run = open_nowhere();
    OutputFile& file = run->create("a");
    file.write(std::string(1'000'000, 'x'));
    run->commit();
    CHECK(run->files().at(0).size == 1'000'000);
    CHECK(run->files().at(0).sha256 == sha256_hex(std::string(1'000'000, 'x')));
}
