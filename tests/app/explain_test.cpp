// explain: the decision of run, told with every record, check and day. In-process stories and the built
// program.
#include "app/command_explain.h"
#include "app/parse.h"
#include "app/resolve.h"
#include "app/story_timeline.h"
#include "app/story_voice.h"
#include "app/terminal.h"
#include "base/text.h"
#include "report/scratch.h"
#include <algorithm>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <nlohmann/json.hpp>

using namespace callscrub;
using namespace callscrub::app;
using report::test::check_fails;
using report::test::put;
using report::test::Scratch;
using report::test::slurp;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

namespace {

constexpr const char* consents =
    "consent_id,phone,person_id,channel,status,entity,product,timestamp,valid_until,evidence,contract_id\n"
    "C-1,+31612345678,P1,phone,opt_in,Energie BV,energy,2024-03-01T10:00:00Z,2026-03-01,form 17,\n"
    "C-2,+31612345678,P1,email,opt_in,Energie BV,energy,2024-03-01T11:00:00Z,,form 17,\n"
    "C-3,+31612345678,P1,phone,opt_out,Energie BV,,2025-02-03T09:00:00Z,,,\n"
    "C-4,+31612345678,P1,email,opt_out,Energie BV,,2025-02-04T09:00:00Z,,,\n"
    "C-5,+31612345678,P1,phone,opt_out,Andere BV,,2025-02-05T09:00:00Z,,,\n"
    "C-6,+31612345678,P1,phone,opt_in,Energie BV,energy,2025-06-01T09:00:00Z,2027-01-31,call 99,\n"
    "C-7,+31687654321,P1,phone,opt_in,Energie BV,energy,2025-06-03T09:00:00Z,,call 99,\n"
    "C-8,+31612345679,,phone,requested,Energie BV,energy,2026-06-20T09:00:00Z,,form 3,\n"
    "C-9,+4915123456789,,any,opt_in,Energie BV,energy,2025-01-20T09:00:00Z,contract_end+1cy,form 4,V-9\n";
constexpr const char* relations =
    "contract_id,phone,person_id,entity,kind,product,start,end,paid,number_source,informed,objection_"
    "offered\n"
    "K-1,+31612345678,P1,Energie BV,subscription,energy,2023-02-01,,yes,customer,yes,yes\n"
    "V-9,+4930123456,P9,Energie BV,subscription,energy,2023-02-01,2025-12-31,yes,customer,yes,yes\n"
    "K-2,+31612345680,,Energie BV,subscription,energy,2023-02-01,,yes,customer,yes,yes\n";
constexpr const char* list = "lead,phone,Mobile,person_id,country\n"
                             "1,+31612345680,,,NL\n"
                             "2,+31612345678,+31612345681,P1,NL\n"
                             "3,\"+31612345678\n\",,P1,NL\n"
                             "4,+4915123456789,,,NL\n"
                             "5,,,,NL\n";

/// Inputs of a small campaign, and the command line that names them.
struct Inputs {
    Scratch dir;
    Inputs() {
        put(dir / "consents.csv", consents);
        put(dir / "relations.csv", relations);
        put(dir / "calls.csv",
            "phone,called_at,outcome,consent_id\n+31612345679,2026-06-25T10:00:00Z,sale,\n");
        put(dir / "suppress.csv", "phone\n+31612345681\n");
        put(dir / "list.csv", list);
    }
    Words line(const Words& more) const {
        Words out{"explain",         "--consents",          dir / "consents.csv",
                  "--relations",     dir / "relations.csv", "--calls",
                  dir / "calls.csv", "--suppress",          dir / "suppress.csv",
                  "--entity",        "Energie BV",          "--product",
                  "energy"};
        out.insert(out.end(), more.begin(), more.end());
        return out;
    }
    Job job(const Words& more) const { return resolve(parse(line(more), true), {""}); }
};

/// The story and what its pointers lead to.
struct Told {
    Job job;
    Explanation explanation;
    Story story;
    explicit Told(Job asked) : job(std::move(asked)), explanation(job), story(explanation.tell()) {}
    const NumberTold& number(std::size_t i = 0) const { return story.numbers.at(i); }
    const RecordTold& at(const std::string& end) const {
        for (const auto& record : number().records)
            if (record.place.ends_with(end)) return record;
        FAIL("no record at " << end);
        return number().records.front();
    }
};

law::Reason reason(const Told& told) { return told.number().verdict.judgement.reasons.first(); }

const CheckTold& check(const TrialTold& trial, law::Reason failure) {
    for (const auto& one : trial.checks)
        if (one.failure == failure) return one;
    FAIL("no such check");
    return trial.checks.front();
}

bool says(const std::vector<Saying>& all, std::string_view key) {
    return std::any_of(all.begin(), all.end(), [&](const Saying& one) { return one.key == key; });
}

} // namespace

TEST_CASE("every record is told in order of time, with what it is worth") {
    const Inputs inputs;
    const Told told(inputs.job({"+31 6 12345678", "--person", "P1", "--as-of", "2026-06-30"}));
    const auto& number = told.number();
    CHECK(told.story.callable);
    CHECK(number.verdict.clean);
    CHECK(facts::to_string(number.verdict.callable_until) == "2027-01-31");

    std::vector<std::string> places;
    for (const auto& record : number.records)
        places.push_back(record.place.substr(record.place.rfind('/') + 1));
    CHECK(places == Words{"relations.csv:2", "consents.csv:2", "consents.csv:3", "consents.csv:4",
                          "consents.csv:5", "consents.csv:6", "consents.csv:7", "consents.csv:8"});

    const auto& expired = told.at("consents.csv:2");
    REQUIRE(expired.trials.size() == 1);
    CHECK_FALSE(expired.trials[0].passed);
    CHECK(check(expired.trials[0], law::Reason::consent_expired).decides);
    CHECK(check(expired.trials[0], law::Reason::no_evidence).passed);
    CHECK_FALSE(check(expired.trials[0], law::Reason::request_used).asked);
    CHECK(check(told.at("consents.csv:3").trials.at(0), law::Reason::consent_channel_mismatch).decides);

    CHECK(says(told.at("consents.csv:4").sayings, "lifted"));
    CHECK_FALSE(told.at("consents.csv:5").concerns);
    CHECK(says(told.at("consents.csv:5").sayings, "other_channel"));
    CHECK_FALSE(told.at("consents.csv:6").concerns);
    CHECK(says(told.at("consents.csv:6").sayings, "other_entity"));
    CHECK(told.at("consents.csv:7").trials.at(0).carries);
    CHECK(facts::to_string(check(told.at("consents.csv:7").trials[0], law::Reason::consent_expired).until) ==
          "2027-01-31");
    CHECK(says(told.at("consents.csv:8").sayings, "other_number"));

    // A contract passes its checks, but lifts no no.
    const auto& contract = told.at("relations.csv:2").trials.at(0);
    CHECK(contract.passed);
    CHECK_FALSE(contract.carries);
    CHECK(says(contract.sayings, "under_no"));
    CHECK(contract.sayings.size() == 1);
}

TEST_CASE("the checks are those of the engine") {
    const Inputs inputs;
    for (const std::string day : {"2025-01-01", "2025-03-01", "2026-06-30", "2026-07-01", "2027-02-01"})
        for (const std::string number : {"+31612345678", "+31612345679", "+31612345680", "+4915123456789"}) {
            const Told told(inputs.job({number, "--as-of", day}));
            INFO(number << " on " << day);
            const auto& first = told.number().first;
            bool carried = false;
            for (const auto& record : told.number().records)
                for (const auto& trial : record.trials) {
                    carried |= trial.carries;
                    const auto failed = std::find_if(trial.checks.begin(), trial.checks.end(),
                                                     [](const CheckTold& one) { return !one.passed; });
                    CHECK(trial.passed == (failed == trial.checks.end()));
                    if (failed != trial.checks.end()) {
                        CHECK(failed->decides);
                        CHECK(failed->asked);
                        CHECK(failed->citation != nullptr);
                        CHECK_FALSE(failed->citation->article.empty());
                    }
                }
            CHECK(carried == (first.callable && first.source.known()));
            CHECK(told.story.callable == told.number().verdict.clean);
        }
}

TEST_CASE("a request and the call that used it up") {
    const Inputs inputs;
    const Told before(inputs.job({"+31612345679", "--as-of", "2026-06-24"}));
    CHECK(before.story.callable);
    CHECK(says(before.at("calls.csv:2").sayings, "not_yet"));
    const Told after(inputs.job({"+31612345679", "--as-of", "2026-06-26"}));
    CHECK(reason(after) == law::Reason::request_used);
    CHECK(says(after.at("calls.csv:2").sayings, "uses_request"));
}

TEST_CASE("a period that hangs on somebody else's contract shows that contract") {
    const Inputs inputs;
    const Told told(inputs.job({"+4915123456789", "--as-of", "2026-12-31"}));
    CHECK(told.story.callable);
    CHECK_FALSE(told.at("relations.csv:3").concerns);
    CHECK(says(told.at("relations.csv:3").sayings, "contract_only"));
    const Told late(inputs.job({"+4915123456789", "--as-of", "2027-01-01"}));
    CHECK(reason(late) == law::Reason::consent_expired);
}

TEST_CASE("a window in which the permission lapses names both days") {
    const Inputs inputs;
    const Told told(inputs.job({"+31612345680", "--call-from", "2026-06-25", "--call-until", "2026-07-05"}));
    CHECK_FALSE(told.story.callable);
    CHECK(reason(told) == law::Reason::lapses_in_window);
    CHECK(facts::to_string(told.number().verdict.callable_until) == "2026-06-30");
    CHECK(facts::to_string(deciding_day(told.number())) == "2026-07-01");
    const auto text = story_text(told.story, report::Language::en, 80, false);
    CHECK(text.find("LAPSES_IN_WINDOW") != std::string::npos);
    CHECK(text.find("CUSTOMER_EXCEPTION_ENDED") != std::string::npos);
    CHECK(text.find("the law changes: NL-3") != std::string::npos);
}

TEST_CASE("a row of a list: each number, the person, doubles and what can't be read") {
    const Inputs inputs;
    const auto row = [&](const std::string& line, const std::string& day = "2026-06-30") {
        return Told(inputs.job({"--list", inputs.dir / "list.csv", "--line", line, "--as-of", day}));
    };
    const Told two = row("3");
    REQUIRE(two.story.numbers.size() == 2);
    CHECK(two.number(0).verdict.clean);
    CHECK(two.number(1).column == "Mobile");
    CHECK_FALSE(two.number(1).verdict.clean);
    CHECK(two.number(1).verdict.judgement.reasons.has(law::Reason::suppressed));
    CHECK(two.story.person_id == "P1");
    CHECK(two.story.callable);

    // The withdrawal was given for the first number; the person's no counts for the second one too.
    bool by_person = false;
    for (const auto& record : two.number(1).records) by_person |= says(record.sayings, "by_person");
    CHECK(by_person);

    const Told twice = row("4");
    CHECK(reason(twice) == law::Reason::duplicate);
    CHECK(twice.story.place(twice.number().verdict.judgement.reasons.source(law::Reason::duplicate))
              .ends_with("list.csv:3"));
    CHECK_FALSE(twice.story.callable);

    const Told foreign = row("6");
    REQUIRE(foreign.number().other_law);
    CHECK(foreign.number().other_law->id == "DE");
    CHECK(foreign.number().law->id == "NL");
    CHECK(foreign.number().law_from == LawFrom::country);
    CHECK(reason(foreign) == law::Reason::consent_channel_mismatch);
    CHECK(reason(row("7")) == law::Reason::number_missing);

    check_fails(base::Exit::usage, "no row of the list starts on this line", [&] { row("5"); });
    check_fails(base::Exit::usage, "the header is line 1", [&] { row("1"); });
    check_fails(base::Exit::usage, "starts on line 7", [&] { row("99"); });
}

TEST_CASE("numbers that can't be read, and those no law is known for") {
    const Inputs inputs;
    const auto ask = [&](const std::string& number, const Words& more = {}) {
        Words line{number, "--as-of", "2026-06-30"};
        line.insert(line.end(), more.begin(), more.end());
        return Told(inputs.job(line));
    };
    check_fails(base::Exit::usage, "state --region", [&] { ask("06 12345678"); });
    check_fails(base::Exit::usage, "of region DE", [&] { ask("0123", {"--region", "DE"}); });
    check_fails(base::Exit::usage, "more than one number", [&] { ask("+31612345678 / +31687654321"); });
    check_fails(base::Exit::usage, "rounded by a spreadsheet", [&] { ask("4.9E+10"); });
    check_fails(base::Exit::usage, "no telephone number", [&] { ask("n/a"); });
    // A message never shows the whole number.
    const auto failed = report::test::failure_of([&] { ask("0612345678"); });
    REQUIRE(failed);
    CHECK(failed->text.find("0612345678") == std::string::npos);

    CHECK(ask("06 12345678", {"--region", "NL"}).number().phone.number == 31612345678);
    CHECK(reason(ask("+81 3 1234 5678")) == law::Reason::jurisdiction_unknown);
    CHECK(reason(ask("+31 900 1234")) == law::Reason::number_not_diallable);
    const Told nothing = ask("+31612345699");
    CHECK(reason(nothing) == law::Reason::no_basis);
    CHECK(nothing.number().records.empty());
}

TEST_CASE("a consent that the law only warns of is told so, where it carries the call") {
    const Inputs inputs;
    const Words line{"+31612345678", "--as-of", "2026-06-30"};
    const Told warned(inputs.job(line));
    CHECK(warned.story.callable);
    CHECK(says(warned.number().doubts, "not_verified"));
    const auto text = story_text(warned.story, report::Language::en, 100, false);
    CHECK(text.find("  · Warning: the consent that carries the call was not verified") != std::string::npos);
    CHECK(text.find("nl_verification=reject") != std::string::npos);
    const auto json = Json::parse(story_json(warned.story, report::Language::de));
    const auto& doubts = json["numbers"][0]["answer"]["doubts"];
    REQUIRE(doubts.size() == 1);
    CHECK(doubts[0].dump().find("nicht bei der Person best") != std::string::npos);
    CHECK(story_html(warned.story, report::Language::nl).find("niet bij de persoon geverifieerd. Het beleid waarschuwt") !=
          std::string::npos);

    Words strictly = line;
    strictly.insert(strictly.end(), {"--policy", "strict"});
    CHECK(Told(inputs.job(strictly)).number().doubts.empty());
    CHECK(Told(inputs.job({"+31612345678", "--as-of", "2025-06-30"})).number().doubts.empty()); // not asked yet
    CHECK(Told(inputs.job({"+31612345680", "--as-of", "2026-06-30"})).number().doubts.empty()); // a relation
}

TEST_CASE("a basis that a register could take away says that no export was given") {
    const Inputs inputs;
    const Words line{"+31612345699", "--as-of", "2021-06-30"};
    const Told without(inputs.job(line));
    CHECK(without.story.callable);
    CHECK(without.number().registers_missing == Words{"BMNR"});
    put(inputs.dir / "bmnr.csv", "phone\n+31612345698\n");
    Words with = line;
    with.insert(with.end(), {"--register", "BMNR=" + (inputs.dir / "bmnr.csv")});
    CHECK(Told(inputs.job(with)).number().registers_missing.empty());
    with[0] = "+31612345698";
    const Told listed(inputs.job(with));
    CHECK(reason(listed) == law::Reason::register_listed);
    CHECK(says(listed.at("bmnr.csv:2").sayings, "listing_takes"));
}

TEST_CASE("the picture of the days is to scale") {
    const Inputs inputs;
    const Told told(inputs.job({"+31612345678", "--as-of", "2026-06-30"}));
    const auto picture = draw(told.number(), 60);
    REQUIRE(picture.rows.size() >= 3);
    CHECK(picture.rows[0].starts_with("2023"));
    const auto count = [&](std::string_view mark) {
        std::size_t out = 0;
        for (auto at = picture.rows[1].find(mark); at != std::string::npos;
             at = picture.rows[1].find(mark, at + 1))
            ++out;
        return out;
    };
    const std::size_t yes = count("█"), no = count("░"), both = count("▒");
    CHECK(yes + no + both == 60);
    CHECK(yes > no);
    CHECK(no > 5);
    const auto span = span_of(told.number());
    CHECK(facts::to_string(span.from) == "2023-02-01");
    CHECK(law_changes(told.number(), span).size() == 1);
    // Fewer days than columns: a column for each day.
    const Told fresh(inputs.job({"+31612345699", "--as-of", "2026-08-01"}));
    CHECK(draw(fresh.number(), 60).rows[1].size() == 15 * std::string("░").size());
}

TEST_CASE("three languages tell the same story") {
    const Inputs inputs;
    for (const std::string number :
         {"+31612345678", "+31612345679", "+31612345681", "+4915123456789", "+81312345678"}) {
        const Told told(inputs.job({number, "--person", "P1", "--as-of", "2026-06-30"}));
        std::vector<std::string> texts;
        for (const auto language : {report::Language::en, report::Language::de, report::Language::nl}) {
            const auto text = story_text(told.story, language, 80, false);
            CHECK(text.find('\x1b') == std::string::npos);
            CHECK(text.find('{') == std::string::npos);
            CHECK(text.find(number) != std::string::npos);
            texts.push_back(text);
            const auto page = story_html(told.story, language);
            CHECK(page.starts_with("<!DOCTYPE html>"));
            CHECK(page.find("<script") == std::string::npos);
            CHECK(Json::parse(story_json(told.story, language))["callable"] == told.story.callable);
        }
        CHECK(texts[0] != texts[1]);
        CHECK(texts[1] != texts[2]);
    }
}

TEST_CASE("the law is cited as in the reader's country, and JSON keeps the pack's words") {
    const Inputs inputs;
    const Told dutch(inputs.job({"+31612345678", "--person", "P1", "--as-of", "2026-07-01"}));
    const Told german(inputs.job({"+4915123456789", "--as-of", "2026-06-30"}));
    for (const bool html : {false, true}) {
        const auto tell = [&](const Told& told, report::Language language) {
            auto text = html ? story_html(told.story, language) : story_text(told.story, language, 200, false);
            for (std::size_t at = 0; (at = text.find("\u00A0", at)) != text.npos;) text.replace(at, 2, " "); // "§ 7" in one piece
            return text;
        };
        const auto de = tell(german, report::Language::de), nl = tell(dutch, report::Language::nl);
        CHECK(de.find("§ 7 Abs. 2 Nr. 1 UWG") != std::string::npos);
        CHECK(nl.find("art. 11.7 lid 2 Tw") != std::string::npos);
        CHECK(nl.find("Voor gesprekken met natuurlijke personen") != std::string::npos);
        CHECK(tell(german, report::Language::en).find("UWG s. 7(2) no. 1") != std::string::npos);
        for (const auto* english : {"UWG s. 7", "Tw art.", "GDPR", "prior consent", "consolidation of", "art. 11.7("}) {
            CHECK(de.find(english) == std::string::npos);
            CHECK(nl.find(english) == std::string::npos);
        }
    }
    const auto json = story_json(dutch.story, report::Language::nl);
    CHECK(json.find("\"Tw art. 11.7(2)\"") != std::string::npos);
    CHECK(json.find(" lid ") == std::string::npos);
}

TEST_CASE("no line is wider than the terminal in any language") {
    const Inputs inputs;
    put(inputs.dir / "list.csv", "lead,phone,person_id,country\n1,+31612345678,P1,NL\n");
    for (const std::string number : {"+31612345678", "+31612345679", "+31612345681", "+4915123456789", "+81312345678"}) {
        Told told(inputs.job({number, "--person", "P1", "--call-from", "2026-06-30", "--call-until", "+300d"}));
        for (auto& file : told.story.files) file = file.substr(file.rfind('/') + 1); // a path is one word
        for (auto& one : told.story.numbers)
            for (auto& record : one.records) record.place = record.place.substr(record.place.rfind('/') + 1);
        for (const std::size_t width : {60, 72, 80, 100})
            for (const auto language : {report::Language::en, report::Language::de, report::Language::nl}) {
                const auto text = story_text(told.story, language, width, false);
                for (const auto line : base::split(text, '\n')) {
                    INFO(line);
                    CHECK(display_width(line) <= width);
                }
            }
    }
}

TEST_CASE("cells of the data stay text") {
    const Inputs inputs;
    put(inputs.dir / "consents.csv",
        "phone,channel,status,entity,timestamp,evidence\n"
        "+31612345678,phone,opt_in,Energie BV,2025-01-01,<script>alert(1)</script> \x1b[31m\n");
    const Told told(inputs.job({"+31612345678", "--as-of", "2026-06-30"}));
    CHECK(story_html(told.story, report::Language::en).find("<script>") == std::string::npos);
    CHECK(story_text(told.story, report::Language::en, 80, false).find('\x1b') == std::string::npos);
}

TEST_CASE("bad rows are refused as in a run") {
    const Inputs inputs;
    put(inputs.dir / "suppress.csv", "phone,until\n+31612345681,soon\n");
    check_fails(base::Exit::input, "suppress.csv:2", [&] { Told(inputs.job({"+31612345678"})); });
}

namespace {

struct Ran {
    int code;
    std::string out, err;
};

// The built program, as a shell starts it.
Ran run(const Scratch& dir, const Words& line) {
    const pid_t pid = fork();
    if (pid == 0) {
        for (const auto& [name, fd] : {std::pair{"stdout", 1}, std::pair{"stderr", 2}})
            dup2(open((dir / name).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), fd);
        std::vector<char*> argv;
        std::string program = CALLSCRUB_BINARY;
        argv.push_back(program.data());
        auto words = line;
        for (auto& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        execv(program.c_str(), argv.data());
        _exit(127);
    }
    const int code = report::test::end_of(pid);
    return {code, slurp(dir / "stdout"), slurp(dir / "stderr")};
}

} // namespace

TEST_CASE("the program: answer on standard output, exit code 0 or 1") {
    const Inputs inputs;
    const auto yes = run(inputs.dir, inputs.line({"+31 6 12345678", "--as-of", "2026-06-30"}));
    INFO(yes.err);
    CHECK(yes.code == 0);
    CHECK(yes.err.empty());
    CHECK(yes.out.starts_with("+31612345678  CALLABLE on 2026-06-30\n"));
    CHECK(yes.out.find("consents.csv:7") != std::string::npos);
    CHECK(yes.out.find("C-6)") != std::string::npos);

    const auto no = run(inputs.dir, inputs.line({"+31612345678", "--as-of", "2025-03-01", "--json"}));
    CHECK(no.code == 1);
    const auto json = Json::parse(no.out);
    const auto& answer = json["numbers"][0]["answer"];
    CHECK(answer["reason"] == "CONSENT_WITHDRAWN");
    CHECK(answer["reasons"][0]["decided_by"].get<std::string>().ends_with("consents.csv:4"));
    CHECK(json["numbers"][0]["timeline"].size() == 6);

    const auto page =
        run(inputs.dir, inputs.line({"+31612345678", "--as-of", "2026-06-30", "--html", "--lang", "nl"}));
    CHECK(page.code == 0);
    CHECK(page.out.find("<html lang=\"nl\">") != std::string::npos);
    CHECK(page.out.ends_with("</html>\n"));

    const auto wrong = run(inputs.dir, inputs.line({"0612345678"}));
    CHECK(wrong.code == 2);
    CHECK(wrong.out.empty());
    CHECK(wrong.err.find("0612345678") == std::string::npos);
}
