#include "csv/hash_lane.h"
#include "base/failure.h"
#include <openssl/evp.h>

namespace callscrub::csv {

namespace {
void check(int ok) {
    if (ok != 1) throw base::Failure(base::Exit::internal, "SHA-256 is not available in this OpenSSL");
}
} // namespace

struct HashLane::Context {
    EVP_MD_CTX* md = EVP_MD_CTX_new();
    Context() { check(md != nullptr ? EVP_DigestInit_ex(md, EVP_sha256(), nullptr) : 0); }
    ~Context() { EVP_MD_CTX_free(md); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
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
        const int ok = EVP_DigestUpdate(context_->md, piece.bytes.data(), piece.bytes.size());
        held.lock();
        if (ok != 1) hashing_ = false;
        check(ok);
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
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    check(EVP_DigestFinal_ex(context_->md, raw, &size));
    static constexpr char digits[] = "0123456789abcdef";
    Digest digest;
    for (unsigned i = 0; i < size; ++i) {
        digest.sha256 += digits[raw[i] >> 4];
        digest.sha256 += digits[raw[i] & 15];
    }
    digest.bytes = bytes_;
    return digest;
}

} // namespace callscrub::csv
