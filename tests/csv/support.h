/// What the csv tests share: reading a text completely, files that vanish, packing.
#pragma once
#include "csv/plain_reader.h"
#include "csv/reader.h"
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::csv::test {

/// Everything that reading a text yields.
struct Result {
    std::vector<PlainRecord> records; ///< in order; cells as text() gives them
    std::vector<std::string> names;
    std::string header_raw;
    Encoding encoding = Encoding::utf8;
    Dialect dialect;
    Tally tally;
    std::string failure; ///< the message, if reading ended with one
};

/// Reads with one thread (or `threads`) and never throws a Failure: its message is in the result.
Result read(std::unique_ptr<Source> source, const Stated& stated = {}, const ReaderOptions& options = {},
            unsigned threads = 1);
Result read(std::string text, const Stated& stated = {}, const ReaderOptions& options = {},
            unsigned threads = 1);

/// The cells of all records, for tests that look at nothing else: rows joined by "/", cells by "|"; a damaged
/// record is
/// "!reason".
std::string cells(const Result& result);
std::string cells(std::string text, const Stated& stated = {}, const ReaderOptions& options = {});

/// Message of the Failure that `action` throws, or "" if none.
template <typename Action> std::string failure_of(Action&& action);

ReaderOptions in_blocks_of(std::size_t bytes);
ReaderOptions setting_aside(std::size_t block_bytes = 512 << 10);

std::string gzip(std::string_view text);
std::string zstd(std::string_view text);
std::string utf16(std::string_view ascii, bool big_endian, bool mark = true);

/// A directory that is removed with all its files.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    /// Writes a file and gives its path.
    std::string write(const std::string& name, std::string_view bytes) const;
    std::string path(const std::string& name) const { return (root_ / name).string(); }

private:
    std::filesystem::path root_;
};

} // namespace callscrub::csv::test

#include "base/failure.h"

template <typename Action> std::string callscrub::csv::test::failure_of(Action&& action) {
    try {
        action();
    } catch (const base::Failure& failure) {
        return failure.what();
    }
    return {};
}
