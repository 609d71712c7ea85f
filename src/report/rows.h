/// Rows of the output files, as bytes: what the program adds to rejected and clean rows, and the evidence.
#pragma once
#include "csv/encoding.h"
#include "report/texts.h"
#include "verdict/timeline.h"
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace callscrub::report {

/// How a list writes its rows; what is added follows it.
struct RowStyle {
    char delimiter = ',';
    char quote = '"';
    std::string line_end = "\n";                  ///< for rows that have none
    std::size_t columns = 0;
    std::vector<Language> languages = {Language::en};
};

/// A rejected row or cell.
struct Rejection {
    std::uint64_t line = 0;
    csv::Encoding encoding = csv::Encoding::utf8; ///< of the row's bytes; what is added is written in it too
    const verdict::Reasons* reasons = nullptr;
    facts::Day callable_until = facts::day_min;
    std::string_view note; ///< before the sentence, for people: the column of an emptied cell
    std::string_view law;  ///< regime that judged, or the country's code if none was in force; empty: no law was found
    std::string_view two_laws; ///< "the stricter of NL and DE" where country and number disagree; lives as long as the writer
    std::string_view raw;  ///< of a row that could not be read as columns
};

/// A clean row's proof.
struct Proof {
    std::uint64_t line = 0;
    facts::Number number = 0;
    const law::BasisRule* rule = nullptr;
    facts::Source source;
    std::string_view record_id;
    std::string_view two_laws; ///< as of a rejection
    facts::Day given = facts::day_min, callable_from = 0, callable_until = 0, retain_until = facts::day_min;
};

/// Appends rows to buffers. One thread; it remembers cells that it has encoded before.
class RowWriter {
public:
    /// `files`: names of the inputs by Source::file, as the user wrote them. Both outlive the writer.
    RowWriter(const RowStyle& style, const std::vector<std::string>& files);

    /// Names of the added columns, with a leading delimiter, without line end.
    std::string rejected_header() const;
    static std::string annotated_header(char delimiter);
    /// `body`: the row without its line end; empty for a row that could not be read, which gets empty cells instead.
    void rejected(std::string& out, std::string_view body, std::string_view line_end, const Rejection& rejection);
    /// scrub_phone, scrub_basis, scrub_callable_until, each with a leading delimiter.
    void annotation(std::string& out, facts::Number number, law::Basis basis, facts::Day callable_until);
    static std::string_view evidence_header();
    void evidence(std::string& out, const Proof& proof);
    /// Numbers whose permission ends soon, so that it can be renewed by a lawful channel.
    static std::string_view renewal_header();
    void renewal(std::string& out, const Proof& proof);

private:
    void cell(std::string& out, std::string_view utf8);
    const std::string& article(const Rejection& rejection, const law::Citation* citation);
    void decided_by(std::string& out, facts::Source source, bool list_style);
    void append_number(std::string& out, std::uint64_t number);

    const RowStyle& style_;
    const std::vector<std::string>& files_;
    std::array<std::string, law::reason_count> texts_; ///< sentence by reason, not quoted
    std::map<std::tuple<const law::Citation*, std::string_view, std::string_view>, std::string> articles_;
    csv::Encoding encoding_ = csv::Encoding::utf8; ///< of the row in hand and of `articles_`
    std::string scratch_;
};

/// `text` in an encoding of one byte; what it can't hold becomes '?'. UTF-8 stays as it is.
std::string encoded(std::string_view utf8, csv::Encoding to);

} // namespace callscrub::report
