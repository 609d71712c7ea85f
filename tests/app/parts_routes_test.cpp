/// Where each record of a scrub in parts goes, and what it asks for. A record too many in a part would change no outcome, so
/// only here shows whether the parts stay small.
#include "app/part_router.h"
#include "report/scratch.h"
#include <doctest/doctest.h>
#include <map>

using namespace callscrub;
using namespace callscrub::app;
using report::test::put;
using report::test::Scratch;

namespace {

constexpr unsigned parts = 8;

/// The nth Dutch mobile number of a part.
facts::Number number_in(unsigned part, unsigned nth = 0) {
    facts::Number number = 31612340000;
    while (part_of(number, parts) != part || nth-- != 0) ++number;
    return number;
}
std::string cell(facts::Number number) { return "+" + std::to_string(number); }
PartSet set(std::initializer_list<unsigned> of) {
    PartSet out = 0;
    for (const auto part : of) out |= only_part(part);
    return out;
}
unsigned home_of(std::string_view text) { return part_of(facts::text_key(text), parts); }

/// A job with one input.
struct World {
    Scratch scratch;
    Job job;
    std::unique_ptr<Context> context;
    facts::Products products;
    Reach reach{parts, std::uint64_t{1} << 20};

    World(Role role, const std::string& text, const std::vector<std::string>& phones = {}) {
        put(scratch / "input.csv", text);
        auto& input = job.inputs.emplace_back();
        input.role = role;
        input.path = scratch / "input.csv";
        if (!phones.empty()) input.columns["phone"] = phones;
        job.campaign.entity = "E1";
        context = std::make_unique<Context>(job);
    }

    /// The routes of all records, by the line on which they start.
    std::map<std::uint64_t, Route> routes() {
        const auto opened = open_input(*context, job.inputs[0], 0, Dates::all_rows, false);
        std::map<std::uint64_t, Route> out;
        csv::Records records(opened.reader->format());
        csv::Block block;
        const auto take = [&](auto& router) {
            while (opened.reader->next(block)) {
                records.reset(block);
                for (csv::Record record; records.next(record);) out[record.line] = router.route(record);
            }
        };
        if (opened.kind == facts::FileKind::list) {
            ListRouter router(*context, products, opened, reach, parts);
            take(router);
        } else {
            FactRouter router(*context, opened, reach, parts);
            take(router);
        }
        return out;
    }
    PartSet asked(KeyKind kind, std::string_view text) const { return reach.of(kind, facts::text_key(text)); }
};

void check(const Route& route, unsigned home, PartSet to) {
    CHECK(route.home == home);
    CHECK(route.to == to);
}

} // namespace

TEST_CASE("a row of a list goes to the part of its first number, and asks for what lies elsewhere") {
    World world(Role::list,
                "phone_a,phone_b,person_id\n" + cell(number_in(1)) + ",,\n"                            // 2
                    + cell(number_in(1)) + "," + cell(number_in(5)) + ",\n"                            // 3
                    + "," + cell(number_in(3)) + ",P1\n"                                               // 4
                    + "nonsense,,P2\n"                                                                 // 5
                    + "nonsense,,\n"                                                                   // 6
                    + cell(number_in(1)) + "," + cell(number_in(1, 1)) + ",P1\n"                       // 7
                    + cell(number_in(0)) + ",,\n",                                                     // 8
                {"phone_a", "phone_b"});
    const auto routes = world.routes();
    REQUIRE(routes.size() == 7);
    check(routes.at(2), 1, set({1}));
    check(routes.at(3), 1, set({1}));
    check(routes.at(4), 3, set({3}));
    check(routes.at(5), part_of(5, parts), set({part_of(5, parts)}));
    check(routes.at(6), part_of(6, parts), set({part_of(6, parts)}));
    check(routes.at(7), 1, set({1}));
    check(routes.at(8), 0, set({0}));
    CHECK(world.reach.of(KeyKind::number, number_in(5)) == set({1}));
    for (const auto known : {number_in(1), number_in(3), number_in(1, 1), number_in(0)}) // there anyway
        CHECK(world.reach.of(KeyKind::number, known) == 0);
    CHECK(world.asked(KeyKind::person, "P1") == set({1, 3}));
    CHECK(world.asked(KeyKind::person, "P2") == set({part_of(5, parts)}));
    CHECK(world.reach.of(KeyKind::person, 0) == 0);
}

TEST_CASE("a consent goes to its number and wherever number or person are asked for, and asks for calls and contracts") {
    World world(Role::consents,
                "phone,person_id,status,consent_id,contract_id,valid_until,timestamp\n"
                + cell(number_in(1)) + ",,opt_in,R7,,,2026-01-01\n"                                    // 2
                + cell(number_in(2)) + ",,opt_in,,,,2026-01-01\n"                                      // 3: asked for by 6
                + ",P1,opt_out,,,,2026-01-01\n"                                                        // 4: asked for by 2
                + ",,opt_out,,,,2026-01-01\n"                                                          // 5
                + cell(number_in(3)) + ",P1,requested,R9,K1,2027-01-01,2026-01-01\n"                   // 6
                + cell(number_in(4)) + ",,opt_in,R1,K8,contract_end+1cy,2026-01-01\n"                  // 7
                + cell(number_in(5)) + ",P3,requested,,K9,Contract_end+1cy,2026-01-01\n"               // 8
                + cell(number_in(0)) + ",,opt_in,,,contract_end+1cy,2026-01-01\n");                    // 9
    world.reach.add(KeyKind::number, number_in(2), set({6}));
    world.reach.add(KeyKind::person, facts::text_key("P1"), set({2}));
    world.reach.add(KeyKind::request, facts::text_key("R1"), set({7}));
    world.reach.add(KeyKind::contract, facts::text_key("K1"), set({7}));
    const auto routes = world.routes();
    REQUIRE(routes.size() == 8);
    check(routes.at(2), 1, set({1}));
    check(routes.at(3), 2, set({2, 6}));
    check(routes.at(4), home_of("P1"), set({home_of("P1"), 2}));
    check(routes.at(5), part_of(5, parts), set({part_of(5, parts)}));
    check(routes.at(6), 3, set({2, 3})); // what a contract or a request is asked for by is not for consents
    check(routes.at(7), 4, set({4}));
    check(routes.at(8), 5, set({5}));
    check(routes.at(9), 0, set({0}));
    CHECK(world.asked(KeyKind::request, "R7") == 0);
    CHECK(world.asked(KeyKind::request, "R9") == set({2, 3}));
    CHECK(world.asked(KeyKind::request, "R1") == set({7}));
    CHECK(world.asked(KeyKind::contract, "K1") == set({7})); // a stated day hangs on no contract
    CHECK(world.asked(KeyKind::contract, "K8") == set({4}));
    CHECK(world.asked(KeyKind::contract, "K9") == set({5}));
    for (const auto kind : {KeyKind::number, KeyKind::person, KeyKind::request, KeyKind::contract}) CHECK(world.reach.of(kind, 0) == 0);
}

TEST_CASE("a call goes where its request is, a relation where its contract is asked for") {
    World calls(Role::calls, "phone,called_at,request_id,consent_id\n" + cell(number_in(1)) + ",2026-01-01,R1,R2\n" // 2
                                 + cell(number_in(1)) + ",2026-01-01, ,R2\n"                                       // 3
                                 + cell(number_in(1)) + ",2026-01-01,,\n"                                          // 4
                                 + ",2026-01-01,R1,\n");                                                           // 5
    World relations(Role::relations, "phone,contract_id,kind,start,consent_id\n" + cell(number_in(1)) + ",K1,sale,2026-01-01,R1\n" // 2
                                         + cell(number_in(1)) + ",,sale,2026-01-01,R1\n"                                          // 3
                                         + cell(number_in(1)) + ",K2,sale,2026-01-01,\n");                                        // 4
    for (auto* world : {&calls, &relations}) {
        world->reach.add(KeyKind::request, facts::text_key("R1"), set({4}));
        world->reach.add(KeyKind::request, facts::text_key("R2"), set({5}));
        world->reach.add(KeyKind::contract, facts::text_key("K1"), set({6}));
        world->reach.add(KeyKind::request, 0, set({7}));
        world->reach.add(KeyKind::contract, 0, set({7}));
    }
    auto routes = calls.routes();
    check(routes.at(2), 1, set({1, 4}));
    check(routes.at(3), 1, set({1, 5}));
    check(routes.at(4), 1, set({1}));
    check(routes.at(5), part_of(5, parts), set({part_of(5, parts), 4}));
    routes = relations.routes();
    check(routes.at(2), 1, set({1, 6}));
    check(routes.at(3), 1, set({1}));
    check(routes.at(4), 1, set({1}));
}

TEST_CASE("a fact with several numbers goes to all of them and is at home with the first") {
    World world(Role::suppress,
                "phone_a,phone_b,person_id\n" + cell(number_in(4)) + "," + cell(number_in(2)) + ",\n" // 2
                    + "nonsense," + cell(number_in(6)) + ",P1\n"                                      // 3
                    + ",,P1\n",                                                                       // 4
                {"phone_a", "phone_b"});
    world.reach.add(KeyKind::number, number_in(2), set({7}));
    world.reach.add(KeyKind::person, 0, set({5}));
    const auto routes = world.routes();
    check(routes.at(2), 4, set({2, 4, 7}));
    check(routes.at(3), 6, set({6}));
    check(routes.at(4), home_of("P1"), set({home_of("P1")}));
}
