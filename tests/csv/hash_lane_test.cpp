#include "csv/hash_lane.h"
#include <algorithm>
#include <atomic>
#include <doctest/doctest.h>
#include <numeric>
#include <random>
#include <thread>
#include <vector>

using namespace callscrub::csv;

TEST_CASE("known digests") {
    HashLane empty;
    CHECK(empty.finish(0) == Digest{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0});
    HashLane abc; // FIPS 180-4
    abc.submit(1, nullptr, "c");
    abc.submit(0, nullptr, "ab");
    CHECK(abc.finish(2) == Digest{"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3});
}

TEST_CASE("pieces from several threads are hashed in order and let go") {
    std::mt19937_64 random(11);
    for (int round = 0; round < 20; ++round) {
        constexpr std::size_t count = 200;
        std::vector<std::shared_ptr<std::string>> pieces;
        std::string whole;
        for (std::size_t i = 0; i < count; ++i) {
            pieces.push_back(std::make_shared<std::string>(random() % 500, static_cast<char>('a' + i % 26)));
            whole += *pieces.back();
        }
        HashLane one;
        one.submit(0, nullptr, whole);
        HashLane lane(4); // a short backlog: threads must wait for each other
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t i = next++; i < count; i = next++) lane.submit(i, pieces[i], *pieces[i]);
        };
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) threads.emplace_back(work);
        for (auto& thread : threads) thread.join();
        CHECK(lane.finish(count) == one.finish(1));
        for (const auto& piece : pieces) CHECK(piece.use_count() == 1);
    }
}
