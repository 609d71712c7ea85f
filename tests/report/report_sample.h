/// Summaries that reports are drawn of in tests: one of two million rows, the run before it, one with names
/// that want to be markup, and an empty one. Their sums are right: rows = clean + rejected, clean = all bases
/// = lapses and open ends together.
#pragma once
#include "report/summary.h"
#include <algorithm>
#include <string>

namespace callscrub::report::test {

inline facts::Day iso(std::string_view text) { return facts::read_iso_day(text).value(); }

inline void add(Tallies& to, law::Reason reason, std::uint64_t rows) {
    to.reasons[static_cast<std::size_t>(reason)] += rows;
    to.rejected += rows;
    to.rows += rows;
}

inline void add(Tallies& to, law::Basis basis, std::uint64_t rows) {
    to.bases[static_cast<std::size_t>(basis)] += rows;
    to.clean += rows;
    to.rows += rows;
}

/// Ends of permissions: peaks at ends of months and years, a few each other day, the rest open.
inline void spread_lapses(Tallies& tallies, facts::Day from) {
    std::uint64_t left = tallies.clean;
    const auto lapse = [&](facts::Day day, std::uint64_t rows) {
        rows = std::min(rows, left);
        if (rows == 0) return;
        tallies.lapses[day] += rows;
        left -= rows;
    };
    for (int i = 14; i < 500; ++i) {
        const auto mixed = static_cast<std::uint64_t>(i) * 2654435761U % 1000;
        if (mixed % 7 < 4) lapse(from + i, mixed * tallies.clean / 4'000'000);
    }
    lapse(iso("2026-12-31"), tallies.clean / 9);
    lapse(iso("2027-01-31"), tallies.clean / 61);
    lapse(iso("2027-06-30"), tallies.clean / 20);
    tallies.open_ended = left;
}

inline Tallies part(std::uint64_t unit, facts::Day from) {
    using law::Basis;
    using law::Reason;
    Tallies out;
    add(out, Basis::explicit_consent, 7013 * unit);
    add(out, Basis::not_restricted, 1211 * unit);
    add(out, Basis::publisher_relationship, 640 * unit);
    add(out, Basis::requested_communication, 37 * unit);
    add(out, Basis::published_number, 5 * unit);
    add(out, Reason::no_basis, 2919 * unit);
    add(out, Reason::customer_exception_ended, 2441 * unit);
    add(out, Reason::consent_expired, 1874 * unit);
    add(out, Reason::objection, 903 * unit);
    add(out, Reason::consent_channel_mismatch, 611 * unit);
    add(out, Reason::suppressed, 402 * unit);
    add(out, Reason::consent_withdrawn, 397 * unit);
    add(out, Reason::no_evidence, 288 * unit);
    add(out, Reason::consent_stale, 190 * unit);
    add(out, Reason::lapses_in_window, 121 * unit);
    add(out, Reason::number_invalid, 118 * unit);
    add(out, Reason::duplicate, 96 * unit);
    add(out, Reason::consent_person_mismatch, 31 * unit);
    add(out, Reason::relation_person_mismatch, 22 * unit);
    add(out, Reason::number_scientific, 14 * unit);
    add(out, Reason::end_date_missing, 9 * unit);
    add(out, Reason::number_missing, 8 * unit);
    add(out, Reason::unreadable_row, 2);
    out.emptied = 11 * unit;
    out.matched = out.rows - 2919 * unit - 2;
    out.jurisdictions = {{"DE", out.rows / 3}, {"NL", out.rows - out.rows / 3}};
    spread_lapses(out, from);
    return out;
}

inline ListSummary list_of(const std::string& path, const Tallies& tallies) {
    ListSummary out;
    out.files.path = path;
    out.tallies = tallies;
    return out;
}

inline InputSummary input_of(const std::string& role, const std::string& path, std::uint64_t rows,
                             const std::string& newest) {
    InputSummary out;
    out.role = role;
    out.path = path;
    out.encoding = "utf-8";
    out.delimiter = ",";
    out.rows = rows;
    out.kept = rows * 9 / 10;
    out.bytes = rows * 61;
    out.newest_event = newest;
    return out;
}

inline Summary big_summary() {
    using law::Reason;
    Summary out;
    out.run_id = "5e0c6f2ad9b04c1f8a7730cf41b2d9e6";
    out.version = "1.0.0";
    out.entity = "Nordlicht Zeitschriften GmbH";
    out.caller_type = "publisher";
    out.purpose = "sales";
    out.product = "magazine";
    out.jurisdiction = "auto";
    out.policy = "standard";
    out.call_from = iso("2026-12-01");
    out.call_until = iso("2026-12-14");
    const std::uint64_t units[] = {61, 32, 9, 3};
    const char* paths[] = {"lists/north_2026-12.csv", "lists/south_2026-12.csv.gz", "lists/winback.csv",
                           "lists/trade-fair_leads.csv"};
    for (std::size_t i = 0; i < 4; ++i) {
        out.lists.push_back(list_of(paths[i], part(units[i], out.call_from)));
        if (i == 3) { // a list that is mostly good
            add(out.lists[i].tallies, law::Basis::explicit_consent, 90'000);
            out.lists[i].tallies.open_ended += 90'000;
            out.lists[i].tallies.matched += 90'000;
            out.lists[i].tallies.jurisdictions["NL"] += 90'000;
        }
        out.total += out.lists[i].tallies;
        out.inputs.push_back(input_of("list", paths[i], out.lists[i].tallies.rows, ""));
    }
    out.inputs.push_back(input_of("consents", "crm/consents.csv.zst", 3'104'552, "2026-11-29"));
    out.inputs.back().compression = "zstd";
    out.inputs.push_back(input_of("consents", "shop/opt-ins.csv", 240'018, "2026-11-30"));
    out.inputs.back().encoding = "windows-1252";
    out.inputs.back().delimiter = ";";
    out.inputs.back().blank = 3;
    out.inputs.push_back(input_of("relations", "erp/contracts.csv", 1'881'340, "2026-11-28"));
    out.inputs.push_back(input_of("suppress", "do-not-call.txt", 48'211, "2026-12-01"));
    out.inputs.back().bad = 2;
    out.inputs.push_back(input_of("calls", "dialler/calls.csv", 902'117, "2026-11-30"));
    out.packs = {{"DE",
                  "2026-11-22",
                  std::string(64, 'a'),
                  {{"en", "Germany"}, {"de", "Deutschland"}, {"nl", "Duitsland"}},
                  {{"DE-4", "UWG § 7(2) Nr. 1, § 7a", iso("2022-05-28"), facts::day_max}}},
                 {"NL",
                  "2026-11-22",
                  std::string(64, 'b'),
                  {{"en", "Netherlands"}, {"de", "Niederlande"}, {"nl", "Nederland"}},
                  {{"NL-3", "Tw art. 11.7", iso("2026-07-01"), facts::day_max}}}};
    out.switches = {{"term_boundary", "inclusive"}, {"evidence", "required"},
                    {"unscoped_consent", "accept"}, {"on_lapse", "reject"},
                    {"nl_verification", "warn"},    {"de_stale_months", "48"}};
    out.articles[Reason::no_basis] = {"Tw art. 11.7(2)", "UWG § 7(2) Nr. 1"};
    out.articles[Reason::customer_exception_ended] = {"Tw art. 11.7(4), (6)"};
    out.articles[Reason::objection] = {"GDPR art. 21(3)"};
    out.articles[Reason::consent_withdrawn] = {"GDPR art. 7(3)"};
    out.basis_articles[law::Basis::explicit_consent] = {"Tw art. 11.7(2)", "UWG § 7(2) Nr. 1"};
    out.basis_articles[law::Basis::publisher_relationship] = {"Tw art. 11.7(6)"};
    out.phone_metadata = "libphonenumber 8.13";
    out.facts = 5'512'008;
    return out;
}

inline Summary previous_summary() {
    using law::Reason;
    Summary out = big_summary();
    out.run_id = "11111111111111111111111111111111";
    out.call_from = iso("2026-11-17");
    out.call_until = iso("2026-11-30");
    auto& total = out.total;
    total = part(100, out.call_from);
    add(total, Reason::consent_expired, 40'211);
    add(total, Reason::not_similar, 312);
    out.switches[3].second = "trim";
    return out;
}

/// Every text from outside tries to leave its place.
inline Summary hostile_summary() {
    const std::string bad =
        "</title></style><script>alert(1)</script>\"' onload='alert(2)' {n} &amp; \xE2\x80\xAE"
        "evil\x01\xFF";
    Summary out = big_summary();
    for (auto* text : {&out.entity, &out.product, &out.purpose, &out.caller_type, &out.policy,
                       &out.jurisdiction, &out.run_id, &out.version, &out.phone_metadata})
        *text = bad;
    for (auto& list : out.lists) list.files.path = bad;
    out.lists[0].files.path = "lists/" + bad + ".csv";
    for (auto& input : out.inputs) {
        for (auto* text : {&input.role, &input.path, &input.preset, &input.encoding, &input.delimiter,
                           &input.compression, &input.newest_event})
            *text = bad;
        input.remarks = {bad, "column 'Tel' holds +31 6 12345678"};
    }
    for (auto& pack : out.packs) {
        pack.id = pack.version = pack.sha256 = bad;
        pack.names = {{"en", bad}, {"de", bad}, {"nl", bad}};
        pack.regimes[0].article = bad;
    }
    out.switches = {{bad, bad}};
    out.warnings = {{"entity_column", {{"file", bad}, {"header", bad}, {"setting", bad}}}};
    for (auto& [reason, articles] : out.articles) articles = {bad};
    for (auto& [basis, articles] : out.basis_articles) articles = {bad};
    out.total.jurisdictions = {{bad, 7}, {"DE", 3}};
    return out;
}

} // namespace callscrub::report::test
