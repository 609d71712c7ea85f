#include "app/row_judge.h"
#include "base/text.h"
#include "verdict/cases.h"
#include <algorithm>

namespace callscrub::app {

using facts::Column;
using facts::PhoneStatus;
using law::Reason;

verdict::Campaign campaign_of(const Context& context, history::History& history) {
    const auto& spec = context.job.campaign;
    verdict::Campaign out;
    out.caller = spec.caller_type;
    out.purpose = spec.purpose;
    out.dialing = spec.dialing;
    out.caller_id_shown = spec.caller_id_shown;
    out.switches = verdict::switches_of(context.rules.policy());
    out.products = &history.products();
    for (const auto& similar : spec.similar)
        if (const auto id = history.products().product(similar)) out.similar.push_back(id);
    return out;
}

RowJudge::RowJudge(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list)
    : context_(context), history_(history), products_(history.products()), campaign_(campaign), list_(list), reader_(list),
      phones_(list.columns) {
    campaign_product_ = products_.product(context.job.campaign.product);
}

void reject(JudgedCell& out, Reason reason, facts::Source source) {
    out.verdict.clean = false;
    out.verdict.callable_until = facts::day_min;
    out.verdict.judgement.rule = nullptr;
    out.verdict.judgement.reasons.clear();
    out.verdict.judgement.reasons.add(reason, nullptr, source);
}

void RowJudge::judge_under(const law::Jurisdiction& law, JudgedCell& out, facts::Number number) {
    history_.subject(number, person_, *law.zone, facts_);
    out.law = &law;
    out.window = context_.window(law);
    out.on_record = !facts_.empty();
    out.last_call = facts::day_min;
    for (const auto& call : facts_.calls) out.last_call = std::max(out.last_call, call.day);
    verdict::decide({law, campaign_, contact_, facts_}, out.window, out.verdict);
}

// Nothing if the cell, or one that decides with it, is no text.
std::optional<facts::PhoneReading> RowJudge::read_phone(const csv::Record& record, std::size_t column) {
    const auto cell = phones_.read(record, column);
    if (!cell || unreadable_) return std::nullopt;
    return context_.phones.read(*cell, country_.known() ? country_ : list_.reading.region);
}

void RowJudge::judge_cell(const csv::Record& record, std::size_t column, JudgedCell& out) {
    out.law = nullptr;
    out.other_law = nullptr;
    out.on_record = false;
    const auto phone = read_phone(record, column);
    out.phone = phone.value_or(facts::PhoneReading{});
    if (!phone) return reject(out, Reason::unreadable_row);
    if (const auto trouble = verdict::trouble_of(out.phone.status)) return reject(out, *trouble);
    contact_.line = verdict::line_type(out.phone.type);
    const auto* by_number = context_.rules.find(out.phone.region);
    const auto* law = context_.fixed ? context_.fixed : country_stated_ ? country_law_ : by_number;
    if (!law) return reject(out, Reason::jurisdiction_unknown);
    judge_under(*law, out, out.phone.number);
    if (context_.fixed || !country_stated_ || !by_number || by_number == law) return;

    // Country and number disagree: the call must be lawful under both.
    JudgedCell other;
    other.phone = out.phone;
    judge_under(*by_number, other, out.phone.number);
    const bool other_is_stricter =
        out.verdict.clean && (!other.verdict.clean || other.verdict.callable_until < out.verdict.callable_until);
    if (other_is_stricter) out = other;
    out.other_law = other_is_stricter ? law : by_number;
}

void RowJudge::read_row(const csv::Record& record) {
    const auto& cells = reader_.read(record);
    constexpr std::uint64_t deciding = (1ULL << static_cast<unsigned>(Column::person_id)) | (1ULL << static_cast<unsigned>(Column::party)) |
                                       (1ULL << static_cast<unsigned>(Column::country)) | (1ULL << static_cast<unsigned>(Column::product));
    unreadable_ = (cells.unreadable & deciding) != 0;
    person_ = facts::text_key(cells[Column::person_id]);
    contact_.party = parties_.get(cells[Column::party], [&](auto cell) { return facts::party(list_.reading.words->party, cell); });
    contact_.product = base::trim(cells[Column::product]).empty()
                           ? campaign_product_
                           : row_products_.get(cells[Column::product], [&](auto cell) { return products_.product(cell); });
    country_stated_ = !base::trim(cells[Column::country]).empty();
    country_ = {};
    country_law_ = nullptr;
    if (country_stated_) {
        const auto& country = countries_.get(cells[Column::country], [&](std::string_view cell) {
            const auto* law = context_.rules.by_any_name(cell);
            return Country{law ? law->region : facts::make_region(cell), law};
        });
        country_ = country.region;
        country_law_ = country.law;
    }
}

std::size_t RowJudge::phone_column(std::size_t cell) const {
    const auto& phones = list_.columns.phones;
    return phones.empty() ? static_cast<std::size_t>(list_.columns[Column::phone]) : phones[cell];
}

void RowJudge::judge(const csv::Record& record, std::vector<JudgedCell>& out) {
    out.resize(std::max<std::size_t>(1, list_.columns.phones.size()));
    if (record.damage != csv::Damage::none) {
        for (auto& cell : out) {
            cell = {};
            reject(cell, Reason::unreadable_row);
        }
        return;
    }
    read_row(record);
    for (std::size_t i = 0; i < out.size(); ++i) judge_cell(record, phone_column(i), out[i]);
}

void RowJudge::subjects(const csv::Record& record, Subjects& out) {
    out.numbers.assign(std::max<std::size_t>(1, list_.columns.phones.size()), 0);
    read_row(record);
    out.person = person_;
    for (std::size_t i = 0; i < out.numbers.size(); ++i)
        if (const auto phone = read_phone(record, phone_column(i)); phone && phone->status == PhoneStatus::ok) out.numbers[i] = phone->number;
}

} // namespace callscrub::app
