/// The rows of one CSV file in order, one thread, cells as UTF-8 text: how finished outputs are read again.
#pragma once
#include "csv/reader.h"
#include "report/manifest.h"
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::report {

/// How the clean and rejected rows of a list are written.
csv::Stated stated_form(const ManifestList& list);

class OutputRows {
public:
    /// Failure(Exit::input) as with csv::Reader. An empty file has no rows and no columns.
    explicit OutputRows(const std::string& path, const csv::Stated& stated = {});

    /// The next row; false at the end. A row that can't be split into cells counts too.
    bool next();
    std::uint64_t line() const { return record_.line; }
    /// A cell of the current row, "" where the row has none; bytes that are no text as they stand. Valid
    /// until the same column is asked for again.
    std::string_view cell(std::size_t column);

    /// Position of the last column with this name; Failure(Exit::input) if there is none. The last one,
    /// because the program's own columns stand behind those of the list.
    std::size_t column(std::string_view name) const;

private:
    std::string path_;
    std::unique_ptr<csv::Reader> reader_;
    std::unique_ptr<csv::Records> records_;
    csv::Record record_;
    std::vector<std::string> scratch_; ///< one for each column
};

} // namespace callscrub::report
