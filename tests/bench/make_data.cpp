// Writes the files of a benchmark: a call list, consents and relations that look like exports of a mid-sized company.
// Seeded: the same arguments give the same bytes everywhere.
//   make_data DIR LIST_ROWS CONSENT_ROWS RELATION_ROWS [SEED]
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

// xorshift64*: small, fast, the same on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
    std::uint64_t roll(std::uint64_t sides) {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return (state_ * 0x2545F4914F6CDD1DULL >> 11) % sides;
    }
    bool chance(unsigned percent) { return roll(100) < percent; }

private:
    std::uint64_t state_;
};

// Person n's mobile number, half German (0151), half Dutch (061 to 065; 066 is for pagers); always the same, and another one
// for each of the first fifty million persons: neither step has a factor in common with its range, or moves on by one.
std::string national(std::uint64_t person) {
    char out[24];
    const std::uint64_t german = 20'000'000 + (person * 7 + person / 10'000'000) % 70'000'000;
    const std::uint64_t dutch = 10'000'000 + person * 13 % 50'000'000;
    if (person % 2 == 0) std::snprintf(out, sizeof out, "151%08llu", static_cast<unsigned long long>(german));
    else std::snprintf(out, sizeof out, "6%08llu", static_cast<unsigned long long>(dutch));
    return out;
}
const char* code(std::uint64_t person) { return person % 2 == 0 ? "49" : "31"; }
const char* country(std::uint64_t person) { return person % 2 == 0 ? "DE" : "NL"; }

// The same number as people write it.
std::string spelled(std::uint64_t person, Dice& dice) {
    const std::string n = national(person);
    switch (dice.roll(6)) {
    case 0: return "0" + n;
    case 1: return "0" + n.substr(0, 3) + " " + n.substr(3);
    case 2: return "00" + std::string(code(person)) + n;
    case 3: return "+" + std::string(code(person)) + " " + n.substr(0, 3) + "-" + n.substr(3);
    case 4: return "+" + std::string(code(person)) + " (0)" + n;
    default: return "+" + std::string(code(person)) + n;
    }
}

std::string day(Dice& dice, int from, int years) {
    char out[16];
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", from + static_cast<int>(dice.roll(static_cast<unsigned>(years))), 1 + static_cast<int>(dice.roll(12)),
                  1 + static_cast<int>(dice.roll(28)));
    return out;
}

std::FILE* open(const std::string& path) {
    std::FILE* out = std::fopen(path.c_str(), "wb");
    if (!out) {
        std::perror(path.c_str());
        std::exit(1);
    }
    std::setvbuf(out, nullptr, _IOFBF, 1 << 20);
    return out;
}

const char* pick(Dice& dice, const char* const* from, unsigned count) { return from[dice.roll(count)]; }

void list(const std::string& path, std::uint64_t rows, std::uint64_t persons, Dice dice) {
    static const char* const cities[] = {"Berlin", "Köln", "Utrecht", "Amsterdam", "'s-Hertogenbosch", "Düsseldorf", "Rotterdam", "München"};
    std::FILE* out = open(path);
    std::fputs("lead_id,first_name,last_name,street,city,country,phone,party,source,note,score,owner,updated\n", out);
    for (std::uint64_t i = 0; i < rows; ++i) {
        const auto person = dice.roll(persons);
        std::fprintf(out, "L%09llu,Anna%llu,\"de Vries, %llu\",Hauptstraße %llu,%s,%s,%s,consumer,web,\"says \"\"maybe\"\"\",%llu,team%llu,%s\n",
                     static_cast<unsigned long long>(i), static_cast<unsigned long long>(person % 977), static_cast<unsigned long long>(person % 8999),
                     static_cast<unsigned long long>(dice.roll(200)), pick(dice, cities, 8), country(person), spelled(person, dice).c_str(),
                     static_cast<unsigned long long>(dice.roll(100)), static_cast<unsigned long long>(dice.roll(20)), day(dice, 2025, 2).c_str());
    }
    std::fclose(out);
}

void consents(const std::string& path, std::uint64_t rows, std::uint64_t persons, Dice dice) {
    static const char* const channels[] = {"phone", "phone", "phone", "email", "email", "sms", "post", "any"};
    static const char* const entities[] = {"Energie AG", "Energie AG", "Energie AG", "Wasser AG", "Energie AG|Wasser AG"};
    static const char* const products[] = {"energy", "energy", "gas", "", "energy|gas", "insurance"};
    std::FILE* out = open(path);
    std::fputs("consent_id,country,phone,channel,status,entity,product,timestamp,valid_until,evidence,source,verified_at\n", out);
    for (std::uint64_t i = 0; i < rows; ++i) {
        const auto person = dice.roll(persons);
        const char* status = dice.chance(82) ? "opt_in" : dice.chance(70) ? "opt_out" : "objection";
        const auto given = day(dice, 2019, 7);
        const auto until = dice.chance(15) ? day(dice, 2026, 4) : std::string();
        std::fprintf(out, "C%010llu,%s,%s,%s,%s,%s,%s,%sT%02llu:%02llu:%02lluZ,%s,%s,web-form,\n", static_cast<unsigned long long>(i), country(person),
                     spelled(person, dice).c_str(), pick(dice, channels, 8), status, pick(dice, entities, 5), pick(dice, products, 6), given.c_str(),
                     static_cast<unsigned long long>(dice.roll(24)), static_cast<unsigned long long>(dice.roll(60)), static_cast<unsigned long long>(dice.roll(60)),
                     until.c_str(), dice.chance(95) ? "form-2024/ab12cd34" : "");
    }
    std::fclose(out);
}

void relations(const std::string& path, std::uint64_t rows, std::uint64_t persons, Dice dice) {
    static const char* const kinds[] = {"subscription", "subscription", "subscription", "sale", "quotation"};
    std::FILE* out = open(path);
    std::fputs("contract_id,country,phone,entity,kind,product,start,end,status,paid,number_source,informed,objection_offered,objected_at\n", out);
    for (std::uint64_t i = 0; i < rows; ++i) {
        const auto person = dice.roll(persons);
        const auto end = dice.chance(45) ? day(dice, 2022, 4) : std::string();
        std::fprintf(out, "K%09llu,%s,%s,%s,%s,%s,%s,%s,,yes,%s,yes,%s,%s\n", static_cast<unsigned long long>(i), country(person), spelled(person, dice).c_str(),
                     dice.chance(85) ? "Energie AG" : "Wasser AG", pick(dice, kinds, 5), dice.chance(80) ? "energy" : "gas", day(dice, 2016, 6).c_str(),
                     end.c_str(), dice.chance(90) ? "customer" : "enrichment", dice.chance(90) ? "yes" : "no", dice.chance(2) ? "2024-06-01" : "");
    }
    std::fclose(out);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 5) {
        std::fputs("usage: make_data DIR LIST_ROWS CONSENT_ROWS RELATION_ROWS [SEED]\n", stderr);
        return 2;
    }
    const std::string dir = argv[1];
    const auto number = [&](int i) { return std::strtoull(argv[i], nullptr, 10); };
    const std::uint64_t persons = number(2) * 3 / 2 + 1, seed = argc > 5 ? number(5) : 1;
    list(dir + "/list.csv", number(2), persons, Dice(seed));
    consents(dir + "/consents.csv", number(3), persons, Dice(seed + 1));
    relations(dir + "/relations.csv", number(4), persons, Dice(seed + 2));
}
