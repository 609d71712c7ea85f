#include "report/digest.h"
#include "base/failure.h"
#include "report/fd.h"
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <new>
#include <openssl/evp.h>
#include <unistd.h>
#include <vector>

namespace callscrub::report {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() {
        if (context == nullptr) throw std::bad_alloc();
        start();
    }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    void start() { require(EVP_DigestInit_ex(context, EVP_sha256(), nullptr)); }
    static void require(int done) {
        if (done != 1) throw base::Failure(base::Exit::internal, "SHA-256 is not available from OpenSSL");
    }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    State::require(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
}

std::string Sha256::hex() {
    std::array<unsigned char, 32> digest{};
    unsigned length = 0;
    State::require(EVP_DigestFinal_ex(state_->context, digest.data(), &length));
    state_->start();
    std::string out;
    out.reserve(64);
    for (const unsigned char byte : digest) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

std::string sha256_hex(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

FileDigest sha256_file(const std::string& path) {
    const auto fail = [&path](const std::string& what) {
        throw base::Failure(base::Exit::input, base::Place{path}, what);
    };
    // O_NONBLOCK: opening a pipe must not wait for a writer.
    const Fd fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!fd.open()) fail("can't be opened: " + errno_text(errno));
    struct stat st {};
    if (fstat(fd.get(), &st) != 0 || !S_ISREG(st.st_mode)) fail("is not a regular file");
    Sha256 hash;
    std::vector<char> buffer(std::size_t{256} << 10);
    FileDigest out;
    for (;;) {
        const ssize_t got = ::read(fd.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("can't be read: " + errno_text(errno));
        if (got == 0) break;
        hash.add({buffer.data(), static_cast<std::size_t>(got)});
        out.size += static_cast<std::uint64_t>(got);
    }
    out.sha256 = hash.hex();
    return out;
}

} // namespace callscrub::report
