/// How the cells of one file are read: decided once per file, then shared by all threads.
#pragma once
#include "facts/cells.h"
#include "facts/dates.h"
#include "facts/facts.h"
#include "facts/words.h"
#include <cstring>
#include <memory>

namespace callscrub::facts {

/// The words of every column that has a vocabulary.
struct Vocabulary {
    WordMap status{"status"};
    WordMap channel{"channel"};
    WordMap party{"party"};
    WordMap kind{"kind"};
    WordMap relation_status{"relation_status"};
    WordMap paid{"paid"};
    WordMap informed{"informed"};
    WordMap objection_offered{"objection_offered"};
    WordMap number_source{"number_source"};
    WordMap outcome{"outcome"};

    Vocabulary() = default;
    /// `own`: canonical column → word → meaning, as the profile states it. For relations the column `status` is the
    /// relation's.
    Vocabulary(FileKind kind, const std::map<std::string, std::map<std::string, std::string>>& own);
};

struct Reading {
    FileKind kind = FileKind::consents;
    std::uint16_t file = 0;        ///< index of the file in Source
    std::shared_ptr<const Vocabulary> words;
    std::array<DateReader, column_count> dates; ///< by column
    Region region;                 ///< of numbers without country code; a `country` column overrules it
    std::uint8_t register_id = 0;
    bool end_is_first_inactive = false; ///< what `end` of a relation means
};

/// A company's name and what kind of company that says: "Fa. Nordlicht GmbH" is "nordlicht" and "gmbh".
struct CompanyName {
    std::string bare; ///< as header_key
    std::string form; ///< "" = it says none
    explicit CompanyName(std::string_view name);
    /// Whether both may be one company: not if they are of two kinds.
    bool may_be(const CompanyName& other) const;
};

/// Entities and their names: which of them is the campaign's own.
class OwnEntity {
public:
    explicit OwnEntity(std::string_view name);
    /// Takes every entity for the campaign's: for looking at files before there is a campaign.
    static OwnEntity anybody();
    /// `cell`: names separated by `|`, compared folded. Unclear: a word for everybody ("alle Gesellschaften"), a name that differs
    /// from the campaign's in signs, accents or a kind of company that only one of them says (GmbH, B.V.) only, or that holds it among others separated otherwise.
    EntityFit fit(std::string_view cell) const;

private:
    bool may_be_own(std::string_view name) const;

    std::string folded_;
    std::string key_; ///< as header_key
    CompanyName company_;
    bool anybody_ = false;
};

/// The cell, trimmed; "" if it says that there is nothing: signs alone, zeros, or a word for it (NULL, n/a, unbekannt,
/// geen). A cross is no such word.
std::string_view stated(std::string_view cell);

/// Whether a cell of `evidence` names a proof: it states something, and not a no.
bool is_evidence(std::string_view cell);

/// Key of a person, contract or request as it is written, trimmed, without a spreadsheet's guard ('4711, ="4711"); 0 if the cell states none.
/// Case matters.
TextKey text_key(std::string_view cell);

/// A small memory of what cells meant: most columns repeat a few words. One thread.
template <class Value> class LastSeen {
public:
    template <class Compute> const Value& get(std::string_view cell, Compute&& compute) {
        Entry& entry = entries_[slot(cell)];
        if (!entry.used || !same(entry.cell, cell)) {
            entry.value = compute(cell);
            entry.cell.assign(cell);
            entry.used = true;
        }
        return entry.value;
    }

private:
    static constexpr std::size_t size = 128;
    struct Entry {
        std::string cell;
        Value value{};
        bool used = false;
    };
    template <class Word> static Word word(std::string_view text, std::size_t at) {
        Word out;
        std::memcpy(&out, text.data() + at, sizeof out);
        return out;
    }
    template <class Word> static bool same_ends(std::string_view a, std::string_view b) {
        const std::size_t last = a.size() - sizeof(Word);
        return word<Word>(a, 0) == word<Word>(b, 0) && word<Word>(a, last) == word<Word>(b, last);
    }
    // Cells are short, mostly: both ends of each, which may overlap, instead of a call.
    static bool same(std::string_view a, std::string_view b) {
        if (a.size() != b.size()) return false;
        if (a.size() - 8 <= 8) return same_ends<std::uint64_t>(a, b);
        if (a.size() - 4 <= 4) return same_ends<std::uint32_t>(a, b);
        if (a.size() - 2 <= 2) return same_ends<std::uint16_t>(a, b);
        return a == b;
    }
    static std::size_t slot(std::string_view cell) {
        if (cell.empty()) return 0;
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(cell[i]); };
        return (cell.size() * 31U + byte(0) * 7U + byte(cell.size() - 1) * 3U + byte(cell.size() / 2)) % size;
    }
    std::array<Entry, size> entries_;
};

} // namespace callscrub::facts
