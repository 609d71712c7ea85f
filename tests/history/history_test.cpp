#include "history/history.h"
#include <doctest/doctest.h>
#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <tuple>

using namespace callscrub;
using namespace callscrub::history;

namespace {

const facts::Zone& zone() {
    static const auto out = facts::Zone::load("Europe/Amsterdam");
    return out;
}

Fact fact(FactKind kind, std::uint64_t key, facts::Day day, std::uint32_t line, TermsId terms) {
    Fact out = Fact::of(kind, key, facts::Moment::of_day(day), Fact::no_until, {line, 0});
    out.terms = terms;
    return out;
}

Terms consent_terms() {
    Terms out;
    out.status = facts::ConsentStatus::opt_in;
    out.channel = facts::Channel::phone;
    return out;
}

} // namespace

TEST_CASE("a fact is 24 bytes and keeps what it is made of, its moment to the millisecond") {
    static_assert(sizeof(Fact) == 24);
    const auto all = [](const Fact& one) { return std::tuple(std::uint64_t{one.key}, one.fact_kind(), one.moment(), std::uint64_t{one.until}, one.source()); };
    for (const auto kind : {FactKind::permission, FactKind::aside_contract})
        for (const std::uint64_t key : {std::uint64_t{0}, std::uint64_t{31612345678}, key_mask})
            for (const std::uint64_t until : {std::uint64_t{0}, std::uint64_t{13149}, Fact::no_until})
                for (const auto file : {std::uint16_t{0}, std::uint16_t{most_files - 1}})
                    for (const auto ms : {std::int64_t{0}, -(std::int64_t{1} << 45), (std::int64_t{1} << 45) - 1}) {
                        const facts::Moment at{ms, facts::Moment::Kind::instant};
                        const facts::Source source{UINT32_MAX - file, file};
                        CHECK((all(Fact::of(kind, key, at, until, source)) == std::tuple(key, kind, at, until, source)));
                    }
    CHECK(Fact::of(FactKind::no, key_mask + 5, {}, 0, {}).key == 4);
    for (const std::int64_t ms : {0LL, -1LL, 1'790'000'000'123LL, -62'135'596'800'000LL / 4}) {
        for (const auto kind : {facts::Moment::Kind::day, facts::Moment::Kind::wall, facts::Moment::Kind::instant}) {
            CHECK(Fact::of(FactKind::no, 1, {ms, kind}, 0, {}).moment() == facts::Moment{ms, kind});
        }
    }
    CHECK(Fact::of(FactKind::no, 1, {INT64_MAX, facts::Moment::Kind::wall}, 0, {}).moment().ms == (std::int64_t{1} << 45) - 1);
}

TEST_CASE("equal terms have one id, whoever asks") {
    TermsTable table;
    std::vector<TermsId> ids(4);
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < ids.size(); ++t)
            threads.emplace_back([&, t] {
                TermsCache cache(table);
                Terms terms = consent_terms();
                for (facts::ProductSetId p = 0; p < 5000; ++p) {
                    terms.products = p;
                    const auto id = cache.id(terms);
                    if (p == 4321) ids[t] = id;
                }
            });
    }
    CHECK(table.size() == 5000);
    for (const auto id : ids) CHECK(id == ids[0]);
    CHECK(table[ids[0]].products == 4321);
}

TEST_CASE("every fact is found again by its key, whatever the number of threads, in the same order") {
    constexpr std::uint64_t numbers = 3000;
    std::vector<std::vector<std::uint32_t>> first;
    for (const unsigned threads : {1U, 3U}) {
        auto gathering = std::make_unique<Gathering>();
        {
            std::vector<std::jthread> workers;
            for (unsigned w = 0; w < threads; ++w)
                workers.emplace_back([&, w] {
                    Gathering::Feed feed(*gathering);
                    const auto terms = feed.terms(consent_terms());
                    for (std::uint32_t line = 2 + w; line < 20'000; line += threads)
                        feed.add(fact(FactKind::permission, 31'600'000'000ULL + line * 7 % numbers, static_cast<facts::Day>(line % 50), line, terms), 0);
                });
        }
        const History history(std::move(gathering), threads);
        CHECK(history.facts() == 19'998);
        std::vector<std::vector<std::uint32_t>> found(numbers);
        facts::SubjectFacts subject;
        std::size_t sum = 0;
        for (std::uint64_t n = 0; n < numbers; ++n) {
            history.subject(31'600'000'000ULL + n, 0, zone(), subject);
            for (const auto& consent : subject.consents) {
                CHECK(consent.source.line * 7 % numbers == n);
                found[n].push_back(consent.source.line);
            }
            sum += subject.consents.size();
        }
        CHECK(sum == 19'998);
        history.subject(31'600'000'000ULL + numbers, 0, zone(), subject);
        CHECK(subject.empty());
        if (first.empty()) first = found;
        CHECK(found == first);
    }
}

TEST_CASE("many facts of one number and many keys in one bucket are searched, not lost") {
    auto gathering = std::make_unique<Gathering>();
    {
        Gathering::Feed feed(*gathering);
        const auto terms = feed.terms(consent_terms());
        for (std::uint32_t line = 1; line <= 5000; ++line) feed.add(fact(FactKind::permission, 493023125001ULL, 100, line, terms), 0);
        feed.add(fact(FactKind::permission, 493023125002ULL, 100, 9999, terms), 0);
    }
    const History history(std::move(gathering), 1);
    facts::SubjectFacts subject;
    history.subject(493023125001ULL, 0, zone(), subject);
    CHECK(subject.consents.size() == 5000);
    history.subject(493023125002ULL, 0, zone(), subject);
    REQUIRE(subject.consents.size() == 1);
    CHECK(subject.consents[0].source.line == 9999);
}

TEST_CASE("persons: a yes of another person is marked, a no comes by person too") {
    auto gathering = std::make_unique<Gathering>();
    const facts::PersonKey anna = 0x123456789ABCDEF1ULL, ben = 0x5555AAAA5555AAAAULL;
    {
        Gathering::Feed feed(*gathering);
        const auto terms = feed.terms(consent_terms());
        feed.add(fact(FactKind::permission, 493023125001ULL, 100, 2, terms), anna);
        feed.add(fact(FactKind::permission, 493023125001ULL, 101, 3, terms), 0);
        feed.add(fact(FactKind::no_person, anna, 102, 4, feed.terms(Terms{})), anna);
        feed.add(fact(FactKind::permission_person, ben, 103, 5, terms), ben);
    }
    const History history(std::move(gathering), 1);
    facts::SubjectFacts subject;
    history.subject(493023125001ULL, ben, zone(), subject);
    REQUIRE(subject.consents.size() == 3);
    CHECK(subject.consents[0].match == facts::Match::other_person);
    CHECK(subject.consents[1].match == facts::Match::agrees);
    CHECK(subject.consents[2].source.line == 5);
    CHECK(subject.noes.empty());
    history.subject(498999998000ULL, anna, zone(), subject);
    CHECK(subject.consents.empty());
    REQUIRE(subject.noes.size() == 1);
    CHECK(subject.noes[0].day == 102);
    // The same low bits are not the same person.
    history.subject(0, anna ^ (std::uint64_t{1} << 60), zone(), subject);
    CHECK(subject.empty());
}

TEST_CASE("the earliest end of contradicting rows of a contract counts, and an unknown contract has ended") {
    Contracts contracts;
    contracts.add({{7, facts::Moment::of_day(300), true}, {5, {}, true}});
    contracts.add({{7, facts::Moment::of_day(200), true}, {9, {}, false}});
    contracts.finish();
    CHECK(contracts.end(7, zone()) == 200);
    CHECK(contracts.end(5, zone()) == facts::day_max);
    CHECK(contracts.end(9, zone()) == facts::day_min);
    CHECK(contracts.end(8, zone()) == facts::day_min);
}

TEST_CASE("the end of a contract is a day of the zone that judges") {
    Contracts contracts;
    constexpr std::int64_t evening = std::int64_t{200} * 86'400'000 - 3'600'000; // 23:00 UTC the day before
    contracts.add({{7, {evening, facts::Moment::Kind::instant}, true}});
    contracts.finish();
    CHECK(contracts.end(7, facts::Zone::load("Europe/Amsterdam")) == 200);
    CHECK(contracts.end(7, facts::Zone::load("America/New_York")) == 199);
}

namespace {

// A room outside memory that is memory: what lies in it is told apart by its position alone.
class Drawer final : public Overflow {
public:
    std::uint64_t put(const void* bytes, std::size_t size) override {
        const std::lock_guard lock(mutex_);
        const std::uint64_t position = bytes_.size();
        bytes_.append(static_cast<const char*>(bytes), size);
        bytes_.resize((bytes_.size() + 7) / 8 * 8);
        return position;
    }
    void get(std::uint64_t position, void* into, std::size_t size) const override {
        REQUIRE(position + size <= bytes_.size());
        std::copy_n(bytes_.data() + position, size, static_cast<char*>(into));
    }

private:
    std::mutex mutex_;
    std::string bytes_;
};

// Facts about numbers and, if asked for, persons, in a room of so many bytes.
History made_in(std::uint64_t room, bool persons) {
    auto gathering = std::make_unique<Gathering>(Room{room, std::make_unique<Drawer>()});
    {
        Gathering::Feed feed(*gathering);
        const auto terms = feed.terms(consent_terms());
        for (std::uint32_t line = 2; line < 60'000; ++line) {
            const facts::PersonKey person = persons && line % 3 == 0 ? 1'000'003ULL * (line % 500 + 1) : 0;
            feed.add(fact(FactKind::permission, 31'600'000'000ULL + line * 7 % 9000, static_cast<facts::Day>(line % 50), line, terms), person);
        }
    }
    RecordNames names;
    for (std::uint32_t line = 2; line < 60'000; line += 5) names.add(line, "C-" + std::to_string(line));
    gathering->put_names(0, 0, names);
    return History(std::move(gathering), 2);
}

} // namespace

TEST_CASE("facts beyond the room lie outside memory and are found again, with their persons and names") {
    for (const bool persons : {false, true}) {
        const History all = made_in(UINT64_MAX, persons);
        for (const std::uint64_t room : {1ULL, 100'000ULL, 1'000'000ULL, 2'600'000ULL}) {
            const History some = made_in(room, persons);
            CHECK(some.facts() == all.facts());
            facts::SubjectFacts expected, found;
            for (std::uint64_t n = 0; n < 9100; n += 7)
                for (const facts::PersonKey person : {facts::PersonKey{0}, facts::PersonKey{1'000'003ULL * (n % 500 + 1)}}) {
                    all.subject(31'600'000'000ULL + n, person, zone(), expected);
                    some.subject(31'600'000'000ULL + n, person, zone(), found);
                    REQUIRE(found.consents.size() == expected.consents.size());
                    for (std::size_t i = 0; i < found.consents.size(); ++i) {
                        CHECK(found.consents[i].source == expected.consents[i].source);
                        CHECK(found.consents[i].match == expected.consents[i].match);
                    }
                }
            CHECK(some.name_of({7, 0}) == "C-7");
            CHECK(some.name_of({8, 0}).empty());
        }
    }
}

TEST_CASE("an overflow that is full ends the gathering with its own words") {
    struct Full final : Overflow {
        std::uint64_t put(const void*, std::size_t) override { throw std::runtime_error("full"); }
        void get(std::uint64_t, void*, std::size_t) const override {}
    };
    Gathering gathering(Room{1, std::make_unique<Full>()});
    const auto feed_some = [&](std::uint32_t lines) {
        Gathering::Feed feed(gathering);
        const auto terms = feed.terms(consent_terms());
        for (std::uint32_t line = 2; line < lines; ++line)
            feed.add(fact(FactKind::permission, 31'600'000'000ULL + line, 1, line, terms), 0);
        feed.flush();
    };
    CHECK_THROWS_WITH(feed_some(10), "full");     // handed over at the end
    CHECK_THROWS_WITH(feed_some(100'000), "full"); // and on the way
}
