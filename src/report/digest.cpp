// The plain functions, deprecated since OpenSSL 3: they ask for no memory, so they can't fail. EVP looks its algorithm up in
// tables that it makes at its first use, and where there is no memory for them it crashes (3.0, a lock that is not there).
#define OPENSSL_API_COMPAT 0x10100000L
#include "report/digest.h"
#include "base/failure.h"
#include "report/fd.h"
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <openssl/sha.h>
#include <unistd.h>
#include <vector>

namespace callscrub::report {

struct Sha256::State {
    SHA256_CTX context;
    State() { SHA256_Init(&context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) { SHA256_Update(&state_->context, bytes.data(), bytes.size()); }

std::string Sha256::hex() {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256_Final(digest.data(), &state_->context);
    SHA256_Init(&state_->context);
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
