/// A list's rows as output bytes: what one thread makes of one block, and its mending when numbers of earlier blocks
/// stand in it again.
#pragma once
#include "app/scrub.h"
#include <map>
#include <set>

namespace callscrub::app {

/// Numbers that a clean list already has, with the line where each stands first. Open addressing; grows.
class NumbersSeen {
public:
    /// Line of the row that has the number; `line` itself if it is new (and from now on it is not).
    std::uint64_t first_line(facts::Number number, std::uint64_t line);
    void prefetch(facts::Number number) const { __builtin_prefetch(slots_.data() + (history::spread(number) & (slots_.size() - 1))); }

private:
    struct Slot {
        facts::Number number = 0;
        std::uint64_t line = 0;
    };
    static std::size_t place(const Slot* slots, std::size_t size, facts::Number number);
    history::Array<Slot> slots_{1 << 12};
    std::size_t used_ = 0;
};

/// The four files that a list becomes, as buffers.
struct Pieces {
    std::string clean, rejected, evidence, renew;
    void clear() {
        for (auto* piece : {&clean, &rejected, &evidence, &renew}) piece->clear();
    }
};

/// What a block became.
struct Rendered {
    /// A clean row, so that it can be taken out again.
    struct CleanRow {
        std::string_view raw; ///< in the block
        std::uint64_t line = 0;
        csv::Encoding encoding = csv::Encoding::utf8;
        std::size_t kept_begin = 0, kept_end = 0; ///< of its cells in `kept`
        std::size_t first_number = 0;        ///< into `numbers`; ends where the next row's begin
        std::array<std::size_t, 4> begin{};  ///< of its bytes in the pieces, in their order
        std::array<std::size_t, 4> end{};
        law::Basis basis = law::Basis::none;
        facts::Day until = facts::day_max;
        std::uint32_t emptied = 0;
        std::uint64_t doubts = 0;            ///< of all its numbers, as in verdict::Judgement
        const law::Jurisdiction* law = nullptr; ///< of its first number, with …
        const law::Jurisdiction* other_law = nullptr;
        const law::Regime* regime = nullptr;
    };
    /// A row, so that it can travel alone.
    struct Mark {
        std::uint64_t line = 0;
        std::array<std::size_t, 4> end{}; ///< of its bytes in the pieces; they begin where the row before ends
    };
    csv::Block block; ///< keeps the raw rows alive
    Pieces pieces;
    std::vector<CleanRow> rows;
    std::vector<facts::Number> numbers;
    report::Tallies tallies;
    std::vector<Mark> marks; ///< of all rows, and `kept`, the cells of clean ones: only for a merge
    std::string kept;
};

std::array<std::size_t, 4> sizes(const Pieces& pieces);
/// Counts a clean row, or takes it back.
void count_clean(report::Tallies& tallies, const Rendered::CleanRow& row, bool add);

class KeptCells;

/// How rows that are mended elsewhere than they were judged travel.
struct MergeSide {
    bool keep = false;          ///< the part: marks rows and keeps the cells of clean ones
    KeptCells* kept = nullptr;  ///< the merge: cells come from there and not from the judge
};

/// One thread's renderer. References outlive it.
class Renderer {
public:
    Renderer(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
             const std::vector<std::string>& files, const report::RowStyle& style, MergeSide side = {});

    /// Judges and writes one row.
    void row(const csv::Record& record, Rendered& out);
    /// Judges and writes every row of the block.
    void render(const csv::Block& block, Rendered& out);
    /// Takes out what is on the clean list already. Blocks come in the order of the list.
    void mend(Rendered& rendered, NumbersSeen& seen);
    const csv::Tally& tally() const { return records_.tally(); }
    /// Adds the articles that the rows so far were judged by.
    void report_articles(ScrubbedList& out) const;

private:
    /// The row of the question, whose judged cells are in hand.
    void settle(const Question& question, Rendered& out);
    /// Of the records that decided for the first `count` judged rows.
    void prefetch_names(std::size_t count);
    void emit(const csv::Record& record, Rendered& out);
    void emit_clean(const csv::Record& record, Rendered& out);
    void emit_rejected(const csv::Record& record, Rendered& out);
    void evidence(const csv::Record& record, const JudgedCell& cell, Pieces& out);
    void reject(const csv::Record& record, std::size_t cell, std::string_view body, bool emptied, Pieces& out);
    void redo(const Rendered::CleanRow& row, const Rendered& rendered, NumbersSeen& seen, Rendered& out);
    void redo_single(const Rendered::CleanRow& row, std::uint64_t first, Rendered& out);
    void count_law(const law::Jurisdiction* law, Rendered& out);
    static facts::Day retain_until(const JudgedCell& cell, const law::Jurisdiction& law);
    std::string_view stricter_of(const JudgedCell& cell);
    std::string_view line_end(const csv::Record& record) const;

    const Context& context_;
    const Opened& list_;
    const history::History& history_;
    RowJudge judge_;
    const report::RowStyle& style_;
    report::RowWriter writer_;
    csv::Records records_;
    PartLines::Cursor places_;
    MergeSide side_;
    std::vector<Question> questions_; ///< of the rows that are read ahead, and …
    std::vector<std::vector<JudgedCell>> judged_; ///< … their cells
    std::vector<const char*> names_;  ///< places of the names of the records that decided
    Pieces mended_;                   ///< memory for the next block that is mended
    std::vector<JudgedCell> cells_;   ///< of the row in hand
    std::string note_;
    const law::Jurisdiction* last_law_ = nullptr; ///< of the block in hand, with …
    std::uint64_t* law_rows_ = nullptr;           ///< … its place in the tallies

    /// Citations met so far, by reason or basis; the last one of each is asked first.
    template <std::size_t Kinds> struct Met {
        std::array<const law::Citation*, Kinds> last{};
        std::set<std::pair<std::size_t, const law::Citation*>> all;
        void add(std::size_t kind, const law::Citation* citation) {
            if (last[kind] == citation || !citation) return;
            last[kind] = citation;
            all.emplace(kind, citation);
        }
    };
    Met<law::reason_count> reasons_met_;
    Met<law::basis_count> bases_met_;
    std::map<std::pair<const law::Jurisdiction*, const law::Jurisdiction*>, std::string> two_laws_;
};

} // namespace callscrub::app
