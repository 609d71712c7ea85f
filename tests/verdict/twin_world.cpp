// A case's rows as plain facts.
#include "base/text.h"
#include "twin.h"
#include <cstdio>

namespace callscrub::twin {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_ms = 1440 * minute_ms;

Names names(const std::string& cell) {
    Names out;
    std::string part;
    for (const char c : cell + "|") {
        if (c != '|') {
            part += c;
            continue;
        }
        if (const auto name = base::fold(part); !name.empty()) out.insert(name);
        part.clear();
    }
    return out;
}

class Rows {
public:
    Rows(const law::Jurisdiction& law, const facts::PhoneReader& phones) : law_(law), phones_(phones) {}

    void at(const verdict::CaseRow& row) { row_ = &row; }
    std::string text(const char* column) const {
        const auto found = row_->cells.find(column);
        return found == row_->cells.end() ? std::string() : std::string(base::trim(found->second));
    }
    Event event(const char* column) const { return read_event(text(column), *law_.zone); }
    std::optional<Day> day(const char* column) const {
        const auto found = event(column);
        return found.dated ? std::optional(found.day) : std::nullopt;
    }
    std::string number(const std::string& cell) const {
        const auto read = phones_.read(cell, law_.region);
        return read.status == facts::PhoneStatus::ok ? facts::e164(read.number) : "";
    }
    Who who() const { return {number(text("phone")), text("person_id")}; }

private:
    const law::Jurisdiction& law_;
    const facts::PhoneReader& phones_;
    const verdict::CaseRow* row_ = nullptr;
};

void add_consent(const Rows& row, World& out) {
    const auto status = row.text("status");
    if (status == "opt_out" || status == "objection") {
        out.noes.push_back({row.who(), names(row.text("entity")), row.text("channel"), row.event("timestamp"),
                            status == "opt_out"});
        return;
    }
    Permission one;
    one.who = row.who();
    one.status = status;
    one.channel = row.text("channel");
    one.valid_until = row.text("valid_until");
    one.contract = row.text("contract_id");
    one.id = row.text("consent_id");
    one.entities = names(row.text("entity"));
    one.products = names(row.text("product"));
    one.given = row.event("timestamp");
    one.verified = row.event("verified_at");
    one.evidence = !row.text("evidence").empty();
    out.permissions.push_back(std::move(one));
}

void add_relation(const Rows& row, bool end_is_first_inactive, World& out) {
    Relation one;
    one.who = row.who();
    one.contract = row.text("contract_id");
    one.kind = row.text("kind");
    one.status = row.text("status");
    one.paid = row.text("paid");
    one.number_source = row.text("number_source");
    one.informed = row.text("informed");
    one.objection_offered = row.text("objection_offered");
    one.entities = names(row.text("entity"));
    one.products = names(row.text("product"));
    one.start = row.event("start");
    one.end = row.day("end");
    if (one.end && end_is_first_inactive) --*one.end;
    if (const auto objected = row.event("objected_at"); objected.dated)
        out.noes.push_back({one.who, one.entities, "phone", objected, false});
    out.relations.push_back(std::move(one));
}

void add_call(const Rows& row, World& out) {
    Call one{row.who(), row.event("called_at"), {}, row.text("outcome") == "refused"};
    for (const auto* column : {"request_id", "consent_id"})
        if (const auto id = row.text(column); !id.empty()) one.ids.insert(id);
    out.calls.push_back(std::move(one));
}

} // namespace

Event read_event(const std::string& text, const facts::Zone& zone) {
    Event out;
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, used = 0;
    if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3) return out;
    out.dated = true;
    out.day = *facts::make_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
    std::string rest = text.substr(static_cast<std::size_t>(used));
    if (rest.empty()) return out;
    out.timed = true;
    if (std::sscanf(rest.c_str(), "T%2d:%2d%n", &hour, &minute, &used) != 2)
        throw std::runtime_error("no time: " + text);
    rest.erase(0, static_cast<std::size_t>(used));
    if (rest.starts_with(':')) {
        second = std::stoi(rest.substr(1, 2));
        rest.erase(0, 3);
    }
    const std::int64_t clock = out.day * day_ms + hour * 60 * minute_ms + minute * minute_ms + second * 1000;
    if (rest.empty()) {
        const facts::Moment wall{clock, facts::Moment::Kind::wall};
        out.early = zone.earliest(wall);
        out.late = zone.latest(wall);
        return out;
    }
    std::int64_t offset = 0;
    if (rest != "Z") {
        if (std::sscanf(rest.c_str() + 1, "%2d:%2d", &hour, &minute) != 2)
            throw std::runtime_error("no offset: " + text);
        offset = (rest[0] == '-' ? -1 : 1) * (hour * 60 + minute) * minute_ms;
    }
    out.early = out.late = clock - offset;
    out.day = zone.today(out.early);
    return out;
}

bool later(const Event& yes, const Event& no) {
    if (!yes.dated || !no.dated) return false;
    if (!yes.timed || !no.timed) return yes.day > no.day;
    return yes.early > no.late;
}

World world_of(const verdict::Case& one, const law::Jurisdiction& law, const law::Policy& policy,
               const facts::PhoneReader& phones) {
    Rows row(law, phones);
    World out;
    out.contact = {row.number(one.phone), one.person_id};
    out.party = one.party;
    out.product = base::fold(one.product);
    out.entity = base::fold(one.entity);
    for (const auto& product : one.similar) out.similar.insert(base::fold(product));
    const auto type = phones.read(one.phone, law.region).type;
    out.line = type == facts::PhoneType::fixed    ? facts::LineType::fixed
               : type == facts::PhoneType::mobile ? facts::LineType::mobile
                                                  : facts::LineType::unknown;
    out.caller = one.caller;
    out.purpose = one.purpose;
    out.automatic = one.dialing == facts::Dialing::automatic;
    out.caller_id_shown = one.caller_id_shown;
    const bool first_inactive = policy.word("end_date_means") == "first_day_inactive";
    for (const auto& each : one.rows) {
        row.at(each);
        switch (each.kind) {
        case facts::FileKind::consents:
            add_consent(row, out);
            break;
        case facts::FileKind::relations:
            add_relation(row, first_inactive, out);
            break;
        case facts::FileKind::suppress:
            out.suppressions.push_back(
                {row.who(), names(row.text("entity")), row.day("since"), row.day("until")});
            break;
        case facts::FileKind::registers:
            out.listings.push_back({row.who(), each.register_name, row.event("listed_at")});
            break;
        case facts::FileKind::calls:
            add_call(row, out);
            break;
        case facts::FileKind::list:
            break;
        }
    }
    return out;
}

} // namespace callscrub::twin
