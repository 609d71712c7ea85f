#include "facts/unheeded.h"
#include "base/table.h"
#include "base/text.h"
#include "embedded/words.h"
#include "facts/word_key.h"
#include <algorithm>
#include <optional>

namespace callscrub::facts {

namespace {

enum class Weight : std::uint8_t { none, says_no, permits, ends, voids, harmless, telephone };

/// "*opt out*" is somewhere in the header, "dnc*" begins it, "tps" is the whole.
struct Pattern {
    Weight weight;
    bool lists, records; ///< the files it holds for
    bool open_begin, open_end;
    std::string key;

    bool fits(const std::string& header) const {
        if (open_begin && open_end) return header.find(key) != std::string::npos;
        return open_begin ? header.ends_with(key) : open_end ? header.starts_with(key) : header == key;
    }
};

Pattern pattern_of(const std::array<std::string, 3>& row) {
    const auto& [files, weight, header] = row;
    const auto broken = [&](const char* what) {
        throw base::Failure(base::Exit::internal, "words/unheeded.csv: " + header + ": " + what);
    };
    Pattern out{Weight::none, files != "records", files != "lists", header.starts_with('*'), header.ends_with('*'), header_key(header)};
    if (weight == "says_no") out.weight = Weight::says_no;
    if (weight == "permits") out.weight = Weight::permits;
    if (weight == "ends") out.weight = Weight::ends;
    if (weight == "voids") out.weight = Weight::voids;
    if (weight == "harmless") out.weight = Weight::harmless;
    if (weight == "telephone") out.weight = Weight::telephone;
    if (out.weight == Weight::none || (files != "all" && files != "lists" && files != "records")) broken("no such word");
    if (out.key.empty()) broken("no letter in it");
    return out;
}

const std::vector<Pattern>& patterns() {
    static const std::vector<Pattern> all = [] {
        std::vector<Pattern> out;
        for (const auto& file : embedded_words())
            if (file.name == "unheeded.csv")
                for (const auto& row : base::read_table<3>(file.name, file.text, {"files", "weight", "header"}))
                    out.push_back(pattern_of(row));
        if (out.empty()) throw base::Failure(base::Exit::internal, "the program lacks its table words/unheeded.csv");
        return out;
    }();
    return all;
}

bool fits_any(Weight weight, FileKind kind, const std::string& key) {
    return std::any_of(patterns().begin(), patterns().end(), [&](const Pattern& one) {
        return one.weight == weight && (kind == FileKind::list ? one.lists : one.records) && one.fits(key);
    });
}

bool harmless(FileKind kind, const std::string& key) { return fits_any(Weight::harmless, kind, key) && !fits_any(Weight::telephone, kind, key); }

Weight weight_of(FileKind kind, const std::string& key) {
    if (harmless(kind, key)) return Weight::none;
    for (const auto weight : {Weight::says_no, Weight::ends, Weight::voids, Weight::permits})
        if (fits_any(weight, kind, key)) return weight;
    return Weight::none;
}

// Short names are near to many words; of a list's country so is "county".
std::optional<Column> mistyped(FileKind kind, const std::string& key, const ColumnMap& columns, const std::function<bool(Column)>& constant) {
    constexpr std::size_t shortest = 6;
    for (const auto column : columns_of(kind)) {
        if (columns.has(column) || constant(column) || (kind == FileKind::list && column == Column::country)) continue;
        const auto name_key = header_key(name(column));
        const std::string_view candidate = name_key;
        if (candidate.size() < shortest || key.empty() || key.front() != candidate.front() || key.back() != candidate.back()) continue;
        if (!base::nearest(key, std::span(&candidate, 1)).empty()) return column;
    }
    return std::nullopt;
}

} // namespace

std::vector<Unheeded> unheeded(FileKind kind, std::span<const std::string> headers, const ColumnMap& columns,
                               const std::function<bool(Column)>& constant) {
    std::vector<Unheeded> out;
    if (kind == FileKind::suppress || kind == FileKind::registers) return out;
    const auto end = kind == FileKind::relations ? Column::end : Column::valid_until;
    for (const auto at : columns.unused) {
        const auto key = header_key(headers[at]);
        const auto weight = kind == FileKind::calls ? Weight::none : weight_of(kind, key);
        if (weight == Weight::says_no) out.push_back({Unheeded::Why::says_no, at, Column::phone});
        else if (weight == Weight::ends) out.push_back({Unheeded::Why::ends, at, end});
        else if (weight == Weight::voids) out.push_back({Unheeded::Why::voids, at, Column::phone});
        else if (weight == Weight::permits) out.push_back({Unheeded::Why::permits, at, Column::phone});
        else if (const auto near = mistyped(kind, key, columns, constant)) out.push_back({Unheeded::Why::mistyped, at, *near});
    }
    return out;
}

bool is_harmless(std::string_view header) { return harmless(FileKind::list, header_key(header)); }

bool says_no(std::string_view remark) { return fits_any(Weight::says_no, FileKind::list, header_key(remark)); }

} // namespace callscrub::facts
