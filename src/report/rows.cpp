#include "report/rows.h"
#include "csv/writer.h"
#include <charconv>

namespace callscrub::report {

using law::Reason;

namespace {

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
    encode_in(csv::Encoding::utf8);
}

// What has been encoded so far is forgotten.
void RowWriter::encode_in(csv::Encoding encoding) {
    encoding_ = encoding;
    for (auto& told : told_) told.clear();
    places_.clear();
    for (const auto& file : files_) {
        auto& place = places_.emplace_back();
        const std::string name = file + ":";
        std::string as_cell;
        cell(as_cell, name);
        if (as_cell == style_.delimiter + name) place.list = as_cell;
        as_cell.clear();
        csv::append_neutral(as_cell, name);
        if (as_cell == name) place.own = name;
    }
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
std::string RowWriter::article(const Rejection& rejection, const law::Citation* citation) {
    std::string text(rejection.law), out;
    if (!rejection.two_laws.empty()) (text += ", ") += rejection.two_laws;
    if (citation) (text += text.empty() ? "" : ": ") += citation->article;
    cell(out, text);
    return out;
}

const std::string& RowWriter::codes(const verdict::Reasons& reasons) {
    auto [it, added] = codes_.try_emplace(reasons.bits());
    if (!added) return it->second;
    std::string all;
    std::string_view last;
    reasons.each([&](Reason reason) {
        const auto code = law::code(reason);
        if (code == last) return;
        if (!last.empty()) all += ';';
        all += code;
        last = code;
    });
    auto& out = it->second;
    (out += style_.delimiter) += law::code(reasons.first());
    out += style_.delimiter;
    csv::append_cell(out, all, style_.delimiter, style_.quote == 0 ? '"' : style_.quote);
    return out;
}

const std::string& RowWriter::told(Reason reason, const Rejection& rejection) {
    const auto* citation = rejection.reasons->citation(reason);
    auto& known = told_[static_cast<std::size_t>(reason)];
    for (const auto& one : known)
        if (one.citation == citation && one.law == rejection.law && one.two_laws == rejection.two_laws) return one.cells;
    auto& out = known.emplace_back(Told{citation, std::string(rejection.law), std::string(rejection.two_laws), {}}).cells;
    cell(out, texts_[static_cast<std::size_t>(reason)]);
    out += article(rejection, citation);
    return out;
}

const std::string& RowWriter::rule_cells(const Proof& proof) {
    auto [it, added] = rules_.try_emplace({proof.rule, std::string(proof.two_laws)});
    if (!added) return it->second;
    auto& out = it->second;
    (out += law::name(proof.rule->basis)) += ',';
    csv::append_neutral(out, proof.rule->id);
    std::string article(proof.two_laws);
    if (!article.empty()) article += ": ";
    csv::append_neutral(out += ',', article += proof.rule->citation.article);
    out += ',';
    return out;
}

void RowWriter::decided_by(std::string& out, facts::Source source, bool list_style) {
    if (!source.known()) {
        if (list_style) out += style_.delimiter;
        return;
    }
    if (source.file < places_.size()) {
        const auto& place = list_style ? places_[source.file].list : places_[source.file].own;
        if (!place.empty()) {
            out += place;
            return append_number(out, source.line);
        }
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
    if (rejection.encoding != encoding_) encode_in(rejection.encoding);
    const bool readable = rejection.raw.empty();
    if (readable) out += body;
    else out.append(style_.columns - 1, style_.delimiter);
    out += style_.delimiter;
    append_number(out, rejection.line);

    const Reason first = rejection.reasons->first();
    out += codes(*rejection.reasons);
    if (rejection.note.empty()) {
        out += told(first, rejection);
    } else {
        cell(out, std::string(rejection.note) + ": " + texts_[static_cast<std::size_t>(first)]);
        out += article(rejection, rejection.reasons->citation(first));
    }
    decided_by(out, rejection.reasons->source(first), true);
    facts::append_day(out += style_.delimiter, rejection.callable_until);
    out += style_.delimiter;
    // Raw bytes stay in the list's own encoding.
    if (!readable) csv::append_neutral(out, rejection.raw, style_.delimiter, style_.quote == 0 ? '"' : style_.quote);
    out += line_end.empty() ? std::string_view(style_.line_end) : line_end;
}

void RowWriter::annotation(std::string& out, facts::Number number, law::Basis basis, facts::Day callable_until) {
    (out += style_.delimiter) += facts::e164(number);
    (out += style_.delimiter) += law::name(basis);
    facts::append_day(out += style_.delimiter, callable_until);
}

std::string_view RowWriter::evidence_header() {
    return "scrub_line,phone,basis,rule,article,decided_by,record_id,given_at,callable_from,callable_until,retain_until\n";
}

void RowWriter::evidence(std::string& out, const Proof& proof) {
    append_number(out, proof.line);
    out += ",+";
    append_number(out, proof.number);
    (out += ',') += rule_cells(proof);
    decided_by(out, proof.source, false);
    out += ',';
    csv::append_neutral(out, proof.record_id);
    for (const auto day : {proof.given, proof.callable_from, proof.callable_until, proof.retain_until}) facts::append_day(out += ',', day);
    out += '\n';
}

std::string_view RowWriter::renewal_header() { return "scrub_line,phone,callable_until,basis,rule,article,decided_by,record_id\n"; }

void RowWriter::renewal(std::string& out, const Proof& proof) {
    append_number(out, proof.line);
    out += ",+";
    append_number(out, proof.number);
    facts::append_day(out += ',', proof.callable_until);
    (out += ',') += rule_cells(proof);
    decided_by(out, proof.source, false);
    out += ',';
    csv::append_neutral(out, proof.record_id);
    out += '\n';
}

} // namespace callscrub::report
