#include "app/progress.h"
#include "app/terminal.h"
#include "report/scratch.h"
#include <doctest/doctest.h>
#include <fcntl.h>
#include <thread>

using namespace callscrub;
using namespace callscrub::app;
using report::test::Scratch;
using report::test::slurp;

namespace {

/// A variable for the time of a test.
class Environment {
public:
    Environment(const char* name, const char* value) : name_(name) {
        if (const char* old = std::getenv(name)) old_ = old;
        if (value)
            setenv(name, value, 1);
        else
            unsetenv(name);
    }
    ~Environment() {
        if (old_)
            setenv(name_, old_->c_str(), 1);
        else
            unsetenv(name_);
    }

private:
    const char* name_;
    std::optional<std::string> old_;
};

/// The user's end and the program's end of a terminal.
class Terminal {
public:
    Terminal() : master_(posix_openpt(O_RDWR | O_NOCTTY)) {
        REQUIRE(master_ >= 0);
        REQUIRE(grantpt(master_) == 0);
        REQUIRE(unlockpt(master_) == 0);
        slave_ = open(ptsname(master_), O_RDWR | O_NOCTTY);
        REQUIRE(slave_ >= 0);
    }
    ~Terminal() {
        close(slave_);
        close(master_);
    }
    int fd() const { return slave_; }
    std::string seen() const {
        char buffer[4096];
        fcntl(master_, F_SETFL, O_NONBLOCK);
        const auto size = read(master_, buffer, sizeof buffer);
        return size > 0 ? std::string(buffer, static_cast<std::size_t>(size)) : "";
    }

private:
    int master_, slave_ = -1;
};

} // namespace

TEST_CASE("widths are those of a terminal") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("Müller") == 6);
    CHECK(display_width("e\xCC\x81") == 1); // a combining accent
    CHECK(display_width("東京") == 4);
    CHECK(display_width("•") == 1);
    CHECK(display_width("\x1b[31mred\x1b[0m") == 3);
    CHECK(display_width("a\xFF") == 2);
}

TEST_CASE("cells can't steer the terminal") {
    CHECK(harmless("a\tb\x1b[31m") == "a\\x09b\\x1B[31m");
    CHECK(harmless("line\nline") == "line\\x0Aline");
    CHECK(harmless("\xC2\x9B"
                   "31m") == "\\x9B31m");
    CHECK(harmless("\x9B"
                   "31m") == "\\x9B31m");
    CHECK(harmless("a\xE2\x80\xAE"
                   "b") == "a\\u202Eb");
    CHECK(harmless("Müller • 東京") == "Müller • 東京");
}

TEST_CASE("tables are aligned, wrapped in the last column, and end no line with blanks") {
    Table table({Table::Align::left, Table::Align::right, Table::Align::left});
    table.row({"NO_BASIS", "1,204", "nothing on record"});
    table.row({"Größe", "7", "übrig\x07"});
    table.row({"x", "", ""});
    CHECK(table.text() == "NO_BASIS  1,204  nothing on record\n"
                          "Größe         7  übrig\\x07\n"
                          "x\n");
    Table wide({Table::Align::left, Table::Align::left});
    wide.row({"code", "one two three four five six seven eight nine ten"});
    CHECK(wide.text(32, false, 2) == "  code  one two three four five\n"
                                     "        six seven eight nine ten\n");
    // No room beside the others: below them.
    Table narrow({Table::Align::left, Table::Align::left});
    narrow.row({"░ CUSTOMER_EXCEPTION_ENDED", "one two three four five six"});
    narrow.row({"東京", ""});
    CHECK(narrow.text(30, false, 2) == "  ░ CUSTOMER_EXCEPTION_ENDED\n"
                                       "      one two three four five\n"
                                       "      six\n"
                                       "  東京\n");
    Table asian({Table::Align::left, Table::Align::left}); // two columns for each character
    asian.row({"東京", "x"});
    asian.row({"abcd", "x"});
    CHECK(asian.text() == "東京  x\nabcd  x\n");
    Table tinted_rows({Table::Align::left});
    tinted_rows.row({"bad"}, Tint::bad);
    CHECK(tinted_rows.text(0, true) == "\x1b[31mbad\x1b[0m\n");
    CHECK(tinted_rows.text(0, false) == "bad\n");
}

TEST_CASE("wrapping counts characters, not bytes") {
    CHECK(wrapped("äöü äöü äöü äöü äöü äöü äöü", 24, 4) == "äöü äöü äöü äöü äöü\n    äöü äöü");
    CHECK(wrapped("Donaudampfschifffahrtsgesellschaft", 20) == "Donaudampfschifffahrtsgesellschaft");
    CHECK(wrapped("", 40) == "");
}

TEST_CASE("numbers with separators") {
    CHECK(with_commas(0) == "0");
    CHECK(with_commas(999) == "999");
    CHECK(with_commas(1'000) == "1,000");
    CHECK(with_commas(1'204'113) == "1,204,113");
}

TEST_CASE("colour only on terminals that want it") {
    Terminal terminal;
    Scratch scratch;
    const int file = open((scratch / "f").c_str(), O_CREAT | O_WRONLY, 0600);
    const Environment term("TERM", "xterm"), columns("COLUMNS", nullptr), colour("NO_COLOR", nullptr);
    CHECK(manners_of(terminal.fd()).terminal);
    CHECK(manners_of(terminal.fd()).colour);
    CHECK_FALSE(manners_of(file).terminal);
    CHECK_FALSE(manners_of(file).colour);
    CHECK(manners_of(file).width == 80);
    CHECK_FALSE(manners_of(-1).terminal);
    {
        const Environment no("NO_COLOR", "1");
        CHECK_FALSE(manners_of(terminal.fd()).colour);
        CHECK(manners_of(terminal.fd()).moves);
    }
    {
        const Environment empty("NO_COLOR", "");
        CHECK(manners_of(terminal.fd()).colour);
    }
    {
        const Environment dumb("TERM", "dumb");
        CHECK_FALSE(manners_of(terminal.fd()).colour);
        CHECK_FALSE(manners_of(terminal.fd()).moves);
    }
    {
        const Environment none("TERM", nullptr);
        CHECK_FALSE(manners_of(terminal.fd()).colour);
    }
    {
        const Environment narrow("COLUMNS", "50");
        CHECK(manners_of(terminal.fd()).width == 50);
    }
    close(file);
}

TEST_CASE("data that can't be written is a failure, said words are not") {
    const int full = open("/dev/full", O_WRONLY);
    REQUIRE(full >= 0);
    Console console({}, full, full);
    console.say("nobody hears this\n");
    console.print("data");
    const auto failed = report::test::failure_of([&] { console.flush(); });
    REQUIRE(failed);
    CHECK(failed->code == base::Exit::output);
    CHECK(failed->text == "standard output can't be written: No space left on device");
    close(full);
}

TEST_CASE("data and words go their own ways") {
    Scratch scratch;
    const int out = open((scratch / "out").c_str(), O_CREAT | O_WRONLY, 0600);
    const int err = open((scratch / "err").c_str(), O_CREAT | O_WRONLY, 0600);
    {
        Log::Settings settings;
        settings.err_fd = err;
        Console console(settings, out, err);
        console.print(std::string(200'000, 'x'));
        console.say("said\n");
        console.flush();
    }
    {
        Log::Settings settings;
        settings.err_fd = err;
        settings.quiet = true;
        Console(settings, out, err).say("not said\n");
    }
    CHECK(slurp(scratch / "out").size() == 200'000);
    CHECK(slurp(scratch / "err") == "said\n");
    close(out);
    close(err);
}

TEST_CASE("the line of progress") {
    CHECK(progress_line("scrub", 512u << 20, 2048ull << 20, 1'204'113, 2) ==
          "scrub   25%  512 MiB of 2.0 GiB  256 MiB/s  6 s left  1,204,113 rows");
    CHECK(progress_line("gather", 1500, 0, 0, 0) == "gather  1.5 KiB");
    CHECK(progress_line("gather", 10, 100'000'000'000, 0, 1) ==
          "gather    0%  10 B of 93.1 GiB  10 B/s  2777777:46 h left");
    CHECK(progress_line("scrub", 100, 50, 0, 1) == "scrub  100%  50 B of 50 B  100 B/s"); // a file that grew
}

TEST_CASE("progress shows only where somebody watches, and leaves nothing behind") {
    Scratch scratch;
    const Environment term("TERM", "xterm");
    const int file = open((scratch / "f").c_str(), O_CREAT | O_WRONLY, 0600);
    CHECK_FALSE(Progress(Progress::When::automatic, false, file).shown());
    Terminal terminal;
    CHECK_FALSE(Progress(Progress::When::automatic, true, terminal.fd()).shown());
    CHECK_FALSE(Progress(Progress::When::never, false, terminal.fd()).shown());
    {
        const Environment dumb("TERM", "dumb");
        CHECK_FALSE(Progress(Progress::When::automatic, false, terminal.fd()).shown());
    }
    {
        Progress progress(Progress::When::automatic, false, terminal.fd());
        CHECK(progress.shown());
        progress.phase("scrub", 1000);
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 100; ++n) progress.add(1, 1);
            });
        for (auto& thread : threads) thread.join();
        std::this_thread::sleep_for(std::chrono::milliseconds(1100));
        const auto seen = terminal.seen();
        CHECK(seen.find("\rscrub   40%  400 B of 1000 B") != std::string::npos);
        CHECK(seen.find("400 rows") != std::string::npos);
    }
    CHECK(terminal.seen().ends_with("\r\x1b[K"));
    {
        Progress quick(Progress::When::automatic, false, terminal.fd());
        quick.phase("check", 10);
    }
    CHECK(terminal.seen() == ""); // short work shows nothing
    close(file);
    CHECK(slurp(scratch / "f") == "");
}
