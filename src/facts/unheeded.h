/// Columns that nobody reads although their names carry weight: words/unheeded.csv.
#pragma once
#include "facts/columns.h"
#include <functional>

namespace callscrub::facts {

struct Unheeded {
    enum class Why : std::uint8_t {
        says_no,  ///< "do_not_call", "Sperrvermerk": it may say that somebody must not be called
        permits,  ///< of a list, "toestemming_bellen": it may say whether somebody may be called
        voids,    ///< "IsDeleted", "EffectiveFrom": it may say that a row does not count, or not yet
        ends,     ///< "cancelled_at", "opzegdatum": it may end a permission or a relationship
        mistyped, ///< "vaild_until": nearly the name of one of our columns, which was not found
    };
    Why why = Why::says_no;
    std::size_t at = 0;            ///< index of the header, from 0
    Column column = Column::phone; ///< ends, mistyped: the column that it may be meant for
};

/// Those of the columns not used. Lists, consents, relations and calls have such; what a suppression file or a register
/// does not read can only make it stricter.
/// `constant`: whether all rows have one stated value of a column.
std::vector<Unheeded> unheeded(FileKind kind, std::span<const std::string> headers, const ColumnMap& columns,
                               const std::function<bool(Column)>& constant);

/// Whether the header speaks of something else than telephones: e-mail, fax, letters.
bool is_harmless(std::string_view header);

/// Whether a remark in a cell says that somebody must not be called, by the words for headers: "niet bellen!", "opted out".
bool says_no(std::string_view remark);

} // namespace callscrub::facts
