#include "facts/columns.h"
#include "facts/headers.h"
#include "facts/single_cell.h"
#include "facts/word_key.h"
#include <doctest/doctest.h>
#include <set>

using namespace callscrub;
using namespace callscrub::facts;

namespace {

using Names = std::vector<std::string>;
using Indexes = std::vector<std::size_t>;
const base::Place place{"in.csv", 1, 0};

ColumnMap found(FileKind kind, const Names& headers, const StatedColumns& stated = {},
                const StatedConstants& constants = {}) {
    return find_columns(kind, headers, stated, constants, place);
}

std::string refusal(FileKind kind, const Names& headers, const StatedColumns& stated = {},
                    const StatedConstants& constants = {}, base::Exit code = base::Exit::input) {
    try {
        found(kind, headers, stated, constants);
    } catch (const base::Failure& failure) {
        CHECK(failure.code() == code);
        CHECK(failure.place().file == "in.csv");
        return failure.what();
    }
    return "accepted";
}

bool holds(const std::string& text, const std::string& part) {
    CAPTURE(text);
    CAPTURE(part);
    return text.find(part) != std::string::npos;
}

constexpr FileKind kinds[] = {FileKind::list,     FileKind::consents,  FileKind::relations,
                              FileKind::suppress, FileKind::registers, FileKind::calls};

} // namespace

TEST_CASE("names of columns and back") {
    for (std::size_t i = 0; i < column_count; ++i) {
        const auto column = static_cast<Column>(i);
        CHECK(column_of(name(column)) == column);
    }
    CHECK(name(Column::objection_offered) == "objection_offered");
    CHECK(name(Column::outcome) == "outcome");
    CHECK_FALSE(column_of("Phone"));
    CHECK_FALSE(column_of(""));
}

TEST_CASE("canonical names in any spelling, for every kind of file") {
    for (const auto kind : kinds) {
        Names plain, titled;
        for (const auto column : columns_of(kind)) {
            plain.emplace_back(name(column));
            std::string other = "  ";
            for (const char c : name(column)) other += c == '_' ? ' ' : static_cast<char>(c - ('a' - 'A'));
            titled.push_back(other);
        }
        for (const auto& headers : {plain, titled}) {
            const auto map = found(kind, headers);
            for (std::size_t i = 0; i < columns_of(kind).size(); ++i)
                CHECK(map[columns_of(kind)[i]] == static_cast<int>(i));
            CHECK(map.unused.empty());
        }
    }
}

TEST_CASE("the table of synonyms is sound") {
    for (const auto kind : kinds) {
        std::set<std::string> canonical;
        for (const auto column : columns_of(kind)) canonical.insert(header_key(name(column)));
        const auto& words = Headers::of(kind); // refuses double and misplaced ones by itself
        for (const auto column : columns_of(kind))
            for (const auto synonym : words.synonyms(column)) {
                CAPTURE(synonym);
                CHECK(words.find(header_key(synonym)) == column);
                CHECK_FALSE(canonical.contains(header_key(synonym)));
                // A header that says the opposite must never be read as a yes.
                for (const char* no : {"optedout", "unsubscribe", "donot", "nicht", "niet"})
                    CHECK(header_key(synonym).find(no) == std::string::npos);
            }
    }
    for (const char* header :
         {"HasOptedOutOfEmail", "DoNotCall", "do_not_phone", "opt_out", "Newsletter", "Einwilligung_Email",
          "toestemming_email", "Telefax", "Fax", "phone_code", "SMS"})
        CHECK_FALSE(Headers::of(FileKind::consents).find(header_key(header)));
}

TEST_CASE("real headers: a German CRM") {
    const auto list =
        found(FileKind::list, {"Kundennummer", "Vorname", "Nachname", "Firma", "E-Mail", "Telefon", "Mobil",
                               "Straße", "PLZ", "Stadt", "Land", "Kundentyp"});
    CHECK(list.phones == Indexes{5, 6});
    CHECK(list[Column::phone] == 5);
    CHECK(list[Column::person_id] == 0);
    CHECK(list[Column::country] == 10);
    CHECK(list[Column::party] == 11);
    CHECK(list.unused == Indexes{1, 2, 3, 4, 7, 8, 9});

    const auto consents =
        found(FileKind::consents,
              {"ID", "Vorname", "Nachname", "E-Mail", "Telefon", "Position", "Strasse", "PLZ", "Ort",
               "Einwilligung_Telefon", "Einwilligung_Email", "Zaehlernummer", "Erstellt_Am"});
    CHECK(consents[Column::phone] == 4);
    CHECK(consents[Column::status] == 9);
    CHECK(consents[Column::consent_id] == 0);
    CHECK(consents[Column::timestamp] == -1); // when the record was made is not when the consent was given
    REQUIRE(consents.remarks.size() >= 2);
    CHECK(consents.remarks[consents.remarks.size() - 2] ==
          "channel: no column; if 'Einwilligung_Telefon' means calls only, state set.channel = \"phone\"");

    const auto relations = found(FileKind::relations,
                                 {"Kunden-Nr.", "Rufnummer", "Vertragsart", "Vertragsbeginn", "Vertragsende",
                                  "Vertragsnummer", "Vertragsstatus", "Bezahlt", "Produkt"});
    CHECK(relations[Column::person_id] == 0);
    CHECK(relations[Column::phone] == 1);
    CHECK(relations[Column::kind] == 2);
    CHECK(relations[Column::start] == 3);
    CHECK(relations[Column::end] == 4);
    CHECK(relations[Column::contract_id] == 5);
    CHECK(relations[Column::status] == 6);
    CHECK(relations[Column::paid] == 7);
    CHECK(relations[Column::product] == 8);
}

TEST_CASE("real headers: a Dutch CRM and registers") {
    const auto consents =
        found(FileKind::consents, {"klantnummer", "voornaam", "telefoonnummer", "toestemming_bellen",
                                   "datum_toestemming", "bron_toestemming", "geldig t/m", "kanaal"});
    CHECK(consents[Column::person_id] == 0);
    CHECK(consents[Column::phone] == 2);
    CHECK(consents[Column::status] == 3);
    CHECK(consents[Column::timestamp] == 4);
    CHECK(consents[Column::source] == 5);
    CHECK(consents[Column::valid_until] == 6);
    CHECK(consents[Column::channel] == 7);
    const auto relations =
        found(FileKind::relations, {"klantnr", "mobiel", "soort", "ingangsdatum", "einddatum_contract"});
    CHECK(relations[Column::phone] == 1);
    CHECK(relations[Column::start] == 3);
    CHECK(relations[Column::end] == 4);
    CHECK(found(FileKind::registers, {"Phone Number", "Registration Date"})[Column::listed_at] == 1);
    CHECK(found(FileKind::suppress, {"Phone Number", "Expire Date"})[Column::until] == 1);
    CHECK(found(FileKind::calls, {"gebeld nummer", "beldatum", "resultaat"})[Column::outcome] == 2);
}

TEST_CASE("a stated header beats names and synonyms") {
    const auto map = found(FileKind::consents, {"status", "phone", "Rufnummer", "ok?"},
                           {{"phone", {"rufnummer"}}, {"status", {"ok?"}}});
    CHECK(map[Column::phone] == 2);
    CHECK(map[Column::status] == 3);
    CHECK(map.unused == Indexes{0, 1});
    CHECK(found(FileKind::consents, {"Status", "status", "phone"},
                {{"status", {"status"}}})[Column::status] == 1);
    // Of several stated names the first one found counts.
    const auto either = found(FileKind::consents, {"phone", "C", "B"}, {{"status", {"A", "B", "C"}}});
    CHECK(either[Column::status] == 2);
    // One header may hold two columns; none stated: the file has no such column.
    const auto twice = found(FileKind::relations, {"phone", "Art"}, {{"kind", {"Art"}}, {"status", {"Art"}}});
    CHECK(twice[Column::kind] == 1);
    CHECK(twice[Column::status] == 1);
    CHECK_FALSE(found(FileKind::list, {"phone", "Land"}, {{"country", {}}}).has(Column::country));
}

TEST_CASE("phone columns: all of a list, of another file those stated") {
    CHECK(found(FileKind::list, {"Mobil", "x", "phone"}).phones == Indexes{0, 2});
    CHECK(found(FileKind::list, {"Mobil", "x", "phone"})[Column::phone] == 0);
    CHECK(found(FileKind::list, {"phone", "phone"}).phones == Indexes{0, 1});
    CHECK(found(FileKind::list, {"A", "B", "Telefon"}, {{"phone", {"B", "A"}}}).phones == Indexes{0, 1});
    CHECK(found(FileKind::list, {"A", "B"}, {{"phone", {"A", "a"}}}).phones == Indexes{0});
    CHECK(found(FileKind::list, {"A"}, {{"phone", {"A"}}, {"lead_id", {"A"}}}).phones == Indexes{0});
    CHECK(refusal(FileKind::list, {"Telefon", "Mobil"}, {{"phone", {"Telefon", "Mobile"}}}) ==
          "in.csv:1: columns.phone names the header 'Mobile', which the file does not have (did you mean "
          "'Mobil'?); "
          "headers found: 'Telefon', 'Mobil'");
    for (const auto kind : {FileKind::suppress, FileKind::registers})
        CHECK(refusal(kind, {"phone", "Mobil"}) ==
              "in.csv:1: 'phone' (column 1) and 'Mobil' (column 2) could both be phone; state which one is "
              "meant: columns.phone = "
              "[\"phone\"] or columns.phone = [\"Mobil\"]. If both hold numbers, state both: columns.phone = "
              "[\"phone\", \"Mobil\"]");
    CHECK(found(FileKind::suppress, {"phone", "Mobil"}, {{"phone", {"Mobil"}}}).phones == Indexes{1});
    CHECK(found(FileKind::suppress, {"A", "B"}, {{"phone", {"B", "A"}}}).phones == Indexes{0, 1});
    CHECK(found(FileKind::suppress, {"A", "B"}, {{"phone", {"B", "C"}}}).phones == Indexes{1});
    CHECK(holds(refusal(FileKind::suppress, {"A", "A"}, {{"phone", {"A"}}}), "could both be phone"));
}

TEST_CASE("a phone may be a sum of cells") {
    const auto two = found(FileKind::registers, {"1", "2"}, {{"phone", {"1+2"}}});
    CHECK(two.phones == Indexes{1});
    REQUIRE(two.joins.size() == 1);
    CHECK(two.joins[0].before == Indexes{0});
    CHECK(two.joins[0].at == 1);
    CHECK_FALSE(two.joins[0].plus);
    CHECK(two.unused.empty());

    const auto coded = found(FileKind::list, {"alt", "code", "number"}, {{"phone", {"+code+number", "+code+alt"}}});
    CHECK(coded.phones == Indexes{0, 2});
    REQUIRE(coded.joins.size() == 2);
    CHECK(coded.joins[0].plus);
    CHECK(coded.joins[0].at == 2);
    CHECK(coded.joins[1].at == 0);
    CHECK(found(FileKind::list, {"SMS"}, {{"phone", {"+sms"}}}).joins[0].before.empty());
    // A header of that very name beats a sum.
    CHECK(found(FileKind::list, {"1", "2", "1+2"}, {{"phone", {"1+2"}}}).joins.empty());
    CHECK(holds(refusal(FileKind::list, {"1", "2"}, {{"phone", {"1+3"}}}), "'1+3', which the file does not have"));
}

TEST_CASE("two headers that could both be meant stop the run") {
    CHECK(refusal(FileKind::consents, {"phone", "status", "Datum", "consent_date"}) ==
          "in.csv:1: 'Datum' (column 3) and 'consent_date' (column 4) could both be timestamp; state which "
          "one is meant: "
          "columns.timestamp = [\"Datum\"] or columns.timestamp = [\"consent_date\"]");
    CHECK(holds(refusal(FileKind::consents, {"phone", "status", "status"}),
                "they have one name: rename one of them in the file"));
    CHECK(holds(refusal(FileKind::consents, {"phone", "ja", "ja"}, {{"status", {"ja"}}}),
                "could both be status"));
    CHECK(found(FileKind::consents, {"phone", "status", "Datum", "timestamp"})[Column::timestamp] == 3);
}

TEST_CASE("what each kind of file must have") {
    CHECK(refusal(FileKind::list, {"name", "Telefn"}) ==
          "in.csv:1: no column for phone; headers found: 'name', 'Telefn'; expected a name like phone, "
          "telefon, telefonnummer, "
          "telefon nr, tel, tel nr, tel no, tel number, rufnummer, …; 'Telefn' looks like it; state "
          "columns.phone = [\"Telefn\"]");
    CHECK(holds(refusal(FileKind::consents, {"phone", "when"}),
                "no column for status; headers found: 'phone', 'when'"));
    CHECK(holds(refusal(FileKind::consents, {"phone", "when"}),
                "state columns.status = [\"…\"] or set.status = \"…\" for all rows"));
    CHECK(holds(refusal(FileKind::consents, {"status"}), "no column for phone or person_id"));
    // A column that has its meaning is not offered for another one.
    const auto no_kind = refusal(FileKind::relations, {"Tel.", "Vertragsbeginn", "Vertragsende"});
    CHECK(holds(no_kind, "state columns.kind = [\"…\"] or set.kind = \"…\" for all rows (\"subscription\", \"sale\", \"donation\", …)"));
    CHECK_FALSE(holds(no_kind, "looks like it"));
    CHECK(found(FileKind::consents, {"person_id", "status"})[Column::person_id] == 0);
    CHECK(found(FileKind::consents, {"phone"}, {}, {{"status", "opt_in"}})[Column::status] == -1);
    CHECK(holds(refusal(FileKind::relations, {"phone", "start"}), "no column for kind"));
    CHECK(holds(refusal(FileKind::relations, {"kind", "start"}), "no column for phone or person_id"));
    CHECK(found(FileKind::relations, {"person_id"}, {}, {{"kind", "sale"}}).has(Column::person_id));
    CHECK(holds(refusal(FileKind::calls, {"phone"}), "no column for called_at"));
    CHECK(holds(refusal(FileKind::calls, {"called_at"}), "no column for phone or request_id or consent_id"));
    CHECK(found(FileKind::calls, {"called_at", "request_id"}).phones.empty());
    CHECK(holds(refusal(FileKind::suppress, {"name", "until"}), "no column for phone"));
    CHECK(holds(refusal(FileKind::registers, {}), "headers found: none"));
}

TEST_CASE("one number per line, with and without a header") {
    for (const auto kind : {FileKind::suppress, FileKind::registers}) {
        CHECK(found(kind, {"Sperrliste"}).phones == Indexes{0});
        CHECK(found(kind, {""}).phones == Indexes{0});
        CHECK(found(kind, {"1"}).phones == Indexes{0});
        CHECK(holds(refusal(kind, {"klantnummer"}), "no column for phone"));
        // The first number must not be taken for a header, and must not be shown.
        const auto text = refusal(kind, {"+49 30 23125 004"});
        CHECK(holds(
            text,
            "in.csv:1: the first line holds a phone number, so it is no header; state no_header = true"));
        CHECK_FALSE(holds(text, "23125"));
    }
    CHECK(found(FileKind::list, {"1"}).phones == Indexes{0});
    CHECK(holds(refusal(FileKind::list, {"Sperrliste"}), "no column for phone"));
    CHECK(found(FileKind::suppress, {"1", "2"}, {{"phone", {"2"}}}).phones == Indexes{1});
    CHECK(holds(refusal(FileKind::list, {"Anna", "(030) 23125-004"}), "no_header = true"));
}

TEST_CASE("the only cell of the first line is a name or holds a number") {
    for (const char* row : {"+31612345001", "06-12345001 remark", "+31612345001 (bel niet meer!)", "3.1612345001E+10", "4.9E+10", "5E10",
                            "06-12345001 of 06-12345009", "06-12345001---dead", "tel: +31612345001", "Jansen +31612345001",
                            "+31 6 1234500x", "0612345001#", "mobiel 0612345001", "#31612345001", "=\"0612345001\"", "'0612345001",
                            "\xEF\xBC\x90\xEF\xBC\x96\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x93\xEF\xBC\x94", "+31 6 FLOWERS", "0800 TAXI"}) {
        CAPTURE(row);
        CHECK(holds_number(row));
        CHECK(holds(refusal(FileKind::suppress, {row}), "the first line holds a phone number"));
        CHECK(holds(refusal(FileKind::list, {row}), "no_header = true"));
    }
    for (const char* name : {"", "Sperrliste", "Telefonnummer 2", "phone_2024", "phone_1", "Rufnummer (E.164)", "n\xC2\xB0", "T\xC3\xA9l.", "0", "#", "+", "01_phone", "1", "112"}) {
        CAPTURE(name);
        CHECK_FALSE(holds_number(name));
        CHECK(found(FileKind::suppress, {name}).phones == Indexes{0});
    }
    // Whoever states the name knows it.
    CHECK(found(FileKind::suppress, {"Stand 28.11.2026"}, {{"phone", {"Stand 28.11.2026"}}}).phones == Indexes{0});
}

TEST_CASE("a row that holds a word for a column is no header") {
    for (const auto kind : {FileKind::list, FileKind::suppress, FileKind::registers})
        for (const Names& row : {Names{"+31612345001", "Mobil"}, Names{"phone", "0612345001"}, Names{"mobile", "4.9E+10"}}) {
            CAPTURE(row[0]);
            CHECK(holds(refusal(kind, row), "the first line holds a phone number, so it is no header"));
        }
    CHECK(holds(refusal(FileKind::list, {"phone", "0612345001"}), "columns.phone = [\"2\"]"));
    // Periods and articles are names of columns; stated ones anyway.
    for (const char* name : {"2026-01-31", "01.01.2026", "20260101", "01.01.2026 - 31.03.2026", "2024/2025", "49"})
        CHECK(found(FileKind::list, {"phone", name}).phones == Indexes{0});
    CHECK(found(FileKind::list, {"phone", "4012345678901"}, {{"phone", {"phone"}}}).phones == Indexes{0});
}

TEST_CASE("statements that are wrong in themselves") {
    const auto usage = base::Exit::usage;
    CHECK(refusal(FileKind::suppress, {"phone"}, {{"untill", {"x"}}}, {}, usage) ==
          "in.csv:1: columns.untill: this kind of file has no such column; expected one of phone, person_id, "
          "country, entity, since, "
          "until, reason (did you mean 'until'?)");
    CHECK(holds(refusal(FileKind::consents, {"phone"}, {}, {{"statsu", "opt_in"}}, usage), "set.statsu"));
    CHECK(holds(refusal(FileKind::list, {"a"}, {}, {{"phone", "x"}}, usage), "set.phone"));
    CHECK(
        holds(refusal(FileKind::consents, {"phone", "s"}, {{"status", {"s"}}}, {{"status", "opt_in"}}, usage),
              "are both stated"));
    CHECK(holds(refusal(FileKind::consents, {"phone", "ok"}, {{"status", {"okay"}}}),
                "names the header 'okay'"));
}

TEST_CASE("a constant stands for its column, whatever the headers are") {
    const auto map = found(FileKind::consents, {"phone", "status", "channel"}, {}, {{"status", "opt_in"}});
    CHECK_FALSE(map.has(Column::status));
    CHECK(map[Column::channel] == 2);
    CHECK(map.unused == Indexes{1});
}

TEST_CASE("consents that name nobody to whom they were given are told, with the header that may name one") {
    const std::string start =
        "entity: no column says to whom consent was given, and consent given to nobody carries no call; ";
    const auto last = [](const std::vector<std::string>& headers, const StatedConstants& constants = {}) {
        return find_columns(FileKind::consents, headers, {}, constants, {"a.csv", 1, 0}).remarks.back();
    };
    CHECK(last({"Telefon", "Einwilligung", "Unternehmen"}) ==
          start + "if 'Unternehmen' says it, state columns.entity = [\"Unternehmen\"]");
    CHECK(last({"Telefon", "Einwilligung", "Ort"}) ==
          start + "state the column with columns.entity, or set.entity if all belongs to one");
    CHECK(last({"Telefon", "Einwilligung", "Firma"}, {{"entity", "E1"}}).find("entity") == std::string::npos);
    CHECK(last({"Telefon", "Einwilligung", "Nachweis", "Mandant"}).find("no column") == std::string::npos);
    CHECK(last({"Telefon", "Einwilligung", "Mandant"}).starts_with("evidence: no column for the proof was found"));
    CHECK(last({"Telefon", "Einwilligung", "Mandant"}, {{"evidence", "archive"}}).find("no column") == std::string::npos);
    const auto list = found(FileKind::list, {"Telefon", "Unternehmen"});
    CHECK(list.remarks.back().find("entity") == std::string::npos);
}

TEST_CASE("remarks say which header was taken for what and why") {
    const auto map = found(FileKind::suppress, {"Grund", "phone", "bis wann"}, {{"until", {"bis wann"}}});
    CHECK(map.remarks == Names{"until: column 3, 'bis wann' (stated)", "phone: column 2, 'phone' (its name)",
                               "reason: column 1, 'Grund' (a synonym)"});
}
