#include "history/intake.h"
#include "base/text.h"
#include <algorithm>
#include <bit>
#include <exception>
#include <utility>

namespace callscrub::history {

using facts::Cells;
using facts::Channel;
using facts::Column;
using facts::ConsentStatus;
using facts::EntityFit;
using facts::Moment;
using facts::PhoneStatus;

namespace {
constexpr const char* unreadable_cell = "this cell holds NUL or bytes that are no text; correct it, or state the file's encoding";
constexpr std::size_t most_waiting = 64; // facts
}

Intake::Intake(Gathering& gathering, Gathering::Feed& feed, const facts::Reading& reading, const facts::OwnEntity& own,
               const facts::PhoneReader& phones)
    : gathering_(gathering), feed_(feed), reading_(reading), own_(own), subject_(reading, phones) {
    waiting_.reserve(most_waiting);
}

// Who fails on the way has nothing to hand over any more; and a second failure here would end the program.
Intake::~Intake() {
    if (std::uncaught_exceptions() == 0) sift();
}

RecordNames Intake::take_names() {
    sift();
    return std::exchange(names_, {});
}

Intake::Outcome Intake::take(const Cells& cells, std::uint32_t line) {
    line_ = line;
    number_ = 0;
    person_ = 0;
    by_number_ = by_person_ = false;
    strange_ = Strange::nothing;
    const Outcome outcome = take(cells);
    if (gathering_.trace) trace(cells);
    return outcome;
}

Intake::Outcome Intake::take(const Cells& cells) {
    switch (reading_.kind) {
    case facts::FileKind::consents: return consent(cells);
    case facts::FileKind::relations: return relation(cells);
    case facts::FileKind::suppress: return suppression(cells);
    case facts::FileKind::registers: return listing(cells);
    case facts::FileKind::calls: return call(cells);
    case facts::FileKind::list: break;
    }
    return Outcome::nothing;
}

// Where the row became no fact with the key of its number, its person or its contract, something with that key that
// says nothing but where the row stands.
void Intake::trace(const Cells& cells) {
    if (number_ != 0 && !by_number_) add(FactKind::aside, key_of(number_));
    if (person_ != 0 && !by_person_) add(FactKind::aside_person, person_);
    if (reading_.kind != facts::FileKind::relations || !gathering_.contract_periods.load(std::memory_order_relaxed)) return;
    if (const auto contract = facts::text_key(cells[Column::contract_id])) add(FactKind::aside_contract, contract);
}

void Intake::add(FactKind kind, std::uint64_t key) {
    Fact fact = Fact::of(kind, key, {}, 0, {line_, reading_.file});
    fact.terms = feed_.terms(Terms{});
    feed_.add(fact, person_);
}

Intake::Outcome Intake::bad(Column column, std::string what) {
    trouble_column_ = column;
    trouble_ = std::move(what);
    return Outcome::bad;
}

// What can't be read is not empty: taken for that, it would widen a permission or narrow a no. A proof that can't be read
// is none, and these decide nothing else.
bool Intake::is_broken(const Cells& cells) {
    constexpr auto bit = [](Column column) { return std::uint64_t{1} << static_cast<unsigned>(column); };
    const auto deciding = cells.unreadable & ~(bit(Column::evidence) | bit(Column::source) | bit(Column::reason));
    if (deciding == 0) return false;
    bad(static_cast<Column>(std::countr_zero(deciding)), unreadable_cell);
    return true;
}

void Intake::add(FactKind kind, std::uint64_t key, const Moment& at, const Terms& terms, std::string_view name) {
    if (is_by_number(kind)) by_number_ = true;
    else if (kind != FactKind::call_name) by_person_ = true;
    if (at.known() && at.ms > newest_ms_ && at.ms <= newest_bound_) newest_ms_ = at.ms;
    ++facts_;
    waiting_names_ += base::trim(name);
    waiting_.push_back({{}, person_, terms, waiting_names_.size()});
    auto& one = waiting_.back();
    // Days differ from row to row; without them few terms are left, and most rows find theirs at once.
    constexpr std::int64_t day_ms = 86'400'000;
    const std::int64_t day = terms.until_ms / day_ms - Fact::first_until;
    const bool fits = terms.until_kind == Moment::Kind::day && day >= 0 && day < static_cast<std::int64_t>(Fact::no_until);
    if (fits) {
        one.terms.until_ms = 0;
        one.terms.until_kind = Moment::Kind::missing;
    }
    one.fact = Fact::of(kind, key, at, fits ? static_cast<std::uint64_t>(day) : Fact::no_until, {line_, reading_.file});
    if (waiting_.size() == most_waiting) sift();
}

// Keeps what is wanted of the facts that wait. Lists do not ask for calls by the names of requests: permissions do.
void Intake::sift() {
    if (gathering_.wanted)
        for (const auto& one : waiting_) gathering_.wanted->prefetch(one.fact.key); // in one go: so they are found side by side
    std::size_t begin = 0;
    for (auto& one : waiting_) {
        const auto name = std::string_view(waiting_names_).substr(begin, one.name_end - begin);
        begin = one.name_end;
        if (gathering_.wanted && one.fact.fact_kind() != FactKind::call_name && !gathering_.wanted->may_hold(one.fact.key)) continue;
        one.fact.terms = feed_.terms(one.terms);
        feed_.add(one.fact, one.person);
        if (!name.empty()) names_.add(one.fact.line, name);
    }
    waiting_.clear();
    waiting_names_.clear();
}

// False if the phone cell holds something from which no number can be read.
bool Intake::read_subject(const Cells& cells) {
    subject_.read(cells);
    number_ = subject_.number();
    person_ = subject_.person();
    phone_status_ = subject_.status();
    return subject_.readable();
}

bool Intake::read_moment(const Cells& cells, Column column, Moment& out) {
    const auto cell = base::trim(cells[column]);
    if (cell.empty() && !cells.is_unreadable(column)) return true;
    const auto moment = reading_.dates[static_cast<std::size_t>(column)].read(cell);
    if (moment && !cells.is_unreadable(column)) {
        out = *moment;
        return true;
    }
    if (cells.is_unreadable(column)) bad(column, unreadable_cell);
    else if (facts::says_no_date(cell)) return true;
    else bad(column, "'" + base::quoted(cell) + "' is no date of the form " +
                    std::string(facts::name(reading_.dates[static_cast<std::size_t>(column)].format())));
    return false;
}

// Why a row that may be a no can't be used: it names nobody whom the no would protect.
Intake::Outcome Intake::no_subject(const Cells& cells, const char* what) {
    if (cells.is_unreadable(Column::phone)) return bad(Column::phone, unreadable_cell);
    if (phone_status_ == PhoneStatus::missing) return bad(Column::phone, std::string(what) + " names neither a number nor a person");
    if (subject_.country_unknown())
        return bad(Column::country, "'" + base::quoted(cells[Column::country]) + "' is no country we know, and " + what +
                                        " has a number that can't be read without one; write the country's code (two letters), or the number with its "
                                        "country code");
    return bad(Column::phone, std::string(what) + " has a phone cell from which no number can be read without guessing; "
                                                  "correct it, or state the region of numbers without country code");
}

// A no protects the number and the person alike.
void Intake::add_no(const Moment& at, bool withdrawal) {
    Terms terms;
    terms.withdrawal = withdrawal;
    if (number_ != 0) add(FactKind::no, key_of(number_), at, terms);
    if (person_ != 0) add(FactKind::no_person, person_, at, terms);
}

namespace {

// Whether a cell from which no number can be read may mean one: of an invalid one if it has digits enough, or signs that
// may be digits.
bool may_be_number(PhoneStatus status, const Cells& cells) {
    if (cells.is_unreadable(Column::phone)) return true;
    if (status != PhoneStatus::invalid) return status == PhoneStatus::two_in_cell || status == PhoneStatus::scientific;
    const auto cell = cells[Column::phone];
    if (cell.find_first_of("#*") != std::string_view::npos) return true; // masked, or wider than its column was
    const auto possible = std::count_if(cell.begin(), cell.end(), [](unsigned char c) { return (c >= '0' && c <= '9') || c >= 0x80; });
    return possible >= 5;
}

// A person's no is complete without a number. A cell from which none can be read may still mean one, which would then be
// called.
bool no_is_complete(PhoneStatus status, bool person, const Cells& cells) {
    return status == PhoneStatus::ok || status == PhoneStatus::not_diallable || (person && !may_be_number(status, cells));
}

Moment whole_day(const Moment& moment) {
    if (moment.kind != Moment::Kind::wall) return moment;
    constexpr std::int64_t day = 86'400'000;
    const std::int64_t days = moment.ms >= 0 ? moment.ms / day : -((-moment.ms + day - 1) / day);
    return {days * day, Moment::Kind::day};
}

void set_until(Terms& terms, const Moment& moment) {
    const Moment day = whole_day(moment);
    terms.until_ms = day.ms;
    terms.until_kind = day.kind;
}

void back_one_day(Terms& terms) { terms.until_ms -= 86'400'000; }

// "contract_end+1cy", "contract_end+6m": whether `text` has that form, and what it says.
bool contract_period(std::string_view text, Terms& terms) {
    const std::string folded = base::fold(text);
    std::string_view rest = folded;
    if (!rest.starts_with("contract_end")) return false;
    rest = base::trim(rest.substr(12));
    terms.period = Period::contract_days;
    if (rest.empty()) return true;
    if (!rest.starts_with('+')) return false;
    rest = base::trim(rest.substr(1));
    std::int32_t length = 0;
    std::size_t digits = 0;
    for (; digits < rest.size() && digits < 6 && rest[digits] >= '0' && rest[digits] <= '9'; ++digits)
        length = length * 10 + (rest[digits] - '0');
    const auto unit = base::trim(rest.substr(digits));
    if (digits == 0) return false;
    terms.period_length = unit == "y" ? length * 12 : length;
    if (unit == "cy") terms.period = Period::contract_years;
    else if (unit == "m" || unit == "y") terms.period = Period::contract_months;
    else if (unit != "d") return false;
    return true;
}

} // namespace

// A period that ends within a day does not cover the whole day, so the day before is the last.
bool Intake::read_period(const Cells& cells, Terms& terms) {
    const auto cell = base::trim(cells[Column::valid_until]);
    if (cell.empty() && !cells.is_unreadable(Column::valid_until)) return true;
    if (!cell.empty() && (cell[0] == 'c' || cell[0] == 'C')) {
        if (!contract_period(cell, terms)) {
            bad(Column::valid_until, "'" + base::quoted(cell) + "' is neither a date nor of the form contract_end+1cy, +6m, +30d");
            return false;
        }
        terms.contract = facts::text_key(cells[Column::contract_id]);
        gathering_.contract_periods.store(true, std::memory_order_relaxed);
        return true;
    }
    Moment until;
    if (!read_moment(cells, Column::valid_until, until)) return false;
    if (!until.known()) return true;
    terms.period = Period::until_day;
    // What ends in a day's last minute covers the day. Which day that is hangs on the zone of the law, of an instant.
    constexpr std::int64_t minute = 60'000;
    terms.until_before = until.kind == Moment::Kind::instant;
    if (until.kind != Moment::Kind::day) until.ms += minute;
    set_until(terms, until);
    if (until.kind == Moment::Kind::wall) back_one_day(terms);
    return true;
}

Intake::Outcome Intake::consent(const Cells& cells) {
    const auto& words = *reading_.words;
    const auto status = statuses_.get(cells[Column::status], [&](auto cell) { return consent_status(words.status, cell); });
    if (cells.is_unreadable(Column::status)) return bad(Column::status, unreadable_cell);
    if (status == ConsentStatus::unknown && base::trim(cells[Column::status]).empty())
        return bad(Column::status, "this row says neither yes nor no; state what an empty status means: values.status = { \"\" = \"opt_out\" } (or ignore)");
    if (status == ConsentStatus::unknown)
        return bad(Column::status, "'" + base::quoted(cells[Column::status]) +
                                       "' is no status we know and may be a no; state what it means: values.status = { \"" +
                                       base::quoted(cells[Column::status]) + "\" = \"opt_out\" } (or opt_in, objection, requested, published, ignore)");
    if (status == ConsentStatus::ignore) return Outcome::nothing;
    auto channel = channels_.get(cells[Column::channel], [&](auto cell) { return facts::channel(words.channel, cell); });
    if (cells.is_unreadable(Column::channel)) channel = Channel::unknown;
    auto entity = entities_.get(cells[Column::entity], [&](auto cell) { return own_.fit(cell); });
    const bool is_no = status == ConsentStatus::opt_out || status == ConsentStatus::objection;
    if (cells.is_unreadable(Column::entity)) entity = EntityFit::unclear;
    const bool telephone = channel == Channel::phone || channel == Channel::any || channel == Channel::empty || channel == Channel::unknown;
    const bool number_read = read_subject(cells);
    if (is_no && (!telephone || entity == EntityFit::other)) return Outcome::nothing;

    Moment at;
    const bool dated = read_moment(cells, Column::timestamp, at);
    if (at.known() && at.ms > newest_bound_ && telephone && entity != EntityFit::other) strange_ = Strange::later;
    if (is_no) {
        add_no(dated ? at : Moment{}, status == ConsentStatus::opt_out);
        if (!no_is_complete(phone_status_, person_ != 0, cells)) return no_subject(cells, "this no");
        return dated && !is_broken(cells) ? Outcome::kept : Outcome::bad;
    }
    if (!dated || (telephone && is_broken(cells))) return Outcome::bad;
    if (!number_read || (number_ == 0 && person_ == 0)) return Outcome::nothing;

    Terms terms;
    terms.status = status;
    terms.channel = channel;
    terms.entity = entity;
    terms.evidence = evidences_.get(cells[Column::evidence], facts::is_evidence) && !cells.is_unreadable(Column::evidence);
    terms.products = products_.get(cells[Column::product], [&](auto cell) { return gathering_.products.set(cell); });
    if (status == ConsentStatus::requested) terms.name = facts::text_key(cells[Column::consent_id]);
    Moment verified;
    if (!read_moment(cells, Column::verified_at, verified) || !read_period(cells, terms)) return Outcome::bad;
    verified = whole_day(verified);
    terms.moment_ms = verified.ms;
    terms.moment_kind = verified.kind;
    const auto name = telephone ? cells[Column::consent_id] : std::string_view();
    if (number_ != 0) add(FactKind::permission, key_of(number_), at, terms, name);
    else add(FactKind::permission_person, person_, at, terms, name);
    return Outcome::kept;
}

bool Intake::read_relation_terms(const Cells& cells, const Moment& start, Terms& terms) {
    const auto& words = *reading_.words;
    const auto answer = [&](facts::LastSeen<facts::YesNo>& seen, const facts::WordMap& known, Column column) {
        return seen.get(cells[column], [&](auto cell) { return yes_no(known, cell); });
    };
    terms.relation_kind = kinds_.get(cells[Column::kind], [&](auto cell) { return relation_kind(words.kind, cell); });
    terms.paid = answer(paid_, words.paid, Column::paid);
    terms.informed = answer(informed_, words.informed, Column::informed);
    terms.objection_offered = answer(objection_offered_, words.objection_offered, Column::objection_offered);
    terms.number_from_customer = answer(number_sources_, words.number_source, Column::number_source) == facts::YesNo::yes;
    terms.products = products_.get(cells[Column::product], [&](auto cell) { return gathering_.products.set(cell); });
    Moment end;
    if (!read_moment(cells, Column::end, end)) return false;
    if (end.known()) {
        set_until(terms, end);
        if (reading_.end_is_first_inactive) back_one_day(terms);
        return true;
    }
    const auto status =
        relation_statuses_.get(cells[Column::status], [&](auto cell) { return relation_status(words.relation_status, cell); });
    if (status == facts::RelationStatus::ended || status == facts::RelationStatus::unknown) {
        terms.end_missing = true;
        return true;
    }
    // What is done in a day ended on it; only what is meant to go on still runs.
    const bool goes_on = terms.relation_kind == facts::RelationKind::subscription || terms.relation_kind == facts::RelationKind::volunteer;
    if (!goes_on && start.known()) set_until(terms, start);
    if (!goes_on && !start.known()) terms.end_missing = true;
    return true;
}

Intake::Outcome Intake::relation(const Cells& cells) {
    Terms terms;
    terms.entity = entities_.get(cells[Column::entity], [&](auto cell) { return own_.fit(cell); });
    if (cells.is_unreadable(Column::entity)) terms.entity = EntityFit::unclear;
    read_subject(cells);
    Moment objected, start;
    const bool objection_read = read_moment(cells, Column::objected_at, objected);
    // "objected" as the relation's status is a no without a day.
    const auto status = statuses_.get(cells[Column::status], [&](auto cell) { return consent_status(reading_.words->status, cell); });
    const bool objects = objected.known() || (status == ConsentStatus::objection && relation_status(reading_.words->relation_status, cells[Column::status]) == facts::RelationStatus::unknown);
    if (terms.entity != EntityFit::other && (objects || !objection_read)) {
        add_no(objected, false);
        if (!no_is_complete(phone_status_, person_ != 0, cells)) return no_subject(cells, "this objection");
    }
    if (!objection_read || is_broken(cells)) return Outcome::bad;
    if (!read_moment(cells, Column::start, start) || !read_relation_terms(cells, start, terms)) return Outcome::bad;
    if (gathering_.contract_periods.load(std::memory_order_relaxed) && terms.entity != EntityFit::other) // another company's numbers may be the same
        if (const auto contract = facts::text_key(cells[Column::contract_id]))
            feed_.contract_ends.emplace_back(contract, Moment{terms.until_ms, terms.until_kind}, !terms.end_missing);
    if (number_ == 0) return objects ? Outcome::kept : Outcome::nothing;
    add(FactKind::relation, key_of(number_), start, terms, cells[Column::contract_id]);
    return Outcome::kept;
}

Intake::Outcome Intake::suppression(const Cells& cells) {
    if (!cells.is_unreadable(Column::entity) &&
        entities_.get(cells[Column::entity], [&](auto cell) { return own_.fit(cell); }) == EntityFit::other)
        return Outcome::nothing;
    read_subject(cells);
    if (!no_is_complete(phone_status_, person_ != 0, cells)) return no_subject(cells, "this suppression");
    Moment since, until;
    const bool read = read_moment(cells, Column::since, since) && read_moment(cells, Column::until, until);
    Terms terms;
    if (read) set_until(terms, until);
    else since = {};
    if (number_ != 0) add(FactKind::suppression, key_of(number_), since, terms);
    if (person_ != 0) add(FactKind::suppression_person, person_, since, terms);
    return read && !is_broken(cells) ? Outcome::kept : Outcome::bad;
}

Intake::Outcome Intake::listing(const Cells& cells) {
    read_subject(cells);
    if (number_ == 0) return no_subject(cells, "this listing");
    Moment listed;
    const bool read = read_moment(cells, Column::listed_at, listed);
    Terms terms;
    terms.register_id = reading_.register_id;
    add(FactKind::listing, key_of(number_), listed, terms);
    return read && !is_broken(cells) ? Outcome::kept : Outcome::bad;
}

Intake::Outcome Intake::call(const Cells& cells) {
    read_subject(cells);
    Terms terms;
    const auto& words = *reading_.words;
    const auto outcome = outcomes_.get(cells[Column::outcome], [&](auto cell) { return call_outcome(words.outcome, words.status, cell); });
    if (!outcome) strange_ = Strange::outcome;
    terms.outcome = outcome.value_or(facts::CallOutcome::other);
    terms.name = request_of(cells);
    Moment at;
    const bool read = read_moment(cells, Column::called_at, at);
    if (terms.outcome == facts::CallOutcome::objection) { // who says no in a call says no
        add_no(at, false);
        if (!no_is_complete(phone_status_, person_ != 0, cells)) return no_subject(cells, "this objection");
    } else if (number_ == 0 && terms.name == 0) {
        if (phone_status_ != PhoneStatus::missing || cells.is_unreadable(Column::phone)) return no_subject(cells, "this call");
        return bad(Column::phone, std::string("this call names neither the number that was called nor the request that it answered") +
                                       (person_ != 0 ? "; the person alone does not tell which number" : ""));
    }
    if (number_ != 0) add(FactKind::call, key_of(number_), at, terms);
    if (terms.name != 0) add(FactKind::call_name, terms.name, at, terms);
    if (read && !at.known()) return bad(Column::called_at, "this call has no day");
    return read && !is_broken(cells) ? Outcome::kept : Outcome::bad;
}

} // namespace callscrub::history
