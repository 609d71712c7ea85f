#include "facts/unheeded.h"
#include <doctest/doctest.h>

using namespace callscrub;
using namespace callscrub::facts;

namespace {

using Names = std::vector<std::string>;
using Why = Unheeded::Why;

std::vector<Unheeded> of(FileKind kind, Names headers, const std::vector<Column>& constants = {}) {
    StatedConstants stated;
    for (const auto column : constants) stated[std::string(name(column))] = "x";
    headers.insert(headers.begin(), {"phone", "status", "kind", "called_at"});
    const auto columns = find_columns(kind, headers, {}, stated, {"in.csv", 1, 0});
    return unheeded(kind, headers, columns, [&](Column column) { return stated.contains(std::string(name(column))); });
}

// What becomes of a single header.
std::optional<Unheeded> one(FileKind kind, const std::string& header) {
    const auto found = of(kind, {header});
    CHECK(found.size() <= 1);
    if (found.empty()) return std::nullopt;
    CHECK(found[0].at == 4);
    return found[0];
}

} // namespace

TEST_CASE("columns that say no and are not read, in lists, consents and relations") {
    for (const char* header : {"do_not_call", "DNC", "is_dnc", "dnc_flag", "opt_out", "OptOut", "Sperrvermerk", "gesperrt", "niet bellen", "DoNotCall",
                               "Widerrufen am", "withdrawn_at", "revoked", "verzet", "Werbewiderspruch", "uitgeschreven", "TPS", "Do not call or e-mail",
                               "phone_opt_out", "blacklisted", "Nicht anrufen!", "kein Anruf"})
        for (const auto kind : {FileKind::list, FileKind::consents, FileKind::relations}) {
            CAPTURE(header);
            const auto found = one(kind, header);
            REQUIRE(found);
            CHECK(found->why == Why::says_no);
        }
    for (const char* header : {"HasOptedOutOfEmail", "opt_out_newsletter", "Werbesperre Post", "sms_opt_out", "Widerrufsbelehrung", "Widerrufsfrist",
                               "name", "Stadt", "Notes", "friend"})
        for (const auto kind : {FileKind::list, FileKind::consents, FileKind::relations}) {
            CAPTURE(header);
            CHECK_FALSE(one(kind, header));
        }
}

TEST_CASE("columns that end a permission or a relation and are not read") {
    for (const char* header : {"cancelled_at", "K\xC3\xBCndigungsdatum", "opzegdatum", "terminated on", "Storno", "opgezegd op"}) {
        CAPTURE(header);
        for (const auto kind : {FileKind::consents, FileKind::relations}) {
            const auto found = one(kind, header);
            REQUIRE(found);
            CHECK(found->why == Why::ends);
            CHECK(found->column == (kind == FileKind::relations ? Column::end : Column::valid_until));
        }
        CHECK_FALSE(one(FileKind::list, header));
    }
    for (const char* header : {"ends_on", "end_date", "ended"}) {
        const auto kind = FileKind::consents;
        CAPTURE(header);
        const auto found = one(kind, header);
        REQUIRE(found);
        CHECK(found->why == Why::ends);
    }
    for (const char* header : {"K\xC3\xBCndigungsfrist", "notice period", "opzegtermijn", "weekend", "Ergebnis"}) {
        CAPTURE(header);
        CHECK_FALSE(one(FileKind::relations, header));
    }
}

TEST_CASE("names of ours that are mistyped") {
    const auto typo = one(FileKind::consents, "vaild_until");
    REQUIRE(typo);
    CHECK(typo->why == Why::mistyped);
    CHECK(typo->column == Column::valid_until);
    CHECK(one(FileKind::list, "persson_id")->column == Column::person_id);
    CHECK(one(FileKind::calls, "requst_id")->column == Column::request_id);
    // One that is there, or stated for all rows, is not meant.
    CHECK(of(FileKind::consents, {"valid_until", "vaild_until"}).empty());
    CHECK(of(FileKind::consents, {"vaild_until"}, {Column::valid_until}).empty());
    for (const char* header : {"county", "state", "iphone", "identity"}) CHECK_FALSE(one(FileKind::list, header));
    // What these do not read makes them stricter.
    for (const auto kind : {FileKind::suppress, FileKind::registers})
        for (const char* header : {"untill", "cancelled_at", "do_not_call"}) CHECK_FALSE(one(kind, header));
}

TEST_CASE("columns of a list that say who may be called, and of records which of them do not count") {
    for (const char* header : {"toestemming_bellen", "Einwilligung Telefon", "Opt-in", "consent_id", "mag gebeld worden"}) {
        CAPTURE(header);
        const auto found = one(FileKind::list, header);
        REQUIRE(found);
        CHECK(found->why == Why::permits);
        CHECK_FALSE(one(FileKind::calls, header));
    }
    CHECK_FALSE(one(FileKind::list, "Einwilligung E-Mail"));
    for (const char* header : {"IsDeleted", "deleted_at", "EffectiveFrom", "valid_from", "geldig vanaf", "G\xC3\xBCltig ab", "statecode", "is_active", "inactive_since"}) {
        CAPTURE(header);
        const auto found = one(FileKind::consents, header);
        REQUIRE(found);
        CHECK(found->why == Why::voids);
        CHECK_FALSE(one(FileKind::list, header));
    }
    for (const char* header : {"Belverbod", "overleden", "deceased", "Do not disturb", "BMNR"}) {
        const auto found = one(FileKind::list, header);
        REQUIRE(found);
        CHECK(found->why == Why::says_no);
    }
    CHECK(is_harmless("Fax"));
    CHECK(is_harmless("E-Mail"));
    CHECK_FALSE(is_harmless("Phone or e-mail"));
    CHECK_FALSE(is_harmless("Mobiel"));
}
