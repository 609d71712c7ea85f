/// The small parts of a scrub in parts: who needs which key, original lines, rows as bytes, and a job that is written
/// down and read again. That the whole gives what one run gives is tested in tests/parts.
#include "app/bytes.h"
#include "app/part_fields.h"
#include "app/part_reach.h"
#include <doctest/doctest.h>
#include <random>

using namespace callscrub;
using namespace callscrub::app;

TEST_CASE("no part that asked for a key is ever left out, and few others are put in") {
    for (const unsigned parts : {1U, 2U, 3U, 8U, 17U, 64U})
        for (const std::uint64_t bytes : {std::uint64_t{1} << 10, std::uint64_t{1} << 22}) {
            INFO(parts << " parts in " << bytes << " bytes");
            Reach reach(parts, bytes);
            std::mt19937_64 random(parts);
            std::vector<std::pair<std::uint64_t, PartSet>> asked;
            for (int i = 0; i < 2000; ++i) {
                asked.emplace_back(random(), only_part(static_cast<unsigned>(random() % parts)));
                reach.add(KeyKind::person, asked.back().first, asked.back().second);
            }
            for (const auto& [key, part] : asked) CHECK((reach.of(KeyKind::person, key) & part) == part);
            std::size_t wrong = 0;
            for (int i = 0; i < 10000; ++i) wrong += reach.of(KeyKind::person, random()) != 0 ? 1 : 0;
            const auto all = parts == 64 ? ~PartSet{0} : only_part(parts) - 1;
            CHECK((reach.of(KeyKind::person, asked.front().first) & ~all) == 0);
            if (bytes > 1 << 20) CHECK(wrong < 50);
            if (bytes > 1 << 20) CHECK(reach.of(KeyKind::number, asked.front().first) == 0);
        }
}

TEST_CASE("numbers spread over all parts, and those of one part over all partitions of a history") {
    std::array<std::size_t, 8> parts{};
    std::array<std::size_t, history::partition_count> partitions{};
    for (facts::Number number = 4915120000000; number < 4915120064000; ++number) {
        const auto part = part_of(number, 8);
        REQUIRE(part < 8);
        ++parts[part];
        if (part == 3) ++partitions[history::partition_of(number)];
    }
    for (const auto count : parts) CHECK(count > 7000);
    for (const auto count : partitions) CHECK(count > 60);
}

TEST_CASE("records of a part get their original lines, from whichever block they come") {
    std::string bytes;
    std::uint64_t line = 2;
    std::vector<std::uint64_t> local, original;
    std::uint64_t at = 1;
    for (std::uint32_t i = 0; i < 5000; ++i) {
        PartLine one{line, 1 + i % 3, i % 5 == 0};
        const auto word = one.packed();
        bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
        local.push_back(at);
        original.push_back(line);
        at += one.lines;
        line += one.lines + i % 7;
    }
    const PartLines lines(bytes, original[100]);
    CHECK(lines.size() == 5000);
    for (const std::size_t first : {0UL, 1UL, 99UL, 1023UL, 1024UL, 1025UL, 4999UL}) {
        PartLines::Cursor cursor(&lines);
        csv::Block block;
        block.first_line = local[first];
        cursor.begin(block);
        for (std::size_t i = first; i < std::min<std::size_t>(first + 50, 5000); ++i) {
            csv::Record record;
            record.encoding = csv::Encoding::latin1;
            CHECK(cursor.place(record) == (i % 5 != 0));
            CHECK(record.line == original[i]);
            CHECK((record.encoding == csv::Encoding::latin1) == (i >= 100));
        }
    }
    PartLines::Cursor cursor(&lines);
    csv::Block block;
    block.first_line = at;
    cursor.begin(block);
    csv::Record record;
    CHECK_THROWS_AS(cursor.place(record), base::Failure);
    PartLines::Cursor none(nullptr);
    record.line = 17;
    CHECK(none.place(record));
    CHECK(record.line == 17);
}

TEST_CASE("numbers and texts come back from their bytes, and damaged bytes are refused") {
    std::string bytes;
    const std::uint64_t numbers[] = {0, 1, 127, 128, 4915120000000, UINT64_MAX};
    const std::int64_t days[] = {0, -1, 63, -64, INT32_MAX, INT32_MIN};
    for (const auto number : numbers) put_number(bytes, number);
    for (const auto day : days) put_signed(bytes, day);
    put_text(bytes, std::string_view("a\0b", 3));
    TakeBytes in(bytes);
    for (const auto number : numbers) CHECK(in.number() == number);
    for (const auto day : days) CHECK(in.signed_number() == day);
    CHECK(in.text() == std::string_view("a\0b", 3));
    CHECK(in.empty());
    CHECK_THROWS_AS(in.number(), base::Failure);
    TakeBytes cut(std::string_view(bytes).substr(0, bytes.size() - 1));
    for (std::size_t i = 0; i < std::size(numbers) + std::size(days); ++i) (void)cut.number();
    CHECK_THROWS_AS(cut.text(), base::Failure);
    TakeBytes endless(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11));
    CHECK_THROWS_AS(endless.number(), base::Failure);
}

TEST_CASE("a job comes back as it was written down, byte for byte") {
    Job job;
    InputSpec input;
    input.role = Role::registers;
    input.path = "caf\xE9/\x01.csv"; // no UTF-8
    input.place = {"job.toml", 3, 4};
    input.columns = {{"phone", {"Telefon", "Mobil"}}};
    input.constants = {{"channel", "phone"}};
    input.dates_of = {{"timestamp", "dd.mm.yyyy"}};
    input.values = {{"status", {{"Ja", "opt_in"}}}};
    input.dialect.delimiter = ';';
    input.dialect.quote = '\0';
    input.dialect.encoding = csv::Encoding::windows1252;
    input.region = facts::make_region("NL");
    input.max_age = 3600;
    input.allow_bad_rows = 7;
    job.inputs = {input, InputSpec{}};
    job.campaign.entity = "Müller & Söhne";
    job.campaign.call_from = {DaySpec::Kind::fixed, 20000, 0};
    job.policy.switches = {{"on_lapse", "trim", {"job.toml", 9, 1}}};
    job.output.renew_within = 30;
    job.guard.max_reject_rate = 0.1;
    const auto json = stored::written(job);
    Job back;
    stored::read(stored::Json::parse(json.dump()), back);
    CHECK(back.inputs == job.inputs);
    CHECK(back.campaign.entity == job.campaign.entity);
    CHECK(back.guard.max_reject_rate == job.guard.max_reject_rate);
    CHECK(stored::written(back) == json);
}
