#include "random_case.h"

namespace callscrub::twin {

namespace {

/// Tries changes, and keeps those under which the difference stays.
class Shrinker {
public:
    Shrinker(verdict::Case& one, const std::function<bool(const verdict::Case&)>& differs)
        : one_(one), differs_(differs) {}

    /// Whether anything could be left out.
    bool round() {
        smaller_ = false;
        for (std::size_t i = one_.rows.size(); i-- > 0;)
            attempt([&](auto& c) { c.rows.erase(c.rows.begin() + static_cast<std::ptrdiff_t>(i)); });
        for (std::size_t i = 0; i < one_.rows.size(); ++i) cells(i);
        campaign();
        return smaller_;
    }

private:
    template <class Change> void attempt(Change&& change) {
        auto smaller = one_;
        change(smaller);
        try {
            if (!differs_(smaller)) return;
        } catch (const base::Failure&) { // no case at all
            return;
        }
        one_ = std::move(smaller);
        smaller_ = true;
    }

    void cells(std::size_t row) {
        const auto cells = one_.rows[row].cells;
        for (const auto& [column, cell] : cells) {
            if (cell.empty()) continue;
            attempt([&, name = column](auto& c) { c.rows[row].cells[name] = ""; });
            if (cell.size() > 10 && cell[4] == '-') // a time that does not matter
                attempt([&, name = column](auto& c) {
                    c.rows[row].cells[name].resize(std::min<std::size_t>(c.rows[row].cells[name].size(), 10));
                });
        }
    }

    void campaign() {
        if (one_.window.until > one_.window.from) attempt([](auto& c) { c.window.until = c.window.from; });
        if (!one_.similar.empty()) attempt([](auto& c) { c.similar.clear(); });
        if (!one_.person_id.empty()) attempt([](auto& c) { c.person_id.clear(); });
        if (one_.party != "consumer") attempt([](auto& c) { c.party = "consumer"; });
        if (one_.caller != facts::CallerType::commercial)
            attempt([](auto& c) { c.caller = facts::CallerType::commercial; });
        if (one_.purpose != facts::Purpose::sales)
            attempt([](auto& c) { c.purpose = facts::Purpose::sales; });
        if (one_.dialing != facts::Dialing::human)
            attempt([](auto& c) { c.dialing = facts::Dialing::human; });
    }

    verdict::Case& one_;
    const std::function<bool(const verdict::Case&)>& differs_;
    bool smaller_ = false;
};

} // namespace

verdict::Case shrunk(verdict::Case one, const std::function<bool(const verdict::Case&)>& differs) {
    Shrinker shrinker(one, differs);
    for (int rounds = 0; rounds < 20 && shrinker.round();) ++rounds;
    return one;
}

} // namespace callscrub::twin
