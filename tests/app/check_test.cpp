#include "app/commands.h"
#include "app/draft.h"
#include "app/parse.h"
#include "app/resolve.h"
#include "app/understanding.h"
#include "report/verify.h"
#include <doctest/doctest.h>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace callscrub;
using namespace callscrub::app;
namespace fs = std::filesystem;

namespace {

const std::string presets_folder = SOURCE_DIR "/tests/app/presets/";

class Folder {
public:
    Folder() {
        char name[] = "/tmp/callscrub-check-XXXXXX";
        path_ = mkdtemp(name);
    }
    ~Folder() { fs::remove_all(path_); }
    std::string file(const std::string& name, const std::string& text) const {
        std::ofstream(path_ + "/" + name, std::ios::binary) << text;
        return path_ + "/" + name;
    }
    std::string at(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

Job job_with(std::initializer_list<std::pair<Role, std::string>> files) {
    Job job;
    job.command = Command::check;
    job.campaign.region = facts::make_region("DE");
    job.limits.threads = 2;
    for (const auto& [role, path] : files) {
        InputSpec input;
        input.role = role;
        input.path = path;
        job.inputs.push_back(input);
    }
    return job;
}

nlohmann::json seen_json(const Job& job) {
    return nlohmann::json::parse(to_json(understand(job), 1'800'000'000'000));
}

std::string all_of(const nlohmann::json& list, const char* key = nullptr) {
    std::string out;
    for (const auto& one : list) out += (key ? one.at(key) : one).get<std::string>() + "\n";
    return out;
}

nlohmann::json column(const nlohmann::json& file, const std::string& name) {
    for (const auto& one : file.at("columns"))
        if (one.at("column") == name) return one;
    return nullptr;
}

bool holds(const std::string& text, const std::string& part) {
    CAPTURE(text);
    CAPTURE(part);
    return text.find(part) != std::string::npos;
}

const char* consents_text = "Kundennr;Telefon;Einwilligung;Datum;Kanal;Nachweis;Notiz\n"
                            "K-1;030 23125001;Ja;03.02.2026;Telefon;F1;\n"
                            "K-2;030 23125002;Nein;14.02.2026;Telefon;F2;\n"
                            "K-3;030 23125003;Ja;15.03.2026;E-Mail;F3;\n"
                            "\n"
                            "K-4;030 23125004;nicht gesetzt;15.03.2026;Telefon;;\n";

Guess guess_of(const Folder& folder, const std::string& name, const std::string& text) {
    InputSpec input;
    input.path = folder.file(name, text);
    return guess(input);
}

} // namespace

TEST_CASE("what is understood of a consent file and a list") {
    const Folder folder;
    const auto consents = folder.file("consents.csv", consents_text);
    const auto list = folder.file("list.csv", "Kundennr,Telefon,Mobil,Kundentyp\n"
                                              "K-1,030 23125001,0171 3920001,privat\n"
                                              "K-9,030 23125009,,Firma XY\n"
                                              "K-8,n/a,030 12/030 23125008,GmbH\n");
    const auto seen = seen_json(job_with({{Role::list, list}, {Role::consents, consents}}));
    CHECK(seen.at("problems") == 0);
    const auto& one = seen.at("files").at(0);
    CHECK(one.at("role") == "list");
    CHECK(one.at("role_why") == "stated");
    CHECK(one.at("delimiter") == ",");
    CHECK(one.at("rows") == 3);
    CHECK(one.at("matched") == 1);
    CHECK(one.at("phone_cells").at("ok") == 3);
    CHECK(one.at("phone_cells").at("missing") == 2);
    CHECK(holds(all_of(one.at("notes")), "party: 'Firma XY' (1 row) is no word we know"));

    const auto& two = seen.at("files").at(1);
    CHECK(two.at("rows") == 4);
    CHECK(two.at("kept") == 3);
    CHECK(two.at("bad") == 0);
    CHECK(two.at("blank_lines") == 1);
    CHECK(two.at("delimiter") == ";");
    CHECK(two.at("encoding") == "utf-8");
    CHECK(two.at("newest_event") == "2026-03-15");
    CHECK(two.at("not_used") == nlohmann::json({"Notiz"}));
    CHECK(column(two, "timestamp").at("dates") == "dd.mm.yyyy");
    CHECK(column(two, "timestamp").at("header") == "Datum");
    CHECK(column(two, "timestamp").at("at") == 4);
    CHECK(column(two, "status").at("why") == "a synonym");
    const auto words = column(two, "status").at("words");
    REQUIRE(words.size() == 3);
    CHECK(words[0] == nlohmann::json({{"word", "Ja"}, {"rows", 2}, {"meaning", "opt_in"}}));
    CHECK(column(two, "channel").at("words")[1].at("meaning") == "email");
}

TEST_CASE("problems are told with their places, and the other files are read all the same") {
    const Folder folder;
    const auto consents = folder.file("consents.csv", "phone,status,timestamp,channel\n"
                                                      "+493023125001,opt_in,2026-02-03,phone\n"
                                                      "+493023125002,opt_inn,2026-02-03,phome\n"
                                                      "+493023125003,opt_in,2026-02-31,phone\n"
                                                      "+493023125004,opt_in\n");
    const auto broken = folder.file("relations.csv", "phone,begin\n+493023125001,2026-01-01\n");
    const auto dates = folder.file("calls.csv", "phone,called_at\n+493023125001,03/04/2026\n");
    const auto list = folder.file("list.csv", "phone\n+493023125001\n4.9E+11\n");
    const auto job = job_with(
        {{Role::list, list}, {Role::consents, consents}, {Role::relations, broken}, {Role::calls, dates}});
    const auto seen = seen_json(job);
    const auto& files = seen.at("files");
    CHECK(files.at(0).at("matched") == 1);
    CHECK(holds(all_of(files.at(0).at("problems"), "text"), "lost digits in a spreadsheet"));

    const auto& two = files.at(1);
    CHECK(two.at("kept") == 1);
    CHECK(two.at("bad") == 3);
    CHECK(two.at("damaged") == 1);
    const auto text = all_of(two.at("problems"), "text");
    CHECK(holds(text,
                "status: 'opt_inn' (1 row) is no word we know (did you mean 'opt_in'?); state what it means: "
                "values.status = { \"opt_inn\" = \"…\" }"));
    CHECK(holds(text, "channel: 'phome' (1 row) is no word we know (did you mean 'phone'?)"));
    bool date = false;
    for (const auto& problem : two.at("problems"))
        date = date || (problem.value("line", 0) == 4 && problem.value("column", 0) == 3);
    CHECK(date);

    CHECK_FALSE(files.at(2).at("read").get<bool>());
    CHECK(holds(all_of(files.at(2).at("problems"), "text"),
                "no column for kind; headers found: 'phone', 'begin'"));
    CHECK_FALSE(files.at(3).at("read").get<bool>());
    CHECK(holds(all_of(files.at(3).at("problems"), "text"), "can be day first or month first"));

    const auto page = to_text(understand(job), 1'800'000'000'000, {});
    CHECK(holds(page, consents + ":4:3: timestamp: '2026-02-31' is no date"));
    CHECK(holds(page, "problems found\n"));
    CHECK_FALSE(holds(page, "23125004"));
}

TEST_CASE("numbers in a column that is not used are told, for they pass unjudged") {
    const Folder folder;
    const auto list = folder.file("list.csv", "phone,Kontaktweg,Kunde,Notiz\n"
                                              "030 23125001,0171 3920001,4711000123,am 030 23125001\n"
                                              "030 23125002,,4711000124,\n"
                                              "030 23125003,'+49 171 3920002,4711000125,0\n");
    const auto notes = all_of(seen_json(job_with({{Role::list, list}})).at("files").at(0).at("notes"));
    CHECK(notes == list + ": the cells of the column 'Kontaktweg' look like telephone numbers, and it is not read: in a list they pass into the "
                          "clean list unjudged, elsewhere a no in them is lost; state columns.phone = [\"phone\", \"Kontaktweg\"]; if nobody is called by "
                          "them, state unread = [\"Kontaktweg\"]\n");
}

TEST_CASE("words are counted once for each row, however often a file is read") {
    const Folder folder;
    // Its dates look like ISO at first, so that it is read anew.
    std::string text = "phone;mobile;status;timestamp\n";
    for (int i = 0; i < 40'000; ++i) text += "030 23125001;0171 3920001;Ja;20260203\n";
    text += "030 23125002;;Nein;03.02.2026\n";
    auto job = job_with({{Role::consents, folder.file("consents.csv", text)}});
    job.inputs[0].columns["phone"] = {"phone", "mobile"};
    auto seen = seen_json(job);
    CHECK(holds(all_of(seen.at("files").at(0).at("problems"), "text"), "dates in two styles"));

    text = "phone;mobile;status;timestamp\n";
    for (int i = 0; i < 40'000; ++i) text += "030 23125001;0171 3920001;Ja;\n";
    text += "030 23125002;;Nein;03.02.2026\n";
    folder.file("consents.csv", text);
    seen = seen_json(job);
    const auto& file = seen.at("files").at(0);
    CHECK(file.at("rows") == 40'001);
    CHECK(file.at("kept") == 40'001);
    CHECK(column(file, "status").at("words")[0].at("rows") == 40'000);
    CHECK(file.at("phone_cells").at("ok") == 80'001);
    CHECK(column(file, "timestamp").at("dates") == "dd.mm.yyyy");
}

TEST_CASE("a file without stated role is told by its header, its name or its preset") {
    const Folder folder;
    CHECK(guess_of(folder, "a.csv", consents_text).role == Role::consents);
    CHECK(guess_of(folder, "a.csv", "phone,name,city\n1,2,3\n").role == Role::list);
    CHECK(guess_of(folder, "a.csv", "Rufnummer;Vertragsart;Vertragsbeginn\n;;\n").role == Role::relations);
    CHECK(guess_of(folder, "a.csv", "phone,called_at,outcome\n1,2,3\n").role == Role::calls);
    CHECK(guess_of(folder, "a.csv", "phone,blocked since,reason\n1,2,3\n").role == Role::suppress);
    CHECK(guess_of(folder, "sperrliste.csv", "Telefon\n1\n").role == Role::suppress);
    CHECK(guess_of(folder, "a.csv", "Name,City\n1,2\n").role == Role::any);
    CHECK(guess_of(folder, "a.csv", "").why == "the file is empty");
    CHECK(guess_of(folder, "a.csv", "+49 30 23125001\n+49 30 23125002\n").headless);
    InputSpec input;
    input.path = presets_folder + "vicidial.csv";
    const auto dialer = guess(input);
    CHECK(dialer.role == Role::list);
    CHECK(dialer.headless);
    CHECK(names_of(dialer.presets) == "'vicidial'");
    input.path = presets_folder + "de-generic.csv";
    CHECK(guess(input).role == Role::any);
    CHECK(guess(input).close == std::vector<Role>{Role::list, Role::consents});

    const auto seen = seen_json(job_with(
        {{Role::any, presets_folder + "de-generic.csv"}, {Role::any, presets_folder + "mailchimp.csv"}}));
    CHECK(holds(all_of(seen.at("files").at(0).at("problems"), "text"), "it is not clear what this file is"));
    CHECK(seen.at("files").at(1).at("role") == "list");
    CHECK(holds(all_of(seen.at("files").at(1).at("notes")), "state preset = \"mailchimp\""));
    CHECK(seen.at("files").at(1).at("preset").is_null());
}

TEST_CASE("files of several countries state their own regions") {
    const Folder folder;
    const auto german = folder.file("de.csv", "Telefon;Land\n030 23125001;DE\n030 23125002;DE\n");
    const auto dutch = folder.file("nl.csv", "telefoon,land\n020 0000001,NL\n020 0000002,NL\n");
    const auto open = folder.file("dnc.csv", "phone,since\n030 23125001,2026-01-01\n");
    const auto text = profile_for({}, {german, dutch, open}, "-");
    CHECK(holds(text, "# region: the files below are of several countries, each table states its own\n"));
    CHECK(holds(text, "de.csv\"\nregion = \"DE\" # guess: 2 of 2 numbers written without a country code are valid there\n"));
    CHECK(holds(text, "nl.csv\"\nregion = \"NL\" # guess: 2 of 2"));
    CHECK(holds(text, "dnc.csv\"\n# region = \"…\" # to decide: 1 number has no country code"));
    CHECK_FALSE(holds(text, "\"IT\""));
    // Files that tell nothing follow those that do.
    CHECK(holds(profile_for({}, {german, open}, "-"), "\nregion = \"DE\" # guess: 3 of 3"));
}

TEST_CASE("an export that is a list and holds noes is read as both") {
    const auto text = profile_for({}, {presets_folder + "salesforce-lead.csv", presets_folder + "us-dnc.csv"}, "-");
    CHECK(holds(text, "[[list]]\npath = \"" + presets_folder + "salesforce-lead.csv\"\npreset = \"salesforce-lead\""));
    CHECK(holds(text, "[[consents]]\npath = \"" + presets_folder + "salesforce-lead.csv\"\npreset = \"salesforce-lead\""));
    CHECK_FALSE(holds(text, "is stated too"));
    CHECK(holds(text, "preset = \"us-dnc\" # guess")); // the file's name tells it from canada-dncl
    const auto mail = profile_for({}, {presets_folder + "mailchimp.csv"}, "-");
    CHECK(holds(mail, "# About this preset: Mailchimp keeps consents to e-mail"));
    CHECK_FALSE(holds(mail, "[[consents]]"));
}

TEST_CASE("an export that can't carry consents is a problem, not a reading") {
    auto job = job_with({{Role::consents, presets_folder + "mailchimp.csv"}});
    job.inputs[0].preset = "mailchimp";
    const auto seen = seen_json(job);
    CHECK_FALSE(seen.at("files").at(0).at("read").get<bool>());
    CHECK(holds(all_of(seen.at("files").at(0).at("problems"), "text"), "prove no consent to be called"));
}

TEST_CASE("the profile of init runs once the entity is filled in") {
    const Folder folder;
    const auto list = folder.file(
        "leads.csv", "Kundennr;Telefon;Kundentyp\nK-1;030 23125001;privat\nK-2;030 23125002;GmbH\n");
    const auto consents = folder.file(
        "consents.csv", "Kundennr;Telefon;Einwilligung;Datum;Kanal;Nachweis;Mandant\n"
                        "K-1;030 23125001;Ja;03.02.2026;Telefon;F1;\"Energie \"\"Nord\"\" GmbH\"\n"
                        "K-2;030 23125002;jein;14.02.2026;Telefon;F2;\n"
                        "K-3;+49 30 23125003;Ja;14.02.2026;Telefon;F3;\n");
    Job job;
    job.command = Command::init;
    const auto target = folder.at("job.toml");
    auto text = profile_for(job, {list, consents, presets_folder + "salesforce-cptc.csv"}, target);
    CHECK(holds(text, "path = \"leads.csv\"\n"));
    CHECK(holds(text, "entity = \"\" # <-- FILL IN\n"));
    CHECK(holds(text, "# In the files: \"Energie \\\"Nord\\\" GmbH\""));
    CHECK(holds(text, "region = \"DE\" # guess: 4 of 4 numbers"));
    CHECK(holds(text, "columns.timestamp = [\"Datum\"] # guess: a known name for it\n"));
    CHECK(holds(text, "dates.timestamp = \"dd.mm.yyyy\" # found"));
    CHECK(holds(text, "values.status.\"jein\" = \"opt_out\" # 1 row; not known, taken for a no"));
    CHECK(holds(text, "preset = \"salesforce-cptc\" # guess"));
    CHECK_FALSE(holds(text, "PROBLEM"));

    const auto at = text.find("entity = \"\"");
    text.replace(at, 11, "entity = \"Energie \\\"Nord\\\" GmbH\"");
    folder.file("job.toml", text);
    const auto run = resolve(
        parse({"run", "--profile", target, "--dry-run", "--quiet", "--json", "--as-of", "2026-03-01"}), {""});
    const auto out = folder.at("out.json");
    const int fd = ::open(out.c_str(), O_CREAT | O_WRONLY, 0600);
    REQUIRE(fd >= 0);
    Log::Settings quiet;
    quiet.quiet = true;
    {
        Console console(quiet, fd, 2);
        CHECK(run_run(run, console) == 0);
        console.flush();
    }
    ::close(fd);
    std::ifstream result(out);
    const auto summary = nlohmann::json::parse(result);
    CHECK(summary.at("total").at("rows") == 2);
    CHECK(summary.at("total").at("clean") == 1);
}

TEST_CASE("consents that name nobody: init proposes the column, and a run that loses by it says so") {
    const Folder folder;
    const auto list = folder.file("leads.csv", "Telefon\n030 23125001\n");
    const auto consents = folder.file("optin.csv", "Telefon;Einwilligung Telefon;Datum;Unternehmen;Nachweis\n"
                                                   "030 23125001;Ja;03.02.2026;Nord GmbH;F1\n");
    const auto text = profile_for(Job(), {list, consents}, "-");
    CHECK(holds(text, "\n# columns.entity = [\"Unternehmen\"]\n"));
    CHECK(holds(text, "\n# set.channel = \"phone\"\n"));
    CHECK(holds(text, "\n# set.entity = \"…\""));

    const auto warned = [&](const std::string& entity) {
        folder.file("job.toml", "[campaign]\nentity = \"Nord GmbH\"\nregion = \"DE\"\n[[list]]\npath = \"leads.csv\"\n"
                                "[[consents]]\npath = \"optin.csv\"\n" + entity);
        const auto log = folder.at("log.txt");
        ::unlink(log.c_str());
        Log::Settings quiet;
        quiet.quiet = true;
        quiet.file = log;
        {
            Console console(quiet);
            CHECK(run_run(resolve(parse({"run", "--profile", folder.at("job.toml"), "--dry-run", "--quiet",
                                         "--as-of", "2026-03-01"}), {""}), console) == 0);
        }
        std::ifstream in(log);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    CHECK(holds(warned(""), "optin.csv: entity: no column says to whom consent was given"));
    CHECK_FALSE(holds(warned("columns.entity = [\"Unternehmen\"]\n"), "entity: no column"));
}

TEST_CASE("init: text before the table, consents with words of another desk, contracts without a kind") {
    const Folder folder;
    const auto list = folder.file("Nachfass_KW48.csv", "Export vom 24.11.2026 17:31;;;\n;;;\nKdnr.;Name;Rufnummer;Rufnummer mobil\n"
                                                       "1;A;0221/4710 201;\n2;B;030 23125202;0171 3920202\n");
    const auto consents = folder.file("toestemmingen.tsv", "Relatienr\tTelefoonnummer\tAkkoord bellen\tDatum akkoord\tNamens\n"
                                                           "1\t+492214710201\tYes\t17-6-2026\tE1\n");
    const auto contracts = folder.file("Vertraege.csv", "Kundennummer,Tel.,Vertragsbeginn,Vertragsende\n1,0221 4710201,13.06.2021,\n");
    const auto blocked = folder.file("Sperrliste.csv", "Rufnummer;Name\n0221 4710201;A\n");
    const auto text = profile_for({}, {list, consents, contracts, blocked}, "-");
    CHECK(holds(text, "[[list]]\npath = \"" + list + "\"\nskip = 2 # guess: line 3 looks like the header\n"
                      "columns.phone = [\"Rufnummer\", \"Rufnummer mobil\"]"));
    CHECK(holds(text, "columns.status = [\"Akkoord bellen\"]"));
    CHECK(holds(text, "columns.entity = [\"Namens\"]"));
    CHECK(holds(text, "\n# set.evidence = \"consent archive\"\n"));
    CHECK(holds(text, "[[relations]]\npath = \"" + contracts + "\"\n# If every row is of one kind"));
    CHECK(holds(text, "\n# set.kind = \"sale\"\n"));
    // A do-not-call list is never taken for a list to be called.
    CHECK(holds(text, "[[suppress]]\npath = \"" + blocked + "\"\n"));
}

TEST_CASE("what init can't decide is said, and the profile parses") {
    const Folder folder;
    const auto list = folder.file("x.csv", "Name,City\nA,B\n");
    const auto calls = folder.file("y.csv", "phone,called_at,outcome\n+493023125001,03/04/2026,SALE\n");
    const auto numbers = folder.file("z.txt", "0049 30 23125001\n0049 30 23125002\n");
    Job job;
    const auto text = profile_for(job, {list, calls, numbers}, "-");
    CHECK(holds(text, "x.csv: left out, because its header has"));
    CHECK(holds(text, "[[calls]]\npath = \"" + calls + "\"\n"));
    CHECK(holds(text, "PROBLEM: line 2: column 'called_at' (called_at): '03/04/2026' can be day first"));
    CHECK(holds(text, "[[suppress]]\npath = \"" + numbers + "\"\npreset = \"numbers\" # guess"));
    CHECK(toml_text("a\"b\\c\n") == "\"a\\\"b\\\\c\\u000A\"");
}

TEST_CASE("a list without header and with joined numbers is scrubbed, verified and compared") {
    const Folder folder;
    const auto run = [&](const std::string& out, const std::string& suppressed) {
        folder.file("dnc.txt", suppressed);
        folder.file("job.toml", "[campaign]\nentity = \"E\"\npurpose = \"service\"\n[[list]]\npath = \"" +
                                    presets_folder +
                                    "vicidial.csv\"\npreset = \"vicidial\"\n[[suppress]]\npath = "
                                    "\"dnc.txt\"\npreset = \"numbers\"\n");
        Log::Settings quiet;
        quiet.quiet = true;
        Console console(quiet);
        const auto job = resolve(parse({"run", "--profile", folder.at("job.toml"), "--out", folder.at(out),
                                        "--as-of", "2026-03-01"}),
                                 {""});
        CHECK(run_run(job, console) == 0);
        const auto findings = report::verify_run(folder.at(out), {});
        CHECK_MESSAGE(findings.empty(), (findings.empty() ? "" : findings[0].text));
        std::ifstream in(folder.at(out) + "/vicidial.clean.csv", std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    const auto all = run("a", "+49 30 99999999\n");
    std::ifstream source(presets_folder + "vicidial.csv", std::ios::binary);
    CHECK(all == std::string(std::istreambuf_iterator<char>(source), {}));
    // A suppressed alternative number is emptied in its own cell; a row without any good number goes.
    const auto some = run("b", "+49 171 3920017\n+33 1 99 00 12 35\n");
    CHECK(some.find("|3023125021|") != std::string::npos);
    CHECK(some.find("1713920017") == std::string::npos);
    CHECK(some.find("199001235") == std::string::npos);
    const auto diff = nlohmann::json::parse([&] {
        const auto path = folder.at("diff.json");
        const int fd = ::open(path.c_str(), O_CREAT | O_WRONLY, 0600);
        Log::Settings quiet;
        quiet.quiet = true;
        Console console(quiet, fd, 2);
        const auto job = resolve(parse({"diff", folder.at("a"), folder.at("b"), "--json"}), {""});
        CHECK(run_diff(job, console) == 1);
        console.flush();
        ::close(fd);
        std::ifstream in(path);
        return std::string(std::istreambuf_iterator<char>(in), {});
    }());
    CHECK(diff.at("totals").at("left") == 2);
    CHECK(diff.at("totals").at("same") == 2);
    CHECK(diff.at("totals").at("joined") == 0);
}
