#include "random_case.h"
#include "base/toml.h"
#include <algorithm>
#include <map>

namespace callscrub::twin {

using facts::Day;
using facts::FileKind;

std::uint64_t Dice::next() { // splitmix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

namespace {

struct Numbers {
    const char *law, *fixed, *mobile;
};
constexpr Numbers numbers[] = {
    {"NL", "+31201234567", "+31612345678"},   {"DE", "+49301234567", "+4915123456789"},
    {"AT", "+431234567890", "+436641234567"}, {"BE", "+3222345678", "+32470123456"},
    {"FR", "+33123456789", "+33612345678"},   {"GB", "+442079460018", "+447911123456"},
    {"IE", "+35316777777", "+353850123456"},  {"ES", "+34912345678", "+34612345678"},
    {"IT", "+390212345678", "+393123456789"}, {"CH", "+41212345678", "+41781234567"},
    {"PL", "+48221234567", "+48512345678"},   {"PT", "+351212345678", "+351912345678"},
    {"US", "+12015550123", "+12015550124"},   {"CA", "+15062345678", "+15062345679"}};
constexpr const char* other_number = "+80087654321";

constexpr const char* times[] = {"T00:00", "T01:30", "T02:30", "T02:30:30", "T12:00", "T22:00", "T23:59:59"};
constexpr const char* offsets[] = {"", "", "Z", "+01:00", "+02:00", "-05:00", "-04:00"};
constexpr const char* purposes[] = {"sales",   "sales",       "sales",   "sales",
                                    "winback", "fundraising", "service", "survey"};

// What campaign text the enums came from.
const char* word(facts::CallerType caller) {
    switch (caller) {
    case facts::CallerType::charity:
        return "charity";
    case facts::CallerType::publisher:
        return "publisher";
    case facts::CallerType::lottery:
        return "lottery";
    case facts::CallerType::commercial:
        break;
    }
    return "commercial";
}
const char* word(facts::Purpose purpose) {
    switch (purpose) {
    case facts::Purpose::winback:
        return "winback";
    case facts::Purpose::fundraising:
        return "fundraising";
    case facts::Purpose::service:
        return "service";
    case facts::Purpose::other:
        return "survey";
    case facts::Purpose::sales:
        break;
    }
    return "sales";
}

void append(std::vector<Day>& days, Day day) {
    if (day != facts::day_min && day != facts::day_max) days.push_back(day);
}

} // namespace

std::vector<PolicyChoice> policy_choices(const law::PackText& pack, Dice& dice, std::size_t count) {
    std::vector<PolicyChoice> out{{"standard", {}}, {"strict", {}}};
    const auto declared = law::declared_switches(std::span(&pack, 1));
    while (out.size() < count) {
        PolicyChoice choice{dice.chance(75) ? "standard" : "strict", {}};
        for (const auto& one : declared) {
            if (!dice.chance(40)) continue;
            if (!one.words.empty()) {
                choice.settings.push_back({one.name, dice.pick(one.words), {}});
                continue;
            }
            const std::vector<std::int64_t> values{one.least, 1, 2, 6, 12, 24, 30, 36, one.least + 1};
            const auto value = std::clamp(dice.pick(values), one.least, one.most);
            choice.settings.push_back({one.name, std::to_string(value), {}});
        }
        out.push_back(std::move(choice));
    }
    return out;
}

CaseMaker::CaseMaker(const law::Jurisdiction& law, const PolicyChoice& policy, Dice& dice)
    : law_(law), policy_(policy), dice_(dice) {
    for (const auto& regime : law.regimes) {
        append(law_days_, regime.from);
        append(law_days_, regime.until);
        append(law_days_, regime.verification_from);
        for (const auto& rule : regime.bases) {
            append(law_days_, rule.term.in_force_from);
            append(law_days_, rule.objection_waived_before);
        }
        for (const auto& one : regime.registers)
            if (std::find(law_registers_.begin(), law_registers_.end(), one.name) == law_registers_.end())
                law_registers_.push_back(one.name);
    }
    for (const auto& group : law.products)
        for (const auto& name : group.words) law_products_.push_back(name);
}

Day CaseMaker::near_day() {
    static const int steps[] = {0,   0,    0,   1,   1,   -1,  -1,  2,   -2,   7,   -27,
                                -28, -29,  -29, -30, -30, -31, -31, -15, -59,  -60, -61,
                                -90, -100, 10,  27,  28,  29,  30,  31,  -400, -700};
    static const int months[] = {-1, -2, -3, -6, -12, -12, -18, -24, -24, -30, -36, -36, -48, 1, 3, 12};
    static const Day leap_days[] = {*facts::make_day(2024, 2, 29), *facts::make_day(2024, 2, 28),
                                    *facts::make_day(2020, 2, 29), *facts::make_day(2023, 3, 31),
                                    *facts::make_day(2024, 12, 31)};
    static const Day clock_changes[] = {*facts::make_day(2024, 3, 31), *facts::make_day(2024, 10, 27),
                                        *facts::make_day(2025, 10, 26), *facts::make_day(2024, 3, 10),
                                        *facts::make_day(2024, 11, 3)};
    Day anchor = case_.window.from;
    const int kind = dice_.below(100);
    if (kind < 15)
        anchor = case_.window.until;
    else if (kind < 30)
        anchor = dice_.pick(law_days_);
    else if (kind < 35)
        anchor = dice_.pick(leap_days);
    else if (kind < 38)
        anchor = dice_.pick(clock_changes);
    else if (kind < 43)
        anchor += dice_.below(3000) - 2500;
    if (dice_.chance(55)) return anchor + dice_.pick(steps);
    return facts::add_months(anchor, dice_.pick(months)) + dice_.below(3) - 1;
}

// Requests and calls matter for a month or two.
std::string CaseMaker::recent_moment() {
    if (dice_.chance(45)) return moment(0);
    auto out = facts::to_string(case_.window.from + 4 - dice_.below(38));
    if (dice_.chance(25)) out += dice_.pick(times);
    moments_.push_back(out);
    return out;
}

std::string CaseMaker::day() { return facts::to_string(near_day()); }

std::string CaseMaker::moment(int missing) {
    if (dice_.chance(missing)) return "";
    if (!moments_.empty() && dice_.chance(22)) {
        const auto& earlier = dice_.pick(moments_);
        return dice_.chance(50) ? earlier
                                : earlier.substr(0, 10) + (dice_.chance(50) ? dice_.pick(times) : "");
    }
    auto out = day();
    if (dice_.chance(45)) out = out + dice_.pick(times) + dice_.pick(offsets);
    moments_.push_back(out);
    return out;
}

std::string CaseMaker::person() {
    const int kind = dice_.below(100);
    return kind < 50 ? "" : kind < 82 ? "P1" : "P2";
}

std::string CaseMaker::entity(int own) {
    static const char* const rest[] = {"", "E2", "E2|E1", "e1 ", "E1|E3", "E2|E3"};
    return dice_.chance(own) ? "E1" : dice_.pick(rest);
}

std::string CaseMaker::product() {
    const int kind = dice_.below(100);
    if (!law_products_.empty() && kind < 45) return dice_.pick(law_products_);
    return kind < 80 ? "energy" : kind < 88 ? "gas" : kind < 92 ? "Solar" : kind < 96 ? "" : " Energy ";
}

std::string CaseMaker::products(int unstated) {
    if (dice_.chance(unstated)) return "";
    if (dice_.chance(60)) return case_.product;
    const auto first = product();
    return dice_.chance(30) ? first + "|" + product() : first;
}

std::string CaseMaker::yes(int per_cent) {
    static const char* const rest[] = {"no", "", "xyzzy"};
    return dice_.chance(per_cent) ? "yes" : dice_.pick(rest);
}

std::string CaseMaker::fact_number(int missing) {
    const int kind = dice_.below(100);
    return kind < missing ? "" : kind < missing + 8 ? other_number : case_.phone;
}

void CaseMaker::campaign() {
    case_.jurisdiction = law_.id;
    case_.entity = "E1";
    case_.policy_base = policy_.base;
    case_.policy = policy_.settings;
    static const char* const callers[] = {"commercial", "commercial", "commercial", "charity",
                                          "charity",    "publisher",  "lottery"};
    case_.caller = *verdict::caller_type_of(dice_.pick(callers));
    const bool own_purpose = case_.caller == facts::CallerType::charity && dice_.chance(55);
    case_.purpose = verdict::purpose_of(own_purpose ? "fundraising" : dice_.pick(purposes));
    case_.dialing = dice_.chance(6) ? facts::Dialing::automatic : facts::Dialing::human;
    case_.caller_id_shown = !dice_.chance(1);
    case_.product = product();
    for (int i = dice_.below(5) - 2; i > 0; --i)
        if (const auto similar = product(); !similar.empty()) case_.similar.push_back(similar);
    static const char* const parties[] = {"consumer",    "consumer",    "consumer",     "",     "sole_trader",
                                          "sole_trader", "partnership", "legal_person", "xyzzy"};
    case_.party = dice_.pick(parties);
    case_.person_id = person();
    const auto* found = std::find_if(std::begin(numbers), std::end(numbers),
                                     [&](const Numbers& one) { return law_.id == one.law; });
    const int line = dice_.below(10);
    case_.phone = found == std::end(numbers) || line == 0 ? std::string(verdict::case_number)
                  : line < 5                              ? found->fixed
                                                          : found->mobile;
}

void CaseMaker::window() {
    Day from = dice_.pick(law_days_) + dice_.below(7) - 3;
    if (dice_.chance(25)) from = *facts::make_day(2024, 1, 1) + dice_.below(2500) - 700;
    if (dice_.chance(10)) from = *facts::make_day(2004, 1, 1) + dice_.below(9000);
    const Day first = law_.regimes.front().from;
    if (from < first && dice_.chance(90)) from = first + dice_.below(800);
    static const int lengths[] = {0, 0, 0, 0, 0, 1, 1, 2, 3, 14, 30, 40, 400};
    case_.window = {from, from + dice_.pick(lengths)};
}

void CaseMaker::consent() {
    static const char* const statuses[] = {"opt_in",    "opt_in",    "opt_in",    "opt_in",    "opt_in",
                                           "opt_in",    "opt_in",    "requested", "requested", "requested",
                                           "published", "published", "opt_out",   "objection"};
    static const char* const channels[] = {"", "any", "email", "sms", "post", "xyzzy"};
    static const char* const contracts[] = {"C1", "C1", "C2", ""};
    static const char* const periods[] = {"contract_end",    "contract_end+1cy", "contract_end+0cy",
                                          "contract_end+6m", "contract_end+1y",  "contract_end+30d",
                                          "contract_end+0d"};
    static const char* const ids[] = {"", "R1", "R2"};
    verdict::CaseRow row{FileKind::consents, {}, {}};
    auto& cells = row.cells;
    const std::string status = dice_.pick(statuses);
    const bool no = status == "opt_out" || status == "objection";
    cells["status"] = status;
    cells["phone"] = fact_number(8);
    cells["person_id"] = no && cells["phone"].empty() ? "P1" : person();
    cells["channel"] = dice_.chance(82) ? "phone" : dice_.pick(channels);
    cells["entity"] = entity(85);
    cells["product"] = products(30);
    cells["timestamp"] = status == "requested" ? recent_moment() : moment(3);
    cells["evidence"] = dice_.chance(90) ? "on-file" : "";
    cells["verified_at"] = dice_.chance(40) ? moment(0) : "";
    cells["consent_id"] = dice_.pick(ids);
    cells["contract_id"] = dice_.pick(contracts);
    const int period = dice_.below(100);
    cells["valid_until"] = period < 55 ? "" : period < 80 ? day() : dice_.pick(periods);
    case_.rows.push_back(std::move(row));
}

void CaseMaker::relation() {
    static const char* const kinds[] = {"sale",         "sale",         "sale",         "subscription",
                                        "subscription", "subscription", "subscription", "quotation",
                                        "inquiry",      "inquiry",      "donation",     "donation",
                                        "volunteer",    "event",        "xyzzy"};
    static const char* const statuses[] = {"",       "",      "",          "",           "",
                                           "active", "ended", "cancelled", "terminated", "xyzzy"};
    static const char* const sources[] = {"", "xyzzy", "data broker"};
    static const char* const contracts[] = {"C1", "C1", "C2", ""};
    verdict::CaseRow row{FileKind::relations, {}, {}};
    auto& cells = row.cells;
    cells["phone"] = fact_number(4);
    cells["person_id"] = cells["phone"].empty() ? "P1" : person();
    cells["contract_id"] = dice_.pick(contracts);
    cells["entity"] = entity(88);
    cells["kind"] = dice_.pick(kinds);
    cells["product"] = products(8);
    cells["start"] = moment(4);
    cells["end"] = dice_.chance(55) ? day() : "";
    cells["status"] = dice_.pick(statuses);
    cells["paid"] = yes(90);
    cells["number_source"] = dice_.chance(90) ? "customer" : dice_.pick(sources);
    cells["informed"] = yes(90);
    cells["objection_offered"] = yes(75);
    if (dice_.chance(4)) cells["objected_at"] = moment(0);
    case_.rows.push_back(std::move(row));
}

void CaseMaker::suppression() {
    verdict::CaseRow row{FileKind::suppress, {}, {}};
    auto& cells = row.cells;
    cells["phone"] = fact_number(20);
    cells["person_id"] = cells["phone"].empty() ? "P1" : person();
    static const char* const entities[] = {"", "", "E1", "E2", "E1|E2"};
    cells["entity"] = dice_.pick(entities);
    cells["since"] = moment(40);
    cells["until"] = dice_.chance(50) ? day() : "";
    case_.rows.push_back(std::move(row));
}

void CaseMaker::listing() {
    verdict::CaseRow row{FileKind::registers, dice_.pick(law_registers_), {}};
    row.cells["phone"] = fact_number(0);
    row.cells["listed_at"] = moment(12);
    case_.rows.push_back(std::move(row));
}

void CaseMaker::call() {
    static const char* const ids[] = {"", "", "", "R1", "R2", "R3"};
    verdict::CaseRow row{FileKind::calls, {}, {}};
    auto& cells = row.cells;
    cells["phone"] = fact_number(0);
    cells["called_at"] = recent_moment();
    cells[dice_.chance(50) ? "request_id" : "consent_id"] = dice_.pick(ids);
    cells["outcome"] = dice_.chance(20) ? "refused" : "answered";
    case_.rows.push_back(std::move(row));
}

verdict::Case CaseMaker::make() {
    case_ = {};
    moments_.clear();
    case_.id = "X";
    campaign();
    window();
    const bool by_relation = dice_.chance(40);
    for (int i = dice_.below(by_relation ? 2 : 5); i > 0; --i) consent();
    for (int i = dice_.below(4) - (by_relation ? -1 : 1); i > 0; --i) relation();
    if (dice_.chance(6)) suppression();
    if (!law_registers_.empty())
        for (int i = dice_.below(6) - 2; i > 0; --i) listing();
    if (dice_.chance(40))
        for (int i = dice_.below(7); i > 0; --i) call();
    return case_;
}

namespace {

void key(std::string& out, const char* name, const std::string& value) {
    out += std::string(name) + " = \"" + value + "\"\n";
}

const char* table_of(FileKind kind) {
    switch (kind) {
    case FileKind::relations:
        return "relations";
    case FileKind::suppress:
        return "suppressions";
    case FileKind::registers:
        return "registers";
    case FileKind::calls:
        return "calls";
    case FileKind::consents:
    case FileKind::list:
        break;
    }
    return "consents";
}

} // namespace

std::string case_text(const verdict::Case& one, std::string_view verdict) {
    std::string out = "[[case]]\nid = \"" + one.id + "\"\n";
    out += "call_from = " + facts::to_string(one.window.from) +
           "\ncall_until = " + facts::to_string(one.window.until) + "\n";
    out += "[case.campaign]\n";
    key(out, "jurisdiction", one.jurisdiction);
    key(out, "entity", one.entity);
    key(out, "product", one.product);
    if (!one.similar.empty()) {
        out += "similar = [";
        for (const auto& product : one.similar) out += "\"" + product + "\", ";
        out += "]\n";
    }
    key(out, "caller_type", word(one.caller));
    key(out, "purpose", word(one.purpose));
    if (one.dialing == facts::Dialing::automatic) key(out, "dialing", "automatic");
    if (!one.caller_id_shown) out += "caller_id_shown = false\n";
    out += "[case.contact]\n";
    key(out, "party", one.party);
    key(out, "person_id", one.person_id);
    key(out, "phone", one.phone);
    out += "[case.policy]\n";
    key(out, "base", one.policy_base);
    for (const auto& [name, value, place] : one.policy) {
        const bool number = value.find_first_not_of("0123456789") == std::string::npos;
        out += name + " = " + (number ? value : "\"" + value + "\"") + "\n";
    }
    for (const auto& row : one.rows) {
        out += std::string("[[case.") + table_of(row.kind) + "]]\n";
        if (!row.register_name.empty()) key(out, "name", row.register_name);
        for (const auto& [name, value] : row.cells) key(out, name.c_str(), value);
    }
    return out + "[case.expect]\nverdict = \"" + std::string(verdict) + "\"\n";
}

} // namespace callscrub::twin
