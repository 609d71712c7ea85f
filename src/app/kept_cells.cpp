#include "app/kept_cells.h"
#include "app/bytes.h"

namespace callscrub::app {

namespace {

enum Flag : unsigned { clean = 1, whole = 2 };

void put_source(std::string& out, facts::Source source) {
    put_number(out, source.line);
    put_number(out, source.file);
}

facts::Source take_source(TakeBytes& in) {
    facts::Source out;
    out.line = static_cast<std::uint32_t>(in.number());
    out.file = static_cast<std::uint16_t>(in.number());
    return out;
}

facts::Day take_day(TakeBytes& in) { return static_cast<facts::Day>(in.signed_number()); }

void put_proof(std::string& out, const JudgedCell& cell, const history::History& history) {
    const auto& judgement = cell.verdict.judgement;
    put_text(out, judgement.rule->id);
    put_number(out, static_cast<std::uint64_t>(judgement.rule->basis));
    put_text(out, judgement.rule->citation.article);
    put_source(out, judgement.source);
    put_signed(out, judgement.given_day);
    put_signed(out, cell.last_call);
    put_number(out, judgement.doubts);
    put_text(out, judgement.source.known() ? history.name_of(judgement.source) : std::string());
}

void put_reasons(std::string& out, const verdict::Reasons& reasons) {
    std::uint64_t count = 0;
    reasons.each([&](law::Reason) { ++count; });
    put_number(out, count);
    reasons.each([&](law::Reason reason) {
        put_number(out, static_cast<std::uint64_t>(reason));
        const auto* citation = reasons.citation(reason);
        put_text(out, citation ? "+" + citation->article : std::string());
        put_source(out, reasons.source(reason));
    });
}

} // namespace

void KeptCells::put(std::string& out, const std::vector<JudgedCell>& cells, const Context& context, const history::History& history) {
    put_number(out, cells.size());
    for (const auto& cell : cells) {
        const unsigned flags = (cell.verdict.clean ? clean : 0U) | (cells.size() > 1 ? whole : 0U);
        put_number(out, flags);
        put_number(out, cell.phone.number);
        const auto* regime = cell.law ? cell.verdict.judgement.regime : nullptr;
        put_number(out, cell.law ? context.index_of(*cell.law) + 1 : 0);
        put_number(out, cell.other_law ? context.index_of(*cell.other_law) + 1 : 0);
        put_number(out, regime ? static_cast<std::uint64_t>(regime - cell.law->regimes.data()) + 1 : 0);
        if (cells.size() == 1) continue;
        put_signed(out, cell.verdict.callable_until);
        if (cell.verdict.clean) put_proof(out, cell, history);
        else put_reasons(out, cell.verdict.judgement.reasons);
    }
}

const law::Citation* KeptCells::citation(std::string_view article) {
    auto at = citations_.find(article);
    if (at == citations_.end()) {
        law::Citation one;
        one.article = article;
        at = citations_.emplace(std::string(article), std::move(one)).first;
    }
    return &at->second;
}

const law::BasisRule* KeptCells::rule(std::string_view id, law::Basis basis, std::string_view article) {
    const auto key = std::string(id) + '\n' + std::string(law::name(basis)) + '\n' + std::string(article);
    auto [at, added] = rules_.try_emplace(key);
    if (added) {
        at->second.id = id;
        at->second.basis = basis;
        at->second.citation.article = article;
    }
    return &at->second;
}

void KeptCells::get(std::string_view bytes, std::vector<JudgedCell>& out) {
    TakeBytes in(bytes);
    out.resize(in.number());
    for (auto& cell : out) {
        cell = {};
        const auto flags = in.number();
        cell.verdict.clean = (flags & clean) != 0;
        cell.phone.number = in.number();
        if (const auto law = in.number(); law != 0) {
            cell.law = &context_.rules.jurisdictions()[law - 1];
            cell.window = context_.window(*cell.law);
        }
        if (const auto other = in.number(); other != 0) cell.other_law = &context_.rules.jurisdictions()[other - 1];
        if (const auto regime = in.number(); regime != 0 && cell.law) cell.verdict.judgement.regime = &cell.law->regimes[regime - 1];
        if ((flags & whole) == 0) continue;
        cell.verdict.callable_until = take_day(in);
        auto& judgement = cell.verdict.judgement;
        if (cell.verdict.clean) {
            const auto id = in.text();
            const auto basis = static_cast<law::Basis>(in.number());
            judgement.rule = rule(id, basis, in.text());
            judgement.source = take_source(in);
            judgement.given_day = take_day(in);
            cell.last_call = take_day(in);
            judgement.doubts = in.number();
            cell.record_id = std::string(in.text());
            continue;
        }
        for (auto count = in.number(); count > 0; --count) {
            const auto reason = static_cast<law::Reason>(in.number());
            const auto article = in.text();
            const auto source = take_source(in);
            judgement.reasons.add(reason, article.empty() ? nullptr : citation(article.substr(1)), source);
        }
    }
}

} // namespace callscrub::app
