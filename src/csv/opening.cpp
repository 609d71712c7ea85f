#include "csv/opening.h"
#include "base/failure.h"
#include "base/text.h"
#include "csv/framer.h"
#include "csv/raw_input.h"
#include "csv/strict.h"
#include "csv/transcode.h"
#include <algorithm>
#include <set>

namespace callscrub::csv {

namespace {

/// By so much of a file its delimiter is judged. A constant, so that nothing depends on the size of blocks.
constexpr std::size_t sample_bytes = std::size_t{256} << 10;

/// `text` without a character that its end may cut.
std::string_view whole_characters(std::string_view text) {
    for (int i = 0; i < 3 && !text.empty() && static_cast<unsigned char>(text.back()) >= 0x80; ++i)
        text.remove_suffix(1);
    return text;
}

Census census_of(Source& source) {
    constexpr std::size_t piece = std::size_t{1} << 20;
    const auto buffer = std::make_shared<Buffer>(piece);
    Census census;
    for (std::size_t kept = 0;;) {
        const std::size_t got = source.read(buffer, kept, piece - kept);
        const std::string_view text(buffer->data(), kept + got);
        const std::string_view whole = got == 0 ? text : whole_characters(text);
        census.add(whole);
        if (got == 0) return census;
        kept = text.size() - whole.size();
        std::copy_n(text.data() + whole.size(), kept, buffer->data());
    }
}

class Opening {
public:
    Opening(Window& window, const Stated& stated, const ReaderOptions& options)
        : window_(window), stated_(stated), options_(options) {
        out_.format.record_limit = options.record_limit;
        out_.header.present = !stated.no_header;
        Dialect& dialect = out_.format.dialect;
        dialect.header = !stated.no_header;
        dialect.skip_lines = stated.skip;
        if (stated.quote) dialect.quote = *stated.quote;
        if (stated.escape && *stated.escape != dialect.quote) dialect.escape = *stated.escape;
    }

    Opened run() {
        window_.fill(sample_bytes);
        byte_order_mark();
        encoding();
        refuse_cr_only();
        preamble();
        blank_lines();
        window_.fill(sample_bytes);
        line_length("the header", "check delimiter and quotes"); // a wide header belongs to the sample
        delimiter();
        first_record();
        return std::move(out_);
    }

private:
    [[noreturn]] void fail(const std::string& what) const { fail_at(*window_.source, 0, what); }

    /// Moves on; the bytes become part of the raw header.
    void take(std::size_t bytes) {
        const std::string_view text = window_.text().substr(0, bytes);
        out_.header.raw += text;
        out_.line += line_ends(text);
        out_.offset += bytes;
        window_.pass(bytes);
    }

    void byte_order_mark() {
        using namespace std::string_view_literals;
        const std::string_view text = window_.text();
        if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv))
            fail("is UTF-32; expected UTF-8, UTF-16 or a one-byte encoding: save it as UTF-8");
        const bool little = text.starts_with("\xFF\xFE"sv);
        const bool big = text.starts_with("\xFE\xFF"sv);
        if (little || big) return utf16(big ? Encoding::utf16be : Encoding::utf16le, 2);
        if (text.starts_with("\xEF\xBB\xBF"sv)) {
            out_.understanding.bom = true;
            take(3);
        } else if (stated_.encoding == Encoding::utf16le || stated_.encoding == Encoding::utf16be) {
            utf16(*stated_.encoding, 0);
        } else if (!stated_.encoding) {
            refuse_unmarked_utf16(text);
        }
    }

    void utf16(Encoding found, std::size_t mark) {
        if (stated_.encoding && *stated_.encoding != found)
            fail("begins with the mark of " + std::string(name(found)) + ", but encoding " +
                 std::string(name(*stated_.encoding)) + " is stated; leave the encoding out");
        out_.encoding = found;
        out_.encoding_final = true;
        out_.understanding.bom = mark != 0;
        std::string ahead(window_.text().substr(mark));
        Window decoded(from_utf16(std::move(window_.source), std::move(ahead), found == Encoding::utf16be));
        window_.source = std::move(decoded.source);
        window_.begin = window_.end = 0;
        window_.complete = false;
        window_.fill(sample_bytes);
    }

    void refuse_unmarked_utf16(std::string_view text) const {
        const std::string_view head = text.substr(0, 4096);
        const auto nuls = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0'));
        if (head.size() < 4 || nuls * 3 < head.size()) return;
        fail("every second byte or so is NUL: looks like UTF-16 without its mark; state encoding = "
             "\"utf-16le\" or "
             "\"utf-16be\", or save it as UTF-8");
    }

    void encoding() {
        if (out_.encoding_final) { // UTF-16
            out_.understanding.encoding_stated = true;
            return;
        }
        out_.understanding.encoding_stated = stated_.encoding.has_value() || out_.understanding.bom;
        if (stated_.encoding) out_.encoding = *stated_.encoding;
        if (out_.understanding.encoding_stated) {
            out_.encoding_final = true;
            return;
        }
        const std::string_view sample = window_.complete ? window_.text() : whole_characters(window_.text());
        if (ascii(sample)) return;
        Census census;
        census.add(sample);
        out_.encoding = census.broken == 0 ? Encoding::utf8 : find_encoding(sample, *window_.source);
        out_.encoding_final = true;
    }

    void refuse_cr_only() const {
        const std::string_view text = window_.text();
        const std::size_t cr = text.find('\r');
        if (cr == text.npos || cr + 1 >= text.size() || text.find('\n') != text.npos) return;
        fail("its lines end with CR alone (old Macintosh style); expected LF or CRLF: save it again with "
             "such line "
             "ends");
    }

    /// The length of the physical line that begins the window, its line end included. Reads on as far as it takes.
    std::size_t line_length(const char* what = "a line before the header",
                            const char* help = "expected a CSV file with line ends") {
        for (;;) {
            const std::size_t lf = window_.text().find('\n');
            if (lf != std::string_view::npos) return lf + 1;
            if (window_.complete) return window_.text().size();
            if (window_.text().size() > options_.record_limit) too_long(std::string(what) + " is longer than ", help);
            window_.fill(2 * window_.text().size() + 1);
        }
    }

    [[noreturn]] void too_long(const std::string& what, const std::string& help) const {
        fail_at(*window_.source, out_.line, what + std::to_string(options_.record_limit) + " bytes; " + help);
    }

    void preamble() {
        std::string_view first = window_.text(); // a sep line is short: it stands in the sample as a whole
        first = first.substr(0, first.find('\n'));
        while (first.ends_with('\n') || first.ends_with('\r')) first.remove_suffix(1);
        const std::optional<char> separator = separator_line(first);
        if (separator) {
            out_.format.dialect.delimiter = *separator;
            out_.understanding.separator_line = out_.understanding.delimiter_stated = true;
        }
        for (unsigned i = 0; i < std::max(stated_.skip, separator ? 1U : 0U); ++i) take(line_length());
    }

    void blank_lines() {
        for (const std::size_t before = out_.header.raw.size();;) {
            if (window_.text().size() < 2) window_.fill(sample_bytes);
            if (!window_.text().starts_with('\n') && !window_.text().starts_with("\r\n")) return;
            if (out_.header.raw.size() - before > options_.record_limit)
                too_long("nothing but blank lines for more than ", "expected a header line");
            take(line_length());
        }
    }

    void delimiter() {
        Dialect& dialect = out_.format.dialect;
        if (stated_.delimiter) dialect.delimiter = *stated_.delimiter;
        if (stated_.delimiter) out_.understanding.delimiter_stated = true;
        if (!out_.understanding.delimiter_stated)
            dialect.delimiter = detect_delimiter(window_.text(), dialect, window_.complete);
        const auto unusable = [](char c) { return c == '\n' || c == '\r'; };
        if (dialect.delimiter == dialect.quote || unusable(dialect.delimiter) || dialect.delimiter == 0)
            throw base::Failure(base::Exit::usage, "the delimiter of " +
                                                       shown_name(window_.source->facts().name) +
                                                       " can't be its quote, a line end or NUL");
        if (dialect.quote != 0 && dialect.quote != '"' && dialect.quote != '\'')
            throw base::Failure(base::Exit::usage, "the quote of " +
                                                       shown_name(window_.source->facts().name) +
                                                       " can be \", ' or nothing");
    }

    /// Decides the record at the begin of the window, reading on as far as it takes.
    Verdict decide_first(std::vector<Field>& fields) {
        for (;;) {
            const std::string_view text = window_.text();
            Marks marks(text.data(), text.size(), out_.format.dialect);
            const Verdict verdict =
                decide(marks, text.data(), 0, text.size(), window_.complete, out_.format, &fields);
            if (verdict.kind != Verdict::Kind::open) return verdict;
            window_.fill(2 * text.size() + 1);
        }
    }

    void first_record() {
        out_.header.line = out_.line;
        if (window_.text().empty() || window_.text() == "\r") {
            out_.empty = true;
            if (!options_.allow_empty) fail("the file is empty; expected at least a header line");
            return;
        }
        std::vector<Field> fields;
        const Verdict verdict = decide_first(fields);
        const std::string what = out_.header.present ? "the header" : "the first record";
        if (verdict.kind == Verdict::Kind::too_long)
            too_long(what + " is longer than ", "check delimiter and quotes");
        if (verdict.damage == Damage::none)
            out_.format.columns = static_cast<std::uint32_t>(fields.size());
        else if (out_.header.present)
            damaged_header(verdict);
        else
            return; // its damage is reported when it is dealt out; any number of cells is right
        name_columns(verdict, fields);
    }

    [[noreturn]] void damaged_header(const Verdict& verdict) const {
        const std::string_view before = window_.text().substr(0, verdict.damage_at);
        const std::size_t line = before.rfind('\n') + 1; // begins; no line end is npos, and the line begins at 0
        base::Place place{shown_name(window_.source->facts().name), out_.line + line_ends(before), static_cast<std::uint32_t>(before.size() - line) + 1};
        throw base::Failure(base::Exit::input, std::move(place),
                            "the header has " + std::string(says(verdict.damage)) +
                                "; expected column names, quoted as a whole or not at all");
    }

    void name_columns(const Verdict& verdict, const std::vector<Field>& fields) {
        Record record;
        record.raw = window_.text().substr(0, verdict.end);
        record.fields = fields;
        record.encoding =
            out_.encoding_final && out_.encoding != Encoding::utf16le && out_.encoding != Encoding::utf16be
                ? out_.encoding
                : Encoding::utf8;
        record.format = &out_.format;
        std::set<std::string> known;
        std::string scratch;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            std::string name = std::to_string(i + 1);
            if (out_.header.present) {
                const auto text = record.utf8(i, scratch);
                if (!text)
                    fail_at(*window_.source, out_.line,
                            "the name of column " + name + " holds NUL or bytes that are no " +
                                std::string(csv::name(record.encoding)) +
                                "; state the encoding or mend the header");
                if (fields.size() == 1 && options_.is_value && options_.is_value(*text))
                    return without_header();
                name = *text;
                const std::string folded = base::fold(name);
                if (folded.empty())
                    out_.header.empty.push_back(i);
                else if (!known.insert(folded).second)
                    out_.header.duplicate.push_back(i);
            }
            out_.header.names.push_back(std::move(name));
        }
        if (out_.header.present) take(verdict.end);
    }

    // A list of bare values: the first record is data.
    void without_header() {
        out_.header.present = false;
        out_.format.dialect.header = false;
        out_.header.names = {"1"};
    }

    Window& window_;
    const Stated& stated_;
    const ReaderOptions& options_;
    Opened out_;
};

} // namespace

void Window::fill(std::size_t wanted) {
    const std::size_t have = end - begin;
    if (have >= wanted || complete) return;
    // A buffer that was dealt out is never written to again.
    const auto larger = pool.take(wanted);
    if (have != 0) std::copy_n(buffer->data() + begin, have, larger->data());
    buffer = larger;
    begin = 0;
    end = have;
    while (end < wanted && !complete) {
        const std::size_t got = source->read(buffer, end, wanted - end);
        end += got;
        complete = got == 0;
    }
}

Opened open_window(Window& window, const Stated& stated, const ReaderOptions& options) {
    return Opening(window, stated, options).run();
}

Encoding find_encoding(std::string_view text, const Source& source) {
    Census here;
    here.add(text);
    if (here.sound + here.broken == 0) return Encoding::utf8;
    const auto whole = source.again();
    return judge(whole ? census_of(*whole) : here);
}

void fail_at(const Source& source, std::uint64_t line, const std::string& what) {
    throw base::Failure(base::Exit::input, base::Place{shown_name(source.facts().name), line}, what);
}

} // namespace callscrub::csv
