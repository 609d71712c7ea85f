#include "app/gather.h"
#include "app/presets.h"
#include "base/text.h"
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>

using namespace callscrub;
using namespace callscrub::app;

namespace {

const std::string folder = SOURCE_DIR "/tests/app/presets/";

Job job_with(const std::string& preset, Role role, const std::string& file,
             const std::string& region = "DE") {
    Job job;
    job.campaign.entity = "Muster GmbH";
    job.campaign.region = facts::make_region(region);
    job.limits.threads = 1;
    InputSpec input;
    input.role = role;
    input.preset = preset;
    input.path = folder + file;
    if (role == Role::registers) input.name = "BMNR";
    job.inputs.push_back(input);
    return job;
}

// "+49…; +49…/+49…": the numbers of each row of a list, "-" where a cell has none, "?" where it can't be
// read.
std::string numbers_of_list(const Job& job) {
    const Context context(job);
    const Opened list = open_input(context, job.inputs[0], 0, Dates::first_rows, false);
    CellReader reader(list);
    std::string out;
    csv::Block block;
    csv::Records records(list.reader->format());
    while (list.reader->next(block)) {
        records.reset(block);
        for (csv::Record record; records.next(record);) {
            std::string row;
            reader.read(record);
            for (const auto column : list.columns.phones) {
                const auto& cells = reader.with_phone(record, column);
                const auto country = facts::make_region(cells[facts::Column::country]);
                const auto read = context.phones.read(cells[facts::Column::phone],
                                                      country.known() ? country : list.reading.region);
                const bool none = read.status == facts::PhoneStatus::missing;
                row += (row.empty() ? "" : "/") + (read.status == facts::PhoneStatus::ok
                                                       ? facts::e164(read.number)
                                                   : none ? "-"
                                                          : "?");
            }
            out += (out.empty() ? "" : "; ") + row;
        }
    }
    return out;
}

// "2 +49… yes; 3 … no; 4 …": line, number (or "person") and what is on record of it.
std::string facts_of(const Job& job) {
    const Context context(job);
    struct Seen {
        std::uint64_t line;
        facts::Number number;
        facts::PersonKey person;
        history::Intake::Outcome outcome;
    };
    std::vector<Seen> seen;
    std::mutex mutex;
    const auto gathered = gather(context, [&](const SeenRow& row) {
        const std::lock_guard lock(mutex);
        seen.push_back({row.record.line, row.number, row.person, row.outcome});
    });
    for (const auto& trouble : gathered.files[0].troubles)
        MESSAGE(trouble.place.text() << ": " << trouble.text);
    CHECK(gathered.files[0].bad == 0);
    std::string out;
    facts::SubjectFacts facts;
    for (const auto& one : seen) {
        gathered.history->subject(one.number, one.person, *context.rules.jurisdictions()[0].zone, facts);
        out += (out.empty() ? "" : "; ") + std::to_string(one.line) + " " +
               (one.number != 0 ? facts::e164(one.number) : "person");
        if (one.outcome == history::Intake::Outcome::nothing) out += " nothing";
        for (const auto& consent : facts.consents)
            out += consent.channel == facts::Channel::phone || consent.channel == facts::Channel::any
                       ? " yes"
                       : " otherwise";
        if (!facts.noes.empty()) out += " no";
        for (const auto& entry : facts.suppressions)
            out += " suppressed" +
                   (entry.until == facts::day_max ? "" : " until " + facts::to_string(entry.until));
        for (const auto& entry : facts.listings)
            out += " listed" + (entry.at.known() ? " " + facts::to_string(entry.day) : "");
    }
    return out;
}

std::string failure_of(const Job& job) {
    try {
        const Context context(job);
        open_input(context, job.inputs[0], 0, Dates::first_rows, false);
    } catch (const base::Failure& failure) {
        CHECK(failure.code() == base::Exit::input);
        return failure.what();
    }
    return "accepted";
}

std::vector<std::string> names(const std::vector<const Preset*>& presets) {
    std::vector<std::string> out;
    for (const auto* one : presets) out.push_back(one->name);
    return out;
}

std::vector<std::string> first_row(const std::string& file, bool header) {
    csv::Stated stated;
    stated.no_header = !header;
    const auto reader = csv::Reader::open(folder + file, stated);
    if (header) return reader->header().names;
    csv::Block block;
    csv::Records records(reader->format());
    std::vector<std::string> out;
    if (!reader->next(block)) return out;
    records.reset(block);
    csv::Record record;
    std::string scratch;
    if (records.next(record))
        for (std::size_t i = 0; i < record.fields.size(); ++i)
            out.emplace_back(record.utf8(i, scratch).value_or(""));
    return out;
}

struct Sample {
    const char* preset;
    Role role;
    const char* region; ///< of the campaign
    const char* expected;
};

// tests/app/presets/<preset>.csv and what must be read of it.
const Sample samples[] = {
    {"3cx", Role::list, "DE", "+491713920019/-/+493023125029/-/-/-/-; -/-/-/-/+493023125030/-/-"},
    {"activecampaign", Role::list, "DE", "+493023125004; -"},
    {"aircall", Role::list, "", "+493023125026/+491713920018/-/-; +493023125027/-/-/-"},
    {"belgium-dncm", Role::registers, "", "2 +3222010001 listed 2026-01-05; 3 +3225250002 listed 2026-01-23"},
    {"belgium-dncm", Role::suppress, "", "2 +3222010001 suppressed; 3 +3225250002 suppressed"},
    {"brevo", Role::list, "", "+33199001234; +491713920013; -"},
    {"calway-optin", Role::list, "", "+493023125014; +493023125015"},
    {"calway-optin", Role::consents, "", "2 +493023125014 yes; 3 +493023125015 yes"},
    {"canada-dncl", Role::registers, "", "1 +14165550133 listed; 2 +14165550134 listed"},
    {"canada-dncl", Role::suppress, "DE", "1 +14165550133 suppressed; 2 +14165550134 suppressed"},
    {"cisco-uccx", Role::list, "US", "+12125550146/+12125550147/-; +12125550148/-/-"},
    {"civicrm", Role::list, "DE", "+493023125006; +493023125007; +493023125008"},
    {"civicrm", Role::consents, "DE", "2 +493023125006 no; 3 person nothing; 4 person nothing"},
    {"cloudtalk", Role::list, "", "+493023125028; +33199001236"},
    {"de-generic", Role::list, "", "+493023125016/+491713920015; +493023125017/-; +493023125018/-"},
    {"de-generic", Role::consents, "DE",
     "2 +493023125016 yes; 2 +491713920015 yes; 3 +493023125017 no; 4 person nothing"},
    {"dynamics365-consent", Role::consents, "",
     "2 +493023125001 yes; 3 +491713920011 no; 4 person nothing; 5 person nothing"},
    {"five9", Role::list, "US", "+12125550143/+12125550144/-; +12125550145/-/-"},
    {"freshsales", Role::list, "", "+493023125031/+491713920021; -/?"},
    {"genesys-contactlist", Role::list, "", "+493023125024; +493023125025"},
    {"genesys-dnc", Role::suppress, "US",
     "2 +12125550135 suppressed until 2027-01-31; 2 +12125550136 suppressed until 2027-01-31; "
     "2 +12125550137 suppressed until 2027-01-31; 3 +12125550138 suppressed"},
    {"hubspot-contacts", Role::list, "", "+33199001234/-; -/+491713920012"},
    {"kit", Role::list, "", "+493023125039; -"},
    {"livevox-dnc", Role::suppress, "US", "2 +12125550139 suppressed; 3 +12125550140 suppressed"},
    {"mailchimp", Role::list, "", "+493023125003; -"},
    {"mautic-dnc", Role::consents, "", "2 person nothing; 3 person no; 4 person nothing"},
    {"nice-dnc", Role::suppress, "US",
     "2 +12125550141 suppressed until 2027-01-31; 3 +12125550142 suppressed"},
    {"nl-generic", Role::list, "", "+493023125019/-; +493023125020/+491713920016"},
    {"nl-generic", Role::consents, "", "2 +493023125019 yes; 3 +493023125020 no; 3 +491713920016 no"},
    {"numbers", Role::suppress, "DE", "1 +493023125022 suppressed; 2 +493023125023 suppressed"},
    {"numbers", Role::registers, "DE", "1 +493023125022 listed; 2 +493023125023 listed"},
    {"numbers", Role::list, "DE", "+493023125022; +493023125023"},
    {"odoo-blacklist", Role::suppress, "", "2 +493023125012 suppressed; 3 +493023125013 suppressed"},
    {"odoo-blacklist", Role::consents, "", "2 +493023125012 no; 3 person nothing"},
    {"salesforce-cpc", Role::consents, "", "2 +493023125001 yes; 3 +491713920011 no"},
    {"salesforce-cptc", Role::consents, "",
     "2 person yes; 3 person otherwise; 4 person no; 5 person nothing"},
    {"salesforce-individual", Role::consents, "", "2 person no; 3 person nothing"},
    {"salesforce-lead", Role::list, "US", "+12125550123/+12125550124; +12125550125/-"},
    {"salesforce-lead", Role::consents, "US", "2 +12125550123 no; 2 +12125550124 no; 3 person nothing"},
    {"suitecrm", Role::list, "DE", "+493023125009/+491713920014/-; +493023125010/-/+493023125011"},
    {"suitecrm", Role::consents, "DE",
     "2 +493023125009 no; 2 +491713920014 no; 3 person nothing; 3 person nothing"},
    {"systeme-io", Role::list, "", "+493023125005"},
    {"talkif", Role::list, "", "+493023125035/+491713920023; +493023125036/?"},
    {"twilio-consent", Role::list, "", "+12125550126; +12125550127"},
    {"uk-tps", Role::suppress, "", "1 +442079460123 suppressed; 2 +442079460124 suppressed"},
    {"uk-tps", Role::registers, "", "1 +442079460123 listed; 2 +442079460124 listed"},
    {"us-dnc", Role::registers, "", "1 +12125550131 listed; 2 +12125550132 listed"},
    {"us-dnc", Role::suppress, "DE", "1 +12125550131 suppressed; 2 +12125550132 suppressed"},
    {"vicidial", Role::list, "", "+493023125021/+491713920017; +12125550128/-; +33199001235/-"},
    {"vicidial-dnc", Role::suppress, "US", "1 +12125550129 suppressed; 2 +12125550130 suppressed"},
    {"zendesk-sell", Role::list, "DE", "+493023125034/-; -/+491713920022"},
};

} // namespace

TEST_CASE("a sample of every preset is read as it should be") {
    std::set<std::pair<std::string, Role>> seen;
    for (const auto& sample : samples) {
        CAPTURE(sample.preset);
        CAPTURE(static_cast<int>(sample.role));
        const auto job =
            job_with(sample.preset, sample.role, std::string(sample.preset) + ".csv", sample.region);
        CHECK((sample.role == Role::list ? numbers_of_list(job) : facts_of(job)) == sample.expected);
        seen.emplace(sample.preset, sample.role);
    }
    for (const auto& preset : known_presets())
        for (const auto& use : preset.uses) {
            CAPTURE(preset.name);
            CHECK_MESSAGE(seen.contains({preset.name, use.spec.role}), name(use.spec.role));
        }
}

TEST_CASE("every preset is described and recognised by its sample") {
    for (const auto& preset : known_presets()) {
        CAPTURE(preset.name);
        CHECK_FALSE(preset.says.empty());
        CHECK_FALSE(preset.source.empty());
        CHECK((preset.confidence == "A" || preset.confidence == "B" || preset.confidence == "C"));
        const bool header = preset.least_cells == 0;
        const auto row = first_row(preset.name + ".csv", header);
        const auto found = names(header ? recognise(row) : recognise_row(row));
        CHECK(std::find(found.begin(), found.end(), preset.name) != found.end());
        if (header) CHECK(found.size() == 1);
    }
    CHECK(names(recognise(first_row("hubspot-contacts.de.csv", true))) ==
          std::vector<std::string>{"hubspot-contacts"});
    CHECK(names(recognise(first_row("hubspot-contacts.nl.csv", true))) ==
          std::vector<std::string>{"hubspot-contacts"});
    CHECK(recognise(std::vector<std::string>{"phone", "name", "status"}).empty());
}

TEST_CASE("localised headers are the same columns") {
    CHECK(numbers_of_list(job_with("hubspot-contacts", Role::list, "hubspot-contacts.de.csv")) ==
          "+493023125001/+491713920011");
    CHECK(numbers_of_list(job_with("hubspot-contacts", Role::list, "hubspot-contacts.nl.csv")) ==
          "+493023125002");
}

TEST_CASE("an export without consents for calls is refused as consents") {
    for (const char* name :
         {"hubspot-contacts", "mailchimp", "brevo", "activecampaign", "systeme-io", "twilio-consent", "kit"}) {
        CAPTURE(name);
        const auto text = failure_of(job_with(name, Role::consents, std::string(name) + ".csv"));
        CHECK(text.find("can't be read as consents: ") != std::string::npos);
        CHECK(text.find(".csv: the preset '" + std::string(name)) != std::string::npos);
    }
    CHECK(failure_of(job_with("vicidial", Role::calls, "vicidial.csv")).find("it is known as list; ") !=
          std::string::npos);
}

TEST_CASE("a consent without its day is none yet") {
    const auto job = job_with("calway-optin", Role::consents, "calway-optin.csv", "");
    const Context context(job);
    const auto gathered = gather(context);
    facts::SubjectFacts facts;
    const auto& zone = *context.rules.jurisdictions()[0].zone;
    gathered.history->subject(493023125014, 0, zone, facts);
    REQUIRE(facts.consents.size() == 1);
    CHECK(facts::to_string(facts.consents[0].given_day) == "2026-03-01");
    CHECK(facts.consents[0].evidence);
    gathered.history->subject(493023125015, 0, zone, facts);
    REQUIRE(facts.consents.size() == 1);
    CHECK(facts.consents[0].given_day == facts::day_max);
    CHECK_FALSE(facts.consents[0].evidence);
}

TEST_CASE("what the user states wins over the preset") {
    const auto preset = parse_preset(R"(
name = "own"
[consents]
delimiter = ";"
time_zone = "UTC"
region = "DE"
dates.timestamp = "dd.mm.yyyy"
columns.status = ["A"]
columns.phone = ["B"]
set.channel = "phone"
set.entity = "X"
values.status = { "Ja" = "opt_in", "Weg" = "opt_out" }
)",
                                     "own.toml");
    InputSpec stated;
    stated.role = Role::consents;
    stated.columns["status"] = {"C"};
    stated.columns["entity"] = {"E"};
    stated.values["status"]["JA"] = "ignore";
    stated.dates = "iso";
    stated.dialect.delimiter = '|';
    const auto merged = merge(stated, preset);
    CHECK(merged.columns.at("status") == std::vector<std::string>{"C"});
    CHECK(merged.columns.at("phone") == std::vector<std::string>{"B"});
    CHECK(merged.constants == std::map<std::string, std::string>{{"channel", "phone"}});
    CHECK(merged.values.at("status") ==
          std::map<std::string, std::string>{{"JA", "ignore"}, {"Weg", "opt_out"}});
    CHECK(merged.dates == "iso");
    CHECK(merged.dates_of.empty());
    CHECK(merged.dialect.delimiter == '|');
    CHECK(merged.time_zone == "UTC");
    CHECK(merged.region.text() == "DE");

    auto fitted = merged;
    fit_columns(fitted, stated, std::vector<std::string>{"x", "y"});
    CHECK(fitted.columns.contains("status"));
    CHECK_FALSE(fitted.columns.contains("phone"));
}

TEST_CASE("a mistake in a preset file is named with its place") {
    const auto refusal = [](std::string_view text) -> std::string {
        try {
            parse_preset(text, "own.toml");
        } catch (const base::Failure& failure) {
            CHECK(failure.code() == base::Exit::usage);
            return failure.what();
        }
        return "accepted";
    };
    CHECK(refusal("name = \"x\"\n[consents]\ncolumns.statsu = [\"A\"]\n").find("own.toml:3") == 0);
    CHECK(refusal("name = \"x\"\n[consent]\ncolumns.status = [\"A\"]\n").find("did you mean") !=
          std::string::npos);
    CHECK(refusal("name = \"x\"\n").find("says nothing about any kind of file") != std::string::npos);
    CHECK(refusal("name = \"x\"\ncells = \"two\"\n[list]\n").find("cells is 'two'") != std::string::npos);
    CHECK(refusal("name = \"x\"\n[list]\npath = \"a.csv\"\n").find("names none") != std::string::npos);

    InputSpec input;
    input.preset = "mailchump";
    CHECK_THROWS_WITH_AS(preset_of(input), doctest::Contains("did you mean 'mailchimp'?"), base::Failure);
    input.preset = "./no-such-file.toml";
    CHECK_THROWS_WITH_AS(preset_of(input), doctest::Contains("can't be read"), base::Failure);
}
