#include "report/made_run.h"
#include <array>
#include <cstdio>

using namespace callscrub::report;
using namespace callscrub::report::test;
using callscrub::base::Exit;

namespace {
Manifest sample() {
    Manifest out;
    out.run_id = "0123456789abcdef0123456789abcdef";
    out.version = "1.0.0";
    out.settings = {{"campaign.entity", "Énergie & \"Co\""}, {"campaign.call_from", "2026-03-02"}};
    out.policy = {{"term_boundary", "inclusive"}};
    out.switches = {{"term_boundary", "inclusive", "exclusive", 70}};
    out.inputs = {{"list", "in/a.csv", 120, std::string(64, '1'), 3}};
    ManifestList list;
    list.path = "in/a.csv";
    list.rows = 3;
    list.clean = 2;
    list.rejected = 1;
    list.clean_file = "a.clean.csv";
    list.rejected_file = "a.rejected.csv";
    list.evidence_file = "a.evidence.csv";
    list.delimiter = ";";
    list.phone_columns = {1, 4};
    list.phone_joins = {{4, {3}, true}};
    list.header = false;
    list.country_column = 2;
    list.region = "NL";
    out.lists = {list};
    out.outputs = {{"a.clean.csv", 80, std::string(64, '2')}};
    out.not_compared = {"summary.json"};
    out.packs = {{"NL", "3", std::string(64, '3')}};
    out.phone_metadata = "libphonenumber 8.12.57";
    out.counts = {{"rows", 3}, {"OBJECTION", 1}};
    return out;
}
} // namespace

TEST_CASE("a manifest reads back as it was written, key by key in order") {
    const std::string text = to_json(sample());
    CHECK(to_json(read_manifest(text, "m")) == text);
    CHECK(text.starts_with("{\n  \"program\": \"callscrub\",\n  \"format\": 1,\n  \"run_id\": \"0123"));
    CHECK(text.ends_with("}\n"));
    CHECK(text.find("\"campaign.entity\": \"Énergie & \\\"Co\\\"\"") != std::string::npos);
    CHECK(text.find("\"campaign.entity\"") < text.find("\"campaign.call_from\""));
    const Manifest back = read_manifest(text, "m");
    CHECK(back.switches.at(0).certainty == 70);
    CHECK(back.lists.at(0).phone_columns == std::vector<std::uint32_t>{1, 4});
    REQUIRE(back.lists.at(0).phone_joins.size() == 1);
    CHECK(back.lists.at(0).phone_joins[0].column == 4);
    CHECK(back.lists.at(0).phone_joins[0].before == std::vector<std::uint32_t>{3});
    CHECK(back.lists.at(0).phone_joins[0].plus);
    CHECK_FALSE(back.lists.at(0).header);
    CHECK(back.lists[0].country_column == 2);
    CHECK(back.counts.at(1) == Count{"OBJECTION", 1});
    CHECK(files_of(back) ==
          std::vector<std::string>{"manifest.json", "SHA256SUMS", "a.clean.csv", "summary.json"});
}

TEST_CASE("what is no manifest is told") {
    const std::string good = to_json(sample());
    const auto broken = [&good](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return [text] { read_manifest(text, "out/manifest.json"); };
    };
    check_fails(Exit::input, "out/manifest.json: is no manifest of callscrub: not well-formed JSON",
                broken("}\n", "\n"));
    check_fails(Exit::input, "\"program\" is not", broken("\"callscrub\"", "\"else\""));
    check_fails(Exit::input, "format 2 is not known to this version",
                broken("\"format\": 1", "\"format\": 2"));
    check_fails(Exit::input, "rule_packs", broken("\"rule_packs\"", "\"packs\""));
    check_fails(Exit::input, "type must be number", broken("\"size\": 120", "\"size\": \"120\""));
    check_fails(Exit::input, "no manifest", [] { read_manifest("[]", "m"); });
    check_fails(Exit::input, "no manifest", [] { read_manifest("", "m"); });
}

TEST_CASE("the run id follows from what goes in, and from nothing else") {
    const std::string id = make_run_id(sample());
    CHECK(id.size() == 24);
    CHECK(id.find_first_not_of("abcdefghijklmnop") == std::string::npos);
    const auto with = [](const std::function<void(Manifest&)>& change) {
        Manifest manifest = sample();
        change(manifest);
        return make_run_id(manifest);
    };
    CHECK(with([](Manifest& m) {
              m.outputs.clear();
              m.counts.clear();
              m.lists[0].clean = 0;
              m.run_id = "x";
          }) == id);
    CHECK(with([](Manifest& m) { m.version = "1.0.1"; }) != id);
    CHECK(with([](Manifest& m) { m.settings[1].second = "2026-03-03"; }) != id);
    CHECK(with([](Manifest& m) { m.policy[0].second = "exclusive"; }) != id);
    CHECK(with([](Manifest& m) { m.inputs[0].sha256[0] = '9'; }) != id);
    CHECK(with([](Manifest& m) { m.inputs[0].path = "b.csv"; }) != id);
    CHECK(with([](Manifest& m) { m.packs[0].sha256[0] = '9'; }) != id);
    CHECK(with([](Manifest& m) { m.phone_metadata = "other"; }) != id);
}

TEST_CASE("paths that are no UTF-8 can be written") {
    CHECK(path_text("café.csv") == "café.csv");
    CHECK(path_text("caf\xE9.csv") == "caf\\xE9.csv");
    CHECK(path_text("é\xE9€\xFF") == "é\\xE9€\\xFF");
    Manifest manifest = sample();
    manifest.inputs[0].path = "caf\xE9.csv";
    CHECK(read_manifest(to_json(manifest), "m").inputs[0].path == "caf\\xE9.csv");
}

TEST_CASE("SHA256SUMS reads back and is what sha256sum reads") {
    const Scratch scratch;
    const std::vector<std::string> names{"b.csv",       "a b.csv", "back\\slash",
                                         "line\nbreak", "caf\xE9", "-dash"};
    std::vector<FileRecord> files;
    for (const std::string& name : names) {
        put(scratch / name, "text of " + name);
        files.push_back({name, 0, sha256_hex("text of " + name)});
    }
    const std::string text = sha256sums(files);
    put(scratch / "SHA256SUMS", text);
    CHECK(std::system(("cd " + scratch.path() + " && sha256sum --strict --quiet -c SHA256SUMS").c_str()) ==
          0);
    const std::vector<Sum> back = read_sha256sums(text, "SHA256SUMS");
    REQUIRE(back.size() == names.size());
    CHECK(back[0].name == "-dash");
    for (const Sum& sum : back) CHECK(sum.sha256 == sha256_hex("text of " + sum.name));
    check_fails(Exit::input, "SHA256SUMS:2: found 'short'",
                [&] { read_sha256sums(std::string(64, 'a') + "  a\nshort\n", "SHA256SUMS"); });
    check_fails(Exit::input, "expected a SHA-256 digest",
                [&] { read_sha256sums(std::string(64, 'A') + "  a\n", "s"); });
}

TEST_CASE("digests are those of the standard") {
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256 hash;
    for (int i = 0; i < 1'000'000; ++i) hash.add("a");
    CHECK(hash.hex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    CHECK(hash.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
