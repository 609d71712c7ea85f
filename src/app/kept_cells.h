/// The judged cells of a clean row as bytes: what Renderer::mend needs to take the row, or some of its numbers, off the
/// clean list again where there is no history to judge it anew.
#pragma once
#include "app/row_judge.h"
#include "law/rules.h"
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::app {

class KeptCells {
public:
    explicit KeptCells(const Context& context) : context_(context) {}

    /// A row with one number can only leave the list as a whole, so of its cell hardly anything is kept.
    static void put(std::string& out, const std::vector<JudgedCell>& cells, const Context& context, const history::History& history);

    /// The cells refer to rules and citations that live as long as this object. Failure (input) for damaged bytes.
    void get(std::string_view bytes, std::vector<JudgedCell>& out);

private:
    const law::Citation* citation(std::string_view article);
    const law::BasisRule* rule(std::string_view id, law::Basis basis, std::string_view article);

    const Context& context_;
    std::map<std::string, law::Citation, std::less<>> citations_; ///< by article: all that reports tell of one
    std::map<std::string, law::BasisRule> rules_;                 ///< by what reports tell of one
};

} // namespace callscrub::app
