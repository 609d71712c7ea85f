/// phone_differential [COUNT] [SEED]: reads COUNT numbers with both phone engines and compares status,
/// number, region and type; from a million on it first takes every branch of every plan. Prints the counts;
/// exit 1 on any difference.
#include "facts/phone.h"
#include "facts/phone_plan.h"
#include "numbers.h"
#include "spelling.h"
#include <array>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace callscrub::facts;
using namespace differential;

class Comparison {
public:
    /// The plans themselves, without any rule of ours around them.
    void plans(const Dialled& number) {
        const std::string_view digits = number.digits;
        const PlanReading a =
            number.international ? table_->international(digits) : table_->national(digits, number.region);
        const PlanReading b = number.international ? library_->international(digits)
                                                   : library_->national(digits, number.region);
        ++numbers_;
        valid_ += b.valid();
        if (a != b) report(number.international ? "+" + number.digits : number.digits, number.region, a, b);
    }

    /// Whole cells.
    void cells(const std::string& text, Region region) {
        const PhoneReading a = table_reader_.read(text, region);
        const PhoneReading b = library_reader_.read(text, region);
        ++numbers_;
        ++cells_;
        ++statuses_[static_cast<std::size_t>(b.status)];
        if (a.status != b.status || a.number != b.number || a.region != b.region || a.type != b.type)
            report(text, region, a, b);
    }

    long numbers() const { return numbers_; }

    bool finish() const {
        std::printf("%ld numbers: %ld digit strings (%ld valid), %ld cells (%ld ok, %ld missing, %ld "
                    "scientific, %ld two in cell, "
                    "%ld invalid, %ld not diallable); %ld differences\n",
                    numbers_, numbers_ - cells_, valid_, cells_, statuses_[0], statuses_[1], statuses_[2],
                    statuses_[3], statuses_[4], statuses_[5], differences_);
        const bool all_seen = valid_ > 0 && statuses_[0] > 0 && statuses_[3] > 0 && statuses_[4] > 0;
        return differences_ == 0 && all_seen;
    }

private:
    /// The texts are made up, so they may be shown whole.
    template <class Reading>
    void report(const std::string& text, Region region, const Reading& a, const Reading& b) {
        if (++differences_ > 20) return;
        std::printf("'%s' in '%s': table +%llu %s type %d, library +%llu %s type %d\n", text.c_str(),
                    region.text().c_str(), static_cast<unsigned long long>(a.number), a.region.text().c_str(),
                    static_cast<int>(a.type), static_cast<unsigned long long>(b.number),
                    b.region.text().c_str(), static_cast<int>(b.type));
    }

    std::unique_ptr<NumberPlan> table_ = make_table_plan();
    std::unique_ptr<NumberPlan> library_ = make_library_plan();
    PhoneReader table_reader_{PhoneEngine::table};
    PhoneReader library_reader_{PhoneEngine::library};
    long numbers_ = 0, cells_ = 0, valid_ = 0, differences_ = 0;
    std::array<long, 6> statuses_{};
};

} // namespace

int main(int argc, char** argv) {
    const long count = argc > 1 ? std::atol(argv[1]) : 100'000;
    Random random(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1);
    const Numbers numbers;
    Comparison comparison;
    if (count >= 1'000'000) {
        numbers.every_branch(random, [&](const Dialled& number) { comparison.plans(number); });
        std::printf("every branch: %ld numbers\n", comparison.numbers());
    }
    while (comparison.numbers() < count) {
        const Dialled number = numbers.draw(random);
        if (random.one_in(2)) {
            comparison.plans(number);
        } else {
            const Dialled other = numbers.draw(random);
            comparison.cells(misspell(random, number.international, number.digits, other.digits),
                             number.region);
        }
    }
    return comparison.finish() ? 0 : 1;
}
