// The plain functions, deprecated since OpenSSL 3: they ask for no memory, so they can't fail. EVP looks its algorithm up in
// tables that it makes at its first use, and where there is no memory for them it crashes (3.0, a lock that is not there).
#define OPENSSL_API_COMPAT 0x10100000L
#include "csv/hash_lane.h"
#include <openssl/sha.h>

namespace callscrub::csv {

struct HashLane::Context {
    SHA256_CTX sha;
    Context() { SHA256_Init(&sha); }
};

HashLane::HashLane(std::size_t backlog) : backlog_(backlog), context_(std::make_unique<Context>()) {}
HashLane::~HashLane() = default;

void HashLane::submit(std::uint64_t index, std::shared_ptr<const void> owner, std::string_view bytes) {
    std::unique_lock held(lock_);
    // The next piece in order never waits: it is what the others wait for.
    moved_.wait(held, [&] { return index == next_ || waiting_.size() < backlog_; });
    waiting_.emplace(index, Piece{std::move(owner), bytes});
    if (!hashing_) drain(held);
}

/// Hashes what is ready in order, with the lock released meanwhile.
void HashLane::drain(std::unique_lock<std::mutex>& held) {
    hashing_ = true;
    for (auto ready = waiting_.find(next_); ready != waiting_.end(); ready = waiting_.find(next_)) {
        const Piece piece = std::move(ready->second);
        waiting_.erase(ready);
        held.unlock();
        SHA256_Update(&context_->sha, piece.bytes.data(), piece.bytes.size());
        held.lock();
        bytes_ += piece.bytes.size();
        ++next_;
        moved_.notify_all();
    }
    hashing_ = false;
    moved_.notify_all();
}

Digest HashLane::finish(std::uint64_t pieces) {
    std::unique_lock held(lock_);
    moved_.wait(held, [&] { return next_ >= pieces && !hashing_; });
    unsigned char raw[SHA256_DIGEST_LENGTH];
    SHA256_Final(raw, &context_->sha);
    static constexpr char digits[] = "0123456789abcdef";
    Digest digest;
    for (const unsigned char byte : raw) {
        digest.sha256 += digits[byte >> 4];
        digest.sha256 += digits[byte & 15];
    }
    digest.bytes = bytes_;
    return digest;
}

} // namespace callscrub::csv
