#include "report/rows.h"
#include "csv/writer.h"
#include <charconv>

namespace callscrub::report {

using facts::day_max;
using facts::day_min;
using law::Reason;

namespace {

std::string until_text(facts::Day day) { return day == day_max || day == day_min ? std::string() : facts::to_string(day); }

// Code points above Latin-1 that the one-byte encodings know, by their byte.
struct Extra {
    char32_t point;
    unsigned char windows, latin9; ///< 0 = not there
};
constexpr Extra extras[] = {{0x20AC, 0x80, 0xA4}, {0x2018, 0x91, 0}, {0x2019, 0x92, 0}, {0x201C, 0x93, 0}, {0x201D, 0x94, 0},
                            {0x201E, 0x84, 0},    {0x2013, 0x96, 0}, {0x2014, 0x97, 0}, {0x2026, 0x85, 0}, {0x2022, 0x95, 0}};

char32_t take_point(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t point = first < 0x80 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (byte(i) & 0x3FU);
    text.remove_prefix(std::min(length, text.size()));
    return point;
}

} // namespace

std::string encoded(std::string_view utf8, csv::Encoding to) {
    if (to != csv::Encoding::windows1252 && to != csv::Encoding::latin1 && to != csv::Encoding::latin9) return std::string(utf8);
    std::string out;
    while (!utf8.empty()) {
        const char32_t point = take_point(utf8);
        unsigned char byte = point < 0x80 || (point >= 0xA0 && point < 0x100) ? static_cast<unsigned char>(point) : '?';
        for (const auto& extra : extras) {
            if (extra.point != point) continue;
            const auto known = to == csv::Encoding::windows1252 ? extra.windows : to == csv::Encoding::latin9 ? extra.latin9 : 0;
            if (known != 0) byte = static_cast<unsigned char>(known);
        }
        out += static_cast<char>(byte);
    }
    return out;
}

RowWriter::RowWriter(const RowStyle& style, const std::vector<std::string>& files) : style_(style), files_(files) {
    for (std::size_t i = 0; i < texts_.size(); ++i)
        for (const auto language : style.languages)
            texts_[i] += (texts_[i].empty() ? "" : " / ") + std::string(text(static_cast<Reason>(i), language));
}

void RowWriter::cell(std::string& out, std::string_view utf8) {
    out += style_.delimiter;
    if (style_.quote != 0) return csv::append_neutral(out, encoded(utf8, encoding_), style_.delimiter, style_.quote);
    // Without quotes a cell can hold neither the delimiter nor a line end.
    std::string plain;
    csv::append_neutral(plain, encoded(utf8, encoding_), '\0', '\0');
    for (char& c : plain)
        if (c == style_.delimiter || c == '\n' || c == '\r') c = ' ';
    out += plain;
}

void RowWriter::append_number(std::string& out, std::uint64_t number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

// "NL-3: Tw art. 11.7(2)": whose law judged stands in front, since an article of the GDPR alone doesn't tell.
const std::string& RowWriter::article(const Rejection& rejection, const law::Citation* citation) {
    auto [it, added] = articles_.try_emplace({citation, rejection.law, rejection.two_laws});
    if (!added) return it->second;
    std::string text(rejection.law);
    if (!rejection.two_laws.empty()) (text += ", ") += rejection.two_laws;
    if (citation) (text += text.empty() ? "" : ": ") += citation->article;
    cell(it->second, text);
    return it->second;
}

void RowWriter::decided_by(std::string& out, facts::Source source, bool list_style) {
    if (!source.known()) {
        if (list_style) out += style_.delimiter;
        return;
    }
    scratch_ = source.file < files_.size() ? files_[source.file] : std::string();
    scratch_ += ':';
    append_number(scratch_, source.line);
    if (list_style) cell(out, scratch_);
    else csv::append_neutral(out, scratch_);
}

std::string RowWriter::rejected_header() const {
    std::string out;
    for (const auto* name : {"scrub_line", "scrub_reason", "scrub_reasons", "scrub_text", "scrub_article", "scrub_decided_by",
                             "scrub_callable_until", "scrub_raw"})
        (out += style_.delimiter) += name;
    return out;
}

std::string RowWriter::annotated_header(char delimiter) {
    std::string out;
    for (const auto* name : {"scrub_phone", "scrub_basis", "scrub_callable_until"}) (out += delimiter) += name;
    return out;
}

void RowWriter::rejected(std::string& out, std::string_view body, std::string_view line_end, const Rejection& rejection) {
    if (rejection.encoding != encoding_) articles_.clear();
    encoding_ = rejection.encoding;
    const bool readable = rejection.raw.empty();
    if (readable) out += body;
    else out.append(style_.columns - 1, style_.delimiter);
    out += style_.delimiter;
    append_number(out, rejection.line);

    const Reason first = rejection.reasons->first();
    (out += style_.delimiter) += law::code(first);
    out += style_.delimiter;
    std::string_view last;
    scratch_.clear();
    rejection.reasons->each([&](Reason reason) {
        const auto code = law::code(reason);
        if (code == last) return;
        if (!last.empty()) scratch_ += ';';
        scratch_ += code;
        last = code;
    });
    csv::append_cell(out, scratch_, style_.delimiter, style_.quote == 0 ? '"' : style_.quote);
    if (rejection.note.empty()) cell(out, texts_[static_cast<std::size_t>(first)]);
    else cell(out, std::string(rejection.note) + ": " + texts_[static_cast<std::size_t>(first)]);
    out += article(rejection, rejection.reasons->citation(first));
    decided_by(out, rejection.reasons->source(first), true);
    (out += style_.delimiter) += until_text(rejection.callable_until);
    out += style_.delimiter;
    // Raw bytes stay in the list's own encoding.
    if (!readable) csv::append_neutral(out, rejection.raw, style_.delimiter, style_.quote == 0 ? '"' : style_.quote);
    out += line_end.empty() ? std::string_view(style_.line_end) : line_end;
}

void RowWriter::annotation(std::string& out, facts::Number number, law::Basis basis, facts::Day callable_until) {
    (out += style_.delimiter) += facts::e164(number);
    (out += style_.delimiter) += law::name(basis);
    (out += style_.delimiter) += until_text(callable_until);
}

std::string_view RowWriter::evidence_header() {
    return "scrub_line,phone,basis,rule,article,decided_by,record_id,given_at,callable_from,callable_until,retain_until\n";
}

void RowWriter::evidence(std::string& out, const Proof& proof) {
    append_number(out, proof.line);
    (out += ',') += facts::e164(proof.number);
    (out += ',') += law::name(proof.rule->basis);
    out += ',';
    csv::append_neutral(out, proof.rule->id);
    out += ',';
    scratch_ = proof.two_laws;
    if (!scratch_.empty()) scratch_ += ": ";
    csv::append_neutral(out, scratch_ += proof.rule->citation.article);
    out += ',';
    decided_by(out, proof.source, false);
    out += ',';
    csv::append_neutral(out, proof.record_id);
    (out += ',') += until_text(proof.given);
    (out += ',') += until_text(proof.callable_from);
    (out += ',') += until_text(proof.callable_until);
    (out += ',') += until_text(proof.retain_until);
    out += '\n';
}

std::string_view RowWriter::renewal_header() { return "scrub_line,phone,callable_until,basis,rule,article,decided_by,record_id\n"; }

void RowWriter::renewal(std::string& out, const Proof& proof) {
    append_number(out, proof.line);
    (out += ',') += facts::e164(proof.number);
    (out += ',') += until_text(proof.callable_until);
    (out += ',') += law::name(proof.rule->basis);
    out += ',';
    csv::append_neutral(out, proof.rule->id);
    out += ',';
    csv::append_neutral(out, proof.rule->citation.article);
    out += ',';
    decided_by(out, proof.source, false);
    out += ',';
    csv::append_neutral(out, proof.record_id);
    out += '\n';
}

} // namespace callscrub::report
