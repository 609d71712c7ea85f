/// Opens a CSV file, finds out how it is written, and deals out its records in blocks to many threads.
///
/// How a file is cut. Blocks are cut in order, in a short locked section, and every cut is exact:
///
/// 1. A block begins at a record boundary: the first one behind the header, each other where the last
/// ended.
///
/// 2. Let every quote of a piece of text stand where RFC 4180 allows it: an opening one behind a delimiter,
/// a line end or the piece's begin, a closing one before a delimiter, a line end or the piece's end. Then
/// its record boundaries are exactly the line ends with an even number of quotes before them. All quotes
/// are checked, 64 bytes at a time, and a block is cut at the last such line end of what is well quoted.
///
/// 3. Around a quote that stands elsewhere the strict rules of records.h are run byte by byte. They decide
/// a record by bytes up to the place of its damage. A block is cut only behind records that are decided
/// within it, so the bytes behind the cut can't change them.
///
/// 4. A quote that stays open up to the end of the file, or of the longest record allowed, is decided by
/// that. The splitter sees such a quote open up to the end of its block; it sees no other one so.
///
/// So a file's records do not depend on where its blocks were cut, and no thread has to be called back.
#pragma once
#include "csv/block.h"
#include "csv/dialect.h"
#include "csv/hash_lane.h"
#include "csv/records.h"
#include "csv/source.h"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace callscrub::csv {

/// The first record of a file, or what stands in its place.
struct Header {
    bool present = true;
    std::vector<std::string> names; ///< UTF-8, as they stand; without a header "1", "2", …
    std::string raw; ///< bytes from the file's begin (BOM, sep line, skipped lines) to the header's line end
    std::uint64_t line = 1;             ///< physical line of the header (without one: of the first record)
    std::vector<std::size_t> empty;     ///< columns without a name, from 0
    std::vector<std::size_t> duplicate; ///< columns whose name an earlier one has, from 0
};

/// What was found out about a file, for `check` and the manifest.
struct Understanding {
    bool bom = false;
    bool separator_line = false;
    bool delimiter_stated = false; ///< by the user or a sep line
    bool encoding_stated = false;  ///< by the user or a BOM
};

enum class Unclosed : std::uint8_t {
    fail,      ///< a quote that is never closed ends the run: Failure with the line where it opened
    set_aside, ///< it makes a damaged record of one line; reading goes on with the next line
};

struct ReaderOptions {
    std::size_t block_bytes = std::size_t{512} << 10;
    std::size_t record_limit = std::size_t{16}
                               << 20; ///< bytes; a longer record is a Failure that names its line
    Unclosed unclosed = Unclosed::fail;
    bool allow_empty = false; ///< a file without any record is no Failure
    bool digest = true;       ///< compute SHA-256 of the file as it is on disk
    /// Of a file of one column: whether what stands where its name should be is a value, so that there is no
    /// header. Not asked if nothing is given here.
    bool (*is_value)(std::string_view) = nullptr;
};

/// What is known of a file whose header was read before: enough to go on with nothing but its records.
struct Known {
    Format format;
    Header header;
    Understanding understanding;
    Encoding encoding = Encoding::utf8; ///< of the bytes of the records
    bool empty = false;
};

class Reader {
public:
    /// Opens `path` ("-" = standard input) and reads up to the header. Failure (Exit::input) as with
    /// Source, and for an empty file, a damaged header, a file whose lines end with CR alone, UTF-16 or
    /// UTF-32 without a mark.
    static std::unique_ptr<Reader> open(const std::string& path, const Stated& stated = {},
                                        const ReaderOptions& options = {});
    /// The same over any source, for instance text in memory.
    static std::unique_ptr<Reader> over(std::unique_ptr<Source> source, const Stated& stated = {},
                                        const ReaderOptions& options = {});
    /// Over records alone: nothing is found out, nothing of it is a header. Their lines count from 1.
    static std::unique_ptr<Reader> records(std::unique_ptr<Source> source, const Known& known,
                                           const ReaderOptions& options = {});
    ~Reader();

    const SourceFacts& source() const;
    const Dialect& dialect() const { return format().dialect; }
    const Format& format() const;
    const Header& header() const;
    const Understanding& understanding() const;
    /// As far as it is known: a file that is ASCII so far counts as UTF-8. Final after the last block. The
    /// encoding of UTF-16 files is the one on disk; their blocks are UTF-8.
    Encoding encoding() const;
    /// True if there is no record and no header.
    bool empty() const;

    /// The next block; false at the end. Any number of threads may call it. A Failure is thrown in every
    /// thread that asks after it.
    bool next(Block& out);

    /// Bytes taken from disk so far; compare with source().size. Callable from any thread.
    std::uint64_t consumed() const;
    /// Of the file as it is on disk. Call it once, when next() has returned false to every thread that uses
    /// it. Needs ReaderOptions::digest.
    Digest digest();

private:
    struct Inside;
    static std::unique_ptr<Inside> inside_over(std::unique_ptr<Source> source, const ReaderOptions& options);
    explicit Reader(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace callscrub::csv
