/// SHA-256 as OpenSSL computes it, written in lower-case hexadecimal (64 digits).
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace callscrub::report {

/// A running hash over bytes in the order they are added.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(std::string_view bytes);
    /// The digest of everything added so far; starts anew.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);

/// Size and digest of a regular file. Symbolic links are not followed.
/// Failure(Exit::input) if it can't be opened, is no regular file, or can't be read to its end.
struct FileDigest {
    std::uint64_t size = 0;
    std::string sha256;
};
FileDigest sha256_file(const std::string& path);

} // namespace callscrub::report
